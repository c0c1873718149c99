import { describe, expect, test } from 'vitest';
import { MARK_AND_SWEEP, unmarkedObjects } from '../../src/gc/mark-and-sweep.ts';
import { versionById } from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import {
  abandon,
  begin,
  bucketDelete,
  clock,
  close,
  commit,
  draft,
  faults,
  log,
  reference,
  release,
  removeCollection,
  removeWithAliases,
  restore,
  review,
  server,
  sweep,
  time,
} from '../support/stores/builders.ts';
import { collected, given, type History } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';
import { disagreements } from '../support/violations/step-decisions.ts';

const [v0, v1, v2] = [versionId('animals:v0'), versionId('animals:v1'), versionId('animals:v2')];
const [cat, dog] = [objectId('animals', 'cat'), objectId('animals', 'dog')];
const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB', rat: '3MB', copy: '3MB rat' }),
] as const;
const deleted = [...animals, removeWithAliases('animals:v0')] as const;
const released = [...deleted, clock('7d'), review, release(v0)] as const;
const fault = (kind: 'fails' | 'answers late' | 'answers twice') =>
  faults({ call: 'delete', fault: kind, times: 1 });
const mark = (...history: readonly History[]): Store =>
  given(...history, server({ collector: 'mark-and-sweep' })).store;

const HISTORIES: readonly (readonly [what: string, history: readonly History[]])[] = [
  ['where nothing is due', [...animals, clock('8d'), removeWithAliases('animals:v0'), clock('604799s')]],
  ['from the deletion of a version to its tombstone', [...released, sweep(dog), close(v0), clock('99d')]],
  [
    'from the deletion of a whole sequence to its tombstones',
    [...animals, begin('animals', { owl: '4MB' }), removeCollection('animals'), clock('7d'), collected],
  ],
  [
    'of several versions whose retention passes one after the other',
    [...deleted, clock('1d'), removeWithAliases('animals:v1'), clock('6d'), review, clock('1d'), collected],
  ],
  [
    'where the retention is another after the review',
    [
      ...deleted,
      clock('7d'),
      review,
      server({ retentionSeconds: time('9d') }),
      clock('1d'),
      server({ retentionSeconds: time('8d') }),
    ],
  ],
  ['of what is restored after its review', [...deleted, clock('7d'), review, restore('animals:v0')]],
  ['of what an upload holds', [...released, begin('animals', { dog: '1MB' }), sweep(dog), commit(v2)]],
  [
    'of an upload that was given up',
    [
      ...deleted,
      begin('animals', { dog: '1MB' }),
      abandon(v2),
      clock('7d'),
      review,
      release(v0),
      release(v2),
    ],
  ],
  ['of what is logged between release and sweep', [...released, log('animals', { dog: '1MB' }), sweep(dog)]],
  [
    'of references, and of no files at all',
    [
      log('animals', [reference('cat', 's3://kennel/cat', '2MB')]),
      log('animals'),
      removeCollection('animals'),
      clock('7d'),
      review,
      release(v0),
      release(v1),
    ],
  ],
  [
    'of what an entity shares',
    [
      server({ sharing: 'entity' }),
      log('animals', { cat: '2MB', dog: '1MB' }),
      log('plants', { cat: '2MB' }),
      removeCollection('animals'),
      clock('7d'),
      review,
      release(v0),
    ],
  ],
  ['of what somebody deleted in the bucket', [...released, bucketDelete('animals:v0/dog'), sweep(dog)]],
  ['of a bucket that fails', [...released, fault('fails'), sweep(dog)]],
  ['of a bucket that answers late', [...released, fault('answers late'), sweep(dog)]],
  ['of a bucket that answers twice', [...released, fault('answers twice'), sweep(dog)]],
  [
    'after a draft',
    [
      log('animals', { cat: '2MB', dog: '1MB' }),
      draft('animals:v0', { remove: ['dog'] }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      collected,
    ],
  ],
];

describe('marking from the roots decides as counting holders does (GC-2, GC-3, GC-4)', () => {
  test.each(HISTORIES)('%s', (_what, history) => {
    for (let steps = 0; steps <= history.length; steps += 1) {
      const { store } = given(...history.slice(0, steps));
      expect(disagreements(store, 'reference-counting', 'mark-and-sweep')).toEqual([]);
    }
  });
});

describe('marking from the roots', () => {
  const next = (store: Store) => MARK_AND_SWEEP.nextStep(store);
  const sorted = <Id extends string>(one: Id, other: Id): readonly [Id, Id] =>
    one < other ? [one, other] : [other, one];

  test('finishes what was begun, step by step, before it reviews anything new (GC-8)', () => {
    const history: History[] = [
      ...deleted,
      clock('7d'),
      review,
      removeWithAliases('animals:v1'),
      clock('7d'),
    ];
    for (const step of [release(v0), sweep(dog), close(v0), review, release(v1)]) {
      expect(next(mark(...history))).toEqual(step);
      history.push(step);
    }
  });

  test.each([
    ['animals', 'plants'],
    ['plants', 'animals'],
  ])(
    'takes versions and objects in the order of their ids, whatever the order of their deletion: %s, %s',
    (...names) => {
      const history = [
        ...names.map((name) => log(name, { cat: '2MB' })),
        ...names.map((name) => removeWithAliases(`${name}:v0`)),
        clock('7d'),
      ];
      const [first, second] = sorted(versionId('animals:v0'), versionId('plants:v0'));
      const [object, other] = sorted(cat, objectId('plants', 'cat'));
      expect(MARK_AND_SWEEP.review(review, mark(...history))).toEqual({
        ok: true,
        events: [{ type: 'versionsReviewed', versionIds: [first, second] }],
      });
      expect(next(mark(...history, review))).toEqual(release(first));
      const released = [...history, review, release(second), release(first)];
      expect(unmarkedObjects(mark(...released))).toEqual([object, other]);
      expect(next(mark(...released))).toEqual(sweep(object));
      expect(next(mark(...released, sweep(other), sweep(object)))).toEqual(close(first));
    },
  );

  test('names in a release each object once, in the order of their ids', () => {
    const ids = ['ant', 'bee', 'cow', 'dodo', 'emu'].map((name) => objectId('animals', name)).sort();
    const one = log('animals', { ant: '1B', bee: '1B', cow: '1B', dodo: '1B', emu: '1B', more: '1B emu' });
    const store = mark(one, removeWithAliases('animals:v0'), clock('7d'), review);
    expect(MARK_AND_SWEEP.release(release(v0), store)).toEqual({
      ok: true,
      events: [{ type: 'holdsReleased', versionId: v0, stillHeld: [], unreferenced: ids }],
    });
  });

  test('finds what nothing holds, whether or not it was noted (GC-8)', () => {
    const store = mark(...released);
    const forgotten = {
      ...store,
      garbageCollection: {
        ...store.garbageCollection,
        unreferenced: store.garbageCollection.unreferenced.remove(dog),
      },
    };
    expect(unmarkedObjects(store)).toEqual([dog]);
    expect([next(forgotten), MARK_AND_SWEEP.due(forgotten)]).toEqual([sweep(dog), store.now]);
    expect(MARK_AND_SWEEP.close(close(v0), forgotten)).toEqual({ ok: true, events: [] });
  });

  test('looks again at what waits for its sweep and is held again, and spares it (GC-9)', () => {
    const store = mark(...released, log('animals', { dog: '1MB' }));
    expect(unmarkedObjects(store)).toEqual([]);
    expect([next(store), MARK_AND_SWEEP.due(store)]).toEqual([sweep(dog), store.now]);
  });

  test('is due at the first of the times that come, and now where one has passed', () => {
    const due = (...history: readonly History[]) => MARK_AND_SWEEP.due(mark(...history));
    expect(due(...deleted, clock('1d'), removeWithAliases('animals:v1'))).toBe(time('7d'));
    expect(due(...deleted, clock('9d'))).toBe(time('9d'));
    expect(due(...deleted, clock('7d'), review, server({ retentionSeconds: time('9d') }))).toBe(time('9d'));
    expect(due(...deleted, clock('7d'), review, server({ retentionSeconds: time('1d') }))).toBe(time('7d'));
    expect(due(...animals)).toBeNull();
  });

  test('changes nothing for an object that does not exist', () => {
    const store = mark(...animals);
    const nothing = { ok: true, events: [] };
    expect(MARK_AND_SWEEP.release(release(versionId('animals:v9')), store)).toEqual(nothing);
    expect(MARK_AND_SWEEP.close(close(versionId('animals:v9')), store)).toEqual(nothing);
    expect(MARK_AND_SWEEP.sweep(sweep(objectId('animals', 'ghost')), store)).toEqual(nothing);
    expect(versionById(store, v0).state.kind).toBe('COMMITTED');
  });
});
