import { describe, expect, test } from 'vitest';
import { snapshotOf } from '../../../src/simulator/snapshot/write.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import type { Bytes } from '../../../src/values/units.ts';
import { file, log, removeWithAliases, server, setTtl, time } from '../../support/stores/builders.ts';
import { plain } from '../../support/stores/plain.ts';
import { rowsOf, snapshotBytes, storeIn } from '../../support/stores/snapshots.ts';
import { simulated } from '../simulated.ts';

const ENABLED = [{ name: 'GORILLA_ARTIFACT_GC_ENABLED', value: 'true' }];
const onAws = server({
  deployment: 'self-managed',
  env: ENABLED,
  bucket: { provider: 'aws', versioning: true },
  retentionSeconds: time('0s'),
});

describe('the row of an object', () => {
  test('has its copies, and says where the store or the bucket does not know it', () => {
    const simulator = simulated([
      onAws,
      log('a', { x: '1B', y: '2B' }),
      log('a', { y: '2B' }),
      removeWithAliases('a:v0'),
    ]);
    simulator.apply({ type: 'collectGarbage' });
    simulator.apply(log('b', { z: '3B' }));
    const { store } = simulator;
    expect(rowsOf(store, 'objects', 'outOfBand')).toEqual([
      {
        object: [0, 0],
        holders: null,
        bucket: {
          current: false,
          since: 0,
          versioned: true,
          copies: [['noncurrent', 0, 0, time('30d'), true]],
        },
      },
      [0, 1, 1, 0, true],
      [1, 2, 1, 0, true],
    ]);
    expect(plain(storeIn(snapshotBytes(store)))).toEqual(plain(store));
  });

  test('has the size of its bytes in the bucket, or it is a bug', () => {
    const { store } = simulated([log('a', { x: '1B' })]);
    const [blob] = store.bucket.blobs.unorderedRows();
    if (blob === undefined) throw new Error('it is stored');
    const blobs = store.bucket.blobs.insert(blob.key, { ...blob, sizeBytes: 2 as Bytes });
    expect(() => snapshotBytes({ ...store, bucket: { ...store.bucket, blobs } })).toThrow(
      'an object has the size of its bytes in the bucket',
    );
  });
});

describe('the row of a version', () => {
  test('tells two sizes of one content apart, each of which it says once', () => {
    const { store } = simulated([
      log('a', [file('x', '1B')]),
      log('b', [file('x', '2B')]),
      log('c', [file('x', '1B'), file('y', '2B', 'x-2')]),
      log('d', [file('x', '2B'), file('z', '1B', 'y')]),
    ]);
    const [x, y] = [digestOfName('x'), digestOfName('y')];
    expect(rowsOf(store, 'versions', 'links').map((row) => Object(row).add)).toEqual([
      ['x', x, 1],
      [0, x, 2],
      [0, 0, 'y', digestOfName('x-2'), 2],
      [0, 1, 'z', y, 1],
    ]);
    expect(plain(storeIn(snapshotBytes(store)))).toEqual(plain(store));
  });

  test('says that an entity shares its objects, and which TTL it has', () => {
    const { store } = simulated([
      server({ sharing: 'entity' }),
      log('a', { x: '1B' }),
      setTtl('a:v0', '1d'),
      log('a', { y: '1B' }),
    ]);
    expect(rowsOf(store, 'versions', 'links')).toMatchObject([
      { shared: true, ttl: 86_400 },
      { shared: true },
    ]);
    expect(rowsOf(store, 'scopes', 'objects')).toEqual([['team']]);
    expect(plain(storeIn(snapshotBytes(store)))).toEqual(plain(store));
  });
});

describe('what is counted while a snapshot is written', () => {
  const countsOf = (files: number) => {
    const many = Object.fromEntries(Array.from({ length: files }, (_, at) => [`f${at}`, '1B']));
    const counts: number[] = [];
    for (const _piece of snapshotOf(simulated([log('a', many)]).store, (rows) => counts.push(rows)));
    return counts;
  };

  test('are versions and objects, and nothing else', () => {
    expect(countsOf(9_999)).toEqual([10_000]);
    expect(countsOf(9_998)).toEqual([]);
  });
});
