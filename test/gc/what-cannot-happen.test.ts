import { describe, expect, test } from 'vitest';
import type { StoreEvent } from '../../src/decider/event.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { versionById } from '../../src/store/look-up.ts';
import {
  bytesOf,
  clock,
  log,
  release,
  removeWithAliases,
  review,
  server,
} from '../support/stores/builders.ts';
import { given, type History } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';

const v0 = versionId('animals:v0');
const [cat, ghost] = [objectId('animals', 'cat'), objectId('animals', 'ghost')];
const animals = [log('animals', { cat: '2MB' })] as const;
const reviewed = [...animals, removeWithAliases('animals:v0'), clock('7d'), review] as const;
const wrong = server({ collector: 'ignores-restore' });
const releaseOf = (...unreferenced: readonly (typeof cat)[]) =>
  ({ type: 'holdsReleased', versionId: v0, stillHeld: [], unreferenced }) as const;
const playing = (event: StoreEvent, ...history: readonly History[]) =>
  evolve(given(...history).store, [event]);

describe('an event that cannot have happened is a bug, and stops', () => {
  test.each<readonly [string, StoreEvent, readonly History[], string]>([
    [
      'the review of a version that is COMMITTED',
      { type: 'versionsReviewed', versionIds: [v0] },
      animals,
      'only soft-deleted versions are reviewed',
    ],
    [
      'the release of a version that is COMMITTED',
      releaseOf(cat),
      animals,
      'only soft-deleted versions release their holds',
    ],
    [
      'the release of an object that there is not (GC-4)',
      releaseOf(ghost),
      reviewed,
      `the holders of ${ghost} are not fewer than none`,
    ],
    [
      'the release of an object that nothing holds (GC-4)',
      releaseOf(cat),
      [...reviewed, release(v0)],
      `the holders of ${cat} are not fewer than none`,
    ],
  ])('%s', (_what, event, history, message) => {
    expect(() => playing(event, ...history)).toThrow(`assertion failed: ${message}`);
  });
});

describe('a deliberately flawed collector continues', () => {
  test('after releasing the holds of a live version: the version stays and is in no queue', () => {
    const store = playing(releaseOf(cat), ...animals, wrong);
    expect(versionById(store, v0).state.kind).toBe('COMMITTED');
    expect(store.objects.get(cat)?.holders).toBe(0);
    expect([...store.garbageCollection.unreferenced.keys()]).toEqual([cat]);
    expect(store.garbageCollection.released.size).toBe(0);
  });

  test('after releasing an unreferenced or unknown object: its count stays at zero', () => {
    const store = playing(releaseOf(cat, ghost), ...reviewed, release(v0), wrong);
    expect(store.objects.get(cat)?.holders).toBe(0);
    expect(store.objects.has(ghost)).toBe(false);
    expect([...store.garbageCollection.unreferenced.keys()]).toEqual([cat]);
  });

  test('after sweeping an object that a version holds: the object stays known, with its count', () => {
    const store = playing(
      { type: 'objectSwept', objectId: cat, freedBytes: bytesOf('2MB') },
      ...animals,
      wrong,
    );
    expect(store.objects.get(cat)?.holders).toBe(1);
    expect(store.bucket.storedBytes).toBe(0);
  });
});
