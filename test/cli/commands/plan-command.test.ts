import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../../src/narration/layout/wrap.ts';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { storyText } from '../../support/stores/story.ts';

const STORY = storyText(
  'log: animals\nfiles: { cat.jpg: 2MB, dog.jpg: 1MB, map: { ref: s3://maps/1, size: 5GB } }',
  'log: animals\nfiles: { cat.jpg: 2MB, dog.jpg: 1MB, rat.jpg: 3MB }\naliases: [__proto__]\nrun: train-1',
  'log: animals\nfiles: { ant.jpg: 1KB }',
  'wait: 1d',
);

async function plan(...args: readonly string[]) {
  return planOf(STORY, ...args);
}

async function planOf(story: string, ...args: readonly string[]) {
  const folder = temporaryFolder({ 'story.yaml': story });
  return limbo('plan', `${folder}/story.yaml`, ...args);
}

describe('plan', () => {
  test('says what would go, what is freed when, what stays and why, and sums it up', async () => {
    const { status, out, err } = await plan('--delete', 'animals:v1', '--delete-aliases');
    expect([status, err]).toEqual([0, '']);
    expect(out).toBe(`1 version would be soft-deleted (DEL-1)
  animals:v1  6MB, alias __proto__

3MB in 1 object would be freed on day 8 (GC-2)
  animals:v1/rat.jpg  3MB

3MB in 2 objects would stay: other versions hold them (GC-3)
  animals:v1/cat.jpg  2MB  held by animals:v0
  animals:v1/dog.jpg  1MB  held by animals:v0

whole store      logical   stored   billed
before           9.001MB  6.001MB  6.001MB
after, on day 1  3.001MB  6.001MB  6.001MB
on day 8                  3.001MB  3.001MB

remaining version  exclusive before  exclusive  shared
animals:v0                       0B        3MB      0B
animals:v2                      1KB        1KB      0B

1 version would be deleted; 3MB would be freed on day 8, 7d from now; 3MB would
stay with other versions.
`);
  });

  test('says what is refused and the call that goes through, and ends with 1', async () => {
    const { status, out, err } = await plan('--delete', 'animals:v0', 'animals:v1', 'nothing:v7');
    expect([status, err]).toEqual([1, '']);
    expect(out).toContain(`delete: animals:v1
  refused: has-aliases (DEL-2). animals:v1 has the alias __proto__.
  Try: delete: animals:v1, deleteAliases: true
delete: nothing:v7
  refused: not-found (DEL-3). There is no version nothing:v7.
`);
    expect(out).toContain('1 reference to 5GB of external data would be deleted with the versions;');
    expect(out).toMatch(/\n1 version would be deleted \(2 refusals\);/);
  });

  test('plays the deletions in the order of the options', async () => {
    const first = await plan('--delete-collection', 'animals', '--delete', 'animals:v0');
    expect([first.status, first.out.includes('delete: animals:v0\n  refused: ')]).toEqual([1, true]);
    const last = await plan('--delete', 'animals:v0', '--delete-collection', 'animals');
    expect([last.status, last.out.includes('refused')]).toEqual([0, false]);
  });

  test.each([
    [['--where', 'without aliases'], ['v0']],
    [
      ['--where', 'older than 1h', '--where', 'keep last 1'],
      ['v0', 'v1'],
    ],
    [['--where', 'older than: 1h', 'keep last: 1', 'without: aliases'], ['v0']],
    [['--where', 'with __proto__'], ['v1']],
    [['--where', 'older than 2d'], []],
    [[], ['v0', 'v1', 'v2']],
  ])('picks of a whole artifact collection where %j', async (where, picked) => {
    const { status, out } = await plan('--delete-all', 'animals', ...where, '--delete-aliases', '--json');
    expect(status).toBe(0);
    const { deleted } = JSON.parse(out);
    expect(deleted.versions.map(({ version }: { version: string }) => version)).toEqual(
      picked.map((index) => `animals:${index}`),
    );
  });

  test('keeps the conditions of two bulk deletions apart', async () => {
    const where = ['--where', 'keep last 2', '--delete-all', 'animals', '--where', 'with latest'];
    const { out } = await plan('--delete-all', 'animals', ...where, '--delete-aliases', '--json');
    const { deleted } = JSON.parse(out);
    expect(deleted.versions).toMatchObject([{ version: 'animals:v0' }, { version: 'animals:v2' }]);
  });

  test('deletes runs, with what they logged where that is asked for, and projects', async () => {
    const alone = await plan('--delete-run', 'train-1');
    expect(alone.out).toBe(
      '1 run would be deleted\n  train-1\n\n1 run would be deleted; nothing would be freed.\n',
    );
    const whole = await plan('--delete-run', 'train-1', '--artifacts');
    expect(whole.out).toContain('1 version and 1 run would be deleted; 3MB would be freed on day 8');
    const project = await plan('--delete-project', 'demo');
    expect(project.out).toContain('3 versions, 1 artifact collection and 1 run would be deleted');
  });

  test('plans the deletions of a given person', async () => {
    const { status, out } = await plan('--delete', 'animals:v0', '--as', 'nobody\u001b[31m');
    expect(status).toBe(1);
    expect(out).toMatch(/ {2}refused: forbidden \(ACL-1\)\. .*nobody\\u\{1b\}\[31m/);
  });

  test.each([
    [[], /^expected something to delete, such as --delete animals:v0\n$/],
    [['--delete', 'animals'], /^--delete animals: expected a version such as animals:v0/],
    [['--delete', ''], /^--delete "": expected a version/],
    [['--delete-collection', 'a:b'], /^--delete-collection a:b: expected a name such as animals/],
    [['--delete-run', 'a/b/c/d'], /^--delete-run a\/b\/c\/d: expected the name of a run/],
    [['--delete-project', 'a/b/c'], /^--delete-project a\/b\/c: expected the name of a project/],
    [['--delete-all', 'a', '--where', 'odd'], /^--where odd: expected "without aliases", "with ALIAS"/],
    [['--delete-all', 'a', '--where', 'keep last x'], /^--where keep last x: expected "without aliases"/],
    [['--delete-all', 'a', '--where', 'older than 3'], /^--where older than 3: expected a duration such as/],
    [['--delete-all', 'a', '--where', 'keep last 1', 'keep last 2'], /: expected each condition once\n$/],
    [['--where', 'without aliases'], /^--where without aliases: expected a --delete-all NAME before it\n$/],
    [['--delete-all', 'a', '--delete', 'a:v0', '--where', 'keep last 1'], /expected a --delete-all NAME/],
    [['--delte', 'a:v0'], /unknown option '--delte'\n\(Did you mean --delete\?\)/],
  ])('cannot use %j, says what was expected, and ends with 2', async (args, said) => {
    const { status, out, err } = await plan(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(said);
  });

  test('cannot use a story that cannot be read', async () => {
    expect((await planOf('steps: 3', '--delete', 'a:v0')).status).toBe(2);
    expect((await limbo('plan', 'no-such-file.yaml', '--delete', 'a:v0')).status).toBe(2);
  });

  test('cuts long lists, which --all shows whole', async () => {
    const many = Array.from({ length: 30 }, (_none, at) => `log: animals\nfiles: { f${at}: 1KB }`);
    const asked = ['--delete-all', 'animals', '--where', 'without aliases'];
    const cut = await planOf(storyText(...many), ...asked);
    expect(cut.out.match(/ {2}… and 9 more; --all shows them\n/g)).toHaveLength(2);
    const all = await planOf(storyText(...many), ...asked, '--all');
    expect(all.out).toContain('  animals:v28  1KB\n');
    expect(all.out).not.toContain('--all');
  });

  test('prints whatever names there are within the width, and nothing that steers the terminal', async () => {
    const story = storyText(
      `log: "кот 🐈‍⬛/data"\nfiles: { "a\\nb\\u001b[31m ${'long '.repeat(40)}": 1048576B, "__proto__": 7B, "": 1B }\naliases: ["two\\nlines", "🎉"]`,
      `log: "кот 🐈‍⬛/data"\nfiles: { "__proto__": 7B }`,
    );
    const { status, out, err } = await planOf(story, '--delete', 'кот 🐈‍⬛/data:v0', '--delete-aliases');
    expect([status, err]).toEqual([0, '']);
    for (const line of out.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
    expect(out).toContain('two\\u{a}lines');
    expect(out).toContain('кот 🐈‍⬛/data:v0/""  1B');
    expect(out).toContain('кот 🐈‍⬛/data:v0/__proto__  7B  held by кот 🐈‍⬛/data:v1');
  });

  test('gives the same document each time', async () => {
    const [one, two] = [
      await plan('--delete', 'animals:v0', '--json'),
      await plan('--delete', 'animals:v0', '--json'),
    ];
    expect(one.out).toBe(two.out);
    expect(JSON.parse(one.out)).toMatchObject({ now: 'P1D', refused: [], mayBeLate: false });
  });
});
