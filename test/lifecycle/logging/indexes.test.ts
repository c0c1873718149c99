import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/decider/decide.ts';
import { evolve } from '../../../src/decider/evolve.ts';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import { collectionById, find, versionAt, versionById } from '../../../src/store/look-up.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { versionIdOf } from '../../../src/store/version.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import {
  abandon,
  addFiles,
  begin,
  commit,
  log,
  removeById,
  removeCollection,
  removeWithAliases,
  restore,
} from '../../support/stores/builders.ts';
import { committed, created, put } from '../../support/stores/events.ts';
import { given } from '../../support/stores/given.ts';
import { collectionId, versionId, versionNamed } from '../../support/stores/names.ts';

const animals = collectionId('animals');
const three = [
  begin('animals', { cat: '2MB' }),
  begin('animals', { dog: '1MB' }),
  begin('animals', { rat: '3MB' }),
] as const;
const [first, second, third] = [versionId('animals#0'), versionId('animals#1'), versionId('animals#2')];

describe('the index of a version (LOG-5)', () => {
  test('is given in the order of the commits, and latest is the newest of them', () => {
    given(...three, commit(third))
      .when(commit(first))
      .then(committed('animals#0', 1), put('animals:v1', 'latest', 0));
    const { store } = given(...three, commit(third), commit(first), commit(second));
    expect([0, 1, 2].map((serial) => versionById(store, versionIdOf(animals, serial)).index)).toEqual([
      1, 2, 0,
    ]);
    expect(find(store, versionNamed('animals:latest'))?.version.id).toBe(second);
  });

  test('is not taken by an upload that is abandoned in between', () => {
    given(...three, commit(third), abandon(first))
      .when(commit(second))
      .then(committed('animals#1', 1), put('animals:v1', 'latest', 0));
  });

  test('is that of a version which is logged while uploads are in progress', () => {
    const { store } = given(...three, log('animals', { owl: '4MB' }), commit(second));
    expect(versionAt(store, versionNamed('animals:v0'))?.id).toBe(versionId('animals#3'));
    expect(versionAt(store, versionNamed('animals:v1'))?.id).toBe(second);
  });

  test('stays with a version that was deleted or restored, and is not given again (LOG-2, DEL-15)', () => {
    const past = [...three, commit(third), commit(first), removeWithAliases('animals:v1')] as const;
    given(...past)
      .when(commit(second))
      .then(committed('animals#1', 2), put('animals:v2', 'latest'));
    const { store } = given(...past, restore('animals:v1'), commit(second));
    expect(versionAt(store, versionNamed('animals:v1'))?.id).toBe(first);
    expect([...collectionById(store, animals).listed.entries()]).toEqual([
      [0, third],
      [1, first],
      [2, second],
    ]);
  });

  test('goes on where the sequence was deleted with its uploads, and created again (DEL-16)', () => {
    const again = given(...three, commit(third), removeCollection('animals')).when(
      log('animals', { owl: '4MB' }),
    );
    expect(again.events[0]).toEqual(created('animals', { again: true }));
    expect(again.events[2]).toEqual(committed('animals#3', 1));
  });

  test('decides what a log is compared with: the newest index, not the newest upload (LOG-3)', () => {
    const past = [...three, commit(third), commit(first)] as const;
    given(...past)
      .when(log('animals', { cat: '2MB' }))
      .thenTypes(['versionReused']);
    given(...past)
      .when(log('animals', { rat: '3MB' }))
      .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
  });
});

type Move = 'begin' | 'log' | 'add' | 'commit' | 'abandon' | 'delete' | 'restore';
const moves = fc.array(
  fc.tuple(
    fc.constantFrom<Move>('begin', 'begin', 'log', 'add', 'commit', 'commit', 'abandon', 'delete', 'restore'),
    fc.nat({ max: 6 }),
  ),
  { maxLength: 40 },
);

describe('in any order of beginnings, commits, abandonments, additions and deletions', () => {
  test(
    'indexes have no gaps and follow the commits, and latest is the highest committed one (LOG-5)',
    () => {
      const property = fc.property(moves, (played) => {
        let store = emptyStore();
        const order: string[] = [];
        for (const [at, [move, nth]] of played.entries()) {
          const outcome = decide(commandOf(store, move, nth, at), store);
          if (!outcome.ok) continue;
          store = evolve(store, outcome.events);
          for (const event of outcome.events) {
            if (event.type !== 'versionCommitted') continue;
            order.push(event.versionId);
            expect(find(store, versionNamed('animals:latest'))?.index).toBe(order.length - 1);
          }
        }
        const versions = [...store.versions.unorderedRows()];
        const indexed = versions.filter(({ index }) => index !== null);
        expect(indexed.sort((a, b) => (a.index ?? 0) - (b.index ?? 0)).map(({ id }) => id)).toEqual(order);
        expect(indexed.map(({ index }) => index)).toEqual(order.map((_, index) => index));
        for (const [index, id] of order.entries()) {
          expect(versionAt(store, versionNamed(`animals:v${index}`))?.id).toBe(id);
        }
        expect(brokenInvariants(store)).toEqual([]);
      });
      fc.assert(property, runs(300));
    },
    PATIENCE_MS,
  );
});

/** One of the commands; a number picks the version that it is about, whatever its state is. */
function commandOf(store: Store, move: Move, nth: number, at: number) {
  const serials = store.collections.get(animals)?.nextSerial ?? 0;
  const id = versionIdOf(animals, serials === 0 ? 0 : nth % serials);
  const content = { [`file-${at}`]: '1MB' };
  if (serials === 0 || move === 'begin') return begin('animals', content);
  switch (move) {
    case 'log':
      return log('animals', content);
    case 'add':
      return addFiles(id, { [`file-${nth}`]: '1MB', ...content });
    case 'commit':
      return commit(id);
    case 'abandon':
      return abandon(id);
    case 'delete':
      return removeById(id, true);
    case 'restore':
      return restore(`animals:v${nth}`);
  }
}
