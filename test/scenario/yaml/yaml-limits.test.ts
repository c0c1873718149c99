import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { formatDiagnostic } from '../../../src/scenario/yaml/diagnostic.ts';
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts';
import { decodeKey, encodeKey } from '../../../src/scenario/yaml/yaml-keys.ts';
import type { PathPart } from '../../../src/scenario/yaml/yaml-tree.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';

function mistakes(text: string): readonly string[] {
  return readYaml(text).diagnostics.map((diagnostic) => formatDiagnostic('', diagnostic).slice(1));
}

const nestings: readonly (readonly [string, (depth: number) => string])[] = [
  ['brackets', (depth) => '['.repeat(depth) + ']'.repeat(depth)],
  ['braces', (depth) => '{ a: '.repeat(depth) + '}'.repeat(depth)],
  ['dashes', (depth) => `${'- '.repeat(depth)}x`],
  [
    'indentation',
    (depth) => Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
  ],
];

describe.each(nestings)('nesting by %s', (_what, nest) => {
  test('may be deep', () => {
    expect(mistakes(nest(150))).toEqual([]);
  });

  test.each([250, 2_000])('%d levels deep is one mistake', (depth) => {
    const [mistake = '', ...others] = mistakes(nest(depth));
    expect(mistake).toMatch(/^\d+:\d+: expected at most 200 levels of nesting$/);
    expect(others).toEqual([]);
  });
});

test('brackets that are never closed are a mistake, however many', () => {
  expect(mistakes('['.repeat(50_000)).at(0)).toContain('expected at most 200 levels of nesting');
});

describe('text that is not YAML', () => {
  test.each([
    ['a: [1\nb: 2\n', '2:1'],
    ['a:\n\t- 1\n', '2:1'],
    ['%YAML 3.1\n---\na: 1\n', '1:7'],
    ['a: !unknown 1\n', '1:4'],
    ['a: `b`\n', '1:4'],
    ['a: 1\n  b: 2\n', '1:4'],
  ])('is a mistake where it stops being so: %j', (text, place) => {
    const [mistake = ''] = mistakes(text);
    expect(mistake).toMatch(new RegExp(`^${place}: this is not valid YAML: `));
  });

  test('gives places inside the text, also behind a bracket that nothing opened', () => {
    const text = 'title: t\n}a: |\n  b\nsteps:\n  - wait: 1d\n';
    const lines = text.split('\n');
    const outside = readYaml(text).diagnostics.filter(
      ({ line, column }) => column > (lines[line - 1]?.length ?? -1) + 1,
    );
    expect(outside).toEqual([]);
  });

  test('is reported without control characters, whatever it contains', () => {
    for (const text of ['> \u0000x', '%YA\u001b[31mML\n', '>\r!!int ]']) {
      expect(mistakes(text).join('\n')).toMatch(/^[^\p{Cc}]+$/u);
    }
  });
});

describe('a second document', () => {
  test.each([
    ['a: 1\n---\na: 2\n', '2:1'],
    ['a: 1\n...\n---\nb\n', '3:1'],
    ['--- a\n--- b\n', '2:1'],
  ])('is a mistake, and not passed over: %j', (text, place) => {
    const [mistake = ''] = mistakes(text);
    expect(mistake).toMatch(new RegExp(`^${place}: .*document`));
  });

  test('is not meant by the marks around a single one', () => {
    expect(mistakes('---\na: 1\n...\n')).toEqual([]);
  });
});

// JSON is YAML: what JSON says a text means is what its tree must mean.
const name = fc.constantFrom('a', 'b', 'key', 'a long key', '__proto__', 'constructor', '🐈', '<<', '1', '');
const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(name, tie('value')), { selector: ([key]) => key, maxLength: 4 })
      .map((entries) => new Map(entries)),
  ),
})).value;

interface Place {
  readonly path: readonly PathPart[];
  readonly key: string;
}

/** Every key in the data, with the path to its value. */
function keysIn(value: unknown, path: readonly PathPart[] = []): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => keysIn(item, [...path, index]));
  if (!(value instanceof Map)) return [];
  return [...value].flatMap(([key, inner]: [string, unknown]) => {
    const to = [...path, encodeKey(key)];
    return [{ path: to, key }, ...keysIn(inner, to)];
  });
}

/** The data as a tree has it: mappings as plain objects, their keys encoded. */
function asTree(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTree);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries(
    [...value].map(([key, inner]: [string, unknown]) => [encodeKey(key), asTree(inner)]),
  );
}

describe('any data', () => {
  test.each([
    ['in block style', { defaultKeyType: 'QUOTE_DOUBLE', lineWidth: 40 }],
    ['in flow style', { defaultKeyType: 'QUOTE_DOUBLE', collectionStyle: 'flow', lineWidth: 40 }],
  ] as const)(
    '%s means what it says, and each key stands where the tree says',
    (_style, options) => {
      fc.assert(
        fc.property(data, (value) => {
          const text = stringify(value, options);
          const { tree, diagnostics } = readYaml(text);
          expect(diagnostics).toEqual([]);
          expect(tree?.value).toEqual(asTree(value));
          const lines = text.split('\n');
          for (const { path, key } of keysIn(value)) {
            const { line, column } = tree?.keyPosition(path) ?? { line: 0, column: 0 };
            expect(lines[line - 1]?.slice(column - 1)).toMatch(/^"/);
            expect(decodeKey(String(path.at(-1)))).toBe(key);
            expect(lines[line - 1]?.slice(column - 1).startsWith(JSON.stringify(key))).toBe(true);
          }
        }),
        runs(300),
      );
    },
    PATIENCE_MS,
  );
});
