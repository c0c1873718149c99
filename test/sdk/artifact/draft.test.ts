import { describe, expect, test } from 'vitest';
import {
  Artifact,
  type Content,
  type NewFile,
  type ReferenceDetails,
  ValueError,
} from '../../../src/sdk/index.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import { failure } from '../scene.ts';

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

  test('without bytes names its content after its path, or as given', () => {
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

  test.each<[string, unknown, string]>([
    [
      'no size',
      { size: undefined },
      'a size must be a number of bytes or a string such as "2MB", not undefined',
    ],
    ['the size null', { size: null }, 'a size must be a number of bytes or a string such as "2MB", not null'],
    [
      'an object for a size',
      { size: {} },
      'a size must be a number of bytes or a string such as "2MB", not an object',
    ],
    [
      'a list for a size',
      { size: [2] },
      'a size must be a number of bytes or a string such as "2MB", not a list',
    ],
    ['a number for a digest', { size: 5, digest: 5 }, 'a digest must be a string, not a number'],
    ['null for a digest', { size: 5, digest: null }, 'a digest must be a string, not null'],
    ['a number for a name', { size: 5, of: 5 }, 'the name of content must be a string, not a number'],
  ])('with %s is a TypeError', async (_what, content, message) => {
    const artifact = empty();
    const error = await failure(() => artifact.addFile('cat.jpg', content as Content), TypeError);
    expect(error.message).toBe(message);
    expect(artifact.manifest.entries.size).toBe(0);
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
  test('takes a Map or pairs, optionally below a folder', () => {
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

  test.each<[string, unknown, string]>([
    ['a folder', '/etc', 'a string'],
    ['an empty text', '', 'a string'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['an object', { 'a.txt': 'hello' }, 'an object'],
  ])('takes a Map, and not %s', async (_what, files, kind) => {
    const artifact = empty();
    const error = await failure(() => artifact.addDir(files as Map<string, Content>), TypeError);
    expect(error.message).toBe(`files must be a Map or an iterable of [path, content] pairs, not ${kind}`);
    expect(artifact.manifest.entries.size).toBe(0);
  });

  test.each<[string, unknown, string]>([
    ['a number', 5, 'a number'],
    ['a text', 'ab', 'a string'],
    ['a path alone', ['a.txt'], 'a list'],
  ])('takes a path and what is in it, and not %s', async (_what, pair, kind) => {
    const error = await failure(() => empty().addDir([pair as [string, Content]]), TypeError);
    expect(error.message).toBe(`each item of files must be a [path, content] pair, not ${kind}`);
  });

  test('takes no name or path but a text, below a name too', async () => {
    await failure(() => empty().addDir([], { name: 5 as unknown as string }), TypeError);
    await failure(() => empty().addDir([[5 as unknown as string, 'hello']], { name: 'more' }), TypeError);
    await failure(() => empty().addDir([['', 'hello']], { name: 'more' }), ValueError);
  });

  test.each<[string, readonly (readonly [string, unknown])[]]>([
    [
      'one has no content',
      [
        ['b.txt', 'new'],
        ['c.txt', undefined],
      ],
    ],
    [
      'one has other content already',
      [
        ['b.txt', 'new'],
        ['a.txt', 'other'],
      ],
    ],
    [
      'two of them differ',
      [
        ['b.txt', 'new'],
        ['b.txt', 'newer'],
      ],
    ],
  ])('adds all or none where %s', async (_what, files) => {
    const artifact = empty();
    artifact.addFile('a.txt', 'hello');
    const { digest } = artifact;
    await failure(() => artifact.addDir(files as [string, Content][]), ValueError);
    expect([...artifact.manifest.entries.keys()]).toEqual(['a.txt']);
    expect(artifact.digest).toBe(digest);
  });

  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    ['hello', 'a string'],
    [{}, 'an object'],
  ])('writes a new file with a function, and not with %j', async (write, kind) => {
    const artifact = empty();
    const error = await failure(() => artifact.newFile('a.txt', write as () => void), TypeError);
    expect(error.message).toBe(`write must be a function, not ${kind}`);
    expect(artifact.manifest.entries.size).toBe(0);
  });

  test.each<[unknown, string]>([
    [5, 'a number'],
    [undefined, 'undefined'],
    [['hello'], 'a list'],
  ])('writes pieces of text or bytes, and not %j', async (piece, kind) => {
    const artifact = empty();
    const error = await failure(
      () => artifact.newFile('a.txt', (file) => file.write(piece as string)),
      TypeError,
    );
    expect(error.message).toBe(`a piece of a file must be a text or bytes, not ${kind}`);
    expect(artifact.manifest.entries.size).toBe(0);
  });

  test('writes a new file at once, without waiting', async () => {
    const artifact = empty();
    const writers = [
      async (file: NewFile) => file.write('hello'),
      () => Promise.reject(new Error('nobody waits for this')),
    ];
    for (const write of writers) {
      const error = await failure(() => artifact.newFile('a.txt', write), TypeError);
      expect(error.message).toBe('write must be synchronous, but it returned a promise');
    }
    expect(artifact.manifest.entries.size).toBe(0);
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

  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'data'],
    ['a number for a name', { name: 5 }],
    ['no number for a name', { name: Number.NaN }],
    ['an object for a checksum', { checksum: {} }],
    ['an object for a size', { size: {} }],
  ])('refers to an address with its details by name, and not with %s', async (_what, details) => {
    const artifact = empty();
    const error = await failure(
      () => artifact.addReference('s3://bucket/cat.jpg', details as ReferenceDetails),
      TypeError,
    );
    expect(error.message).toMatch(/, not (as )?(null|an? \w+)$/);
    expect(artifact.manifest.entries.size).toBe(0);
  });

  test('can be undone, path by path', async () => {
    const artifact = empty();
    artifact.addFile('a.txt', 'hello');
    artifact.remove('a.txt');
    expect(artifact.digest).toBe('64e7c61456b10382e2f3b571ac24b659');
    await failure(() => artifact.remove('a.txt'), ValueError);
  });
});
