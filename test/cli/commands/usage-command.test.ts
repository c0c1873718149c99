import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../../src/narration/layout/wrap.ts';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { storyText } from '../../support/stores/story.ts';

const STORY = storyText(
  'log: animals\nfiles: { cat.jpg: 2MB, dog.jpg: 1MB }',
  'log: animals\nfiles: { cat.jpg: 2MB, dog.jpg: 1MB, rat.jpg: 3MB }',
  'log: lab/plants\nfiles: { fern: 1KB }',
  'delete: lab/plants:v0\ndeleteAliases: true',
  'delete: animals:v1\ndeleteAliases: true',
);

async function usage(...args: readonly string[]) {
  return usageOf(STORY, ...args);
}

async function usageOf(story: string, ...args: readonly string[]) {
  const folder = temporaryFolder({ 'story.yaml': story });
  return limbo('usage', `${folder}/story.yaml`, ...args);
}

describe('usage', () => {
  test('has a table for each level that adds up, and says what could be freed', async () => {
    const { status, out, err } = await usage();
    expect([status, err]).toEqual([0, '']);
    expect(out).toBe(`project  versions  logical   stored   billed  exclusive  shared
demo            1      3MB      6MB      6MB        6MB      0B
lab             0       0B      1KB      1KB        1KB      0B
total                  3MB  6.001MB  6.001MB

artifact collection  versions  logical   stored   billed  exclusive  shared
animals                     1      3MB      6MB      6MB        6MB      0B
lab/plants                  0       0B      1KB      1KB        1KB      0B
total                              3MB  6.001MB  6.001MB

version        state             logical   stored   billed  exclusive  shared
animals:v0     COMMITTED             3MB      3MB      3MB        3MB      0B
animals:v1     PENDING_DELETION       0B      3MB      3MB        3MB     3MB
lab/plants:v0  PENDING_DELETION       0B      1KB      1KB        1KB      0B
total                                3MB  6.001MB  6.001MB

Stored and billed count each object once, for the version that has held it
longest. Exclusive bytes are freed if the row is deleted; shared bytes are held
by other rows too.

What could be freed

held only by soft-deleted versions (DEL-1): 3.001MB in 2 objects, freed on day 7

1 committed version without aliases: deleting it would free 3MB
`);
  });

  test('has one table where one is asked for', async () => {
    const { out } = await usage('--by', 'project');
    expect(out.startsWith('project  versions')).toBe(true);
    expect(out).not.toContain('artifact collection  versions');
    expect(Object.keys(JSON.parse((await usage('--by', 'project', '--json')).out))).toEqual([
      'now',
      'total',
      'projects',
      'freeable',
    ]);
  });

  test.each([['--by', 'run'], ['--by'], ['--by', '__proto__']])(
    'cannot use %s %s, and ends with 2',
    async (...args) => {
      const { status, out, err } = await usage(...args);
      expect([status, out]).toEqual([2, '']);
      expect(err).toMatch(/Allowed choices are project, collection, version|argument missing/);
    },
  );

  test('cannot use a story that cannot be read', async () => {
    expect((await usageOf('title: [')).status).toBe(2);
    expect((await limbo('usage', 'no-such-file.yaml')).status).toBe(2);
  });

  test('says that a store has no versions', async () => {
    const { status, out } = await usageOf(storyText('wait: 1d'));
    expect([status, out]).toEqual([0, 'the store has no versions\n']);
  });

  test('tells in words what no table of this width has room for, with whatever names there are', async () => {
    const story = storyText(
      `log: "кот 🐈‍⬛ ${'long '.repeat(20)}/data"\nfiles: { a: 1048576B, __proto__: 123456789123B }`,
    );
    const { out } = await usageOf(story);
    for (const line of out.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'state COMMITTED, logical 123.457837699GB, stored 123.457837699GB',
    );
  });

  test('cuts long tables, which --all shows whole, and adds up all the same', async () => {
    const many = Array.from({ length: 30 }, (_none, at) => `log: c${at}\nfiles: { f: 1KB }`);
    const cut = await usageOf(storyText(...many), '--by', 'collection');
    expect(cut.out).toMatch(/\ntotal +30KB +30KB +30KB\n {2}… and 10 more in the total; --all shows them\n/);
    const all = await usageOf(storyText(...many), '--by', 'collection', '--all');
    expect(all.out).toContain('\nc29 ');
  });
});
