import { describe, expect, test } from 'vitest';
import { packed } from '../../../src/simulator/snapshot/bytes.ts';
import { SECTIONS, SNAPSHOT_VERSION, snapshotHeader } from '../../../src/simulator/snapshot/format.ts';
import { readSnapshot } from '../../../src/simulator/snapshot/read.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { log, removeWithAliases } from '../../support/stores/builders.ts';
import { linesIn, piecesOf, snapshotBytes } from '../../support/stores/snapshots.ts';
import { simulated } from '../simulated.ts';

const small = simulated([
  log('animals', { 'cat.jpg': '2MB', 'dog.jpg': '1MB' }),
  log('animals', { 'cat.jpg': '2MB' }, { aliases: ['best'] }),
  removeWithAliases('animals:v0'),
]).store;

const bytes = snapshotBytes(small);

function reasonOf(content: Uint8Array, pieceBytes = 1_000): string {
  const read = readSnapshot(() => piecesOf(content, pieceBytes));
  return read.ok ? 'none' : read.reason;
}

describe('A snapshot is refused', () => {
  test('whichever of its bits is flipped', () => {
    const accepted: string[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = bytes.slice();
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        if (reasonOf(flipped) === 'none') accepted.push(`${at}:${bit}`);
      }
    }
    expect(reasonOf(bytes)).toBe('none');
    expect(accepted).toEqual([]);
  });

  test('wherever it is cut', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(reasonOf(bytes.subarray(0, length)), `${length} bytes`).toMatch(/^(no snapshot|damaged)$/);
    }
  });

  test('with anything behind it, or twice', () => {
    expect(reasonOf(Buffer.concat([bytes, Uint8Array.of(10)]))).toBe('damaged');
    expect(reasonOf(Buffer.concat([bytes, bytes]))).toBe('damaged');
  });

  const readOfVersion = (version: number) => {
    const header = `{"format":"limbo snapshot","version":${version},"more":"of it"}\n`;
    return readSnapshot(() => [Buffer.from(`${header}\u0000\u0001`)]);
  };

  test('in a version of the format that is newer, saying so, whatever else it contains', () => {
    expect(readOfVersion(SNAPSHOT_VERSION + 1)).toEqual({
      ok: false,
      reason: 'newer',
      message: 'this snapshot has format version 3, but the newest supported version is 2',
    });
  });

  test('in a former version of the format, saying so, whatever else it contains', () => {
    for (const version of [0, 1]) {
      expect(readOfVersion(version)).toEqual({
        ok: false,
        reason: 'older',
        message: `this snapshot has the former format version ${version}, but only version 2 is supported: run its story again to write a new one`,
      });
    }
  });

  test.each(['', '\n', 'title: a story\nsteps: []\n', '{"format":"limbo journal","version":1}\n', '\u0000'])(
    'where it is none: %j',
    (text) => {
      expect(reasonOf(Buffer.from(text))).toBe('no snapshot');
    },
  );
});

describe('A snapshot of nonsense, with the right digest, is refused', () => {
  const lines = linesIn(small);
  const repacked = (
    changed: readonly string[],
    header = snapshotHeader({ collections: 1, versions: 2, objects: 2 }),
  ) => reasonOf(Uint8Array.from(Buffer.concat([...packed(header, changed)])));

  test('if a part is missing, or there twice', () => {
    expect(repacked(lines)).toBe('none');
    for (const section of SECTIONS) {
      const at = lines.indexOf(JSON.stringify(section));
      expect([section, repacked(lines.toSpliced(at, 1))]).toEqual([section, 'nonsense']);
      expect([section, repacked(lines.toSpliced(at, 0, lines[at] ?? ''))]).toEqual([section, 'nonsense']);
    }
  });

  test.each([
    ['a line that is no JSON', '{'],
    ['a row of another shape', '[1]'],
    ['a row of nothing', 'null'],
    ['a row with a key that is not known', '{"in":0,"__proto__":{},"size":3}'],
    ['a version of an artifact collection that is not there', '{"in":7}'],
    ['a version whose index was never given', '{"in":0,"index":9}'],
    ['a version whose content is not there', '{"in":0,"add":["cat.jpg",7]}'],
    ['a version whose manifest is not there', '{"in":0,"same":7}'],
    ['a version with a negative size', '{"in":0,"add":["cat.jpg","x",-1]}'],
    ['a version with half a content', '{"in":0,"add":["cat.jpg"]}'],
    ['a version that removes what is not there', '{"in":0,"remove":[5]}'],
  ])('%s', (_what, line) => {
    const at = lines.indexOf('"versions"') + 1;
    expect(repacked(lines.toSpliced(at, 1, line))).toBe('nonsense');
  });

  test('with other counts than its first line says', () => {
    for (const counts of [
      { collections: 2, versions: 2, objects: 2 },
      { collections: 1, versions: 3, objects: 2 },
      { collections: 1, versions: 2, objects: 0 },
    ]) {
      expect(repacked(lines, snapshotHeader(counts))).toBe('nonsense');
    }
    expect(repacked(lines, '{"format":"limbo snapshot","version":2,"size":3}\n')).toBe('nonsense');
  });

  test('without an end, or in the middle of a line', () => {
    expect(repacked([])).toBe('nonsense');
    expect(repacked(linesIn(emptyStore()))).toBe('nonsense');
  });
});
