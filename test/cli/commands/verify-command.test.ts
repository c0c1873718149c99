import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { storyText } from '../../support/stores/story.ts';

const WELL = storyText('log: animals\nfiles: { cat: 2MB, map: { ref: s3://maps/1, size: 5GB } }');
const LOST = storyText('log: animals\nfiles: { cat: 2MB, dog: 1MB }', 'bucket delete: animals:v0/cat');
const WAITING = storyText(
  'server: { retention: 0s }',
  'log: animals\nfiles: { cat: 2MB }',
  'delete: animals:v0\ndeleteAliases: true',
  'crash: after 2',
  'collect',
);

async function verify(text: string, ...flags: readonly string[]) {
  const folder = temporaryFolder({ 'story.yaml': text });
  const { status, out, err } = await limbo('verify', ...flags, `${folder}/story.yaml`);
  return { status, out, err: err.replaceAll(`${folder}/`, '') };
}

describe('verify', () => {
  test('of a story that ends well says over how much, and ends with 0', async () => {
    const { status, out, err } = await verify(WELL);
    expect([status, err]).toEqual([0, '']);
    expect(out.replace(/\d+(?= invariants)/, 'all')).toBe(
      '✓ no problems found\nchecked: 1 committed version with 1 file (1 reference skipped), 1 stored object,\nall invariants\n',
    );
  });

  test('of a story that loses a file names the version, the path and the object, and ends with 1', async () => {
    const { status, out, err } = await verify(LOST);
    expect([status, err]).toEqual([1, '']);
    expect(out).toMatch(
      /^✗ animals:v0 lacks cat, 2MB: object 0HfyRN74pw5ep1i9g1L82A== is gone; it cannot\n {2}be restored\nchecked: /,
    );
  });

  test('of a crashed garbage collection says what waits, and ends with 1', async () => {
    const { status, out } = await verify(WAITING);
    expect(status).toBe(1);
    expect(out.replaceAll('\n  ', ' ')).toContain(
      ', formerly animals:v0/cat, 2MB, is unreferenced: the next garbage collection deletes it\n',
    );
  });

  test('keeps to the width of the terminal', async () => {
    const { out } = await verify(LOST.replaceAll('cat', 'a-path-that-is-longer-than-most-'.repeat(3)));
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('says that a story fails, and answers about the store at its end', async () => {
    const { status, err } = await verify(`${WELL}  - expect: { stored: 5B }\n`);
    expect([status, err]).toEqual([
      0,
      'story.yaml:5:1: the story fails here; the answer is about the store it ended in\n',
    ]);
  });

  test('of a file that cannot be used says why, and ends with 2', async () => {
    const { status, out, err } = await verify('titel: t\n');
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('story.yaml:1:1: unknown key "titel"; did you mean "title"?');
    expect((await limbo('verify', '/no/such/file.yaml')).status).toBe(2);
    expect((await limbo('verify')).status).toBe(2);
  });
});

describe('verify --json', () => {
  test('prints one document, the same bytes each time', async () => {
    const { status, out } = await verify(LOST, '--json');
    expect(status).toBe(1);
    const document = JSON.parse(out);
    expect(Object.keys(document)).toEqual(['verdict', 'findings', 'checked']);
    expect(document).toMatchObject({
      verdict: 'something is wrong',
      findings: [
        {
          kind: 'file missing',
          version: 'animals:v0',
          path: 'cat',
          sizeBytes: 2_000_000,
          bucket: 'gone',
          keptUntil: null,
        },
      ],
      checked: { committedVersions: 1, files: 2, references: 0, objects: 1 },
    });
    expect((await verify(LOST, '--json')).out).toBe(out);
  });

  test('ends with 0 if there are no problems', async () => {
    const { status, out } = await verify(WELL, '--json');
    expect([status, JSON.parse(out).verdict]).toEqual([0, 'nothing is wrong']);
  });
});
