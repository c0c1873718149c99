import { describe, expect, test } from 'vitest';
import { versionById } from '../../src/store/look-up.ts';
import { begin, draft, link, log, removeCollection, removeWithAliases, use } from '../support/builders.ts';
import { deleted, noted } from '../support/events.ts';
import { given } from '../support/given.ts';
import { runId, versionId } from '../support/names.ts';

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
      .thenTypes(['versionBegun', 'lineageNoted', 'versionCommitted', 'aliasPut']);
    given(animals)
      .when(begin('animals', { dog: '1MB' }, { run: 'run-1' }))
      .thenTypes(['versionBegun', 'lineageNoted']);
  });

  test('that uses a version is noted, by whatever name it used it', () => {
    given(animals, link('animals:v0', 'prod'))
      .when(use('prod:latest', 'run-2'))
      .then(noted('run-2', 'used', 'animals:v0'));
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
      .then(noted('zoo/run-2', 'used', 'animals:v0'));
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
  test('is that of what cannot be found', () => {
    given(animals).when(use('animals:v1', 'run-2')).thenRefused('not-found', { rule: 'DEL-3' });
    given(animals, removeWithAliases('animals:v0'))
      .when(use('animals:v0', 'run-2'))
      .thenRefused('not-found', {
        sentence: 'animals:v0 is PENDING_DELETION, and can no longer be found by name.',
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
});
