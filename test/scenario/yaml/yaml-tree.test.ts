import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../../src/scenario/yaml/diagnostic.ts';
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts';
import { decodeKey, encodeKey } from '../../../src/scenario/yaml/yaml-keys.ts';
import type { PathPart, YamlTree } from '../../../src/scenario/yaml/yaml-tree.ts';
import { PATIENCE_MS } from '../../support/property-runs.ts';

function treeOf(text: string): YamlTree {
  const { tree, diagnostics } = readYaml(text);
  if (tree === null) throw new Error(JSON.stringify(diagnostics));
  return tree;
}

function mistakes(text: string): readonly string[] {
  return readYaml(text).diagnostics.map((diagnostic) => formatDiagnostic('', diagnostic).slice(1));
}

describe('a value', () => {
  const text = [
    'title: "two',
    '  lines"',
    'list:',
    '  - one',
    '  - { a: 1, "b": [2,   3] }',
    '  -   key: |',
    '        text',
    '      after: x',
  ].join('\n');

  test.each<readonly [readonly PathPart[], string, string]>([
    [[], '1:1', '1:1'],
    [['title'], '1:8', '1:1'],
    [['list'], '4:3', '3:1'],
    [['list', 0], '4:5', '4:5'],
    [['list', 1, 'a'], '5:10', '5:7'],
    [['list', 1, 'b', 1], '5:24', '5:24'],
    [['list', 2, 'key'], '6:12', '6:7'],
    [['list', 2, 'after'], '8:14', '8:7'],
  ])('at %j stands at %s, its key at %s', (path, value, key) => {
    const tree = treeOf(text);
    const at = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;
    expect([at(tree.position(path)), at(tree.keyPosition(path))]).toEqual([value, key]);
  });

  test('that is missing has the position of the nearest value around it', () => {
    const tree = treeOf(text);
    expect(tree.position(['list', 1, 'nothing', 'at', 'all'])).toEqual({ line: 5, column: 5 });
    expect(tree.position(['list', 99])).toEqual({ line: 4, column: 3 });
    expect(tree.scalar(['list', 99])).toBeUndefined();
  });

  test('that is empty has a position after its key', () => {
    expect(treeOf('a:\nb: 1\n').position(['a'])).toEqual({ line: 1, column: 3 });
  });

  test('that is text knows its range, and how it is written', () => {
    const tree = treeOf(`${text}\n  - { flow: plain }`);
    const written = (path: readonly PathPart[]) => {
      const { range = [0, 0], ...style } = tree.scalar(path) ?? {};
      return { text: text.slice(...range), ...style };
    };
    expect(written(['title'])).toEqual({ text: '"two\n  lines"', block: false, inFlow: false });
    expect(written(['list', 1, 'b', 1])).toEqual({ text: '3', block: false, inFlow: true });
    expect(written(['list', 2, 'key'])).toEqual({ text: '|\n        text\n', block: true, inFlow: false });
  });

  test('is counted in lines that end as on Windows, and in columns of UTF-16 units as editors do', () => {
    expect(treeOf('a: 1\r\nb:\r\n  - "🐈": 2\r\n').position(['b', 0, '🐈'])).toEqual({ line: 3, column: 11 });
  });

  test('behind a byte order mark is read as without it', () => {
    expect(treeOf('\ufeffa: 1').value).toEqual({ a: 1 });
  });
});

describe('an anchor', () => {
  test('gives its value and its position to every alias', () => {
    const tree = treeOf('a: &x { b: 1 }\nc: *x\n');
    expect(tree.value).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(tree.position(['c', 'b'])).toEqual({ line: 1, column: 12 });
  });

  test('may be given again, and then means the later value', () => {
    expect(treeOf('[&x 1, *x, &x 2, *x]').value).toEqual([1, 1, 2, 2]);
  });

  test('that is unknown, or comes later only, is a mistake', () => {
    expect(mistakes('a: *x\n')).toEqual(['1:4: expected an anchor of this name further up']);
    expect(mistakes('a: *x\nb: &x 1\n')).toEqual(['1:4: expected an anchor of this name further up']);
  });

  test('that contains itself is a mistake', () => {
    expect(mistakes('a: &x\n  - 1\n  - *x\n')).toEqual([
      '2:3: expected an anchor that does not contain itself',
    ]);
    expect(mistakes('&x { a: *x }')).toEqual(['1:4: expected an anchor that does not contain itself']);
  });

  test('that multiplies beyond reason is a mistake', { timeout: PATIENCE_MS }, () => {
    const lines = Array.from({ length: 12 }, (_, level) => {
      const inner = Array(9).fill(`*x${level}`).join(', ');
      return `x${level + 1}: &x${level + 1} ${level % 2 === 0 ? `[${inner}]` : `{ a: [${inner}] }`}`;
    });
    const [mistake = '', ...others] = mistakes(['x0: &x0 { a: 1 }', ...lines].join('\n'));
    expect(mistake).toMatch(/^\d+:\d+: expected anchors that repeat less: this file expands beyond reason$/);
    expect(others).toEqual([]);
  });

  test('may repeat its value some thousand times', () => {
    expect(mistakes(`[&x { a: 1 }${', *x'.repeat(5_000)}]`)).toEqual([]);
  });
});

describe('a merge', () => {
  test('adds what the mapping has not itself, and of two sources the first counts', () => {
    const text = 'a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nc: { <<: [*a, *b], x: 3 }\n';
    expect(treeOf(text).value).toMatchObject({ c: { x: 3, y: 1, z: 2 } });
    expect(treeOf(text).position(['c', 'z'])).toEqual({ line: 2, column: 18 });
    expect(treeOf(text).keyPosition(['c', 'x'])).toEqual({ line: 3, column: 20 });
  });

  test('of a value that is not a mapping is a mistake', () => {
    const message = 'expected a mapping, or a list of mappings, to merge';
    expect(mistakes('a: { <<: 5 }')).toEqual([`1:10: ${message}`]);
    expect(mistakes('a: { <<: [5] }')).toEqual([`1:11: ${message}`]);
  });

  test('is not meant by a quoted <<', () => {
    expect(treeOf('{ "<<": { a: 1 } }').value).toEqual({ '<<': { a: 1 } });
  });
});

describe('a key', () => {
  test.each([
    ['a: 1\na: 2\n', '2:1'],
    ["{ a: 1, 'a': 2 }", '1:9'],
    ['{ a: 1, "\\x61": 2 }', '1:9'],
    ['{ 1: 1, "1": 2 }', '1:9'],
    ['{ __proto__: 1, "__proto__": 2 }', '1:17'],
    ['x:\n  - b: 1\n    b: 2\n', '3:5'],
  ])('that stands a second time is a mistake: %j', (text, place) => {
    expect(mistakes(text)).toEqual([`${place}: expected each key once; this mapping already has it`]);
  });

  test('that looks like a number, true or null is text', () => {
    expect(treeOf('{ 1: a, 1.0: b, true: c, null: d, ~: e }').value).toEqual({
      '1': 'a',
      '1.0': 'b',
      true: 'c',
      null: 'd',
      '~': 'e',
    });
  });

  test('__proto__ is kept, and changes no prototype', () => {
    const { value, keyPosition } = treeOf('{ a: 1, __proto__: { polluted: 1 } }');
    expect(Object.keys(Object(value)).map(decodeKey)).toEqual(['a', '__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(keyPosition([encodeKey('__proto__')])).toEqual({ line: 1, column: 9 });
  });

  test.each(['__proto__', '\0__proto__', '\0', '\0\0a', 'constructor', ''])(
    '%j comes back as it was',
    (key) => {
      expect(decodeKey(encodeKey(key))).toBe(key);
      const tree = treeOf(`{ ${JSON.stringify(key)}: 1 }`);
      expect(Object.keys(Object(tree.value)).map(decodeKey)).toEqual([key]);
      expect(tree.position([encodeKey(key)])).toEqual({ line: 1, column: 5 + JSON.stringify(key).length });
    },
  );
});
