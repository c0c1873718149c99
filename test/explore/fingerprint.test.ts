import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { beginningOf, type State } from '../../src/explore/exploration.ts';
import { canonicalStore, fingerprint } from '../../src/explore/fingerprint.ts';
import { withExtra } from '../../src/store/manifest.ts';
import { DEFAULT_SETTINGS } from '../../src/store/settings.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import { emptySortedTable } from '../../src/values/sorted-table.ts';
import { PATIENCE_MS } from '../support/property-runs.ts';
import {
  alias,
  begin,
  clock,
  commit,
  faults,
  file,
  link,
  log,
  planCrash,
  release,
  removeWithAliases,
  restore,
  review,
  server,
  setTtl,
  sweep,
  time,
  use,
} from '../support/stores/builders.ts';
import { json } from '../support/stores/json.ts';
import { objectId, versionId } from '../support/stores/names.ts';

function storeAfter(...commands: readonly Command[]): Store {
  return commands.reduce(
    (store, command) => {
      const outcome = decide(command, store);
      if (!outcome.ok) throw new Error(outcome.refusal.sentence);
      return evolve(store, outcome.events);
    },
    emptyStore({ ...DEFAULT_SETTINGS, retentionSeconds: time('0s') }),
  );
}

function stateOf(store: Store): State {
  return beginningOf({ start: store, names: emptySortedTable(), actors: [], crashes: 0 });
}

const printOf = (...commands: readonly Command[]) => fingerprint(stateOf(storeAfter(...commands)));

const [m0, n0] = [versionId('m:v0'), versionId('n:v0')];
const logs = [log('m', { a: '1MB' }), log('n', { b: '2MB' })] as const;

const LONG = { timeout: PATIENCE_MS };

describe('states that no action can distinguish have one fingerprint', LONG, () => {
  test.each<[string, readonly Command[], readonly Command[]]>([
    ['two collections, logged in either order', logs, [...logs].reverse()],
    [
      'many versions, logged in either order',
      Array.from({ length: 40 }, (_, at) => log(`c${at}`, { [`f${at}`]: '1B' })),
      Array.from({ length: 40 }, (_, at) => log(`c${39 - at}`, { [`f${39 - at}`]: '1B' })),
    ],
    [
      'two uploads, committed in either order',
      [begin('m'), begin('n'), commit(m0), commit(n0)],
      [begin('m'), begin('n'), commit(n0), commit(m0)],
    ],
    [
      'a deletion that was undone, whatever numbers it used up',
      [...logs, removeWithAliases('m:v0'), restore('m:v0'), removeWithAliases('n:v0')],
      [
        ...logs,
        removeWithAliases('n:v0'),
        removeWithAliases('m:v0'),
        restore('m:v0'),
        restore('n:v0'),
        removeWithAliases('n:v0'),
        restore('m:v0'),
      ],
    ],
    [
      'a deletion that was undone more than ten times',
      [...logs, removeWithAliases('m:v0')],
      [
        ...logs,
        ...Array.from({ length: 12 }, () => [removeWithAliases('m:v0'), restore('m:v0')]).flat(),
        removeWithAliases('m:v0'),
      ],
    ],
    [
      'two aliases, put on in either order, on two versions',
      [...logs, alias('m:v0', { add: ['x'] }), alias('n:v0', { add: ['y'] })],
      [...logs, alias('n:v0', { add: ['y'] }), alias('m:v0', { add: ['x'] })],
    ],
    [
      'two runs that used a version',
      [...logs, use('m:v0', 'r'), use('m:v0', 's')],
      [...logs, use('m:v0', 's'), use('m:v0', 'r')],
    ],
    ['an upload in one go, and in two steps', [log('m', { a: '1B' })], [begin('m', { a: '1B' }), commit(m0)]],
    [
      'a restore, which brings no alias back',
      [...logs, removeWithAliases('m:v0'), restore('m:v0')],
      [...logs, alias('m:v0', { remove: ['latest'] })],
    ],
    ['time that passed at once, and bit by bit', [...logs, clock('2d')], [...logs, clock('1d'), clock('1d')]],
  ])('%s', (_name, left, right) => {
    expect(printOf(...left)).toBe(printOf(...right));
  });
});

describe('states that an action can distinguish have two', LONG, () => {
  const deleted = [...logs, removeWithAliases('m:v0')] as const;
  const released = [...deleted, review, release(m0)] as const;
  const different: readonly (readonly [string, readonly Command[]])[] = [
    ['nothing', []],
    ['one log', [logs[0]]],
    ['two logs', logs],
    ['an upload', [begin('m', { a: '1MB' })]],
    ['other content', [log('m', { z: '1MB' })]],
    ['another path', [log('m', { z: '1MB a' })]],
    ['another size', [log('m', { a: '2MB' })]],
    ['an extra of a file', [log('m', [withExtra(file('a', '1MB'), json({ etag: 'x' }))])]],
    ['another extra', [log('m', [withExtra(file('a', '1MB'), json({ etag: 'y' }))])]],
    ['a tag', [log('m', { a: '1MB' }, { tags: ['x'] })]],
    ['a tag that looks like a place in a queue', [log('m', { a: '1MB' }, { tags: ['"trashNumber":5'] })]],
    ['a tag that looks like another', [log('m', { a: '1MB' }, { tags: ['"trashNumber":6'] })]],
    ['a run', [log('m', { a: '1MB' }, { run: 'r' })]],
    ['a TTL', [...logs, setTtl('m:v0', '1d')]],
    ['an alias', [...logs, alias('m:v0', { add: ['x'] })]],
    ['an alias __proto__', [...logs, alias('m:v0', { add: ['__proto__'] })]],
    ['an alias less', [...logs, alias('m:v0', { remove: ['latest'] })]],
    ['a link', [...logs, link('m:v0', 'models/p')]],
    ['a use', [...logs, use('m:v0', 'r')]],
    ['later', [...logs, clock('1d')]],
    ['a deletion', deleted],
    ['another deletion', [...logs, removeWithAliases('n:v0')]],
    ['two deletions', [...deleted, removeWithAliases('n:v0')]],
    ['two deletions, in the other order', [...logs, removeWithAliases('n:v0'), removeWithAliases('m:v0')]],
    ['a review', [...deleted, review]],
    ['a release', released],
    ['a sweep', [...released, sweep(objectId('m', 'a'))]],
    ['a planned crash', [...logs, planCrash(1)]],
    ['another planned crash', [...logs, planCrash(2)]],
    ['a setting', [...logs, server({ retentionSeconds: time('1d') })]],
    ['another collector', [...logs, server({ collector: 'not-resumable' })]],
    ['a fault', [...logs, faults({ call: 'put', fault: 'fails', times: 1 })]],
    ['two uploads', [begin('m'), begin('n')]],
    ['two uploads, in the other order, which is that of giving them up', [begin('n'), begin('m')]],
  ];

  test('each of these', () => {
    const names = new Map<string, string>();
    for (const [name, commands] of different) {
      const print = printOf(...commands);
      expect(names.get(print), name).toBeUndefined();
      names.set(print, name);
    }
  });

  test('if they differ in the progress of the actors, in what an id refers to, or in the crashes left', () => {
    const state: State = { ...stateOf(storeAfter(...logs)), done: [1, 2], collecting: [null, null] };
    const names = emptySortedTable<string, typeof m0>();
    const others: readonly State[] = [
      state,
      { ...state, done: [2, 1] },
      { ...state, done: [12], collecting: [null] },
      { ...state, done: [1], collecting: [null], crashesLeft: 11 },
      { ...state, done: [11], collecting: [null], crashesLeft: 1 },
      { ...state, collecting: [Number.POSITIVE_INFINITY, null] },
      { ...state, collecting: [null, Number.POSITIVE_INFINITY] },
      { ...state, collecting: [2, null] },
      { ...state, collecting: [1, null] },
      { ...state, crashesLeft: 1 },
      { ...state, broken: true },
      { ...state, names: names.insert('x', m0) },
      { ...state, names: names.insert('x', n0) },
      { ...state, names: names.insert('__proto__', m0) },
      { ...state, names: names.insert('x', m0).insert('y', m0) },
    ];
    expect(new Set(others.map(fingerprint)).size).toBe(others.length);
  });

  test('if they differ only in the queue in which a version waits', () => {
    const store = storeAfter(...deleted);
    const { trash, garbageCollection } = store;
    const none = trash.removeAll([...trash.keys()]);
    const others: readonly Store[] = [
      store,
      { ...store, trash: none },
      { ...store, trash: none, uploads: trash },
      { ...store, trash: none, garbageCollection: { ...garbageCollection, reviewed: trash } },
      { ...store, trash: none, garbageCollection: { ...garbageCollection, released: trash } },
    ];
    expect(new Set(others.map(canonicalStore)).size).toBe(others.length);
  });

  test('if they differ in the order of the work in the middle of a collection', () => {
    const both = [...logs, removeWithAliases('m:v0'), removeWithAliases('n:v0'), review] as const;
    const turned = [...logs, removeWithAliases('n:v0'), removeWithAliases('m:v0'), review] as const;
    const texts = [both, turned].map((commands) => canonicalStore(storeAfter(...commands)));
    expect(texts[0]).not.toBe(texts[1]);
    const after = [release(m0), release(n0)];
    expect(printOf(...both, ...after)).not.toBe(printOf(...turned, ...after));
  });
});
