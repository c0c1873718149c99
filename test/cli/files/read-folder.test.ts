import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FolderContents, readFolder } from '../../../src/cli/files/read-folder.ts';
import { SILENT } from '../../../src/cli/terminal.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { runs } from '../../support/property-runs.ts';

const md5 = (content: string | Uint8Array) => createHash('md5').update(content).digest('base64');
const read = (folder: string) => readFolder(folder, () => SILENT);
const paths = ({ files }: FolderContents) => files.map((file) => file.path);

describe('the files of a folder', () => {
  test('are read with the MD5 and the size of their bytes', async () => {
    const big = randomBytes(300_000);
    const folder = temporaryFolder({ 'a.txt': 'hi\n', empty: '', 'sub/deep/big.bin': big });
    expect(await read(folder)).toEqual({
      files: [
        { kind: 'file', path: 'a.txt', digest: md5('hi\n'), sizeBytes: 3 },
        { kind: 'file', path: 'empty', digest: md5(''), sizeBytes: 0 },
        { kind: 'file', path: 'sub/deep/big.bin', digest: md5(big), sizeBytes: 300_000 },
      ],
      leftOut: [],
    });
  });

  test('are read whatever their bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (content) => {
        const { files } = await read(temporaryFolder({ x: content }));
        expect(files).toEqual([{ kind: 'file', path: 'x', digest: md5(content), sizeBytes: content.length }]);
      }),
      runs(20),
    );
  });

  test('are read whatever their names, in code-point order', async () => {
    const names = [
      '.hidden',
      'Z',
      'a b',
      'naïve-猫.txt',
      '\uff21',
      '🐈',
      'new\nline',
      '__proto__',
      '$(rm)',
      "it's",
    ];
    const folder = temporaryFolder(Object.fromEntries(names.map((name) => [name, name])));
    expect(paths(await read(folder))).toEqual([
      '$(rm)',
      '.hidden',
      'Z',
      '__proto__',
      'a b',
      "it's",
      'naïve-猫.txt',
      'new\nline',
      '\uff21',
      '🐈',
    ]);
  });

  test('are none if the folder is empty or contains only empty folders', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'nothing'));
    expect(await read(folder)).toEqual({ files: [], leftOut: [] });
  });

  test('are counted as their bytes are read', async () => {
    const folder = temporaryFolder({ a: 'x'.repeat(100_000), b: 'yy' });
    const seen: number[] = [];
    let total = 0;
    let over = false;
    await readFolder(folder, (totalBytes) => {
      total = totalBytes;
      return { advance: (bytes) => seen.push(bytes), done: () => (over = true) };
    });
    expect([total, seen.reduce((sum, bytes) => sum + bytes, 0), over]).toEqual([100_002, 100_002, true]);
  });
});

describe('a symbolic link', () => {
  test('to a file of the folder is that file under its own name', async () => {
    const folder = temporaryFolder({ 'sub/real': 'content' });
    symlinkSync('sub/real', path.join(folder, 'link'));
    const { files, leftOut } = await read(folder);
    expect(files.map((file) => [file.path, file.digest])).toEqual([
      ['link', md5('content')],
      ['sub/real', md5('content')],
    ]);
    expect(leftOut).toEqual([]);
  });

  test.each([
    ['out of the folder', '../outside', 'link is a symbolic link out of the folder'],
    [
      'to a file with a beginning like the folder',
      '../data-other/file',
      'link is a symbolic link out of the folder',
    ],
    ['to nothing', 'nothing', 'link is a symbolic link to nothing'],
    ['to a folder', 'sub', 'link is a symbolic link to a folder'],
    ['to the folder itself', '.', 'link is a symbolic link to a folder'],
    ['up and down again to a folder', '../data/sub', 'link is a symbolic link to a folder'],
  ])('%s is left out, and said to be', async (_what, target, sentence) => {
    const around = temporaryFolder({ outside: 'secret', 'data-other/file': 'secret', 'data/sub/file': 'x' });
    symlinkSync(target, path.join(around, 'data/link'));
    const contents = await read(path.join(around, 'data'));
    expect(paths(contents)).toEqual(['sub/file']);
    expect(contents.leftOut).toEqual([sentence]);
  });

  test('that leads to itself is left out, and the walk ends', async () => {
    const folder = temporaryFolder({ file: 'x' });
    symlinkSync('self', path.join(folder, 'self'));
    const contents = await read(folder);
    expect(paths(contents)).toEqual(['file']);
    expect(contents.leftOut).toHaveLength(1);
  });

  test('may lead to the folder that is read', async () => {
    const folder = temporaryFolder({ 'data/file': 'x' });
    symlinkSync('data', path.join(folder, 'link'));
    expect(paths(await read(path.join(folder, 'link')))).toEqual(['file']);
  });
});

test('a folder that does not exist is an error of the file system, which names it', async () => {
  const missing = path.join(temporaryFolder(), 'missing');
  await expect(read(missing)).rejects.toMatchObject({ code: 'ENOENT', path: missing });
});
