import { describe, expect, test } from 'vitest';
import { isSnapshotBeginning } from '../../../src/simulator/snapshot/format.ts';
import { snapshotOf } from '../../../src/simulator/snapshot/write.ts';
import type { ManifestEntry } from '../../../src/store/manifest.ts';
import type { Store } from '../../../src/store/store.ts';
import { digestOfName, keyOfName } from '../../../src/values/digest.ts';
import {
  abandon,
  begin,
  clock,
  commit,
  describeCollection,
  file,
  log,
  reference,
  removeCollection,
  removeWithAliases,
  rename,
  setTtl,
} from '../../support/stores/builders.ts';
import { collectionId, versionId } from '../../support/stores/names.ts';
import { plain } from '../../support/stores/plain.ts';
import { rowsOf, snapshotBytes, storeIn } from '../../support/stores/snapshots.ts';
import { simulated } from '../simulated.ts';

const versionRows = (store: Store) => rowsOf(store, 'versions', 'links');
const storeOf = (...manifests: readonly (readonly ManifestEntry[])[]) =>
  simulated(manifests.map((entries) => log('a', entries))).store;
const digest = (content: string) => digestOfName(content);

describe('the row of a version says only what is new', () => {
  const [a, b, c, other] = [file('a', '1B'), file('b', '1B'), file('c', '1B'), file('b', '2B', 'other')];

  test('of its files: those that are added or changed, and those that are gone, or else all of them', () => {
    const store = storeOf([a, b, c], [a, c], [a, other, c], [other], [a, b, c]);
    expect(versionRows(store)).toEqual([
      { in: 0, add: ['a', digest('a'), 1, 'b', digest('b'), 1, 'c', digest('c'), 1] },
      { remove: [1] },
      { add: [1, digest('other'), 2] },
      { whole: true, add: [1, 3] },
      { same: 0, aliases: ['latest'] },
    ]);
    expect(plain(storeIn(snapshotBytes(store)))).toEqual(plain(store));
  });

  test('of as many changes as it has files: what changed, and not all of them', () => {
    expect(versionRows(storeOf([a, b], [b, c])).slice(1)).toEqual([
      { aliases: ['latest'], add: ['c', digest('c'), 1], remove: [0] },
    ]);
  });

  test('of its references: all of one whose address changed', () => {
    const [x, y] = ['s3://x', 's3://y'].map((address) => reference('r', address, '3B'));
    if (x === undefined || y === undefined) throw new Error('there are two');
    const told = (address: string) => ({ address, checksum: address, sizeBytes: 3 });
    expect(versionRows(storeOf([a, x], [a, y], [a, x], [a, b, x]))).toEqual([
      { in: 0, add: ['a', digest('a'), 1, 'r', told('s3://x')] },
      { add: [1, told('s3://y')] },
      { same: 0 },
      { aliases: ['latest'], add: ['b', digest('b'), 1] },
    ]);
  });

  test('of its references to other versions: with an id, whichever version is written first', () => {
    const { store } = simulated([
      log('z', { cat: '2MB' }),
      log('a', [reference('first', 'wandb-artifact://z:v0/cat')]),
      removeWithAliases('z:v0'),
    ]);
    const read = storeIn(snapshotBytes(store));
    expect(plain(read)).toEqual(plain(store));
    expect([...read.referrers.unorderedRows()]).toHaveLength(1);
  });

  test('of its history: its times, state and TTL, where they are not the usual ones', () => {
    const { store } = simulated([
      clock('1d'),
      begin('a', { x: '1B' }),
      clock('1d'),
      commit(versionId('a:v0')),
      log('a', { y: '1B' }, { tags: ['new'] }),
      setTtl('a:v1', '1d'),
      begin('b', { z: '1B' }),
      log('c', { u: '1B' }, { run: 'train' }),
      removeWithAliases('c:v0'),
    ]);
    const day = 86_400;
    expect(versionRows(store)).toEqual([
      { in: 0, after: day, committedAt: 2 * day, add: ['x', digest('x'), 1] },
      {
        ...{ after: day, aliases: ['latest'], whole: true, add: ['y', digest('y'), 1] },
        ...{ ttl: day, tags: ['new'] },
      },
      { in: 1, after: 2 * day, pending: [2, []], add: ['z', digest('z'), 1] },
      {
        in: 2,
        after: 2 * day,
        softDeletedNow: [2 * day, 0, 'waiting', 2 * day],
        add: ['u', digest('u'), 1],
        loggedBy: 0,
      },
    ]);
  });
});

describe('the rows of a snapshot', () => {
  const { store } = simulated([
    log('b', { x: '1B' }),
    log('a', { y: '2B' }),
    removeWithAliases('b:v0'),
    log('a', { z: '1B', y: '2B' }),
    ...['', 1, 2].map((nth) => log('c', { [`c${nth}`]: '1B' })),
    removeWithAliases('c:v1'),
  ]);

  test('list artifact collections by name; what these list follows from their versions', () => {
    const rows = rowsOf(store, 'collections', 'names');
    expect(rows).toMatchObject([
      { name: ['team', 'demo', 'a'], createdAt: 0, nextIndex: 2, aliases: [['latest', 1]] },
      { name: ['team', 'demo', 'b'], nextIndex: 1, aliases: [] },
      { name: ['team', 'demo', 'c'], nextIndex: 3, aliases: [['latest', 2]] },
    ]);
    expect(rows.filter((row) => /listed|deleted|uploading|nextSerial/.test(JSON.stringify(row)))).toEqual([]);
    expect(plain(storeIn(snapshotBytes(store)))).toEqual(plain(store));
  });

  test('say the id of an artifact collection only where its name has another key (COL-1)', () => {
    const renamed = simulated([
      log('a', { x: '1B' }),
      rename('a', 'c'),
      clock('1h'),
      log('a', { x: '1B' }),
      describeCollection('a', { description: '', tags: ['EU west'] }),
      log('b', { x: '1B' }),
      removeCollection('b'),
      rename('a', 'b'),
    ]).store;
    const [a, b, c] = ['a', 'b', 'c'].map(collectionId);
    const second = keyOfName('team/demo/a#1');
    const rows = rowsOf(renamed, 'collections', 'names');
    expect(rows).toMatchObject([
      { name: ['team', 'demo', 'b'], id: second, createdAt: 3_600, description: '', tags: ['EU west'] },
      { name: ['team', 'demo', 'b~1'], id: b, exists: false },
      { name: ['team', 'demo', 'c'], id: a, createdAt: 0 },
    ]);
    expect(rows.map((row) => Object.keys(Object(row)).includes('tags'))).toEqual([true, false, false]);
    const names = [
      [a, 0],
      [b, 0],
      [c, 2],
      [collectionId('b~1'), 1],
    ];
    expect(rowsOf(renamed, 'names', 'versions')).toEqual(
      names.sort(([left = ''], [right = '']) => (left < right ? -1 : 1)),
    );
    expect(plain(storeIn(snapshotBytes(renamed)))).toEqual(plain(renamed));
  });

  test('say the index of a version only where it is not the next one (LOG-5)', () => {
    const outOfOrder = simulated([
      begin('a', { x: '1B' }),
      begin('a', { y: '1B' }),
      begin('a', { z: '1B' }),
      begin('a', { u: '1B' }),
      log('a', { v: '1B' }),
      commit(versionId('a#3')),
      abandon(versionId('a#2')),
      commit(versionId('a#0')),
      log('a', { w: '1B' }),
      removeWithAliases('a:v1'),
    ]).store;
    expect(versionRows(outOfOrder).map((row) => Reflect.get(Object(row), 'index'))).toEqual([
      ...[2, undefined, undefined, 1, 0, 3],
    ]);
    expect(plain(storeIn(snapshotBytes(outOfOrder)))).toEqual(plain(outOfOrder));
  });

  test('list objects by scope and content, with their holders', () => {
    expect(rowsOf(store, 'objects', 'outOfBand')).toEqual([
      [0, 0, 2, 0],
      [0, 1, 1, 0],
      [1, 2, 1, 0],
      ...[3, 4, 5].map((content) => [2, content, 1, 0]),
    ]);
  });

  test('are counted while they are written, in steps of ten thousand versions and objects', () => {
    const many = Object.fromEntries(Array.from({ length: 10_005 }, (_, at) => [`f${at}`, '1B']));
    const counts: number[] = [];
    const { store: large } = simulated([log('a', many)]);
    for (const _piece of snapshotOf(large, (rows) => counts.push(rows)));
    expect(counts).toEqual([10_000]);
  });
});

describe('the bytes of a snapshot', () => {
  const texts = ['\ufeff', '😀'.repeat(40), 'é', 'x'.repeat(300)];
  const { store } = simulated([
    log('a', Object.fromEntries(texts.map((text) => [text, '1B'])), { tags: texts }),
  ]);
  const bytes = snapshotBytes(store);

  test.each([1, 2, 23, 24, 25, 64, 199, 200, 201, 1_000])('can be read in pieces of %i', (pieceBytes) => {
    expect(plain(storeIn(bytes, pieceBytes))).toEqual(plain(store));
  });

  test('are known by their beginning', () => {
    expect(isSnapshotBeginning(bytes)).toBe(true);
    expect(isSnapshotBeginning(bytes.subarray(0, 20))).toBe(false);
    expect(isSnapshotBeginning(bytes.subarray(1))).toBe(false);
    expect(isSnapshotBeginning(new Uint8Array())).toBe(false);
  });
});
