import { describe, expect, test } from 'vitest';
import { versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  alias,
  begin,
  clock,
  draft,
  link,
  log,
  remove,
  removeRun,
  removeWithAliases,
  start,
  use,
} from '../../support/stores/builders.ts';
import { deleted, runGone, unlinked } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import { runId, versionId } from '../../support/stores/names.ts';

const states = (store: Store, ...names: readonly string[]) =>
  names.map((name) => versionById(store, versionId(name)).state.kind);

describe('deleting a run (DEL-10)', () => {
  const trained = [
    log('animals', { cat: '2MB' }, { run: 'run-1', aliases: ['best'] }),
    log('net', { weights: '5MB' }, { run: 'run-2' }),
    use('animals:v0', 'run-2'),
    log('net', { weights: '6MB more' }, { run: 'run-2', aliases: ['best'] }),
  ];

  test('leaves its artifacts', () => {
    const when = given(...trained)
      .when(removeRun('run-2'))
      .then(runGone('run-2'));
    expect(states(when.store, 'animals:v0', 'net:v0', 'net:v1')).toEqual([
      'COMMITTED',
      'COMMITTED',
      'COMMITTED',
    ]);
  });

  test('with its artifacts deletes what it logged, aliases and all, and not what it used', () => {
    const when = given(...trained)
      .when(removeRun('run-2', { artifacts: true }))
      .then(deleted('net:v0'), deleted('net:v1', 'best', 'latest'), runGone('run-2'));
    expect(states(when.store, 'animals:v0')).toEqual(['COMMITTED']);
  });

  test('with its artifacts takes along the links to them, and its uploads, in whatever order', () => {
    const { events } = given(
      ...trained,
      link('net:v0', 'prod'),
      begin('animals', { dog: '1MB' }, { run: 'run-2' }),
    ).when(removeRun('run-2', { artifacts: true }));
    expect(new Set(events)).toEqual(
      new Set([
        unlinked('prod:v0', 'net:v0', ['latest']),
        deleted('net:v0'),
        deleted('net:v1', 'best', 'latest'),
        deleted('animals:v1'),
        runGone('run-2'),
      ]),
    );
    expect(events.at(-1)).toEqual(runGone('run-2'));
  });

  test('with its artifacts deletes in the order of the names of the sequences, and of each by index', () => {
    const many = Array.from({ length: 11 }, (_none, at) =>
      log('net', { weights: `${at}MB w${at}` }, { run: 'run-1' }),
    );
    const others = ['zebra', 'ant', 'Zebra'].map((name) => log(name, {}, { run: 'run-1' }));
    const { events } = given(...others, ...many).when(removeRun('run-1', { artifacts: true }));
    const names = ['Zebra:v0', 'ant:v0', ...many.map((_log, at) => `net:v${at}`), 'zebra:v0'];
    expect(events.slice(0, -1).map((event) => event.type === 'versionDeleted' && event.versionId)).toEqual(
      names.map(versionId),
    );
  });

  test('with its artifacts leaves out what was deleted or collected before', () => {
    given(...trained, remove('net:v0'), clock('7d'), collected, removeWithAliases('net:v1'))
      .when(removeRun('run-2', { artifacts: true }))
      .then(runGone('run-2'));
  });

  test('that only used versions deletes nothing else', () => {
    given(...trained, use('animals:v0', 'reader'))
      .when(removeRun('reader', { artifacts: true }))
      .then(runGone('reader'));
  });

  test('keeps its edges in the lineage (DEL-12)', () => {
    const { store } = given(...trained, removeRun('run-2', { artifacts: true }));
    expect([...versionById(store, versionId('animals:v0')).usedBy.keys()]).toEqual([runId('run-2')]);
    expect(versionById(store, versionId('net:v0')).loggedBy).toBe(runId('run-2'));
    expect(store.runs.get(runId('run-2'))?.logged.size).toBe(2);
  });

  test('with its artifacts leaves what it logged again, which another run created (RUN-3)', () => {
    const night = log('animals', { cat: '2MB' }, { run: 'night-2' });
    given(...trained, night)
      .when(removeRun('night-2', { artifacts: true }))
      .then(runGone('night-2'));
    given(...trained, night, removeRun('night-2'))
      .when(removeRun('run-1', { artifacts: true }))
      .then(deleted('animals:v0', 'best', 'latest'), runGone('run-1'));
  });

  test('does not make its id free: a log, use or start with it is refused (RUN-2)', () => {
    for (const command of [
      use('animals:v0', 'run-2'),
      log('net', { weights: '7MB most' }, { run: 'run-2' }),
      log('net', { weights: '6MB more' }, { run: 'run-2' }),
      begin('net', { weights: '7MB most' }, { run: 'run-2' }),
      draft('animals:v0', { add: { more: '1MB' } }, { run: 'run-2' }),
      start('run-2'),
    ])
      for (const flags of [{}, { artifacts: true }])
        given(...trained, removeRun('run-2', flags))
          .when(command)
          .thenRefused('run-deleted', {
            rule: 'RUN-2',
            sentence: 'The run run-2 was deleted, and its id can never be used again.',
          });
  });

  test('that is not there, or no longer, is refused', () => {
    const refusal = {
      rule: 'DEL-10',
      sentence: 'There is no run run-9.',
      blockers: [],
    } as const;
    for (const flags of [{}, { artifacts: true }]) {
      given(...trained)
        .when(removeRun('run-9', flags))
        .thenRefused('not-found', refusal);
      given(...trained, removeRun('run-2'))
        .when(removeRun('run-2', flags))
        .thenRefused('not-found', { sentence: 'There is no run run-2.' });
    }
    for (const name of ['zoo/run-2', 'wild/demo/run-2', '__proto__', '', 'two\nlines']) {
      given(...trained)
        .when(removeRun(name))
        .thenRefused('not-found', { rule: 'DEL-10' });
    }
  });

  test('with its artifacts is refused as a whole because of a protected alias; without them it is not (ALI-7)', () => {
    const held = [
      ...trained,
      link('net:v1', 'models/prod', ['live']),
      alias('models/prod:v0', { protect: ['live'] }),
    ];
    given(...held)
      .when(removeRun('run-2', { artifacts: true }))
      .thenRefused('protected-alias', {
        rule: 'ALI-7',
        sentence:
          'Nobody can delete the run run-2 with its artifacts: the alias live of models/prod:v0 is protected.',
        blockers: ['models/prod:v0 (live)'],
      });
    given(...held)
      .when(removeRun('run-2'))
      .then(runGone('run-2'));
    given(...held)
      .when(removeRun('run-1', { artifacts: true }))
      .then(deleted('animals:v0', 'best', 'latest'), runGone('run-1'));
  });
});
