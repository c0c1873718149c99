import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/insight/rehearsal/finding.ts';
import { rehearsalOf } from '../../../src/insight/rehearsal/rehearsal.ts';
import type { Script } from '../../../src/insight/rehearsal/script.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  alias,
  link,
  log,
  reference,
  remove,
  removeById,
  removeCollection,
  removeWithAliases,
  unlink,
  use,
} from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';
import { type ScriptStep, scriptOf } from '../../support/stores/script.ts';

const { store } = given(
  log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'] }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB', owl: '4MB' }),
);

function kindsOf(script: Script): readonly Finding['kind'][] {
  return rehearsalOf(script).findings.map(({ kind }) => kind);
}

function found<Kind extends Finding['kind']>(
  kind: Kind,
  start: Store,
  steps: readonly ScriptStep[],
  end: Parameters<typeof scriptOf>[2] = {},
): Extract<Finding, { readonly kind: Kind }> | undefined {
  return rehearsalOf(scriptOf(start, steps, end)).findings.find(
    (finding): finding is Extract<Finding, { readonly kind: Kind }> => finding.kind === kind,
  );
}

const names = (versions: readonly { readonly version: string }[] = []) =>
  versions.map(({ version }) => version);

describe('a script', () => {
  test('that deletes what nothing needs has no finding', () => {
    const { store: plain } = given(log('animals', { cat: '2MB' }), log('animals', { dog: '1MB' }));
    const script = scriptOf(plain, [
      { lists: 'animals', versions: ['animals:v1', 'animals:v0'] },
      remove('animals:v0'),
    ]);
    expect(rehearsalOf(script).findings).toEqual([]);
  });

  test('that does nothing has no finding', () => {
    expect(rehearsalOf(scriptOf(store, [])).findings).toEqual([]);
  });

  test('that ends at its first refusal left untouched what it had listed', () => {
    const listed = { lists: 'animals', versions: ['animals:v2', 'animals:v1', 'animals:v0'] };
    const stopped = found(
      'stopped at refusal',
      store,
      [listed, remove('animals:v1'), removeById(versionId('animals:v2'))],
      {
        exitStatus: 1,
      },
    );
    expect(stopped?.refused.refusal.code).toBe('has-aliases');
    expect(names(stopped?.untouched)).toEqual(['animals:v0']);
    const wentOn = [listed, removeById(versionId('animals:v2')), remove('animals:v1')];
    expect(kindsOf(scriptOf(store, wentOn, { exitStatus: 1 }))).not.toContain('stopped at refusal');
    const wentOnToAnother = [listed, remove('animals:v0'), removeById(versionId('animals:v2'))];
    expect(kindsOf(scriptOf(store, wentOnToAnother, { exitStatus: 1 }))).not.toContain('stopped at refusal');
  });

  test('swallows a refusal that neither its status nor its output mentions', () => {
    const refused = [remove('animals:v0'), remove('animals:v1')];
    expect(found('refusals swallowed', store, refused)?.refused).toHaveLength(1);
    const [{ refusal } = { refusal: null }] = rehearsalOf(scriptOf(store, refused)).refused;
    const output = `failed: ${refusal?.sentence}\n`;
    expect(found('refusals swallowed', store, refused, { output })).toBeUndefined();
    expect(found('refusals swallowed', store, refused, { exitStatus: 1 })).toBeUndefined();
    const wrapped = output.replaceAll(' ', '\n    ');
    expect(found('refusals swallowed', store, refused, { output: wrapped })).toBeUndefined();
  });

  test('that deletes while it pages would skip as many where pages are counted', () => {
    const first = { lists: 'animals', versions: ['animals:v2', 'animals:v1'] };
    const next = { lists: 'animals', more: true, versions: ['animals:v0'] };
    const deletion = removeWithAliases('animals:v2');
    const paged = found('deleted while paging', store, [first, deletion, next]);
    expect(paged).toMatchObject({ deleted: 1 });
    expect(names(paged?.skipped)).toEqual(['animals:v0']);
    expect(found('deleted while paging', store, [first, next, deletion])).toBeUndefined();
    const again = { lists: 'animals', versions: ['animals:v1'] };
    expect(found('deleted while paging', store, [first, deletion, again, next])).toBeUndefined();
  });

  test('is told which aliases named what it deleted, even if it removed them first', () => {
    const steps = [alias('animals:v0', { remove: ['best'] }), remove('animals:v0')];
    expect(found('named version deleted', store, steps)?.versions).toMatchObject([{ aliases: ['best'] }]);
    expect(found('named version deleted', store, [removeWithAliases('animals:v2')])).toBeUndefined();
  });

  test('is told which aliases a portfolio had for what it deleted', () => {
    const { store: linked } = given(
      log('animals', { cat: '2MB' }),
      link('animals:v0', 'models/prod', ['live']),
    );
    expect(found('named version deleted', linked, [removeWithAliases('animals:v0')])?.versions).toMatchObject(
      [{ version: 'animals:v0', aliases: ['live'] }],
    );
  });

  test('is told of the runs of other projects that use what it deleted, and of references to it', () => {
    const { store: used } = given(
      log('animals', { cat: '2MB' }),
      log('pictures', [reference('cat', 'wandb-artifact://animals:v0/cat')]),
      use('animals:v0', 'other/train'),
      use('animals:v0', 'train'),
    );
    const elsewhere = found('used elsewhere', used, [removeWithAliases('animals:v0')]);
    expect(elsewhere?.used).toMatchObject([{ version: 'animals:v0', run: 'team/other/train' }]);
    expect(elsewhere?.referred).toMatchObject([{ version: 'pictures:v0', path: 'cat' }]);
  });

  test('that asks for what does not exist before it deletes cannot tell why', () => {
    const asks = { looksUp: 'animals:best', isFound: false };
    expect(found('not found', store, [asks, asks, remove('animals:v1')])?.names).toEqual(['animals:best']);
    expect(found('not found', store, [remove('animals:v1'), asks])).toBeUndefined();
    expect(
      found('not found', store, [{ looksUp: 'animals:best', isFound: true }, remove('animals:v1')]),
    ).toBeUndefined();
  });

  test('that deletes a link frees nothing', () => {
    const { store: linked } = given(log('animals', { cat: '2MB' }), link('animals:v0', 'models/prod'));
    expect(found('link deleted', linked, [unlink('models/prod:v0')])?.links).toMatchObject([
      { link: 'models/prod:v0', version: 'animals:v0' },
    ]);
    expect(found('link deleted', linked, [removeWithAliases('animals:v0')])).toBeUndefined();
  });

  test('frees little if versions that stay hold what it deleted', () => {
    expect(found('freed little', store, [removeWithAliases('animals:v0')])).toMatchObject({
      deletedBytes: 3_000_000,
      freedBytes: 0,
      keepers: [{ version: 'animals:v1' }, { version: 'animals:v2' }],
    });
    expect(found('freed little', store, [removeWithAliases('animals:v2')])).toBeUndefined();
  });

  test('deletes nothing if all that it considers is the latest of its artifact collection', () => {
    const { store: latest } = given(log('animals', { cat: '2MB' }), log('plants', { fern: '1MB' }));
    const steps = [{ lists: 'animals', versions: ['animals:v0'] }, removeById(versionId('plants:v0'))];
    expect(names(found('latest kept all', latest, steps)?.versions)).toEqual(['animals:v0', 'plants:v0']);
    const deletion = removeWithAliases('plants:v0');
    expect(found('latest kept all', latest, [...steps, deletion])).toBeUndefined();
    expect(
      found('latest kept all', store, [{ lists: 'animals', versions: ['animals:v2', 'animals:v0'] }]),
    ).toBeUndefined();
  });

  test('leaves an artifact collection empty unless it deletes that too', () => {
    const { store: one } = given(log('animals', { cat: '2MB' }));
    expect(found('collections left empty', one, [removeWithAliases('animals:v0')])).toMatchObject({
      collections: ['animals'],
    });
    expect(found('collections left empty', one, [removeCollection('animals')])).toBeUndefined();
  });

  test('touches what the service makes itself, whether or not that is refused', () => {
    const { store: system } = given(
      log('history', { rows: '1MB' }, { type: 'wandb-history' }),
      log('table', { rows: '1MB' }, { type: 'run_table' }),
      log('animals', { cat: '2MB' }),
    );
    const steps = ['history:v0', 'table:v0', 'animals:v0'].map((name) => removeById(versionId(name), true));
    expect(found('system type touched', system, steps)?.versions).toMatchObject([
      { version: 'table:v0', artifactType: 'run_table' },
      { version: 'history:v0', artifactType: 'wandb-history' },
    ]);
  });
});
