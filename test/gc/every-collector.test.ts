import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { collectorOf } from '../../src/gc/collector-of.ts';
import { COLLECTOR_NAMES, type CollectorName } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import {
  begin,
  clock,
  close,
  log,
  planCrash,
  release,
  remove,
  removeWithAliases,
  restore,
  review,
  server,
  sweep,
  time,
} from '../support/stores/builders.ts';
import { given, type History } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';

const [v0, v1] = [versionId('m:v0'), versionId('m:v1')];
const [v2, v3] = [versionId('m:v2'), versionId('m:v3')];
const [cat, dog] = [objectId('m', 'cat'), objectId('m', 'dog')];
const nothing = { ok: true, events: [] };
const retained = { ok: true, events: [{ type: 'objectRetained', objectId: cat, holders: 1 }] };
const swept = { ok: true, events: [{ type: 'objectSwept', objectId: cat, freedBytes: 2_000_000 }] };

// The wrong ones may leave a store that breaks an invariant, so that their steps are not part of what is given.
function storeOf(
  collector: CollectorName,
  history: readonly History[],
  steps: readonly Command[] = [],
): Store {
  return steps.reduce<Store>(
    (store, step) => {
      const decision = decide(step, store);
      if (!decision.ok) throw new Error(decision.refusal.sentence);
      return evolve(store, decision.events);
    },
    given(...history, server({ collector })).store,
  );
}

describe.each(COLLECTOR_NAMES)('the collector %s', (collector) => {
  const of = collectorOf({ collector });

  test.each<readonly [string, readonly History[]]>([
    ['COMMITTED', [log('m', { cat: '2MB' })]],
    ['PENDING', [begin('m', { cat: '2MB' })]],
    [
      'restored, and was never reviewed',
      [log('m', { cat: '2MB' }), removeWithAliases('m:v0'), restore('m:v0')],
    ],
    ['soft-deleted, and waits for its review', [log('m', { cat: '2MB' }), removeWithAliases('m:v0')]],
  ])('takes no step with what is %s', (_what, history) => {
    const store = storeOf(collector, history);
    expect(of.release(release(v0), store)).toEqual(nothing);
    expect(of.sweep(sweep(cat), store)).toEqual(nothing);
    expect(of.close(close(v0), store)).toEqual(nothing);
  });

  test('takes each step once (GC-8)', () => {
    const steps = [review, release(v0), sweep(cat), close(v0)];
    const store = storeOf(
      collector,
      [log('m', { cat: '2MB' }), removeWithAliases('m:v0'), clock('7d')],
      steps,
    );
    for (const step of steps) expect(decide(step, store)).toEqual(nothing);
    expect([of.nextStep(store), of.due(store)]).toEqual([null, null]);
  });

  test('knows at a release what the version before holds, and what the version after holds', () => {
    const before = [
      log('m', { dog: '1MB' }),
      log('m', { cat: '2MB', dog: '1MB' }),
      removeWithAliases('m:v1'),
    ];
    const after = [log('m', { cat: '2MB', dog: '1MB' }), log('m', { dog: '1MB' }), remove('m:v0')];
    for (const [history, versionId] of [
      [before, v1],
      [after, v0],
    ] as const) {
      const store = storeOf(collector, [...history, clock('7d')], [review]);
      expect(of.release(release(versionId), store)).toEqual({
        ok: true,
        events: [{ type: 'holdsReleased', versionId, stillHeld: [dog], unreferenced: [cat] }],
      });
    }
  });

  test('is planned to crash without having forgotten anything yet', () => {
    const history = [log('m', { cat: '2MB' }), removeWithAliases('m:v0'), clock('7d')];
    const { garbageCollection } = storeOf(collector, history, [review, release(v0), planCrash(1)]);
    expect([garbageCollection.released.size, garbageCollection.unreferenced.size]).toEqual([1, 1]);
  });
});

describe.each(COLLECTOR_NAMES.filter((name) => name !== 'deletes-at-once'))(
  'the collector %s',
  (collector) => {
    test('leaves what was reviewed alone while it is retained again (DEL-15)', () => {
      const history = [log('m', { cat: '2MB' }), removeWithAliases('m:v0'), clock('7d')];
      const longer = [review, server({ retentionSeconds: time('9d') })];
      const store = storeOf(collector, history, longer);
      const of = collectorOf({ collector });
      expect([of.nextStep(store), of.due(store)]).toEqual([null, time('9d')]);
    });
  },
);

describe('what is logged between release and sweep (GC-9)', () => {
  const history = [
    log('m', { dog: '1MB' }),
    log('m', { cat: '2MB', dog: '1MB' }),
    removeWithAliases('m:v1'),
    clock('7d'),
  ];

  test.each(COLLECTOR_NAMES.filter((name) => name !== 'counts-at-review'))(
    'is seen by the collector %s, and what it holds is spared',
    (collector) => {
      const store = storeOf(collector, history, [review, release(v1), log('m', { cat: '2MB' })]);
      expect(collectorOf({ collector }).sweep(sweep(cat), store)).toEqual(retained);
    },
  );

  test('goes unseen by the one that counts at the review', () => {
    const store = storeOf('counts-at-review', history, [review, release(v1), log('m', { cat: '2MB' })]);
    expect(collectorOf(store.settings).sweep(sweep(cat), store)).toEqual(swept);
  });
});

describe('the collector that asks only the neighbors', () => {
  const lookedAt = (history: readonly History[], ...steps: readonly Command[]) => {
    const store = storeOf('asks-neighbors-only', history, steps);
    return collectorOf(store.settings).sweep(sweep(cat), store);
  };

  test('looks no further than the versions next to the released one', () => {
    const history = [
      log('m', { cat: '2MB' }),
      log('m', { dog: '1MB' }),
      log('m', { cat: '2MB' }),
      log('m', { owl: '4MB' }),
      remove('m:v0'),
      removeWithAliases('m:v3'),
      clock('7d'),
    ];
    expect(lookedAt(history, review, release(v0), release(v3))).toEqual(swept);
  });

  test('spares what is next to one of several that have released it', () => {
    const history = [
      log('m', { cat: '2MB' }),
      log('m', { dog: '1MB' }),
      log('m', { cat: '2MB', dog: '1MB' }),
      remove('m:v0'),
      removeWithAliases('m:v2'),
      clock('7d'),
    ];
    expect(lookedAt(history, review, release(v0), release(v2), log('m', { cat: '2MB' }))).toEqual(retained);
  });
});

describe('the collector that ignores a restore', () => {
  const history = [log('m', { cat: '2MB' }), removeWithAliases('m:v0'), clock('7d')];

  test('is due at once where something on its list was restored, and releases that first', () => {
    const store = storeOf('ignores-restore', history, [review, restore('m:v0'), clock('1h')]);
    const of = collectorOf(store.settings);
    expect([of.nextStep(store), of.due(store)]).toEqual([release(v0), store.now]);
  });

  test('alone keeps a list, until the next review or the release', () => {
    const reviewList = (collector: CollectorName, ...steps: readonly Command[]) => [
      ...storeOf(collector, history, steps).garbageCollection.reviewList.keys(),
    ];
    for (const collector of COLLECTOR_NAMES) {
      expect(reviewList(collector, review)).toEqual(collector === 'ignores-restore' ? [v0] : []);
    }
    expect(reviewList('ignores-restore', review, release(v0))).toEqual([]);
  });
});
