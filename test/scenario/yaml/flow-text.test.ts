import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockLines, flowText, itemLines, textInYaml } from '../../../src/scenario/yaml/flow-text.ts';
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts';
import { encodeKey } from '../../../src/scenario/yaml/yaml-keys.ts';
import { ODD_TEXTS } from '../../support/arbitraries/texts.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...ODD_TEXTS),
  fc.constantFrom(
    '2MB',
    '2MB of x',
    '8d',
    '1e5',
    '0x1F',
    '0o7',
    '1',
    '-1',
    '~',
    'null',
    'True',
    'yes',
    '.inf',
    '<<',
    '-',
    '- a',
    'a: b',
    'a:',
    ':a',
    '#',
    'a #b',
  ),
  fc.constantFrom(
    'a:v0',
    's3://b/k',
    './x',
    '../x',
    '',
    ' a',
    'a ',
    'a\nb\n',
    'a\nb',
    'a\n\n  b\n',
    'a\nb\n\n',
    ' a\nb',
    'a\n  ',
    '|',
    '> x',
    '%a',
    '@a',
    '`',
    '!x',
    '&a',
    '*a',
    '?',
    '{',
    ']',
    ',',
  ),
);
const value = fc.letrec<{ any: unknown; map: Readonly<Record<string, unknown>> }>((tie) => ({
  map: fc
    .array(fc.tuple(text, tie('any')), { maxLength: 3 })
    .map((pairs) => Object.fromEntries(pairs.map(([key, inner]) => [encodeKey(key), inner]))),
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.constantFrom<unknown>(true, false, null, 0, 5, -1, 1.5),
    fc.array(tie('any'), { maxLength: 3 }),
    tie('map'),
  ),
}));

function readBack(written: string): unknown {
  const { tree, diagnostics } = readYaml(written);
  return tree === null ? diagnostics : tree.value;
}

describe('what is written as YAML', { timeout: PATIENCE_MS }, () => {
  test('on one line is read back as it was', () => {
    fc.assert(
      fc.property(value.any, (given) => {
        const written = flowText([given]);
        expect(written).not.toMatch(/[\n\r]/);
        expect(readBack(written)).toEqual([given]);
      }),
      runs(500),
    );
  });

  test('as lines is read back as it was, however narrow they are', () => {
    fc.assert(
      fc.property(value.map, fc.constantFrom(10, 40, 100), (given, columns) => {
        fc.pre(Object.keys(given).length > 0);
        expect(readBack(blockLines(given, columns).join('\n'))).toEqual(given);
        expect(readBack(itemLines(given, columns).join('\n'))).toEqual([given]);
      }),
      runs(500),
    );
  });

  test('may have keys of any length', () => {
    const given = { files: { ['x'.repeat(2_000)]: '1MB', y: '2MB' }, log: 'a' };
    expect(readBack(itemLines(given, 80).join('\n'))).toEqual([given]);
  });

  test.each([
    ['cat.jpg', 'cat.jpg'],
    ['animals:v0', 'animals:v0'],
    ['10MB of march', '10MB of march'],
    ['true', '"true"'],
    ['5', '"5"'],
    ['a, b', '"a, b"'],
    ['\u001b[31m\u202e', '"\\u001b[31m\\u202e"'],
  ])('is bare where it can be: %j', (given, written) => {
    expect(textInYaml(given)).toBe(written);
  });

  test('is wrapped if it does not fit', () => {
    const files = { 'cat.jpg': '2MB', 'dog.jpg': '1MB' };
    expect(itemLines({ log: 'animals', files }, 80)).toEqual([
      '- log: animals',
      '  files: { cat.jpg: 2MB, dog.jpg: 1MB }',
    ]);
    expect(itemLines({ log: 'animals', files }, 30)).toEqual([
      '- log: animals',
      '  files:',
      '    cat.jpg: 2MB',
      '    dog.jpg: 1MB',
    ]);
  });
});
