import { describe, expect, test } from 'vitest';
import { versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import { clock, finish, log, server, start } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { collectionNamed, runId, versionId } from '../../support/stores/names.ts';

const ended = (run: string, state: 'finished' | 'failed' | 'crashed') =>
  ({ type: 'runFinished', runId: runId(run), state }) as const;

describe('the history of a run (DEL-17)', () => {
  const on = server({ runHistoryArtifacts: true });
  const historyIn = (store: Store, collection: string) =>
    [...store.collections.unorderedRows()].find(({ name }) => name.collection === collection);

  test('is not logged, unless the setting is on', () => {
    const { store } = given(start('run-1')).when(finish('run-1')).then(ended('run-1', 'finished'));
    expect(store.collections.size).toBe(0);
  });

  test('is logged by the run when it ends', () => {
    const { store } = given(on, start('lab/run-1'))
      .when(finish('lab/run-1', 'crashed'))
      .thenTypes([
        'runFinished',
        'collectionCreated',
        'versionBegun',
        'lineageRecorded',
        'versionCommitted',
        'aliasPut',
      ]);
    const history = versionId('lab/run-run-1-history:v0');
    expect(versionById(store, history)).toMatchObject({
      loggedBy: runId('lab/run-1'),
      manifest: { sizeBytes: 10_000 },
    });
    expect(historyIn(store, 'run-run-1-history')).toMatchObject({
      name: collectionNamed('lab/run-run-1-history'),
      artifactType: 'wandb-history',
    });
  });

  test('is not logged again by an end that corrects the first, but by that of a resumed run', () => {
    const once = [on, start('run-1'), finish('run-1')];
    given(...once)
      .when(finish('run-1', 'failed'))
      .then(ended('run-1', 'failed'));
    const { store } = given(...once, clock('1h'), start('run-1')).when(finish('run-1'));
    expect([...(historyIn(store, 'run-run-1-history')?.listed.keys() ?? [])]).toEqual([0, 1]);
  });

  test('is in a collection with the key of the run if the id of the run is not for a collection', () => {
    for (const id of ['two words', 'naïve', '😀', 'x'.repeat(128)]) {
      const { store } = given(on, start(id)).when(finish(id));
      const usual = historyIn(store, `run-${id}-history`);
      const other = historyIn(store, `run-${runId(id)}-history`);
      expect(
        [usual, other].filter((one) => one !== undefined),
        id,
      ).toHaveLength(1);
    }
  });

  test('is refused, and so is the end, where its name belongs to another type', () => {
    given(on, log('run-run-1-history'), start('run-1'))
      .when(finish('run-1'))
      .thenRefused('type-mismatch', { rule: 'LOG-4' });
  });
});
