import { describe, expect, test } from 'vitest';
import { completeLine } from '../../../src/cli/shell/completion.ts';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import { Session } from '../../../src/scenario/session/session.ts';

const STORY = `title: t
team: { members: { bob: member } }
steps:
  - { log: animals, files: { cat.jpg: 2MB, "a b.jpg": 1MB }, aliases: [best], run: train-1 }
  - { log: animals, files: { cat.jpg: 2MB } }
  - { log: anteaters, files: { x: 1MB } }
  - { delete: "animals:v1", deleteAliases: true }
  - { begin: pending, id: up }
`;

function offersAt(before: string): readonly string[] {
  const parsed = parseScenario('', STORY);
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  const session = new Session(parsed.scenario, parsed.placed, new Map());
  const [offers, typed] = completeLine(before, session);
  expect(before.endsWith(typed)).toBe(true);
  return offers.map((offer) => before.slice(0, before.length - typed.length) + offer);
}

describe('Tab offers', () => {
  test.each([
    ['steps and words', 'un', ['unlink: ', 'undo']],
    ['steps of two words', 'bucket d', ['bucket delete: ']],
    ['steps that stand alone', 'collec', ['collection type: ', 'collect']],
    [
      'the keys that a step has not yet',
      'delete: animals:v0, ',
      ['delete: animals:v0, deleteAliases: ', 'delete: animals:v0, as: ', 'delete: animals:v0, refused: '],
    ],
    ['artifact collections', 'log: an', ['log: animals', 'log: anteaters']],
    ['those to rename', 'rename collection: ant', ['rename collection: anteaters']],
    ['no taken name as a new one', 'rename collection: animals, to: an', []],
    ['runs to describe', 'describe run: ', ['describe run: train-1']],
    ['the collection of a version, then its index or alias', 'delete: ani', ['delete: animals:']],
    ['versions that stand, and aliases', 'use: animals:', ['use: animals:v0', 'use: animals:best']],
    ['deleted versions where they can be brought back', 'restore: animals:', ['restore: animals:v1']],
    ['runs', 'delete run: ', ['delete run: train-1']],
    ['ids', 'commit: ', ['commit: up']],
    ['people', 'wait: 1d, as: b', ['wait: 1d, as: bob']],
    ['paths', 'bucket delete: animals:v0/c', ['bucket delete: animals:v0/cat.jpg']],
    [
      'paths with the quotes that they need',
      'draft: animals:v0, remove: [',
      ['draft: animals:v0, remove: [a b.jpg', 'draft: animals:v0, remove: [cat.jpg'],
    ],
    ['the aliases of a version', 'alias: animals:v0, remove: [', ['alias: animals:v0, remove: [best']],
    ['paths behind why', 'why animals:v0/', ['why animals:v0/a b.jpg', 'why animals:v0/cat.jpg']],
    ['a step behind plan', 'plan delete: animals:', ['plan delete: animals:v0', 'plan delete: animals:best']],
    [
      'the words of a setting',
      'server: { bucket: { provider: m',
      ['server: { bucket: { provider: managed', 'server: { bucket: { provider: minio'],
    ],
    ['the keys of a claim', 'expect: { sto', ['expect: { stored: ']],
    [
      'names as the keys of a claim',
      'expect: { state: { "animals:',
      [
        'expect: { state: { "animals:v0"',
        'expect: { state: { "animals:best"',
        'expect: { state: { "animals:v1"',
      ],
    ],
    ['true and false', 'delete: a:v0, deleteAliases: t', ['delete: a:v0, deleteAliases: true']],
    ['what show can print', 'show: v', ['show: versions']],
    ['codes of refusals', 'wait: 1d, refused: has-a', ['wait: 1d, refused: has-aliases']],
    ['a step within its braces', '- { wai', ['- { wait: ']],
    ['nothing where nothing is known', 'log: a, files: { cat', []],
    ['nothing behind a step that is none', 'frobnicate: ', []],
  ])('%s', (_what, before, expected) => {
    expect(offersAt(before)).toEqual(expected);
  });

  test('nothing that throws, at whatever a line may be cut', () => {
    const line =
      'expect: { state: { "animals:v0": COMMITTED }, aliases: { animals: { best: v0 } }, holders: { animals:v0/cat.jpg: [animals:v0] } }, as: "';
    for (let end = 0; end <= line.length; end += 1) expect(() => offersAt(line.slice(0, end))).not.toThrow();
    for (const odd of [
      '}',
      ']}',
      ', ,',
      ': ',
      '{{{[',
      '"',
      "'",
      '__proto__: ',
      'constructor: { ',
      'expect: { __proto__: { ',
    ]) {
      expect(() => offersAt(odd)).not.toThrow();
    }
  });
});
