import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { packed, unpacked } from '../../../src/simulator/snapshot/bytes.ts';
import { snapshotFrame, snapshotHeader } from '../../../src/simulator/snapshot/format.ts';
import { Numbers } from '../../../src/simulator/snapshot/numbers.ts';
import { readSnapshot } from '../../../src/simulator/snapshot/read.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { contentHasher } from '../../../src/values/digest.ts';
import { linesIn } from '../../support/stores/snapshots.ts';

const header = snapshotHeader({ collections: 0, versions: 0, objects: 0 });
const encoder = new TextEncoder();
const body = `${linesIn(emptyStore()).join('\n')}\n`;

/** A snapshot with this body and the right digest. */
function sealed(content: Uint8Array): Uint8Array {
  const hasher = contentHasher();
  const parts = [encoder.encode(header), content];
  for (const part of parts) hasher.update(part);
  return Uint8Array.from(Buffer.concat([...parts, encoder.encode(hasher.digest())]));
}

/** What is said of a snapshot with this body. */
function said(content: Uint8Array): string {
  const read = readSnapshot(() => [sealed(content)]);
  return read.ok ? 'nothing' : `${read.reason}: ${read.message}`;
}

describe('a body with the right digest', () => {
  test('is read as compressed text', () => {
    expect(said(deflateSync(encoder.encode(body)))).toBe('nothing');
  });

  test('is refused if it is not compressed, cut, or not there', () => {
    const compressed = deflateSync(encoder.encode(body));
    const cannot = 'nonsense: this snapshot cannot be decompressed';
    expect(said(new Uint8Array([255, 255, 255, 255, 255]))).toBe(cannot);
    expect(said(compressed.subarray(0, compressed.length - 3))).toBe(cannot);
    expect(said(new Uint8Array())).toBe('nonsense: this snapshot has no end');
  });

  test('is refused if it ends in the middle of a line', () => {
    expect(said(deflateSync(encoder.encode(body.trimEnd())))).toBe(
      'nonsense: this snapshot ends in the middle of a line',
    );
  });

  test('is refused if it is not UTF-8, or begins with a mark of it', () => {
    const broken = encoder.encode(body);
    broken[5] = 0xff;
    expect(said(deflateSync(broken))).toBe('nonsense: this snapshot cannot be decompressed');
    expect(said(deflateSync(encoder.encode(`\ufeff${body}`)))).toBe(
      'nonsense: line 1 of this snapshot is invalid',
    );
  });

  test('is refused if there is no room for it before the digest', () => {
    const hasher = contentHasher();
    const start = encoder.encode(header.trimEnd());
    hasher.update(start);
    const pieces = [Uint8Array.from(Buffer.concat([start, encoder.encode(hasher.digest())]))];
    expect(() => snapshotFrame(pieces)).toThrow('the header of this snapshot is invalid');
  });
});

describe('lines that are packed', () => {
  test('come in several pieces if they are long, none of which waits for the end, and are the same again', () => {
    const lines = Array.from({ length: 40 }, (_, at) => `${at}`.repeat(5_000));
    const pieces = [...packed(header, lines)];
    expect(pieces.length).toBeGreaterThan(3);
    expect([...unpacked(pieces, snapshotFrame(pieces))]).toEqual(lines);
  });
});

describe('numbers', () => {
  test('are given in order from 0, and found by their keys', () => {
    const numbers = new Numbers<string>();
    expect(['a', 'b', 'c'].map((key) => numbers.add(key))).toEqual([0, 1, 2]);
    expect([numbers.get('b'), numbers.get('x'), numbers.of('c'), numbers.size]).toEqual([1, undefined, 2, 3]);
    expect([...numbers.keys()]).toEqual(['a', 'b', 'c']);
    expect(() => numbers.of('x')).toThrow('x has a number');
  });
});
