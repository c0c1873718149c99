import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Contents } from '../../../src/server/files/contents.ts';
import { bytes } from '../../../src/values/units.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { digestOfText } from '../../support/server/digest-of-text.ts';

const place = { folder: '' };
beforeEach(() => {
  place.folder = temporaryFolder({});
  vi.stubEnv('TMPDIR', place.folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The text in pieces of three characters. */
async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += 3) yield Buffer.from(text.slice(at, at + 3));
}

/** What is in the temporary folder. */
function filesOnDisk(): readonly string[] {
  expect(tmpdir()).toBe(place.folder);
  return readdirSync(place.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('/'),
  );
}

async function textOf(contents: Contents, text: string, start = 0, end = text.length): Promise<string> {
  const part = await contents.read(digestOfText(text), start, end);
  return part instanceof Uint8Array ? Buffer.from(part).toString() : (await buffer(part)).toString();
}

describe.each([
  ['in memory', 1_000],
  ['on disk', 4],
])('bytes that are kept %s', (where, most) => {
  const text = 'hello, world';

  test('can be read again, as a whole and in part', async () => {
    const contents = new Contents(bytes(most));
    const digest = digestOfText(text);
    expect([contents.has(digest), contents.sizeOf(digest), await contents.get(digest)]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    expect(await contents.receive(piecesOf(text), null)).toEqual({ digest, sizeBytes: text.length });
    expect([contents.has(digest), contents.sizeOf(digest)]).toEqual([true, text.length]);
    expect(Buffer.from((await contents.get(digest)) ?? []).toString()).toBe(text);
    expect(await textOf(contents, text)).toBe(text);
    expect(await textOf(contents, text, 7, 9)).toBe('wo');
    expect(await textOf(contents, text, 3, 3)).toBe('');
    expect(filesOnDisk().length).toBe(where === 'on disk' ? 1 : 0);
    await contents.close();
  });

  test('are not kept where they have another digest than is expected', async () => {
    const contents = new Contents(bytes(most));
    expect(await contents.receive(piecesOf(text), digestOfText('other'))).toBeNull();
    expect([contents.has(digestOfText(text)), contents.bytesInMemory, filesOnDisk()]).toEqual([false, 0, []]);
    await contents.close();
  });

  test('leave nothing where the upload is aborted', async () => {
    const contents = new Contents(bytes(most));
    const aborted = async function* () {
      yield* piecesOf(text);
      throw new Error('aborted');
    };
    await expect(contents.receive(aborted(), null)).rejects.toThrow('aborted');
    expect([contents.bytesInMemory, filesOnDisk()]).toEqual([0, []]);
    await contents.close();
  });

  test('are kept once, however often they arrive', async () => {
    const contents = new Contents(bytes(most));
    await Promise.all([1, 2, 3].map(() => contents.receive(piecesOf(text), null)));
    await contents.put(digestOfText(text), Buffer.from(text));
    expect(contents.bytesInMemory).toBe(where === 'in memory' ? text.length : 0);
    expect(filesOnDisk().length).toBe(where === 'on disk' ? 1 : 0);
    await contents.close();
  });

  test('are gone after the end, with their folder', async () => {
    const contents = new Contents(bytes(most));
    await contents.receive(piecesOf(text), null);
    await contents.close();
    expect(contents.has(digestOfText(text))).toBe(false);
    expect(readdirSync(place.folder)).toEqual([]);
  });
});

test('the limit is for all bytes in memory, those of unfinished uploads included', async () => {
  const contents = new Contents(bytes(20));
  const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(9));
  await Promise.all(texts.map((text) => contents.receive(piecesOf(text), null)));
  expect(contents.bytesInMemory).toBeLessThanOrEqual(20);
  expect(contents.bytesInMemory).toBe(9 * (4 - filesOnDisk().length));
  expect(await Promise.all(texts.map((text) => textOf(contents, text)))).toEqual(texts);
  await contents.close();
});

test('a file is named by its digest alone', async () => {
  const contents = new Contents(bytes(0));
  await contents.receive(piecesOf('hello'), null);
  const [file = ''] = filesOnDisk();
  expect(file).toMatch(/^limbo-[\w.-]+\/5d41402abc4b2a76b9719d911017c592$/);
  await contents.close();
  expect(existsSync(`${place.folder}/${file}`)).toBe(false);
});
