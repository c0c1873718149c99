import { z } from 'zod';
import { wrap } from '../../narration/layout/wrap.ts';
import { REPEAT, SCENARIO, STEP_NAMES } from '../../scenario/language/schema.ts';
import { expectations } from '../../scenario/language/schema-expect.ts';
import { server } from '../../scenario/language/schema-server.ts';
import { STEP_SCHEMAS } from '../../scenario/language/schema-steps.ts';
import { unknownWord } from '../../scenario/yaml/nearest-word.ts';
import { EXIT, type ExitStatus, InputError } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';

// Every step has these keys, so they are explained once.
const COMMON_KEYS = ['as', 'refused'];
const SCHEMAS = { ...STEP_SCHEMAS, repeat: REPEAT };

/** Prints the scenario language from its schema: an overview, or the keys of the named steps. */
export function languageCommand(asked: readonly string[], terminal: Terminal): ExitStatus {
  const unknown = asked.find((word) => !STEP_NAMES.some((name) => name === word));
  if (unknown !== undefined) throw InputError.of(unknownWord('step', unknown, STEP_NAMES));
  const steps = STEP_NAMES.filter((kind) => asked.length === 0 || asked.includes(kind));
  const { as, refused } = STEP_SCHEMAS.log.shape;
  const sections: readonly Section[] =
    asked.length === 0
      ? [
          { title: 'A scenario', rows: rowsOf(SCENARIO) },
          { title: 'Steps', rows: steps.map((kind) => [kind, descriptionOf(SCHEMAS[kind])]) },
          {
            title: 'Every step may have',
            rows: [
              ['as', descriptionOf(as)],
              ['refused', descriptionOf(refused)],
            ],
          },
          { title: 'An expect may claim', rows: rowsOf(expectations) },
          { title: 'The settings of the server', rows: rowsOf(server) },
          { title: 'Values', rows: VALUES },
        ]
      : steps.map((kind) => ({
          title: `${kind}: ${descriptionOf(SCHEMAS[kind])}`,
          rows: rowsOf(SCHEMAS[kind]).filter(([key]) => !COMMON_KEYS.includes(key)),
        }));
  terminal.out(`${sections.map((section) => sectionText(section, terminal)).join('\n\n')}\n`);
  return EXIT.ok;
}

type Row = readonly [key: string, description: string];

interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

const VALUES: readonly Row[] = [
  ['names', 'animals:v0, animals:best, project/animals:v0, entity/project/animals:v0 (team, demo)'],
  ['ids', 'up, up/cat.jpg: the version, or its path, to which a step gave id: up'],
  ['sizes', '512B, 10KB, 2MB, 3GB, 1TB (powers of 1,000); KiB, MiB, GiB, TiB (powers of 1,024)'],
  ['durations', '90s, 15m, 6h, 8d, 2w'],
  ['files', '{ path: 2MB }: content named after its path; { path: 2MB of march }: equal names, equal bytes'],
  ['', '{ path: { ref: "s3://bucket/key", size: 5GB } }: a reference; { from: ./folder }: a real folder'],
  ['', '{ path: { ref: "wandb-artifact://animals:v0/cat.jpg" } }: a reference to a file of another version'],
];

function sectionText({ title, rows }: Section, { paint, width }: Terminal): string {
  const left = Math.max(...rows.map(([key]) => key.length)) + 4;
  const lines = rows.flatMap(([key, description]) =>
    wrap(description, width - left).map((line, at) => `${at === 0 ? `  ${key}` : ''}`.padEnd(left) + line),
  );
  return [...wrap(title, width).map(paint.title), ...lines].join('\n');
}

// The keys of a nested mapping follow it, indented.
function rowsOf(schema: z.ZodObject, indent = ''): readonly Row[] {
  return Object.entries(schema.shape).flatMap(([key, value]): readonly Row[] => {
    const inner = value instanceof z.ZodOptional ? value.def.innerType : value;
    const isGroup = inner instanceof z.ZodObject && indent === '' && key in NESTED;
    return [[`${indent}${key}`, descriptionOf(value)], ...(isGroup ? rowsOf(inner, '  ') : [])];
  });
}

const NESTED = { bucket: true, where: true };

// An optional key is described by its own description or by that of its value; an enumeration lists its words.
function descriptionOf(schema: z.core.$ZodType): string {
  const { description = '' } = z.globalRegistry.get(schema) ?? {};
  if (schema instanceof z.ZodOptional) {
    const inner = descriptionOf(schema.def.innerType);
    if (description === '') return inner;
    return schema.def.innerType instanceof z.ZodEnum ? `${description}: ${inner}` : description;
  }
  if (schema instanceof z.ZodEnum) return [description, schema.options.join(', ')].filter(Boolean).join(': ');
  if (description !== '') return description;
  return schema instanceof z.ZodPipe ? descriptionOf(schema.def.in) : '';
}
