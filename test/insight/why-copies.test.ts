import { describe, expect, test } from 'vitest';
import { usage } from '../../src/insight/usage/usage.ts';
import { why } from '../../src/insight/why.ts';
import { whyJson } from '../../src/narration/answers/json.ts';
import { describeWhy } from '../../src/narration/answers/why.ts';
import { plainText } from '../../src/narration/layout/plain-text.ts';
import { actionLine } from '../../src/scenario/language/step-of.ts';
import { alias, log, removeProject, time } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { fileNamed } from '../support/stores/names.ts';
import { playText } from '../support/stores/story.ts';

const LOGGED = `
  - { log: animals, files: { cat: 2MB, dog: 1MB } }
  - { log: animals, files: { cat: 2MB } }`;
const GC = '{ GORILLA_ARTIFACT_GC_ENABLED: "true" }';

function answer(head: string, steps: string, name = 'animals:v0/dog') {
  const { final } = playText(`title: A story\n${head}\nsteps:${LOGGED}${steps}`);
  const found = why(final, fileNamed(name));
  return { found, described: plainText(describeWhy(found, actionLine)) };
}

describe('a file that the bucket has only as a copy', () => {
  test('is noncurrent on AWS until the lifecycle drops it, and can be recovered until then (BKT-2, BKT-5)', () => {
    const { found, described } = answer(
      `server: { deployment: self-managed, env: ${GC}, bucket: { provider: aws, versioning: true } }`,
      '\n  - delete: animals:v0\n  - wait: 10d',
    );
    expect(found).toMatchObject({
      kind: 'copy',
      status: 'noncurrent',
      state: 'DELETED',
      since: time('7d'),
      keptUntil: time('37d'),
      rule: 'BKT-2',
    });
    expect(described).toContain('noncurrent since day 7. It cannot be read, but is billed.');
    expect(described).toContain('drops its last copy on day 37, 27d from now.');
    expect(described).toContain('"recover: animals:v0" restores it');
    expect(whyJson(found, actionLine)).toMatchObject({ since: 'P7D', keptUntil: 'P37D' });
  });

  test('is noncurrent forever if no lifecycle rule removes its last copy (BKT-3)', () => {
    const { found, described } = answer(
      `server: { deployment: self-managed, env: ${GC}, bucket: { provider: aws, versioning: true, lifecycle: [{ newerCopies: 1, noncurrentDays: 30 }] } }`,
      '\n  - delete: animals:v0\n  - wait: 372d',
    );
    expect(found).toMatchObject({ kind: 'copy', status: 'noncurrent', keptUntil: null });
    expect(described).toContain('No lifecycle rule removes its last copy, so the bucket keeps it forever.');
    expect(described).toContain('animals:v0 is DELETED. "recover: animals:v0" restores it');
    expect(whyJson(found, actionLine)).toMatchObject({ keptUntil: null });
  });

  test('is kept on GCP until the soft delete of its noncurrent copy ends (BKT-4)', () => {
    const head = `server: { deployment: self-managed, env: ${GC}, bucket: { provider: gcp, versioning: true } }`;
    const noncurrent = answer(head, '\n  - delete: animals:v0\n  - wait: 10d');
    expect(noncurrent.found).toMatchObject({ status: 'noncurrent', keptUntil: time('44d'), rule: 'BKT-2' });
    const soft = answer(head, '\n  - delete: animals:v0\n  - wait: 40d');
    expect(soft.found).toMatchObject({
      status: 'soft-deleted',
      since: time('37d'),
      keptUntil: time('44d'),
      rule: 'BKT-4',
    });
    const gone = answer(head, '\n  - delete: animals:v0\n  - wait: 44d');
    expect(gone.found).toMatchObject({ kind: 'gone', since: time('44d'), rule: 'BKT-4' });
  });

  test('is soft-deleted on Azure for as many days as the container was set to (BKT-4)', () => {
    const { found } = answer(
      `server: { deployment: self-managed, env: ${GC}, bucket: { provider: azure, softDelete: true, softDeleteDays: 3 } }`,
      '\n  - delete: animals:v0\n  - wait: 8d\n  - server: { bucket: { softDeleteDays: 300 } }',
    );
    expect(found).toMatchObject({
      kind: 'copy',
      status: 'soft-deleted',
      keptUntil: time('10d'),
      rule: 'BKT-4',
    });
  });

  test('is gone once the last copy was dropped (BKT-3)', () => {
    const { found } = answer(
      `server: { deployment: self-managed, env: ${GC}, bucket: { provider: minio, versioning: true, lifecycle: [{ noncurrentDays: 2 }] } }`,
      '\n  - delete: animals:v0\n  - wait: 9d',
    );
    expect(found).toMatchObject({ kind: 'gone', since: time('9d'), rule: 'BKT-3' });
  });

  test('is gone once the last soft-deleted copy was dropped (BKT-4)', () => {
    const { found } = answer(
      `server: { deployment: self-managed, env: ${GC}, bucket: { provider: azure, softDelete: true, softDeleteDays: 2 } }`,
      '\n  - delete: animals:v0\n  - wait: 10d',
    );
    expect(found).toMatchObject({ kind: 'gone', since: time('9d'), rule: 'BKT-4' });
  });

  test('or no copy at all, if it was deleted out of band (BKT-6)', () => {
    const { found, described } = answer('', '\n  - bucket delete: animals:v0/dog');
    expect(found).toMatchObject({ kind: 'gone', state: 'COMMITTED', rule: 'BKT-6' });
    expect(described).toContain('somebody deleted the object directly in the bucket');
  });
});

describe('a file that stays stored', () => {
  test('where garbage collection does not run names every requirement that is missing (GC-6, GC-7)', () => {
    const { found, described } = answer(
      'server: { deployment: self-managed }',
      '\n  - delete: animals:v0\n  - wait: 30d',
    );
    expect(found).toMatchObject({
      kind: 'stored',
      missing: [{ code: 'gc-not-enabled' }, { code: 'bucket-not-protected' }],
    });
    expect(described).toContain('Garbage collection cannot run. Garbage collection is not enabled');
    expect(described).toContain(`  1. server: { env: ${GC} }`);
    expect(described).toContain('  2. server: { bucket: { versioning: true } }');
  });

  test('is held by a protected alias, which has to be taken off first (ALI-7)', () => {
    const { found, described } = answer(
      'registries: { models: {} }',
      '\n  - { link: "animals:v0", to: models/prod }\n  - { alias: "models/prod:v0", protect: [production] }',
    );
    expect(found).toMatchObject({
      kind: 'stored',
      holders: [{ protectedBy: { link: 'models/prod:v0', alias: 'production' }, expiresAt: null }],
    });
    expect(described).toContain('protected by alias production of models/prod:v0');
    expect(described).toMatch(
      /1\. alias: models\/prod:v0, remove: \[production\].*\n {2}2\. delete: animals:v0/,
    );
  });

  test('for good if the service manages its version, which only the deletion of the project takes (DEL-17)', () => {
    const { store } = given(
      log('past', { 'history.json': '2MB' }, { type: 'wandb-history' }),
      alias('past:v0', { remove: ['latest'] }),
    );
    const file = fileNamed('past:v0/history.json');
    const found = why(store, file);
    expect(found).toMatchObject({ holders: [{ systemManaged: true, advice: [] }], freedAt: null });
    expect(plainText(describeWhy(found, actionLine))).toContain(
      'It cannot be freed: nobody can delete past:v0 (DEL-17).',
    );
    expect(usage(store).freeable.withoutAliases.count).toBe(0);
    const gone = why(
      given(log('past', { 'history.json': '2MB' }, { type: 'wandb-history' }), removeProject('demo')).store,
      file,
    );
    expect(gone).toMatchObject({ holders: [{ systemManaged: false }], freedAt: 604_800 });
  });

  const refers = (name: string, to: string, more = '') =>
    `\n  - { log: ${name}, files: { p: { ref: "wandb-artifact://${to}" } }${more} }`;
  const hold = 'server: { artifactReferences: hold }';

  test('says what refers to its version if somebody must abandon an upload first, and promises nothing (DEL-18)', () => {
    const { found, described } = answer(
      hold,
      '\n  - { begin: index, id: u, files: { p: { ref: "wandb-artifact://animals:v0/dog" } } }',
    );
    const first = { version: 'index#0', path: 'p', target: { version: 'animals:v0', path: 'dog' } };
    expect(found).toMatchObject({ holders: [{ referredToBy: { count: 1, first } }] });
    expect(described).toMatch(/It cannot be freed as long as index#0\/p refers to animals:v0 \(DEL-18\)\.$/);
    expect(whyJson(found, actionLine)).toMatchObject({ freedAt: null, holders: [{ advice: [] }] });
  });

  test('says what refers to its version if too much does, or what nobody can delete (DEL-18)', () => {
    const seven = [1, 2, 3, 4, 5, 6, 7].map((at) => refers(`i${at}`, 'animals:v0/dog')).join('');
    const many = answer(hold, seven);
    expect(many.found).toMatchObject({ freedAt: null, holders: [{ advice: [], stays: true }] });
    expect(many.described).toMatch(/7 versions refer to animals:v0, such as\s+i\d:v0\/p\s+\(DEL-18\)/);
    const managed = answer(hold, refers('past', 'animals:v0/dog', ', type: wandb-history'));
    expect(managed.found).toMatchObject({ freedAt: null, holders: [{ advice: [], stays: true }] });
    expect(managed.described).toContain('as long as past:v0/p refers to animals:v0 (DEL-18).');
  });

  test('advises nothing twice if one version refers to several holders, or a holder to another (DEL-18)', () => {
    const both = answer(
      hold,
      '\n  - { log: index, files: { p: { ref: "wandb-artifact://animals:v0/cat" }, q: { ref: "wandb-artifact://animals:v1/cat" } } }',
      'animals:v0/cat',
    );
    expect(both.described).toContain(
      '1. delete: index:v0, deleteAliases: true\n  2. delete: animals:v0\n  3. delete: animals:v1, deleteAliases: true\n',
    );
    const chain = answer(
      hold,
      '\n  - { log: animals, files: { dog: 1MB, p: { ref: "wandb-artifact://animals:v0/cat" } } }',
    );
    expect(chain.described).toContain(
      '1. delete: animals:v2, deleteAliases: true\n  2. delete: animals:v0\nIt is day 0.',
    );
    expect(chain.found).toMatchObject({ freedAt: time('7d'), holders: [{}, { advice: [], stays: false }] });
  });

  test('names a protected alias if too many links have one (ALI-7)', () => {
    const guarded = [1, 2, 3, 4, 5, 6].map(
      (at) =>
        `\n  - { link: "animals:v0", to: models/p${at} }\n  - { alias: "models/p${at}:v0", protect: [live] }`,
    );
    const { found, described } = answer('registries: { models: {} }', guarded.join(''));
    expect(found).toMatchObject({ freedAt: null, holders: [{ advice: [] }] });
    expect(described).toMatch(/as long as alias live of models\/p\d:v0\s+protects\s+animals:v0\s+\(ALI-7\)/);
  });

  test('until its TTL expires, if it has one (TTL-2)', () => {
    const { found, described } = answer('team: { ttlDefault: 90d }', '');
    expect(found).toMatchObject({ holders: [{ expiresAt: time('90d'), protectedBy: null }] });
    expect(described).toContain('COMMITTED, expires on day 90');
    expect(whyJson(found, actionLine)).toMatchObject({ holders: [{ expiresAt: 'P90D' }] });
  });
});
