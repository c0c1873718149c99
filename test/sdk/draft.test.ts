import { describe, expect, test } from 'vitest';
import { Artifact, type Content, ValueError } from '../../src/sdk/index.ts';
import { digestOfName } from '../../src/values/digest.ts';
import { failure } from './scene.ts';

const empty = () => new Artifact('animals', 'dataset');

describe('adding a file', () => {
  test('answers what it is', () => {
    expect(empty().addFile('a.txt', 'hello')).toEqual({
      path: 'a.txt',
      digest: 'XUFAKrxLKna5cZ2REBfFkg==',
      size: 5,
      ref: null,
    });
  });

  test('of which only the size is known names its content after its path, or as it says', () => {
    const artifact = empty();
    const file = artifact.addFile('cat.jpg', { size: '2MB' });
    expect(file).toMatchObject({ size: 2_000_000, digest: digestOfName('cat.jpg') });
    expect(artifact.addFile('copy.jpg', { size: 2_000_000, of: 'cat.jpg' }).digest).toBe(file.digest);
    expect(artifact.addFile('same.jpg', { size: 5, digest: 'XUFAKrxLKna5cZ2REBfFkg==' }).digest).toBe(
      'XUFAKrxLKna5cZ2REBfFkg==',
    );
  });

  test.each<[string, unknown]>([
    ['no content', undefined],
    ['null', null],
    ['a number', 7],
    ['nothing known', {}],
    ['a size without a unit', { size: '7' }],
    ['half a byte', { size: 0.5 }],
    ['a negative size', { size: -1 }],
    ['more than can be counted', { size: 2 ** 53 }],
    ['a digest in hex', { size: 5, digest: '5d41402abc4b2a76b9719d911017c592' }],
  ])('with %s is a ValueError', async (_what, content) => {
    await failure(() => empty().addFile('cat.jpg', content as Content), ValueError);
  });

  test('without a path is an error', async () => {
    await failure(() => empty().addFile('', 'hello'), ValueError);
    await failure(() => empty().addFile(7 as unknown as string, 'hello'), TypeError);
  });

  test('twice is well where its content is the same, and otherwise needs to be meant', async () => {
    const artifact = empty();
    artifact.addFile('a.txt', 'hello');
    artifact.addFile('a.txt', 'hello');
    await failure(() => artifact.addFile('a.txt', 'bye'), ValueError);
    expect(artifact.size).toBe(5);
    artifact.addFile('a.txt', 'bye', { overwrite: true });
    expect(artifact.size).toBe(3);
  });
});

describe('adding more', () => {
  test('takes a Map or pairs, below a name where there is one', () => {
    const artifact = empty();
    artifact.addDir(new Map([['a.txt', 'hello']]));
    artifact.addDir([['b.txt', 'bye']], { name: 'more' });
    expect([...artifact.manifest.entries.keys()]).toEqual(['a.txt', 'more/b.txt']);
  });

  test('writes a new file piece by piece, and no file that is there', async () => {
    const artifact = empty();
    artifact.newFile('a.txt', (file) => {
      for (const piece of ['hel', 'lo']) file.write(piece);
    });
    expect(artifact.manifest.entries.get('a.txt')?.digest).toBe('XUFAKrxLKna5cZ2REBfFkg==');
    await failure(() => artifact.newFile('a.txt', () => {}), ValueError);
  });

  test('refers to an address, by its last part or another name', async () => {
    const artifact = empty();
    artifact.addReference('s3://bucket/data/cat.jpg', { size: '2MB', checksum: 'etag' });
    artifact.addReference('s3://bucket/data/', { name: 'data' });
    expect([...artifact.manifest.entries.values()]).toEqual([
      { path: 'cat.jpg', digest: 'etag', size: 2_000_000, ref: 's3://bucket/data/cat.jpg' },
      { path: 'data', digest: 's3://bucket/data/', size: 0, ref: 's3://bucket/data/' },
    ]);
    await failure(() => artifact.addReference('/tmp/cat.jpg'), ValueError);
    await failure(() => artifact.addReference('s3://bucket/'), ValueError);
  });

  test('can be undone, path by path', async () => {
    const artifact = empty();
    artifact.addFile('a.txt', 'hello');
    artifact.remove('a.txt');
    expect(artifact.digest).toBe('64e7c61456b10382e2f3b571ac24b659');
    await failure(() => artifact.remove('a.txt'), ValueError);
  });
});
