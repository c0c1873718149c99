import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { writeAtomically } from '../../../src/cli/files/atomic-write.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';

function* brokenOff(): Generator<string> {
  yield 'half of ';
  throw new Error('interrupted');
}

describe('A file that is written aside', () => {
  test('is there as a whole, in the place of the old one', async () => {
    const folder = temporaryFolder({ 'a.txt': 'old' });
    await writeAtomically(`${folder}/a.txt`, ['new ', new Uint8Array([0x21, 0xff])], true);
    expect(readFileSync(`${folder}/a.txt`)).toEqual(Buffer.from([...Buffer.from('new '), 0x21, 0xff]));
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  test('and breaks off leaves the old one as it was, and nothing beside it', async () => {
    const folder = temporaryFolder({ 'a.txt': 'old' });
    await expect(writeAtomically(`${folder}/a.txt`, brokenOff(), true)).rejects.toThrow('interrupted');
    await expect(writeAtomically(`${folder}/b.txt`, brokenOff(), true)).rejects.toThrow('interrupted');
    expect(readFileSync(`${folder}/a.txt`, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  test('replaces nothing where that is not asked for', async () => {
    const folder = temporaryFolder({ 'a.txt': 'old' });
    await expect(writeAtomically(`${folder}/a.txt`, ['new'], false)).rejects.toMatchObject({
      code: 'EEXIST',
    });
    await writeAtomically(`${folder}/b.txt`, ['new'], false);
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt']);
    expect(readFileSync(`${folder}/a.txt`, 'utf8')).toBe('old');
  });
});
