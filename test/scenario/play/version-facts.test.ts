import { describe, expect, test } from 'vitest';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { isDoing } from '../../../src/scenario/language/schema-steps.ts';
import { parseStepLine } from '../../../src/scenario/language/step-line.ts';
import { actionLine } from '../../../src/scenario/language/step-of.ts';
import { actionsOf } from '../../../src/scenario/play/perform.ts';
import { readSnapshot } from '../../../src/simulator/snapshot/read.ts';
import { snapshotOf } from '../../../src/simulator/snapshot/write.ts';
import { versionById } from '../../../src/store/look-up.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { DEEPEST_JSON } from '../../../src/values/json.ts';
import { emptySortedTable } from '../../../src/values/sorted-table.ts';
import { versionId } from '../../support/stores/names.ts';
import { playText, storyText, storyWith } from '../../support/stores/story.ts';
import { testMistakes } from '../language/mistake-rows.ts';

const HOSTILE = '{ "__proto__": { a: [1, null, true] }, constructor: x, "\\0": 0.5, "10": 1, "2": {} }';

function storeAfter(...steps: readonly string[]): Store {
  const { final, failures } = playText(storyWith('begins: 2026-01-31T08:00:00Z', ...steps));
  expect(failures).toEqual([]);
  return final;
}

function factsOf(store: Store, name: string) {
  return versionById(store, versionId(name)).facts;
}

describe('the description and metadata of a version', () => {
  test('are kept as they were given, with any key', () => {
    const store = storeAfter(`log: a\ndescription: ""\nmetadata: ${HOSTILE}`, 'log: b');
    expect(factsOf(store, 'a:v0')).toEqual({
      description: '',
      metadata: '{"2":{},"10":1,"__proto__":{"a":[1,null,true]},"constructor":"x","\\u0000":0.5}',
      historyStep: null,
    });
    expect(Object.isFrozen(factsOf(store, 'a:v0'))).toBe(true);
    expect(factsOf(store, 'b:v0')).toBeNull();
  });

  test('are no part of its content: equal content is no new version, and it keeps what it has (LOG-3, LOG-9)', () => {
    const files = 'files: { x: 1MB }';
    const store = storeAfter(`log: a\n${files}\ndescription: one`, `log: a\n${files}\ndescription: two`);
    expect(factsOf(store, 'a:v0')).toEqual({ description: 'one', metadata: '{}', historyStep: null });
    const plain = storeAfter(`log: a\n${files}`);
    const [described, bare] = [store, plain].map(
      (one) => versionById(one, versionId('a:v0')).manifest.digest,
    );
    expect(described).toBe(bare);
  });

  test.each([
    ['description: two', { description: 'two', metadata: '{"n":1}', historyStep: null }],
    ['metadata: { "__proto__": 2 }', { description: 'one', metadata: '{"__proto__":2}', historyStep: null }],
    ['description: null', { description: null, metadata: '{"n":1}', historyStep: null }],
    ['description: null\nmetadata: {}', null],
    ['as: ann # and nothing else', { description: 'one', metadata: '{"n":1}', historyStep: null }],
  ])('change where a step says %j, and its content does not (LOG-9)', (change, facts) => {
    const head = 'team: { members: { ann: member } }\nregistries: { models: {} }';
    const logged = [
      'log: a\nid: up\nfiles: { x: 1MB }\nttl: 9d\ndescription: one\nmetadata: { n: 1 }',
      'link: a:v0\nto: models/p\naliases: [live]',
    ];
    const { final: before } = playText(storyWith(head, ...logged));
    for (const name of ['a:v0', 'a:latest', 'up', 'models/p:live']) {
      const { final, failures } = playText(storyWith(head, ...logged, `describe: ${name}\n${change}`));
      expect(failures).toEqual([]);
      expect(factsOf(final, 'a:v0')).toEqual(facts);
      expect(Object.isFrozen(versionById(final, versionId('a:v0')))).toBe(true);
      const version = versionById(before, versionId('a:v0'));
      expect(versionById(final, versionId('a:v0'))).toEqual({ ...version, facts });
      expect({ ...final, versions: null }).toEqual({ ...before, versions: null });
    }
  });

  test('have the step of the history of its run, which a draft and an edit leave alone', () => {
    const store = storeAfter(
      'log: a\ndescription: one\nhistory step: 7',
      'draft: a:v0\nadd: { x: 1MB }',
      'describe: a:v0\ndescription: null',
      'begin: b\nhistory step: 0',
    );
    expect(factsOf(store, 'a:v0')).toEqual({ description: null, metadata: '{}', historyStep: 7 });
    expect(factsOf(store, 'a:v1')).toEqual({ description: 'one', metadata: '{}', historyStep: null });
    expect(versionById(store, versionId('b#0')).facts).toMatchObject({ historyStep: 0 });
  });

  test('and its tags change in one step, which says all tags after it (ALI-8)', () => {
    const logged = 'log: a\ntags: [old, kept]';
    const { final, frames } = playText(
      storyWith(
        '',
        logged,
        'describe: a:v0\ndescription: one\ntags: [kept, new]',
        'describe: a:v0\ntags: [kept, new]',
      ),
    );
    expect(versionById(final, versionId('a:v0'))).toMatchObject({
      tags: ['kept', 'new'],
      facts: { description: 'one' },
    });
    expect(frames.map(({ events }) => events.length)).toEqual([4, 1, 0]);
    expect(versionById(storeAfter(logged, 'describe: a:v0\ntags: []'), versionId('a:v0')).tags).toEqual([]);
  });

  test('cause no event where they are the same as before', () => {
    const again = 'describe: a:v0\ndescription: one\nmetadata: {}';
    const { frames } = playText(storyWith('', 'log: a\ndescription: one', again));
    expect(frames.map(({ events }) => events.length)).toEqual([4, 0]);
  });

  test('can only be changed while the version is found, and by a member', () => {
    const story = storyWith(
      'team: { members: { ann: member, vera: viewer } }',
      'begin: a\nid: up',
      'describe: up\ndescription: x\nrefused: not-found',
      'commit: up',
      'describe: a:v0\ndescription: x\nas: vera\nrefused: forbidden',
      'delete: a:v0\ndeleteAliases: true',
      'describe: a:v0\ndescription: x\nas: ann\nrefused: not-found',
    );
    expect(playText(story).failures).toEqual([]);
  });

  test('stay with it as long as its tombstone', () => {
    const store = storeAfter(
      'begin: a\nid: up\nfiles: { x: 1MB }\nmetadata: { n: 1 }',
      'commit: up',
      'delete: a:v0\ndeleteAliases: true',
      'wait: 8d',
    );
    expect(versionById(store, versionId('a:v0'))).toMatchObject({
      state: { kind: 'DELETED' },
      facts: { description: null, metadata: '{"n":1}' },
    });
  });

  test('of a draft are those of its base, unless it has its own (LOG-10)', () => {
    const store = storeAfter(
      'log: a\ndescription: base',
      'draft: a:v0\nadd: { x: 1MB }',
      'draft: a:v1\nadd: { y: 1MB }\nmetadata: { own: true }',
    );
    expect(factsOf(store, 'a:v1')).toEqual({ description: 'base', metadata: '{}', historyStep: null });
    expect(factsOf(store, 'a:v2')).toEqual({
      description: null,
      metadata: '{"own":true}',
      historyStep: null,
    });
  });

  test('are in a snapshot, and so is the beginning of the story', () => {
    const store = storeAfter(
      `log: a\ndescription: one\nmetadata: ${HOSTILE}\nhistory step: 3`,
      'log: a\nfiles: { x: 1MB }',
      'log: a\nfiles: { y: 1MB }\nmetadata: { n: 1 }',
    );
    const bytes = [...snapshotOf(store)];
    const read = readSnapshot(() => bytes);
    if (!read.ok) throw new Error(read.message);
    for (const name of ['a:v0', 'a:v1', 'a:v2']) {
      expect(factsOf(read.store, name)).toEqual(factsOf(store, name));
    }
    expect(read.store.begins).toBe(store.begins);
    expect(store.begins).not.toBeNull();
  });

  test.each([
    ['log', `log: a, description: "two\\nlines", metadata: ${HOSTILE}`],
    ['begin', 'begin: a, metadata: { list: [[], {}] }, history step: 4'],
    ['begin', 'begin: a, client ids: ["one: two", ""], announced: 0123456789abcdef0123456789abcdef'],
    ['begin', 'begin: a, announced: none'],
    ['draft', 'draft: a:v0, add: { x: 1MB }, description: ""'],
    ['describe', `describe: a:v0, description: null, metadata: ${HOSTILE}`],
    ['describe', 'describe: models/p:live, metadata: {}, as: ann'],
    ['describe', 'describe: a:v0, tags: []'],
  ])('of a %s step can be written as that step again', (_step, line) => {
    const actionIn = (text: string) => {
      const read = parseStepLine(text, 1);
      if (!read.ok || !isDoing(read.placed.step)) throw new Error(text);
      const [action] = actionsOf(read.placed.step, emptyStore(), emptySortedTable(), NO_FOLDERS) ?? [];
      if (action === undefined) throw new Error(text);
      return action;
    };
    const action = actionIn(line);
    expect(actionIn(actionLine(action) ?? '')).toEqual(action);
  });

  const deep = `${'['.repeat(DEEPEST_JSON)}${']'.repeat(DEEPEST_JSON)}`;
  testMistakes([
    [
      'has a description of text',
      storyText('log: a\ndescription: 5'),
      ['4:18: expected text; a number, true or null needs quotes around it'],
    ],
    ['has metadata as a mapping', storyText('log: a\nmetadata: [1]'), ['4:15: expected a mapping']],
    [
      'has no metadata that is deeper than a hundred levels',
      storyText(`log: a\nmetadata: { a: ${deep} }`),
      ['4:15: expected a mapping of JSON values, at most 100 levels deep'],
    ],
    [
      'has no metadata with a number that JSON does not have',
      storyText('draft: a:v0\nmetadata: { a: .inf }'),
      ['4:15: expected a mapping of JSON values, at most 100 levels deep'],
    ],
    [
      'belongs to steps that log',
      storyText('use: a:v0\nrun: r\nmetadata: { a: 1 }'),
      [/^5:5: unknown key "metadata"/],
    ],
  ]);
});
