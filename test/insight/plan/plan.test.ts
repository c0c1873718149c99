import { describe, expect, test } from 'vitest';
import type { DeletionCommand } from '../../../src/insight/plan/deletions.ts';
import type { Plan } from '../../../src/insight/plan/plan.ts';
import { plan } from '../../../src/insight/plan/plan.ts';
import { planJson } from '../../../src/narration/answers/json.ts';
import { describePlan, sumUpPlan } from '../../../src/narration/answers/plan.ts';
import { plainText } from '../../../src/narration/layout/plain-text.ts';
import { actionLine } from '../../../src/scenario/language/step-of.ts';
import type { Store } from '../../../src/store/store.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import {
  alias,
  begin,
  bucketDelete,
  clock,
  link,
  log,
  planCrash,
  reference,
  remove,
  removeAll,
  removeCollection,
  removeRun,
  removeWithAliases,
  server,
  setTtl,
  time,
} from '../../support/stores/builders.ts';
import { given, givenAmong, type History } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';
import { playText } from '../../support/stores/story.ts';

const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }),
];
const storeOf = (...history: readonly History[]) => given(...history).store;
const planned = (store: Store, ...deletions: readonly DeletionCommand[]) => plan(store, deletions);
const named = (version: string) => ({ versionId: versionId(version), version });
const objectsOf = ({ objects }: Plan) =>
  objects.map(({ path, fate, freedAt, billedUntil }) => ({ path, fate, freedAt, billedUntil }));
const freed = (path: string, at: string, until = at) => ({
  path,
  fate: 'freed',
  freedAt: time(at),
  billedUntil: time(until),
});
const onAws = `server: { deployment: self-managed, env: { GORILLA_ARTIFACT_GC_ENABLED: "true" }, bucket: { provider: aws, versioning: true } }`;
const endOf = (head: string, ...steps: readonly string[]) =>
  playText(`title: A story\n${head}\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`).final;

describe('what a deletion would free', () => {
  test('is what no other version holds, at the first run after the retention (GC-1, GC-2)', () => {
    const made = planned(storeOf(...animals, clock('1h')), removeWithAliases('animals:v1'));
    expect(made.versions).toEqual([
      { ...named('animals:v1'), sizeBytes: 6_000_000, aliases: ['latest'], wasUploading: false },
    ]);
    expect(objectsOf(made)).toEqual([
      { path: 'cat', fate: 'kept', freedAt: null, billedUntil: null },
      { path: 'dog', fate: 'kept', freedAt: null, billedUntil: null },
      freed('rat', '174h'),
    ]);
    expect(made.objects[0]?.otherHolders).toEqual({ count: 1, first: [named('animals:v0')] });
    expect(sumUpPlan(made)).toBe(
      '1 version would be deleted; 3MB would be freed on day 7 06:00, 7d 5h from now; 3MB would stay with other versions.',
    );
  });

  test('is nothing if a later version shares everything and then accounts for it alone', () => {
    const made = planned(storeOf(...animals), remove('animals:v0'));
    expect(made.objects.map(({ fate }) => fate)).toEqual(['kept', 'kept']);
    expect(made.remaining).toEqual([
      {
        ...named('animals:v1'),
        exclusiveBytesBefore: 3_000_000,
        exclusiveBytes: 6_000_000,
        sharedBytes: 0,
      },
    ]);
    expect(sumUpPlan(made)).toBe(
      '1 version would be deleted; nothing would be freed; 3MB would stay with other versions.',
    );
  });

  test('waits for the last of the soft-deleted versions that share it (DEL-1)', () => {
    const history = [...animals, remove('animals:v0'), clock('1d')];
    const made = planned(storeOf(...history), removeWithAliases('animals:v1'));
    expect(objectsOf(made)).toEqual([freed('cat', '8d'), freed('dog', '8d'), freed('rat', '8d')]);
    expect(made.objects[0]?.otherHolders).toEqual({ count: 1, first: [named('animals:v0')] });
  });

  test('waits for a version that shares it to expire (TTL-2)', () => {
    const history = [...animals, setTtl('animals:v1', '20d')];
    expect(objectsOf(planned(storeOf(...history), remove('animals:v0')))).toEqual([
      freed('cat', '27d'),
      freed('dog', '27d'),
    ]);
  });

  test('waits until an upload that shares it is abandoned (LOG-8)', () => {
    const history = [...animals, begin('animals', { cat: '2MB' })];
    const deletions = [remove('animals:v0'), removeWithAliases('animals:v1')];
    expect(objectsOf(planned(storeOf(...history), ...deletions))).toEqual([
      freed('cat', '14d'),
      freed('dog', '7d'),
      freed('rat', '7d'),
    ]);
  });

  test('is billed until the lifecycle drops the copy that it leaves (BKT-2, BKT-3)', () => {
    const made = planned(
      endOf(onAws, 'log: animals\n    files: { cat: 2MB }'),
      removeWithAliases('animals:v0'),
    );
    expect(objectsOf(made)).toEqual([freed('cat', '7d', '37d')]);
    expect(made.figures).toEqual({
      before: { logicalBytes: 2_000_000, storedBytes: 2_000_000, billedBytes: 2_000_000 },
      after: { logicalBytes: 0, storedBytes: 2_000_000, billedBytes: 2_000_000 },
      later: [
        { at: time('7d'), storedBytes: 0, billedBytes: 2_000_000 },
        { at: time('37d'), storedBytes: 0, billedBytes: 0 },
      ],
    });
    expect(sumUpPlan(made)).toContain('2MB would be freed on day 7, 7d from now, and billed until day 37.');
  });

  test('is billed forever if no lifecycle rule drops the copy that it leaves (BKT-3)', () => {
    const head = onAws.replace('versioning: true', 'versioning: true, lifecycle: [{ newerCopies: 1 }]');
    const made = planned(
      endOf(head, 'log: animals\n    files: { cat: 2MB, dog: 1MB }', 'bucket delete: animals:v0/dog'),
      removeWithAliases('animals:v0'),
    );
    const cat = { path: 'cat', fate: 'freed', freedAt: time('7d'), billedUntil: null };
    expect(objectsOf(made)[0]).toEqual(cat);
    expect(made.figures.later).toEqual([{ at: time('7d'), storedBytes: 0, billedBytes: 3_000_000 }]);
    expect(sumUpPlan(made)).toContain('2MB would be freed on day 7, 7d from now, and billed forever');
  });

  test('is never anything where garbage collection does not run, and the plan says what is missing (GC-6)', () => {
    const store = endOf(
      'server: { deployment: self-managed, bucket: { provider: aws, versioning: true } }',
      'log: animals\n    files: { cat: 2MB }',
    );
    const made = planned(store, removeWithAliases('animals:v0'));
    expect(objectsOf(made)).toEqual([{ path: 'cat', fate: 'never freed', freedAt: null, billedUntil: null }]);
    expect(made.missing.map(({ code }) => code)).toEqual(['gc-not-enabled']);
    expect(sumUpPlan(made)).toContain(
      '2MB would never be freed, because garbage collection does not run here',
    );
  });

  test('is nothing of a reference (GC-5)', () => {
    const store = storeOf(log('maps', [reference('map', 's3://maps/1', '5GB')]));
    const made = planned(store, removeWithAliases('maps:v0'));
    expect([made.objects, made.references]).toEqual([[], { count: 1, sizeBytes: 5_000_000_000 }]);
  });

  test('does not include objects that were deleted out of band (BKT-6)', () => {
    const made = planned(
      storeOf(...animals, bucketDelete('animals:v1/rat')),
      removeWithAliases('animals:v1'),
    );
    expect(objectsOf(made).at(-1)).toEqual({
      path: 'rat',
      fate: 'not stored',
      freedAt: null,
      billedUntil: null,
    });
  });

  test('can come later if a crash is planned', () => {
    expect(planned(storeOf(...animals, planCrash(0)), remove('animals:v0')).mayBeLate).toBe(true);
    expect(planned(storeOf(...animals), remove('animals:v0')).mayBeLate).toBe(false);
  });

  test('is kept by a version of another sequence where an entity shares (LOG-7), and the plan shows that one too', () => {
    const store = storeOf(
      server({ sharing: 'entity' }),
      log('animals', { cat: '2MB' }),
      log('plants', { cat: '2MB' }),
      log('stones', { ore: '1MB' }),
    );
    const made = planned(store, removeWithAliases('animals:v0'));
    expect(made.objects).toMatchObject([
      { fate: 'kept', otherHolders: { count: 1, first: [named('plants:v0')] } },
    ]);
    expect(made.remaining.map((row) => row.versionId)).toEqual([versionId('plants:v0')]);
    const all = plan(store, [removeWithAliases('animals:v0')], { all: true });
    expect(all.remaining.map((row) => row.versionId)).toEqual([
      versionId('plants:v0'),
      versionId('stones:v0'),
    ]);
  });

  test('names ten of the versions that keep it, and counts them all', () => {
    const twelve = Array.from({ length: 12 }, (_none, at) =>
      log('animals', { cat: '2MB', own: `1KB own${at}` }),
    );
    const made = planned(storeOf(...twelve), remove('animals:v0'));
    expect(made.objects[0]?.otherHolders.count).toBe(11);
    expect(made.objects[0]?.otherHolders.first).toHaveLength(10);
  });
});

describe('what a deletion would do', () => {
  test('is a refusal with the call that goes through, and what follows is planned all the same', () => {
    const made = planned(storeOf(...animals), remove('animals:v1'), remove('animals:v0'));
    expect(made.refused).toMatchObject([
      {
        asked: remove('animals:v1'),
        within: null,
        refusal: { code: 'has-aliases' },
      },
    ]);
    expect(made.versions.map((version) => version.versionId)).toEqual([versionId('animals:v0')]);
    expect(sumUpPlan(made)).toMatch(/^1 version would be deleted \(1 refusal\); /);
  });

  test('depends on the deletions before it', () => {
    const made = planned(storeOf(...animals), remove('animals:v0'), remove('animals:v0'));
    expect(made.refused.map(({ refusal }) => refusal.code)).toEqual(['not-found']);
  });

  test('is known for each version of a bulk deletion (DEL-14)', () => {
    const made = planned(storeOf(...animals), removeAll('animals'));
    expect(made.refused).toMatchObject([
      {
        asked: removeAll('animals'),
        within: named('animals:v1'),
        refusal: { code: 'has-aliases' },
      },
    ]);
    expect(made.versions).toHaveLength(1);
  });

  test('is nothing if a bulk deletion matches nothing', () => {
    const asked = removeAll('animals', { keepLast: 2, withAlias: '__proto__' });
    const made = planned(storeOf(...animals), asked);
    expect(made.idle).toEqual([asked]);
    expect(sumUpPlan(made)).toBe('Nothing would be deleted: nothing matches the request.');
  });

  test('is only the link on the name of a link (DEL-5)', () => {
    const made = planned(storeOf(...animals, link('animals:v0', 'models/prod')), remove('models/prod:v0'));
    expect(made.versions).toEqual([]);
    expect(made.links).toMatchObject([
      { ...{ link: 'models/prod:v0', index: 0, aliases: ['latest'] }, ...named('animals:v0') },
    ]);
    expect(sumUpPlan(made)).toBe('1 link would be deleted; nothing would be freed.');
  });

  test('includes the links and uploads of a whole sequence (DEL-7)', () => {
    const history = [...animals, link('animals:v0', 'models/prod'), begin('animals', { ant: '1B' })];
    const made = planned(storeOf(...history), removeCollection('animals'));
    expect(made.versions.map(({ wasUploading }) => wasUploading)).toEqual([false, false, true]);
    expect([made.links.length, made.collections.length]).toEqual([1, 1]);
  });

  test('is a refusal for everybody if there is a protected alias (ALI-7)', () => {
    const history = [
      ...animals,
      link('animals:v0', 'models/prod', ['golden']),
      alias('models/prod:v0', { protect: ['golden'] }),
    ];
    const made = planned(storeOf(...history), remove('animals:v0'));
    expect(made.refused.map(({ refusal }) => refusal.code)).toEqual(['protected-alias']);
  });

  test('depends on the person (ACL-1, ACL-2)', () => {
    const team = givenAmong(peopleOf({ team: { bob: 'member', vera: 'viewer' } }));
    const { store } = team(log('animals', { cat: '2MB' }, { run: 'train' }));
    const asked = [
      { ...removeWithAliases('animals:v0'), by: 'vera' },
      { ...removeRun('train'), by: 'bob' },
    ];
    expect(plan(store, asked).refused.map(({ refusal }) => refusal.code)).toEqual(['forbidden', 'forbidden']);
  });
});

describe('references to what would be deleted (DEL-18)', () => {
  const children = log('animals', { cat: '2MB', dog: '1MB' });
  const index = log('index', [
    reference('first', 'wandb-artifact://animals:v0/cat'),
    reference('second', 'wandb-artifact://animals:latest/dog'),
    reference('third', 's3://elsewhere/emu', '5MB'),
  ]);
  const { store } = given(children, index);

  test('are named before they dangle', () => {
    const { dangling, references } = planned(store, removeWithAliases('animals:v0'));
    const ends = dangling.map(({ version, path, target }) => [
      `${version}/${path}`,
      `${target.version}/${target.path}`,
    ]);
    expect(ends).toEqual([
      ['index:v0/first', 'animals:v0/cat'],
      ['index:v0/second', 'animals:v0/dog'],
    ]);
    expect(references).toEqual({ count: 0, sizeBytes: 0 });
    const text = plainText(describePlan(planned(store, removeWithAliases('animals:v0')), actionLine));
    expect(text).toContain('Warning: 2 references from versions that stay would dangle (DEL-18)');
    expect(text).toContain('index:v0/first to animals:v0/cat');
  });

  test('do not dangle where what refers is deleted too, and only others point out of the store', () => {
    const both = planned(store, removeWithAliases('animals:v0'), removeWithAliases('index:v0'));
    expect(both.dangling).toEqual([]);
    expect(both.references).toEqual({ count: 1, sizeBytes: 5_000_000 });
  });

  test('refuse the deletion with the setting hold, with what goes through instead', () => {
    const held = given(children, index, server({ artifactReferences: 'hold' })).store;
    const { refused, dangling } = planned(held, removeWithAliases('animals:v0'));
    expect(refused).toMatchObject([{ refusal: { code: 'referred-to' } }]);
    expect(refused[0]?.advice).toHaveLength(2);
    expect(dangling).toEqual([]);
  });
});

describe('a plan as a document', () => {
  test('has names, bytes as numbers and instants as ISO 8601 durations', () => {
    const store = endOf(onAws, 'log: animals\n    files: { cat: 2MB }', 'wait: 1d');
    const report = planJson(planned(store, removeWithAliases('animals:v0')), actionLine);
    expect(report).toEqual({
      now: 'P1D',
      refused: [],
      idle: [],
      deleted: {
        versions: [{ version: 'animals:v0', sizeBytes: 2_000_000, aliases: ['latest'], wasUploading: false }],
        links: [],
        collections: [],
        runs: [],
      },
      objects: [
        {
          version: 'animals:v0',
          path: 'cat',
          digest: digestOfName('cat'),
          sizeBytes: 2_000_000,
          fate: 'freed',
          freedAt: 'P8D',
          billedUntil: 'P38D',
          otherHolders: { count: 0, first: [] },
        },
      ],
      dangling: [],
      references: { count: 0, sizeBytes: 0 },
      remaining: [],
      figures: {
        before: { logicalBytes: 2_000_000, storedBytes: 2_000_000, billedBytes: 2_000_000 },
        after: { logicalBytes: 0, storedBytes: 2_000_000, billedBytes: 2_000_000 },
        later: [
          { at: 'P8D', storedBytes: 0, billedBytes: 2_000_000 },
          { at: 'P38D', storedBytes: 0, billedBytes: 0 },
        ],
      },
      missing: [],
      mayBeLate: false,
    });
  });
});
