import { describe, expect, test } from 'vitest';
import { Artifact, Simulator, ValueError } from '../../../src/sdk/index.ts';
import { haveFreed } from '../../../src/sdk/testing/matchers-freed.ts';
import { failure } from '../scene.ts';

type Adding = (artifact: Artifact) => void;

/** What a version logged with this has in its one file, and then once more. */
async function contentTwice(
  add: Adding,
  afterwards: (content: Uint8Array) => void,
): Promise<readonly string[]> {
  const simulator = new Simulator();
  const artifact = new Artifact('animals', 'dataset');
  add(artifact);
  await simulator.init().logArtifact(artifact);
  await artifact.wait();
  const seen: string[] = [];
  for (const _time of [1, 2]) {
    const content = (await artifact.download()).get('a.txt')?.content;
    expect(content).toBeInstanceOf(Uint8Array);
    seen.push(new TextDecoder().decode(content ?? new Uint8Array()));
    if (content !== null && content !== undefined) afterwards(content);
  }
  return seen;
}

const inBuffer = (text: string): Uint8Array => Buffer.from(text);
const inArray = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.each([
  ['a Buffer', inBuffer],
  ['a Uint8Array', inArray],
])('the bytes of %s', (_what, bytesOf) => {
  test('are copied when they are added', async () => {
    const given = bytesOf('hello');
    const add: Adding = (artifact) => {
      artifact.addFile('a.txt', given);
      given.fill(0);
    };
    expect(await contentTwice(add, () => {})).toEqual(['hello', 'hello']);
  });

  test('are copied when they are written, so that a chunk can be reused', async () => {
    const chunk = bytesOf('hello');
    const add: Adding = (artifact) => {
      artifact.newFile('a.txt', (file) => {
        file.write(chunk);
        chunk.set(bytesOf('world'));
        file.write(chunk);
      });
    };
    expect(await contentTwice(add, () => {})).toEqual(['helloworld', 'helloworld']);
  });

  test('are copied when they are downloaded', async () => {
    const add: Adding = (artifact) => {
      artifact.addFile('a.txt', bytesOf('hello'));
    };
    expect(await contentTwice(add, (content) => content.fill(0))).toEqual(['hello', 'hello']);
  });
});

describe('a size', () => {
  const adding = (size: string | number) => () => new Artifact('animals', 'dataset').addFile('a', { size });
  const freeing = (size: string | number) => () => haveFreed(new Simulator(), size);

  test.each([
    ['4GB', 4_000_000_000],
    ['4 GB', 4_000_000_000],
    ['1.5 KiB', 1_536],
    ['0B', 0],
    [7, 7],
  ])('is read as a scenario reads it: %s', (size, bytes) => {
    expect(adding(size)().size).toBe(bytes);
    expect(haveFreed({ events: [], deleted: [] }, size).expected).toBe(
      haveFreed({ events: [], deleted: [] }, bytes).expected,
    );
  });

  test.each<[string | number, string]>([
    [0.5, 'a size must be a whole number of bytes, 0 or more, not 0.5'],
    [-1, 'a size must be a whole number of bytes, 0 or more, not -1'],
    ['7', '"7": expected a size such as 512B, 10KB, 2MB or 1GiB; a bare number has no unit'],
    ['', '"": expected a size such as 512B, 10KB, 2MB or 1GiB'],
  ])('is a ValueError with one text wherever it is given: %s', async (size, message) => {
    expect((await failure(adding(size), ValueError)).message).toBe(message);
    expect((await failure(freeing(size), ValueError)).message).toBe(message);
  });

  test.each([[undefined], [null], [{}], [[2]]])('is no %j, wherever it is given', async (size) => {
    const given = size as unknown as string;
    const { message } = await failure(adding(given), TypeError);
    expect(message).toMatch(/^a size must be a number of bytes or a string such as "2MB", not /);
    expect((await failure(freeing(given), TypeError)).message).toBe(message);
  });
});
