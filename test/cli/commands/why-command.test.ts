import { describe, expect, test } from 'vitest';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { storyText } from '../../support/stores/story.ts';

const STORY = storyText(
  'log: animals\nfiles: { cat.jpg: 2MB, map: { ref: s3://maps/1, size: 5GB, extra: { etag: x } } }\naliases: [best]',
  'log: animals\nfiles: { cat.jpg: 2MB, dog.jpg: 1MB }',
  'wait: 1d',
  'delete: animals:v1\ndeleteAliases: true',
  'wait: 1d',
  'begin: uploads\nfiles: { photo: 3MB }',
  'log: gone\nfiles: { x: 1MB }',
  'log: index\nfiles: { first: { ref: "wandb-artifact://gone:latest/x" } }',
  'log: index\nfiles: { second: { ref: "wandb-artifact://animals:v0/cat.jpg" } }',
  'delete: gone:v0\ndeleteAliases: true',
  'wait: 1d',
);

async function why(name: string, ...flags: readonly string[]) {
  const folder = temporaryFolder({ 'story.yaml': STORY });
  return limbo('why', ...flags, `${folder}/story.yaml`, name);
}

describe('why', () => {
  test('names the holders of a file, the rule, and what would free it when', async () => {
    const { status, out, err } = await why('animals:v1/cat.jpg');
    expect([status, err]).toEqual([0, '']);
    expect(
      out.replace(/rule GC-2:[\s\S]*?\n\n/, 'rule GC-2: …\n\n'),
    ).toBe(`animals:v1/cat.jpg, 2MB: stored since day 0.

Held by
  animals:v0  COMMITTED, alias best
  animals:v1  PENDING_DELETION, kept until day 8

rule GC-2: …

To free it:
  1. delete: animals:v0, deleteAliases: true
It is day 3. If you do this now, the retention of 7d passes and garbage
collection frees it on day 10.
`);
  });

  test('says that nothing more needs to be done', async () => {
    const { out } = await why('animals:v1/dog.jpg');
    expect(out).toMatch(/\nNothing needs to be done: garbage collection frees it on day 8,\s/);
  });

  test('says how to abandon an upload', async () => {
    const { out } = await why('uploads#0/photo');
    expect(out).toContain('  uploads#0  PENDING\n');
    expect(out).toContain('1. abandon the upload of uploads#0, or commit and delete it\n');
  });

  test('says that a reference to another version dangles, or that it can be followed (DEL-18)', async () => {
    const dangling = await why('index:v0/first');
    expect(dangling.out).toMatch(
      /^index:v0\/first is a reference to gone:v0\/x\.\n\nThe reference dangles: gone:v0 is PENDING_DELETION\. "restore: gone:v0"\s+restores\s+it\.\n\nrule DEL-18:/,
    );
    expect((await why('index:v1/second')).out).toContain(
      'animals:v0 is COMMITTED, so the reference can be followed.',
    );
  });

  test('says that a reference is not stored here', async () => {
    const { status, out } = await why('animals:v0/map');
    expect(status).toBe(0);
    expect(out).toMatch(/^animals:v0\/map is a reference to s3:\/\/maps\/1\.\n/);
  });

  test('finds a version by its full name, and by an alias', async () => {
    const { out } = await why('animals:v0/cat.jpg');
    expect((await why('team/demo/animals:v0/cat.jpg')).out).toBe(out);
    expect((await why('demo/animals:best/cat.jpg')).out).toBe(out);
  });

  test.each([
    ['animals:v9/cat.jpg', /^not-found: There is no version animals:v9\.\n/],
    ['nothing:v0/x', /^not-found: There is no version nothing:v0\.\n/],
    ['animals:latest/cat.jpg', /^not-found: /],
    ['animals:v0/cta.jpg', /^animals:v0 has no such path\. The nearest is "cat\.jpg"\.\n/],
    ['animals:v0/', /^animals:v0 has no such path/],
    ['animals:__proto__/x', /^not-found: /],
  ])('%s is no file of the story, which is told, and ends with 1', async (name, said) => {
    const { status, out, err } = await why(name);
    expect([status, err]).toEqual([1, '']);
    expect(out).toMatch(said);
  });

  test.each(['animals', 'animals:v0', 'a/b/c/d:v0/x', '', '\u001b[31m'])(
    '%j is no name of a file, which ends with 2',
    async (name) => {
      const { status, out, err } = await why(name);
      expect([status, out]).toEqual([2, '']);
      expect(err).toMatch(/^[^\p{Cc}]+: expected a path of a version such as animals:v0\/cat\.jpg\n$/u);
    },
  );

  test('says that a story fails, and answers about the store at its end', async () => {
    const folder = temporaryFolder({
      'bad.yaml': storyText('log: a\nfiles: { x: 1MB }', 'expect: { stored: 5B }'),
    });
    const { status, out, err } = await limbo('why', `${folder}/bad.yaml`, 'a:v0/x');
    expect([status, err]).toEqual([
      0,
      `${folder}/bad.yaml:5:1: the story fails here; the answer is about the store it ended in\n`,
    ]);
    expect(out).toMatch(/^a:v0\/x, 1MB: stored/);
  });

  test('of a file that cannot be used says why', async () => {
    const folder = temporaryFolder({ 'bad.yaml': 'titel: t\n' });
    const { status, out, err } = await limbo('why', `${folder}/bad.yaml`, 'a:v0/x');
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('bad.yaml:1:1: unknown key "titel"; did you mean "title"?');
  });
});

describe('why --json', () => {
  test('answers with instants as the reports of run have them', async () => {
    const { status, out } = await why('animals:v1/cat.jpg', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      kind: 'stored',
      state: 'PENDING_DELETION',
      since: 'PT0S',
      freedAt: 'P10D',
      rule: 'GC-2',
      entry: { path: 'cat.jpg', sizeBytes: 2_000_000 },
      holders: [
        { state: 'COMMITTED', aliases: ['best'], retainedUntil: null },
        { state: 'PENDING_DELETION', aliases: [], retainedUntil: 'P8D' },
      ],
    });
    expect((await why('animals:v1/cat.jpg', '--json')).out).toBe(out);
  });

  test.each([
    ['animals:v9/x', 1, { kind: 'not found', refusal: { code: 'not-found' } }],
    ['animals:v0/cta.jpg', 1, { kind: 'no such path', nearest: 'cat.jpg' }],
    [
      'animals:v0/map',
      0,
      { kind: 'reference', entry: { address: 's3://maps/1', extra: { etag: 'x' } }, target: null },
    ],
    [
      'index:v0/first',
      0,
      {
        target: { version: 'gone:v0', path: 'x', state: 'PENDING_DELETION' },
        recovery: 'restore: gone:v0',
      },
    ],
  ])('of %s ends with %d', async (name, expected, answer) => {
    const { status, out } = await why(name, '--json');
    expect(status).toBe(expected);
    expect(JSON.parse(out)).toMatchObject(answer);
  });
});
