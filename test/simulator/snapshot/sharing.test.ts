import { describe, expect, test } from 'vitest';
import { collectionIdOf } from '../../../src/store/artifact-collection.ts';
import { versionById } from '../../../src/store/look-up.ts';
import { type ManifestEntry, withExtra } from '../../../src/store/manifest.ts';
import type { Store } from '../../../src/store/store.ts';
import { versionIdOf } from '../../../src/store/version.ts';
import type { Bytes } from '../../../src/values/units.ts';
import { file, log, reference } from '../../support/stores/builders.ts';
import { json } from '../../support/stores/json.ts';
import { collectionNamed } from '../../support/stores/names.ts';
import { plain } from '../../support/stores/plain.ts';
import { linesIn, snapshotBytes, storeIn } from '../../support/stores/snapshots.ts';
import { simulated } from '../simulated.ts';

const many = Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`part-${at}.bin`, '1KB']));

function manifestAt(store: Store, collection: string, index: number) {
  return versionById(store, versionIdOf(collectionIdOf(collectionNamed(collection)), index)).manifest;
}

describe('A snapshot says once what is shared', () => {
  const first = { 'cat.jpg': '2MB', 'dog.jpg': '1MB' };
  const { store } = simulated([
    log('animals', first),
    log('animals', { 'cat.jpg': '2MB' }),
    log('animals', first),
    log('pets', first),
  ]);

  test('so that versions with equal content share one manifest again, wherever they are', () => {
    const read = storeIn(snapshotBytes(store));
    expect(manifestAt(read, 'animals', 2)).toBe(manifestAt(read, 'animals', 0));
    expect(manifestAt(read, 'pets', 0)).toBe(manifestAt(read, 'animals', 0));
  });

  test('so that an entry that a version has from the previous one is the same object again', () => {
    const read = storeIn(snapshotBytes(store));
    expect(manifestAt(read, 'animals', 1).entries[0]).toBe(manifestAt(read, 'animals', 0).entries[0]);
  });

  test('so that a version costs only what is new in it', () => {
    const rows = linesIn(simulated([log('a', many), log('a', { ...many, more: '1B' })]).store);
    const last = rows[rows.indexOf('"links"') - 1] ?? '';
    expect(last).toMatch(/^\{"aliases":\["latest"\],"add":\["more","[^"]+",1\]\}$/);
  });

  test('in lines that stay short, however many files a version has', () => {
    const { store: large } = simulated([log('a', many)]);
    expect(Math.max(...linesIn(large).map(({ length }) => length))).toBeLessThan(1_500_000);
    expect(plain(storeIn(snapshotBytes(large), 4_096))).toEqual(plain(large));
  });

  test('and keeps apart what only looks the same: two addresses of one checksum, two sizes of one digest', () => {
    const pointer = (address: string): ManifestEntry => ({
      kind: 'reference',
      path: 'raw',
      address,
      checksum: 'the same',
      sizeBytes: 5 as Bytes,
    });
    const { store: alike } = simulated([
      log('a', [pointer('s3://one/x')]),
      log('a', {}),
      log('a', [pointer('s3://other/x')]),
      log('a', [file('x', '1MB')]),
      log('b', [file('x', '2MB')]),
      log('c', [file('x', '1MB'), file('y', '2MB', 'x-2')]),
      log('d', [file('x', '2MB')]),
    ]);
    expect(plain(storeIn(snapshotBytes(alike)))).toEqual(plain(alike));
  });

  test('and keeps apart entries that differ only in their extra', () => {
    const said = (entry: ManifestEntry, etag: string) => withExtra(entry, json({ etag }));
    const [cat, dog] = [file('cat', '1MB'), reference('dog', 's3://dogs/1')];
    const { store: extras } = simulated([
      log('a', [said(cat, 'x'), dog]),
      log('a', [file('rat', '1MB')]),
      log('a', [cat, said(dog, 'x')]),
      log('b', [said(cat, 'y'), said(dog, 'y'), said(file('copy', '1MB', 'cat'), 'x')]),
      log('c', [said(cat, 'y'), said(dog, 'y'), said(file('copy', '1MB', 'cat'), 'x')]),
      log('d', [said(file('cat', '2MB'), 'x')]),
    ]);
    const read = storeIn(snapshotBytes(extras));
    expect(plain(read)).toEqual(plain(extras));
    expect(manifestAt(read, 'a', 0).entries[0]?.extra).toBe('{"etag":"x"}');
    expect(manifestAt(read, 'c', 0)).toBe(manifestAt(read, 'b', 0));
    const rows = linesIn(extras).filter((line) => line.includes('etag'));
    expect(rows[0]).toContain('"add":["cat",{"content":[');
  });
});
