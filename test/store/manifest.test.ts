import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amendedManifest,
  distinctFiles,
  entryAt,
  isSameEntry,
  type ManifestEntry,
  manifestOf,
  withExtra,
} from '../../src/store/manifest.ts';
import { byCodePoint } from '../../src/values/order.ts';
import { entriesOf, file, reference } from '../support/stores/builders.ts';
import { json } from '../support/stores/json.ts';

const paths = fc.oneof(
  fc.constantFrom('', '__proto__', '😀', '\u{fffd}', 'a/b', '../../etc/passwd'),
  fc.string(),
);
const files = fc.record({ path: paths, size: fc.nat(999), content: fc.constantFrom('cat', 'dog', 'rat') });
const entries = files.map(({ path, size, content }) => file(path, `${size}B`, content));
const distinctPaths = fc.uniqueArray(entries, { selector: ({ path }) => path });

describe('a manifest', () => {
  test('is the same, digest and all, whatever order its entries came in (LOG-9)', () => {
    fc.assert(
      fc.property(distinctPaths, fc.func(fc.integer()), (list, random) => {
        const shuffled = [...list].sort((left, right) => random(left.path) - random(right.path));
        expect(manifestOf(shuffled)).toEqual(manifestOf(list));
      }),
    );
  });

  test('has each path once, in code-point order; of two entries of one path the later counts', () => {
    fc.assert(
      fc.property(fc.array(entries), (list) => {
        const manifest = manifestOf(list);
        const model = new Map(list.map((entry) => [entry.path, entry]));
        expect(manifest.entries.map(({ path }) => path)).toEqual([...model.keys()].sort(byCodePoint));
        expect(manifest.sizeBytes).toBe(
          [...model.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        );
        for (const [path, entry] of model) expect(entryAt(manifest, path)).toEqual(entry);
      }),
    );
  });

  test('finds no entry of a path that it lacks', () => {
    fc.assert(
      fc.property(distinctPaths, paths, (list, path) => {
        const found = entryAt(manifestOf(list), path);
        expect(found).toEqual(list.find((entry) => entry.path === path));
      }),
    );
  });

  test('amended is the base without some paths and with others, what is unchanged being the same (LOG-10)', () => {
    fc.assert(
      fc.property(distinctPaths, distinctPaths, fc.array(paths), (base, add, without) => {
        const amended = amendedManifest(manifestOf(base), add, new Set(without));
        const model = new Map<string, ManifestEntry>();
        for (const entry of base) if (!without.includes(entry.path)) model.set(entry.path, entry);
        for (const entry of add) model.set(entry.path, entry);
        expect(amended).toEqual(manifestOf(model.values()));
      }),
    );
  });

  test('names each content once, however many paths have it', () => {
    fc.assert(
      fc.property(distinctPaths, (list) => {
        const digests = distinctFiles(manifestOf(list)).map(({ digest }) => digest);
        expect(new Set(digests).size).toBe(digests.length);
        expect(new Set(digests)).toEqual(
          new Set(list.flatMap((one) => (one.kind === 'file' ? [one.digest] : []))),
        );
      }),
    );
  });

  test('names a content by the first of its paths', () => {
    const manifest = manifestOf([file('b', '2MB', 'cat'), file('a', '2MB', 'cat'), file('c', '2MB', 'cat')]);
    expect(distinctFiles(manifest).map(({ path }) => path)).toEqual(['a']);
  });
});

describe('the digest of a manifest (LOG-9)', () => {
  test('of no files is 64e7c61456b10382e2f3b571ac24b659', () => {
    expect(manifestOf([]).digest).toBe('64e7c61456b10382e2f3b571ac24b659');
  });

  test('of a.txt holding "hello" is 541f289bb3c6ae786d51e7288e523543', () => {
    expect(manifestOf([file('a.txt', '5B', 'hello')]).digest).toBe('541f289bb3c6ae786d51e7288e523543');
  });

  test('of a.txt holding "hello" and b/c.txt holding "bye" is a3259ce0a641d7a80ce30941b8f51674', () => {
    const both = [file('b/c.txt', '3B', 'bye'), file('a.txt', '5B', 'hello')];
    expect(manifestOf(both).digest).toBe('a3259ce0a641d7a80ce30941b8f51674');
  });

  test('is another one when a path or a content is another, and the same when only a size is', () => {
    const digest = (path: string, size: string, content: string) =>
      manifestOf([file(path, size, content)]).digest;
    expect(digest('b.txt', '5B', 'hello')).not.toBe(digest('a.txt', '5B', 'hello'));
    expect(digest('a.txt', '5B', 'bye')).not.toBe(digest('a.txt', '5B', 'hello'));
    expect(digest('a.txt', '6B', 'hello')).toBe(digest('a.txt', '5B', 'hello'));
  });

  test('counts a reference by its checksum', () => {
    const digest = (address: string) => manifestOf([reference('cat', address)]).digest;
    expect(digest('s3://one')).not.toBe(digest('s3://two'));
    expect(digest('s3://one')).toBe(digest('s3://one'));
  });
});

describe('what a client says of an entry for itself', () => {
  const entries = [file('cat', '2MB'), reference('dog', 's3://kennel/dog')];

  test('is kept with the entry, and is no part of the digest or of what makes entries the same', () => {
    for (const entry of entries) {
      const said = withExtra(entry, json({ etag: 'x' }));
      expect(said).toEqual({ ...entry, extra: '{"etag":"x"}' });
      expect(manifestOf([said]).entries).toEqual([said]);
      expect(manifestOf([said]).digest).toBe(manifestOf([entry]).digest);
      expect(isSameEntry(entry, said)).toBe(true);
    }
  });

  test('is absent if it is nothing', () => {
    for (const entry of entries) expect(withExtra(entry, json({}))).toBe(entry);
  });
});

describe('references', () => {
  test('count neither for the size (BKT-7) nor for what is stored (GC-5)', () => {
    const manifest = manifestOf([file('cat', '2MB'), reference('dog', 's3://kennel/dog', '1GB')]);
    expect(manifest.sizeBytes).toBe(2_000_000);
    expect(distinctFiles(manifest).map(({ path }) => path)).toEqual(['cat']);
  });

  test('and files may replace each other under one path', () => {
    const base = manifestOf([reference('cat', 's3://kennel/cat')]);
    const amended = amendedManifest(base, entriesOf({ cat: '2MB' }), new Set());
    expect(amended.entries.map(({ kind }) => kind)).toEqual(['file']);
  });
});
