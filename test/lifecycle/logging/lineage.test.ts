import { describe, expect, test } from 'vitest';
import { runById, versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  begin,
  draft,
  link,
  log,
  removeCollection,
  removeRun,
  removeWithAliases,
  use,
} from '../../support/stores/builders.ts';
import { deleted, lineageOf, runGone } from '../../support/stores/events.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { runId, versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const v0 = versionId('animals:v0');
const animals = log('animals', { cat: '2MB' }, { run: 'run-1' });

describe('a run', () => {
  test('that logs a version is noted once, on both sides', () => {
    const { store } = given(animals);
    expect(versionById(store, v0).loggedBy).toBe(runId('run-1'));
    expect([...(store.runs.get(runId('run-1'))?.logged.keys() ?? [])]).toEqual([v0]);
    expect([...(store.runs.get(runId('run-1'))?.used.keys() ?? [])]).toEqual([]);
  });

  test('is noted by every way of logging', () => {
    given(animals)
      .when(draft('animals:v0', { add: { dog: '1MB' } }, { run: 'zoo/run-2' }))
      .thenTypes(['versionBegun', 'lineageRecorded', 'versionCommitted', 'aliasPut']);
    given(animals)
      .when(begin('animals', { dog: '1MB' }, { run: 'run-1' }))
      .thenTypes(['versionBegun', 'lineageRecorded']);
  });

  test('that uses a version is noted, by whatever name it used it', () => {
    given(animals, link('animals:v0', 'prod'))
      .when(use('prod:latest', 'run-2'))
      .then(lineageOf('run-2', 'used', 'animals:v0'));
  });

  test('that uses it again is noted once', () => {
    given(animals, use('animals:v0', 'run-2')).when(use('animals:latest', 'run-2')).thenNothing();
  });

  test('may use what it logged, and several may use one version', () => {
    const { store } = given(animals, use('animals:v0', 'run-1'), use('animals:v0', 'run-2'));
    expect(new Set(versionById(store, v0).usedBy.keys())).toEqual(new Set([runId('run-1'), runId('run-2')]));
    expect(versionById(store, v0).loggedBy).toBe(runId('run-1'));
  });

  test('of another project or entity is another run', () => {
    given(animals, use('animals:v0', 'run-2'))
      .when(use('animals:v0', 'zoo/run-2'))
      .then(lineageOf('zoo/run-2', 'used', 'animals:v0'));
  });
});

describe('the owner of a run (ACL-2)', () => {
  const among = givenAmong(peopleOf({ team: { ann: 'admin', bob: 'member', eve: 'member' } }));
  const ownerOf = (store: Store, run: string) => runById(store, runId(run)).owner;

  test('is who began it, by whatever began it', () => {
    const { store } = among(
      log('animals', { cat: '2MB' }, { run: 'by-log', by: 'bob' }),
      begin('animals', { dog: '1MB' }, { run: 'by-begin', by: 'eve' }),
      draft('animals:v0', { add: { rat: '3MB' } }, { run: 'by-draft', by: 'ann' }),
      use('animals:v0', 'by-use', 'eve'),
      use('animals:v0', 'by-nobody'),
    );
    expect(
      ['by-log', 'by-begin', 'by-draft', 'by-use', 'by-nobody'].map((run) => ownerOf(store, run)),
    ).toEqual(['bob', 'eve', 'ann', 'eve', null]);
  });

  test('stays the same, no matter who continues it', () => {
    const { store } = among(
      log('animals', { cat: '2MB' }, { run: 'run-1', by: 'bob' }),
      log('animals', { dog: '1MB' }, { run: 'run-1', by: 'ann' }),
      use('animals:v0', 'run-1', 'eve'),
    );
    expect(ownerOf(store, 'run-1')).toBe('bob');
    const { store: nobodys } = among(animals, use('animals:v0', 'run-1', 'eve'));
    expect(ownerOf(nobodys, 'run-1')).toBe(null);
  });

  test('and the lineage stay after the deletion of the run, whose id nobody can use again (RUN-2)', () => {
    const history = [
      log('animals', { cat: '2MB' }, { run: 'run-1', by: 'bob' }),
      removeRun('run-1'),
    ] as const;
    const { store } = among(...history);
    expect(ownerOf(store, 'run-1')).toBe('bob');
    expect([...runById(store, runId('run-1')).logged.keys()]).toEqual([v0]);
    for (const by of ['bob', 'eve', 'ann'])
      among(...history)
        .when(log('animals', { dog: '1MB' }, { run: 'run-1', by }))
        .thenRefused('run-deleted', { rule: 'RUN-2' });
  });

  test('is noted with the edge', () => {
    among(animals)
      .when(use('animals:v0', 'run-2', 'bob'))
      .then(lineageOf('run-2', 'used', 'animals:v0', 'bob'));
  });

  test('and the admins alone may delete it', () => {
    const run = log('animals', { cat: '2MB' }, { run: 'run-1', by: 'bob' });
    for (const by of ['bob', 'ann', null])
      among(run)
        .when({ ...removeRun('run-1'), by })
        .then(runGone('run-1'));
    among(run)
      .when({ ...removeRun('run-1', { artifacts: true }), by: 'eve' })
      .thenRefused('forbidden', {
        rule: 'ACL-2',
        sentence: 'eve can end or delete only their own runs, and run-1 belongs to bob.',
        blockers: [],
      });
  });
});

describe('having been used (DEL-12)', () => {
  const used = [animals, use('animals:v0', 'run-2')];

  test('does not hold up a deletion', () => {
    given(...used)
      .when(removeWithAliases('animals:v0'))
      .then(deleted('animals:v0', 'latest'));
  });

  test('leaves an edge to the tombstone', () => {
    const { store } = given(...used, removeCollection('animals'));
    expect([...versionById(store, v0).usedBy.keys()]).toEqual([runId('run-2')]);
    expect([...(store.runs.get(runId('run-2'))?.used.keys() ?? [])]).toEqual([v0]);
  });
});

describe('a use that is refused', () => {
  test('is one of an artifact that cannot be found', () => {
    given(animals).when(use('animals:v1', 'run-2')).thenRefused('not-found', { rule: 'DEL-3' });
    given(animals, removeWithAliases('animals:v0'))
      .when(use('animals:v0', 'run-2'))
      .thenRefused('not-found', {
        sentence: 'animals:v0 is PENDING_DELETION and can no longer be found by name.',
      });
  });

  test.each(['', 'run#2', 'a%/run-2', '?/zoo/run-2', 'two\nlines', 'x'.repeat(129)])(
    'is that by a run that cannot be called %j',
    (run) => {
      given(animals).when(use('animals:v0', run)).thenRefused('bad-name', { rule: 'LOG-1' });
      given(animals)
        .when(log('animals', { dog: '1MB' }, { run }))
        .thenRefused('bad-name');
    },
  );

  test('names the part of the name that no run can have', () => {
    const sentence = (part: string) => new RegExp(`^Invalid entity, project, or run name "${part}":`);
    for (const [run, part] of [
      ['run#2', 'run#2'],
      ['a%/run-2', 'a%'],
    ] as const) {
      given(animals)
        .when(use('animals:v0', run))
        .thenRefused('bad-name', { sentence: sentence(part) });
      given(animals)
        .when(log('animals', {}, { run }))
        .thenRefused('bad-name', { sentence: sentence(part) });
    }
  });
});
