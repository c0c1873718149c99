import { describe, expect, test } from 'vitest';
import type { Exploration } from '../../src/explore/exploration.ts';
import { collectedToTheEnd, PROPERTIES } from '../../src/explore/properties.ts';
import type { Transition } from '../../src/explore/transitions.ts';
import type { Store } from '../../src/store/store.ts';
import { digestOfObjectId } from '../../src/store/stored-object.ts';
import { putBlob } from '../support/stores/bucket-changes.ts';
import {
  begin,
  bucketUndelete,
  bytesOf,
  clock,
  faults,
  log,
  release,
  remove,
  review,
  server,
  sweep,
  time,
} from '../support/stores/builders.ts';
import { collected, given, type History } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';
import { between, collectMove, commandMove, explorationOfMoves, stateIn } from './made-transitions.ts';

const givenStory = (...history: readonly History[]) =>
  given(server({ retentionSeconds: time('0s') }), ...history);

const [m0, a] = [versionId('m:v0'), objectId('m', 'a')];
const twice = [log('m', { a: '1MB', b: '2MB' }), log('m', { b: '2MB' })] as const;
const trashed = [...twice, remove('m:v0')] as const;
const released = [...trashed, review, release(m0)] as const;
const STUCK = server({ deployment: 'self-managed', bucket: { provider: 'aws', versioning: false } });

/** What is wrong at an end. */
function wrongAtEnd(end: Store): readonly string[] {
  return PROPERTIES.flatMap((property) => (property.kind === 'finally' ? property.broken(end) : []));
}

describe('an end', () => {
  const leak = `the object ${digestOfObjectId(a)} is stored, but nothing holds it`;

  test('is wrong if an object is stored that nothing holds', () => {
    expect(wrongAtEnd(givenStory(...twice).store)).toEqual([]);
    expect(wrongAtEnd(givenStory(...released).store)).toEqual([leak]);
    expect(wrongAtEnd(givenStory(...released, sweep(a)).store)).toEqual([]);
  });

  test('is not wrong if garbage collection does not run', () => {
    expect(wrongAtEnd(givenStory(...released, STUCK).store)).toEqual([]);
  });

  test('is not wrong if the object was brought back out of band', () => {
    const { store } = givenStory(...trashed, collected, bucketUndelete('m:v1/b'));
    expect(wrongAtEnd(store)).toEqual([]);
    const bucket = putBlob(store.bucket, store.settings.bucket, a, bytesOf('1MB'), store.now);
    expect(wrongAtEnd({ ...store, bucket })).toEqual([leak]);
    expect(wrongAtEnd({ ...store, bucket, outOfBand: store.outOfBand.insert(a, true) })).toEqual([]);
  });
});

describe('a final garbage collection', () => {
  test('ends with nothing left to do', () => {
    const { store } = givenStory(...trashed);
    const end = collectedToTheEnd(store);
    expect(end.versions.get(m0)?.state.kind).toBe('DELETED');
    expect(wrongAtEnd(end)).toEqual([]);
    expect(collectedToTheEnd(end)).toBe(end);
  });

  test('continues after calls to the bucket that fail', () => {
    const fault = { call: 'delete', fault: 'fails', times: 3 } as const;
    const end = collectedToTheEnd(givenStory(...trashed, faults(fault)).store);
    expect(end.versions.get(m0)?.state.kind).toBe('DELETED');
    expect(end.bucketFaults).toEqual([]);
  });

  test('changes nothing if garbage collection is not enabled', () => {
    const { store } = givenStory(...trashed, STUCK);
    expect(collectedToTheEnd(store)).toBe(store);
  });

  test('gives up where a collector makes no progress', () => {
    // What a wrong collector may leave: a version that waits for its release, and was never reviewed.
    const { store } = givenStory(...trashed);
    const { garbageCollection, trash } = store;
    const reviewed = garbageCollection.reviewed.insert(0, m0);
    const stuck: Store = {
      ...store,
      trash: trash.removeAll([...trash.keys()]),
      garbageCollection: { ...garbageCollection, reviewed },
    };
    expect(collectedToTheEnd(stuck)).toBe(stuck);
  });
});

/** The situations that a transition is. */
function situations(transition: Transition, exploration: Exploration = explorationOfMoves(commandMove())) {
  return PROPERTIES.flatMap((property) =>
    property.kind === 'sometimes' && property.seen(transition, exploration) ? [property.name] : [],
  );
}

describe('a situation', () => {
  const { store } = givenStory(...released);

  test('is that two versions share a file if an upload finds one stored', () => {
    const { events: sharing } = givenStory(...twice).when(begin('m', { a: '1MB', c: '1MB' }));
    const { events: other } = givenStory(...twice).when(begin('m', { c: '1MB' }));
    expect(situations(between(store, store, { events: sharing }))).toEqual(['two versions share a file']);
    expect(situations(between(store, store, { events: other }))).toEqual([]);
  });

  test('is that a file is freed if an object is swept', () => {
    const { events } = givenStory(...released).when(sweep(a));
    expect(situations(between(store, store, { events }))).toEqual(['a file is freed']);
  });

  test('is that an interrupted garbage collection continues at its next step only', () => {
    const step = { type: 'reviewVersions' } as const;
    const broken = stateIn(explorationOfMoves(commandMove()), { store, broken: true });
    const continued = ['an interrupted garbage collection continues'];
    expect(situations(between(store, store, { before: broken, step }))).toEqual(continued);
    expect(situations(between(store, store, { before: broken }))).toEqual([]);
    expect(situations(between(store, store, { step }))).toEqual([]);
  });
});

describe('an actor acts during a garbage collection', () => {
  const { store } = givenStory(...twice);
  const { events } = givenStory(...twice).when(clock('1d'));
  const seen = (
    exploration: Exploration,
    more: Partial<Transition> = {},
    collecting = [null, 3] as const,
  ) => {
    const before = stateIn(exploration, { store, collecting: [...collecting] });
    return situations(between(store, store, { before, events, ...more }), exploration);
  };
  const AMID = ['an actor acts during a garbage collection'];
  const shared = explorationOfMoves(commandMove(), collectMove('m', 'n'));

  test('if both touch the same', () => {
    expect(seen(shared)).toEqual(AMID);
    expect(seen(explorationOfMoves(commandMove(), collectMove('n')))).toEqual([]);
  });

  test('if its move changes something', () => {
    expect(seen(shared, { events: [] })).toEqual([]);
  });

  test('if a run has begun, and not merely if an actor could begin one', () => {
    const before = stateIn(shared, { store });
    expect(seen(shared, { before })).toEqual([]);
  });

  test('if it is not the collector itself', () => {
    expect(seen(shared, { choice: { actor: 1, kind: 'step' } })).toEqual([]);
    expect(seen(shared, { choice: { actor: 1, kind: 'crash' } })).toEqual([]);
  });

  test('if the move that an actor is in the middle of touches the same, and not one that is done', () => {
    const collector = { name: 'collector', moves: [collectMove('m'), collectMove('n')] };
    const exploration = { ...shared, actors: [...shared.actors.slice(0, 1), collector] };
    const second = stateIn(exploration, { store, done: [0, 1], collecting: [null, 3] });
    expect(seen(exploration)).toEqual(AMID);
    expect(seen(exploration, { before: second })).toEqual([]);
  });
});
