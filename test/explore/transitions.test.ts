import { describe, expect, test } from 'vitest';
import { type Exploration, type Move, type State, withName } from '../../src/explore/exploration.ts';
import { choicesIn, follow, isCollecting, moveOf, take } from '../../src/explore/transitions.ts';
import type { Store } from '../../src/store/store.ts';
import { emptySortedTable } from '../../src/values/sorted-table.ts';
import {
  faults,
  log,
  planCrash,
  remove,
  removeWithAliases,
  restore,
  server,
  time,
} from '../support/stores/builders.ts';
import { reused } from '../support/stores/events.ts';
import { given, type History } from '../support/stores/given.ts';
import { versionId } from '../support/stores/names.ts';
import { collectMove, commandMove, explorationOfActors, stateIn } from './made-transitions.ts';

const storeAfter = (...history: readonly History[]) =>
  given(server({ retentionSeconds: time('0s') }), ...history).store;

const [m0, m1] = [versionId('m:v0'), versionId('m:v1')];
const trashed = [log('m', { a: '1MB', b: '2MB' }), removeWithAliases('m:v0')] as const;
const NAMELESS = emptySortedTable<string, typeof m0>();

describe('what can happen next', () => {
  const idle = explorationOfActors([commandMove()], [collectMove('m')], []);

  test('is the next move of each actor that has one, in the order of the actors', () => {
    expect(choicesIn(idle, stateIn(idle))).toEqual([
      { actor: 0, kind: 'move' },
      { actor: 1, kind: 'step' },
    ]);
    expect(choicesIn(idle, stateIn(idle, { done: [1, 0, 0] }))).toEqual([{ actor: 1, kind: 'step' }]);
    expect(choicesIn(idle, stateIn(idle, { done: [1, 1, 0] }))).toEqual([]);
  });

  test('is a crash too where a run has begun and a crash is left', () => {
    const running: Partial<State> = { done: [1, 0, 0], collecting: [null, Number.POSITIVE_INFINITY, null] };
    const step = { actor: 1, kind: 'step' };
    expect(choicesIn(idle, stateIn(idle, { ...running, crashesLeft: 1 }))).toEqual([
      step,
      { actor: 1, kind: 'crash' },
    ]);
    expect(choicesIn(idle, stateIn(idle, running))).toEqual([step]);
    expect(choicesIn(idle, stateIn(idle, { done: [1, 0, 0], crashesLeft: 1 }))).toEqual([step]);
  });

  test('is nothing of an actor that is done', () => {
    const done = stateIn(idle, { done: [1, 0, 0] });
    expect(() => moveOf(idle, done, { actor: 0, kind: 'move' })).toThrow('is done has no choice');
    expect(isCollecting(done, 7)).toBe(false);
  });
});

describe('a command', () => {
  const choice = { actor: 0, kind: 'move' } as const;
  const start = storeAfter(log('m', { a: '1MB' }));
  const taken = (move: Partial<Extract<Move, { readonly kind: 'command' }>>) => {
    const exploration = explorationOfActors([commandMove(move), commandMove()]);
    return take(exploration, stateIn(exploration, { store: start }), choice);
  };

  test('of an unknown name is refused as not found, and named', () => {
    const { refusal, after, events } = taken({ commands: () => null, uses: 'up' });
    expect(refusal).toMatchObject({ code: 'not-found', sentence: expect.stringContaining('up') });
    expect(events).toEqual([]);
    expect(after.store).toBe(start);
    expect(after.done).toEqual([1]);
  });

  test('of an unknown name is refused even if it does not say which', () => {
    expect(taken({ commands: () => null }).refusal?.code).toBe('not-found');
    expect(taken({ commands: () => null }).refusal?.sentence).not.toContain('null');
  });

  test('of several steps plays them until one is refused', () => {
    const { refusal, after, events } = taken({
      commands: () => [log('m', { b: '1MB' }), remove('m:v7'), log('m', { c: '1MB' })],
    });
    expect(refusal?.code).toBe('not-found');
    expect(events.map(({ type }) => type)).toContain('versionBegun');
    expect([...after.store.versions.unorderedRows()].map(({ id }) => id).sort()).toEqual([m0, m1]);
  });

  test('that goes through is not refused; it names the version that it makes', () => {
    const { refusal, after, step } = taken({ commands: () => [log('m', { b: '1MB' })], gives: 'up' });
    expect([refusal, step]).toEqual([null, null]);
    expect([...after.names.entries()]).toEqual([['up', m1]]);
  });

  test('that changes nothing leaves the very same store', () => {
    expect(taken({ commands: () => [restore('m:v0')] }).after.store).toBe(start);
    expect(taken({ commands: () => [] }).after.store).toBe(start);
  });
});

describe('a name', () => {
  test('is that of a version that is made or reused, and of none otherwise', () => {
    const { events } = given().when(log('m', { a: '1MB' }));
    expect([...withName(NAMELESS, 'up', events).entries()]).toEqual([['up', m0]]);
    expect([...withName(NAMELESS, 'up', [reused('m:v1')]).entries()]).toEqual([['up', m1]]);
    expect([
      ...withName(NAMELESS, 'up', [{ type: 'versionCommitted', versionId: m0, index: 0 }]).entries(),
    ]).toEqual([]);
  });

  test('stays as it is where a step gives none', () => {
    expect(withName(NAMELESS, null, [reused('m:v1')])).toBe(NAMELESS);
  });
});

/** A collector alone, whose runs are whole or single steps. */
function collector(start: Store, whole: boolean, runs = 1): Exploration {
  const move: Move = { ...collectMove('m'), whole } as Move;
  const alone = explorationOfActors(Array.from({ length: runs }, () => move));
  return { ...alone, start, crashes: 1 };
}

/** Each step that is taken until the collector is done. */
function stepsOf(exploration: Exploration, kinds: readonly ('step' | 'crash')[]) {
  return follow(
    exploration,
    kinds.map((kind) => ({ actor: 0, kind })),
  );
}

describe('a run of garbage collection', () => {
  const step = Array.from({ length: 5 }, () => 'step' as const);

  test('is taken step by step, and is done with its last', () => {
    const way = stepsOf(collector(storeAfter(...trashed), true), step);
    expect(way.map((transition) => transition.step?.type)).toEqual([
      'reviewVersions',
      'releaseHolds',
      'sweepObject',
      'sweepObject',
      'closeVersion',
    ]);
    expect(way.map(({ after }) => after.done)).toEqual([[0], [0], [0], [0], [1]]);
    expect(way.map(({ after }) => isCollecting(after, 0))).toEqual([true, true, true, true, false]);
    expect(way.map(({ after }) => after.broken)).toEqual(way.map(() => false));
    expect(way.at(-1)?.after.store.versions.get(m0)?.state.kind).toBe('DELETED');
  });

  test('of a single step is done after it', () => {
    const [first, second] = stepsOf(collector(storeAfter(...trashed), false, 2), ['step', 'step']);
    expect([first?.step?.type, second?.step?.type]).toEqual(['reviewVersions', 'releaseHolds']);
    expect([first?.after.done, second?.after.done]).toEqual([[1], [2]]);
  });

  test('that finds nothing to do is done at once', () => {
    const [only] = stepsOf(collector(storeAfter(), true), ['step']);
    expect(only).toMatchObject({
      events: [],
      step: null,
      refusal: null,
      after: { done: [1], broken: false },
    });
  });

  test('is refused where garbage collection is not enabled', () => {
    const unprotected = server({
      deployment: 'self-managed',
      bucket: { provider: 'aws', versioning: false },
    });
    const [only] = stepsOf(collector(storeAfter(...trashed, unprotected), true), ['step']);
    expect(only).toMatchObject({ events: [], step: null, refusal: { code: 'gc-not-enabled' } });
  });
});

describe('a run is interrupted', () => {
  const start = storeAfter(...trashed);

  test('by a crash that the search tries, which uses one up', () => {
    const way = stepsOf(collector(start, true, 2), ['step', 'crash', 'step']);
    expect(way[1]).toMatchObject({
      events: [{ type: 'garbageCollectionCrashed', afterSteps: null }],
      step: null,
      refusal: null,
      before: { crashesLeft: 1 },
      after: { crashesLeft: 0, done: [1], collecting: [null], broken: true },
    });
    expect(way[2]).toMatchObject({ step: { type: 'releaseHolds' }, after: { broken: true } });
  });

  test('by a crash that the story planned', () => {
    const planned = storeAfter(...trashed, planCrash(2));
    const way = stepsOf(collector(planned, true), ['step', 'step', 'step']);
    expect(way.map(({ after }) => after.collecting)).toEqual([[1], [0], [null]]);
    expect(way.map(({ after }) => after.broken)).toEqual([false, false, true]);
    expect(way[2]).toMatchObject({
      step: null,
      events: [{ type: 'garbageCollectionCrashed', afterSteps: 2 }],
    });
  });

  test('by a call to the bucket that fails', () => {
    const faulty = storeAfter(...trashed, faults({ call: 'delete', fault: 'fails', times: 1 }));
    const way = stepsOf(collector(faulty, true), ['step', 'step', 'step']);
    expect(way.map(({ after }) => after.broken)).toEqual([false, false, true]);
    expect(way[2]).toMatchObject({ step: { type: 'sweepObject' }, after: { done: [1] } });
  });

  test('until another ends', () => {
    const kinds = ['step', 'crash', 'step', 'step', 'step', 'step'] as const;
    const way = stepsOf(collector(start, true, 2), kinds);
    expect(way.map(({ after }) => after.broken)).toEqual([false, true, true, true, true, false]);
  });

  test('by no planned crash that comes after its end, which it uses up with its last step', () => {
    const planned = storeAfter(...trashed, planCrash(9));
    const way = stepsOf(collector(planned, true), ['step', 'step', 'step', 'step', 'step']);
    expect(way.at(-1)?.after).toMatchObject({ done: [1], broken: false });
    expect(way.at(-1)?.after.store.garbageCollection.crashAfterSteps).toBeNull();
  });

  test('by no planned crash while it goes step by step', () => {
    const planned = storeAfter(...trashed, planCrash(1));
    const way = stepsOf(collector(planned, false, 2), ['step', 'step']);
    expect(way.map((transition) => transition.step?.type)).toEqual(['reviewVersions', 'releaseHolds']);
    expect(way.at(-1)?.after.store.garbageCollection.crashAfterSteps).toBe(1);
  });
});
