import { describe, expect, test } from 'vitest';
import { filled, filledTree } from '../../../src/scenario/yaml/filled-tree.ts';
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts';

describe('a value with {n}', () => {
  test('has the number in its place in every text and key, however deep', () => {
    const value = { 'a{n}': ['{n}{n}', { b: 'x{n}y', '{n}': null }], c: 5, d: true };
    expect(filled(value, 7)).toEqual({ a7: ['77', { b: 'x7y', 7: null }], c: 5, d: true });
  });

  test('is itself where nothing is replaced', () => {
    const value = { a: ['{m}', { b: '{ n }' }], c: '$&' };
    expect(filled(value, 3)).toBe(value);
  });

  test.each(['$&', '$1', '$$', '{{n}}', '__proto__{n}', '{n', 'n}'])('takes %j for text', (text) => {
    expect(filled(text, 12)).toBe(text.split('{n}').join('12'));
  });

  test('tells each key that becomes equal to another', () => {
    const twice: unknown[] = [];
    const value = { files: { 'a{n}': '1MB', a0: '2MB' } };
    filled(value, 1, (path) => twice.push(path));
    expect(twice).toEqual([]);
    filled(value, 0, (path) => twice.push(path));
    expect(twice).toEqual([['files', 'a0']]);
  });
});

describe('the tree around a filled value', () => {
  const { tree } = readYaml('title: t\nsteps:\n  - log: a\n    files: { "x{n}": 1MB, "y{n}": "{n}MB" }\n');
  if (tree === null) throw new Error('it is valid YAML');
  const around = filledTree(tree, ['steps', 0], 4);

  test('has the filled value in its place, and all else as it is', () => {
    expect(around.value).toEqual({ title: 't', steps: [{ log: 'a', files: { x4: '1MB', y4: '4MB' } }] });
  });

  test('knows the places of filled keys, of what is around them, and of what is missing', () => {
    expect(around.keyPosition(['steps', 0, 'files', 'y4'])).toEqual({ line: 4, column: 27 });
    expect(around.position(['steps', 0, 'files', 'x4'])).toEqual({ line: 4, column: 22 });
    expect(around.position(['steps', 0, 'files', 'z4'])).toEqual({ line: 4, column: 12 });
    expect(around.position(['title'])).toEqual({ line: 1, column: 8 });
    expect(around.scalar(['steps', 0, 'files', 'x4'])).toMatchObject({ inFlow: true });
  });
});
