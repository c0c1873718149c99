import { describe, expect, test } from 'vitest';
import type { StoreEventType } from '../../../src/decider/event.ts';
import { EventDescriber } from '../../../src/narration/events/describe-event.ts';
import { collectionId, versionId } from '../../support/stores/names.ts';
import { playText, storyWith } from '../../support/stores/story.ts';
import { described } from './every-event.ts';

function describedIn(only: StoreEventType, head: string, ...steps: readonly string[]): readonly string[] {
  const { frames, failures } = playText(storyWith(head, ...steps));
  expect(failures).toEqual([]);
  return described(frames, only);
}

const FREEING = ['log: a\nfiles: { x: 1MB }', 'delete: a:v0\ndeleteAliases: true', 'collect'];
const AZURE =
  'server: { deployment: bring-your-own-bucket, retention: 0s, bucket: { provider: azure, softDelete: true } }';
const NO_COPIES =
  'server: { deployment: bring-your-own-bucket, retention: 0s, bucket: { provider: minio, versioning: true, lifecycle: [{ newerCopies: 0 }] } }';
const GCP =
  'server: { deployment: bring-your-own-bucket, retention: 0s, bucket: { provider: gcp, versioning: true, lifecycle: [{ noncurrentDays: 2 }] } }';

test('an object has the name that its version has by now, not that of its upload', () => {
  expect(
    describedIn(
      'deletedOutOfBand',
      '',
      'begin: m\nid: u\nfiles: { a: 1MB }',
      'commit: u',
      'bucket delete: m:v0/a',
    ),
  ).toEqual([expect.stringContaining('m:v0/a 1MB is deleted directly in the bucket')]);
});

describe('what a bucket leaves behind of a swept object', () => {
  test('is nothing, by BKT-1, if it keeps no copies', () => {
    expect(describedIn('objectSwept', 'server: { retention: 0s }', ...FREEING)).toEqual([
      'BKT-1: a:v0/x 1MB is deleted from the bucket: 1MB freed',
    ]);
  });

  test('is soft-deleted and billed, by BKT-4, on Azure', () => {
    expect(describedIn('objectSwept', AZURE, ...FREEING)).toEqual([
      'BKT-4: a:v0/x 1MB is deleted from the bucket: 1MB freed; a soft-deleted copy stays, and is billed',
    ]);
  });

  test('is nothing, by BKT-3, where the lifecycle rule leaves no copy', () => {
    expect(describedIn('objectSwept', NO_COPIES, ...FREEING)).toEqual([
      'BKT-3: a:v0/x 1MB is deleted from the bucket: 1MB freed',
    ]);
  });

  test('is a noncurrent copy, by BKT-8, if versioning was on when the object was written', () => {
    const head =
      'server: { deployment: dedicated-cloud, retention: 0s, bucket: { provider: aws, versioning: true } }';
    const [log = '', ...rest] = FREEING;
    const off = 'server: { bucket: { versioning: false } }';
    expect(describedIn('objectSwept', head, log, off, ...rest)).toEqual([
      'BKT-8: a:v0/x 1MB is deleted from the bucket: 1MB freed; a noncurrent copy stays, and is billed',
    ]);
    expect(describedIn('objectSwept', head, off, ...FREEING)).toEqual([
      'BKT-1: a:v0/x 1MB is deleted from the bucket: 1MB freed',
    ]);
  });

  test('is soft-deleted, by BKT-4, where GCP removes the noncurrent copy at once', () => {
    expect(
      describedIn('objectSwept', GCP.replace('noncurrentDays: 2', 'newerCopies: 0'), ...FREEING),
    ).toEqual([
      'BKT-4: a:v0/x 1MB is deleted from the bucket: 1MB freed; a soft-deleted copy stays, and is billed',
    ]);
  });

  test('is soft-deleted later, by BKT-3, on GCP, while others are dropped by then', () => {
    const again = ['log: a\nfiles: { y: 2MB }', 'delete: a:v1\ndeleteAliases: true', 'collect'];
    expect(describedIn('copiesDropped', GCP, ...FREEING, 'wait: 7d', ...again, 'wait: 2d')).toEqual([
      'BKT-3: the bucket soft-deletes its noncurrent copy of a:v0/x 1MB, still billed',
      'BKT-3: the bucket drops its copy of a:v0/x 1MB: 1MB no longer billed; it soft-deletes its noncurrent copy of a:v1/y 2MB, still billed',
    ]);
  });

  test('is nothing that was not there any more', () => {
    const [log = '', remove = '', collect = ''] = FREEING;
    const gone = [log, remove, 'bucket delete: a:v0/x', collect];
    expect(describedIn('objectSwept', 'server: { retention: 0s }', ...gone)).toEqual([
      'BKT-1: a:v0/x 1MB is no longer in the bucket: nothing to free',
    ]);
  });

  test('is dropped later, by BKT-4, on Azure', () => {
    expect(describedIn('copiesDropped', AZURE, ...FREEING, 'wait: 7d')).toEqual([
      'BKT-4: the bucket drops its copy of a:v0/x 1MB: 1MB no longer billed',
    ]);
    const two = ['log: a\nfiles: { x: 1MB, y: 2MB }', ...FREEING.slice(1), 'wait: 7d'];
    expect(describedIn('copiesDropped', AZURE, ...two)).toEqual([
      expect.stringMatching(
        /^BKT-4: the bucket drops its copies of a:v0\/. .MB, a:v0\/. .MB: 3MB no longer billed/,
      ),
    ]);
  });
});

describe('a reference to another version (DEL-18)', () => {
  const ref = (at: string) => `{ ref: "wandb-artifact://a:latest/${at}" }`;
  const animals = 'log: a\nfiles: { x: 1MB, y: 1MB }';

  test('is told with what it points to, a few of them by name', () => {
    const paths = ['p', 'q', 'r', 's', 't', 'u'].map((path) => `${path}: ${ref('x')}`).join(', ');
    const index = `log: i\nfiles: { o: 2B, ${paths} }`;
    expect(describedIn('versionBegun', '', animals, index).slice(1)).toEqual([
      'LOG-6: i:v0 is PENDING: uploads o 2B; refers to a:v0/x, a:v0/x, a:v0/x, a:v0/x and 2 more',
    ]);
  });

  test('dangles after the deletion of what it points to, unless that takes it, too', () => {
    const index = `log: i\nfiles: { p: ${ref('x')}, q: ${ref('y')} }`;
    const remove = 'delete: a:v0\ndeleteAliases: true';
    expect(describedIn('versionDeleted', '', animals, index, remove)).toEqual([
      'DEL-1: a:v0 is PENDING_DELETION and loses its alias latest; its files stay in the bucket; i:v0/p, i:v0/q refer to it and dangle now',
    ]);
    const whole = describedIn('versionDeleted', '', animals, index, 'delete project: demo');
    expect(whole.join()).not.toContain('dangle');
  });

  test('dangles after its expiry', () => {
    const brief = `${animals}\nttl: 1d`;
    expect(describedIn('versionExpired', '', brief, `log: i\nfiles: { p: ${ref('x')} }`, 'wait: 2d')).toEqual(
      [
        'TTL-6: a:v0 expires: it is PENDING_DELETION and loses its alias latest; i:v0/p refers to it and dangles now',
      ],
    );
  });
});

describe('a sentence', () => {
  test('about a call that went wrong names the object of an upload that has not begun', () => {
    const faults =
      'server: { bucket faults: [{ call: put, fault: fails }, { call: put, fault: answers late }] }';
    expect(describedIn('bucketCallFaulted', faults, 'log: a\nfiles: { x: 1MB }')).toEqual([
      'GC-8: a bucket call fails: put a:v0/x 1MB',
      'GC-8: the bucket executes a call but answers too late: put a:v0/x 1MB',
    ]);
  });

  test('about an alias tells one that a log brought from one that was put on afterwards', () => {
    expect(describedIn('aliasPut', '', 'log: a\naliases: [new]', 'alias: a:v0\nadd: [later]')).toEqual([
      'ALI-1: latest points to a:v0',
      'ALI-1: new points to a:v0',
      'ALI-2: later points to a:v0',
    ]);
  });

  test('about a TTL says when it is over, or that it is over already', () => {
    const ttl = (is: string) => `ttl: a:v0\nis: ${is}`;
    const described = describedIn(
      'ttlSet',
      'team: { ttlDefault: 30d }',
      'log: a',
      'wait: 2d',
      ttl('7d'),
      ttl('1d'),
    );
    expect(described).toEqual([
      'TTL-2: a:v0 has a TTL of 7d and expires on day 7',
      'TTL-2: a:v0 has a TTL of 1d, which has passed: it expires in the next scheduled run',
    ]);
    const inherited = describedIn('ttlSet', 'team: { ttlDefault: 30d }', 'log: a\nttl: none', ttl('inherit'));
    expect(inherited).toEqual(['TTL-3: a:v0 has the default TTL of the team and expires on day 30']);
  });

  test('about a TTL does not promise an expiry to what never expires', () => {
    const head = 'team: { ttlDefault: 30d }';
    expect(describedIn('ttlSet', head, 'log: a\ntype: job\nttl: none', 'ttl: a:v0\nis: inherit')).toEqual([
      'TTL-3: a:v0 has the default TTL of the team and does not expire',
    ]);
  });

  test('about the TTL of the team says who may set one', () => {
    expect(describedIn('teamTtlSet', '', 'team ttl: 90d\nmembersMaySetTtl: false', 'team ttl: none')).toEqual(
      [
        'TTL-3: the team has a default TTL of 90d; members may not set a TTL',
        'TTL-3: the team has no default TTL; members may not set a TTL',
      ],
    );
  });

  test('about a deleted link says by which rule: with its source, or with the sequence of its source', () => {
    const linked = ['log: a', 'link: a:v0\nto: prod'];
    expect(describedIn('linkRemoved', '', ...linked, 'delete: a:v0\ndeleteAliases: true')).toEqual([
      'DEL-13: link prod:v0 to a:v0 is removed',
    ]);
    expect(describedIn('linkRemoved', '', ...linked, 'delete collection: a')).toEqual([
      'DEL-7: link prod:v0 to a:v0 is removed',
    ]);
  });

  test('about a recovery that needed nothing of the bucket says so by leaving it out', () => {
    expect(
      describedIn('versionRecovered', '', 'log: a', 'delete: a:v0\ndeleteAliases: true', 'recover: a:v0'),
    ).toEqual(['BKT-5: a:v0 is COMMITTED again']);
  });

  test('names the first few of many things, and counts the rest', () => {
    const logs = Array.from({ length: 6 }, (_, at) => `log: a\nfiles: { f${at}: 1MB }`);
    const head = 'server: { retention: 0s }';
    expect(describedIn('versionsReviewed', head, ...logs, 'delete collection: a', 'collect')).toEqual([
      'GC-1: garbage collection reviews a:v0, a:v1, a:v2, a:v3 and 2 more versions',
    ]);
    expect(describedIn('versionBegun', '', 'log: a\nfiles: { a: 1B, b: 2B, c: 3B, d: 4B, e: 5B }')).toEqual([
      'LOG-6: a:v0 is PENDING: uploads a 1B, b 2B, c 3B, d 4B and 1 more',
    ]);
  });

  test('quotes a name that is empty, and escapes what would not be seen', () => {
    const head = 'team: { members: { "": member, "a\\nb": member }, membersMaySetTtl: false }';
    const kept = (who: string) => `ttl: a:v0\nis: 1d\nas: ${who}`;
    expect(describedIn('ttlKept', head, 'log: a', kept('""'), kept('"a\\nb"'))).toEqual([
      'TTL-7: "" is not allowed to set a TTL; the TTL of a:v0 is unchanged',
      'TTL-7: a\\u{a}b is not allowed to set a TTL; the TTL of a:v0 is unchanged',
    ]);
  });
});

describe('the references of a sentence', () => {
  test('lead to the version, the link, the files and the collection that it mentions', () => {
    const { frames } = playText(
      storyWith('', 'log: a\nfiles: { x: 1MB }', 'link: a:v0\nto: prod', 'alias: prod:v0\nadd: [best]'),
    );
    const describer = new EventDescriber();
    const references = frames.flatMap(({ events, after }) =>
      describer
        .describe(events, after)
        .flatMap(({ sentence }) => sentence.filter((part) => typeof part !== 'string')),
    );
    const [version, portfolio] = [versionId('a:v0'), collectionId('prod')];
    const link = { kind: 'link', id: `${portfolio}:v0`, text: 'prod:v0' };
    expect(references).toEqual(
      expect.arrayContaining([
        { kind: 'collection', id: collectionId('a'), text: 'a' },
        { kind: 'version', id: version, text: 'a:v0' },
        { kind: 'file', versionId: version, path: 'x', text: 'x' },
        { kind: 'collection', id: portfolio, text: 'prod' },
        link,
      ]),
    );
    expect(references.at(-1)).toEqual(link);
  });
});
