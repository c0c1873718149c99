import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { expectations } from '../../../src/scenario/language/schema-expect.ts';
import { STEP_SCHEMAS } from '../../../src/scenario/language/schema-steps.ts';
import { ODD_TEXTS } from './texts.ts';

const SCENARIOS = fileURLToPath(new URL('../../../scenarios', import.meta.url));

/** A story that comes with the simulator: the name of its file below `scenarios/`, and its text. */
export interface ShippedText {
  readonly name: string;
  readonly text: string;
}

/** Every story that comes with the simulator. */
export const SHIPPED_TEXTS: readonly ShippedText[] = readdirSync(SCENARIOS, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => ({ name, text: readFileSync(`${SCENARIOS}/${name}`, 'utf8') }));

/** Pieces of YAML and of the language, out of which texts are made that are nearly scenarios. */
const PIECES = [
  ...[
    'title',
    'steps',
    'given',
    'server',
    'log',
    'files',
    'wait',
    'delete',
    'expect',
    'state',
    'a:v0',
    '2MB',
    '8d',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ': ',
    '- ',
    ',',
    '?',
    '|',
    '>',
    '"',
    "'",
    '#',
    '\n',
    '\n  ',
    '\n    ',
    '  ',
    '\t',
    '\r',
  ],
  ...[
    '&a ',
    '*a',
    '<<',
    '!!str ',
    '!!int ',
    '!!map ',
    '%YAML',
    '---',
    '...',
    '__proto__',
    'null',
    '~',
    'true',
    '0x1',
  ],
  ...['\0', '\ufeff', '\u2028', '\u0085', '🐈', '\ud800', '\u001b[31m'],
] as const;

/** Any text at all, and texts that look like YAML. */
export const nearlyYaml: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

/** A story that comes with the simulator, with a few characters cut out and put in. */
export const damagedStory: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...SHIPPED_TEXTS),
    fc.array(
      fc.tuple(fc.nat(3_000), fc.nat(6), fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 }))),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([{ text }, edits]) =>
    edits.reduce((damaged, [place, length, insert]) => {
      const at = place % (damaged.length + 1);
      return damaged.slice(0, at) + insert + damaged.slice(at + length);
    }, text),
  );

const NAMES = [
  'a',
  'b',
  'r/b',
  'a:v0',
  'a:v1',
  'a:latest',
  'a:v0/x',
  'v0',
  'x',
  '1MB',
  '2MB of x',
  '3d',
  'now',
  'aliases',
];
const OPTIONS = [
  ...new Set(Object.values(STEP_SCHEMAS).flatMap((schema) => Object.keys(schema.shape))),
  ...Object.keys(expectations.shape),
  ...['without', 'with', 'older than', 'keep last', 'ref', 'size', 'from', '__proto__', 'constructor'],
];

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...NAMES, ...ODD_TEXTS, null, true, 5, -1, 1.5),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES, ...OPTIONS), tie('any'), { maxKeys: 3 }),
  ),
})).any;

const step = fc
  .tuple(
    fc.constantFrom(...Object.keys(STEP_SCHEMAS)),
    value,
    fc.dictionary(fc.constantFrom(...OPTIONS), value, { maxKeys: 2 }),
  )
  .map(([kind, of, options]) => ({ [kind]: of, ...options }));

/** A document in the shape of a scenario, with any values in it: the parser's checks are all within reach. */
export const strangeStory: fc.Arbitrary<string> = fc
  .record({
    title: fc.constantFrom<unknown>('A story', 5, ''),
    steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  })
  .map((document) => stringify(document, { lineWidth: 0 }));
