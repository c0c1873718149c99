import { describe, expect, test } from 'vitest';
import { usage } from '../../../src/insight/usage/usage.ts';
import { usageJson } from '../../../src/narration/answers/json.ts';
import { describeFreeable, USAGE_LEVELS } from '../../../src/narration/answers/usage.ts';
import { plainText } from '../../../src/narration/layout/plain-text.ts';
import { actionLine } from '../../../src/scenario/language/step-of.ts';
import {
  alias,
  begin,
  clock,
  link,
  log,
  reference,
  release,
  remove,
  removeWithAliases,
  review,
  server,
  time,
} from '../../support/stores/builders.ts';
import { given, type History } from '../../support/stores/given.ts';
import { collectionId, versionId } from '../../support/stores/names.ts';
import { playText } from '../../support/stores/story.ts';

const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }),
];
const usageOf = (...history: readonly History[]) => usage(given(...history).store);
const row = (id: string, logical: number, stored: number, exclusive: number, shared: number) => ({
  id,
  committedVersions: 1,
  logicalBytes: logical,
  storedBytes: stored,
  billedBytes: stored,
  exclusiveBytes: exclusive,
  sharedBytes: shared,
});

describe('what each version uses', () => {
  test('comes largest first, and shared objects count for the older version', () => {
    const state = 'COMMITTED';
    expect(usageOf(...animals).versions).toEqual([
      {
        ...row(versionId('animals:v0'), 3_000_000, 3_000_000, 0, 3_000_000),
        name: 'animals:v0',
        state,
        aliases: [],
      },
      {
        ...row(versionId('animals:v1'), 6_000_000, 3_000_000, 3_000_000, 3_000_000),
        ...{ name: 'animals:v1', state, aliases: ['latest'] },
      },
    ]);
  });

  test('counts at a live version what a soft-deleted one holds, too, and is exclusive to the live one', () => {
    const [first, second] = usageOf(...animals, remove('animals:v0')).versions;
    expect(first).toMatchObject(row(versionId('animals:v1'), 6_000_000, 6_000_000, 6_000_000, 0));
    expect(second).toMatchObject({
      ...row(versionId('animals:v0'), 0, 0, 0, 3_000_000),
      committedVersions: 0,
      state: 'PENDING_DELETION',
    });
  });

  test('leaves out tombstones that use nothing', () => {
    const store = playText(
      'title: A story\nsteps:\n  - log: a\n    files: { x: 1MB }\n  - log: a\n    files: { y: 1KB }\n  - delete: a:v0\n  - wait: 8d\n',
    ).final;
    expect(usage(store).versions.map(({ id }) => id)).toEqual([versionId('a:v1')]);
  });

  test('counts a copy that only the bucket keeps at the version that had it (BKT-7)', () => {
    const { final } = playText(`title: A story
server: { deployment: self-managed, env: { GORILLA_ARTIFACT_GC_ENABLED: "true" }, bucket: { provider: aws, versioning: true } }
steps:
  - log: a
    files: { x: 1MB }
  - delete: a:v0
    deleteAliases: true
  - wait: 8d
`);
    const used = usage(final);
    expect(used.versions).toMatchObject([{ id: versionId('a:v0'), storedBytes: 0, billedBytes: 1_000_000 }]);
    expect(used.freeable.copies).toEqual([{ at: time('37d'), count: 1, sizeBytes: 1_000_000 }]);
  });
});

describe('what each artifact collection uses', () => {
  test('counts what an entity shares at the sequence that has had it longest (LOG-7)', () => {
    const used = usageOf(
      server({ sharing: 'entity' }),
      log('plants', { cat: '2MB', fern: '1KB' }),
      clock('1h'),
      log('animals', { cat: '2MB', dog: '1MB' }),
      log('lab/animals', { cat: '2MB' }),
    );
    expect(used.collections).toEqual([
      {
        ...row(collectionId('plants'), 2_001_000, 2_001_000, 1_000, 2_000_000),
        name: 'plants',
        exists: true,
      },
      {
        ...row(collectionId('animals'), 3_000_000, 1_000_000, 1_000_000, 2_000_000),
        name: 'animals',
        exists: true,
      },
      { ...row(collectionId('lab/animals'), 2_000_000, 0, 0, 2_000_000), name: 'lab/animals', exists: true },
    ]);
    expect(used.projects).toMatchObject([
      { committedVersions: 2, storedBytes: 3_001_000, exclusiveBytes: 1_001_000, sharedBytes: 2_000_000 },
      { committedVersions: 1, storedBytes: 0, exclusiveBytes: 0, sharedBytes: 2_000_000 },
    ]);
  });

  test('is sorted by name if it is equal', () => {
    const used = usageOf(log('c', { x: '1MB' }), log('a', { x: '1MB' }), log('b', { x: '1MB' }));
    expect(used.collections.map(({ id }) => id)).toEqual(['a', 'b', 'c'].map(collectionId));
  });

  test('is sorted by the name of its project, if that is equal', () => {
    const used = usageOf(log('zoo/a', { x: '1MB' }), log('lab/a', { x: '1MB' }), log('pond/a', { x: '1MB' }));
    expect(used.projects.map(({ name }) => name)).toEqual(['lab', 'pond', 'zoo']);
    expect(used.projects.every((project) => !('order' in project))).toBe(true);
  });
});

describe('what could be freed', () => {
  test('is what soft-deleted versions alone hold, by the run that frees it (DEL-1)', () => {
    const history = [...animals, log('stones', { ore: '9KB' }), removeWithAliases('stones:v0'), clock('1d')];
    const { freeable } = usageOf(...history, removeWithAliases('animals:v1'));
    expect(freeable.softDeleted).toEqual([
      { at: time('7d'), count: 1, sizeBytes: 9_000 },
      { at: time('8d'), count: 1, sizeBytes: 3_000_000 },
    ]);
  });

  test('is what nothing holds and waits for its sweep', () => {
    const history = [
      ...animals,
      removeWithAliases('animals:v1'),
      clock('7d'),
      review,
      release(versionId('animals:v1')),
    ];
    expect(usageOf(...history).freeable.heldByNothing).toEqual([
      { at: time('174h'), count: 1, sizeBytes: 3_000_000 },
    ]);
  });

  test('is freed by the next run if it was reviewed, even if the retention changed since (GC-8)', () => {
    const history = [...animals, removeWithAliases('animals:v1'), clock('7d'), review];
    const { freeable } = usageOf(...history, server({ retentionSeconds: time('30d') }));
    expect(freeable.softDeleted).toEqual([{ at: time('174h'), count: 1, sizeBytes: 3_000_000 }]);
  });

  test('is what versions without aliases hold alone, each or together', () => {
    const history = [
      log('a', { x: '1MB', y: '2MB' }),
      log('a', { x: '1MB', z: '4MB' }),
      log('a', { w: '8MB' }),
      begin('a', { z: '4MB' }),
    ];
    expect(usageOf(...history).freeable.withoutAliases).toEqual({
      count: 2,
      exclusiveBytes: 2_000_000,
      togetherBytes: 3_000_000,
    });
  });

  test('is nothing of a version without aliases that a protected alias holds (ALI-7)', () => {
    const history = [
      ...animals,
      link('animals:v0', 'models/prod', ['golden']),
      alias('models/prod:v0', { protect: ['golden'] }),
    ];
    expect(usageOf(...history).freeable.withoutAliases.count).toBe(0);
  });

  test('is nothing of a version without aliases that references hold, unless they dangle (DEL-18)', () => {
    const index = log('index', [reference('first', 'wandb-artifact://animals:v0/cat')]);
    const counts = (['hold', 'dangle'] as const).map(
      (artifactReferences) =>
        usageOf(server({ artifactReferences }), ...animals, index).freeable.withoutAliases.count,
    );
    expect(counts).toEqual([0, 1]);
  });

  test('comes with the missing requirements if garbage collection does not run (GC-6)', () => {
    const { final } = playText(`title: A story
server: { deployment: self-managed, bucket: { provider: aws, versioning: true } }
steps:
  - log: a
    files: { x: 1MB }
  - delete: a:v0
    deleteAliases: true
`);
    const described = plainText(describeFreeable(usage(final), actionLine, 20)).split('\n');
    expect(described[0]).toBe(
      'held only by soft-deleted versions (DEL-1): 1MB in 1 object, never freed, because garbage collection does not run here',
    );
    expect(described.at(-2)).toContain('GORILLA_ARTIFACT_GC_ENABLED');
  });
});

describe('usage as a document', () => {
  test('has the tables that are asked for, names, bytes as numbers and instants as ISO 8601 durations', () => {
    const { store } = given(log('lab/animals', { cat: '2MB' }), removeWithAliases('lab/animals:v0'));
    const figures = { logicalBytes: 0, storedBytes: 2_000_000, billedBytes: 2_000_000 };
    const shares = { exclusiveBytes: 2_000_000, sharedBytes: 0 };
    expect(usageJson(usage(store), USAGE_LEVELS, actionLine)).toEqual({
      now: 'PT0S',
      total: figures,
      projects: [{ name: 'lab', committedVersions: 0, ...figures, ...shares }],
      collections: [{ name: 'lab/animals', exists: true, committedVersions: 0, ...figures, ...shares }],
      versions: [{ name: 'lab/animals:v0', state: 'PENDING_DELETION', aliases: [], ...figures, ...shares }],
      freeable: {
        softDeleted: [{ at: 'P7D', count: 1, sizeBytes: 2_000_000 }],
        heldByNothing: [],
        copies: [],
        withoutAliases: { count: 0, exclusiveBytes: 0, togetherBytes: 0 },
        missing: [],
      },
    });
    expect(Object.keys(usageJson(usage(store), ['version'], actionLine))).toEqual([
      'now',
      'total',
      'versions',
      'freeable',
    ]);
  });
});
