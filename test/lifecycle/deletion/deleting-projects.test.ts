import { describe, expect, test } from 'vitest';
import { existingCollection, versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  alias,
  begin,
  link,
  log,
  removeCollection,
  removeProject,
  removeRun,
  use,
} from '../../support/stores/builders.ts';
import { collectionGone, created, deleted, runGone, unlinked } from '../../support/stores/events.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { collectionNamed, versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';
import { plain } from '../../support/stores/plain.ts';

// The canonical example: v1 shares cat and dog with v0, and adds rat.
const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }, { aliases: ['best'] }),
];
const states = (store: Store, ...names: readonly string[]) =>
  names.map((name) => versionById(store, versionId(name)).state.kind);

describe('deleting a project (DEL-11)', () => {
  const zoo = [
    log('zoo/birds', { owl: '4MB' }, { run: 'zoo/run-1' }),
    log('zoo/animals', { cat: '2MB' }, { aliases: ['best'] }),
  ];

  test('deletes all its sequences, and the runs; links elsewhere to its versions disappear', () => {
    const when = given(...zoo, ...animals, link('zoo/animals:v0', 'prod'))
      .when(removeProject('zoo'))
      .then(
        unlinked('prod:v0', 'zoo/animals:v0', ['latest']),
        deleted('zoo/animals:v0', 'best', 'latest'),
        collectionGone('zoo/animals'),
        deleted('zoo/birds:v0', 'latest'),
        collectionGone('zoo/birds'),
        runGone('zoo/run-1'),
      );
    expect(states(when.store, 'animals:v0', 'animals:v1')).toEqual(['COMMITTED', 'COMMITTED']);
    expect(existingCollection(when.store, collectionNamed('prod'))?.listed.size).toBe(0);
  });

  test('of portfolios removes their links, and leaves what they linked to', () => {
    const when = given(...animals, link('animals:v0', 'models/prod'), link('animals:v1', 'models/beta'))
      .when(removeProject('models'))
      .then(
        unlinked('models/beta:v0', 'animals:v1', ['latest']),
        collectionGone('models/beta'),
        unlinked('models/prod:v0', 'animals:v0', ['latest']),
        collectionGone('models/prod'),
      );
    expect(states(when.store, 'animals:v0', 'animals:v1')).toEqual(['COMMITTED', 'COMMITTED']);
  });

  test.each(['zoo/a-portfolio', 'zoo/z-portfolio'])(
    'removes a link from one of its own to one of its own once, whichever comes first: %s',
    (portfolio) => {
      const { events, store } = given(...zoo, link('zoo/birds:v0', portfolio)).when(removeProject('zoo'));
      expect(events.filter(({ type }) => type === 'linkRemoved')).toEqual([
        unlinked(`${portfolio}:v0`, 'zoo/birds:v0', ['latest']),
      ]);
      expect(events.filter(({ type }) => type === 'collectionDeleted')).toHaveLength(3);
      expect(store.links.size).toBe(0);
    },
  );

  test('takes uploads along, and leaves out what was deleted before', () => {
    given(...zoo, removeCollection('zoo/birds'), removeRun('zoo/run-1'), begin('zoo/animals', { dog: '1MB' }))
      .when(removeProject('zoo'))
      .then(
        deleted('zoo/animals:v0', 'best', 'latest'),
        deleted('zoo/animals:v1'),
        collectionGone('zoo/animals'),
      );
  });

  test('of runs alone deletes them, and nothing that they used elsewhere', () => {
    const when = given(...animals, use('animals:v0', 'zoo/reader'))
      .when(removeProject('zoo'))
      .then(runGone('zoo/reader'));
    expect(states(when.store, 'animals:v0')).toEqual(['COMMITTED']);
  });

  test('leaves what its runs logged in other projects (DEL-10)', () => {
    const when = given(log('animals', { cat: '2MB' }, { run: 'zoo/run-1' }))
      .when(removeProject('zoo'))
      .then(runGone('zoo/run-1'));
    expect(states(when.store, 'animals:v0')).toEqual(['COMMITTED']);
  });

  test('is of one entity: that of another is another project', () => {
    given(...zoo, log('wild/zoo/animals'))
      .when(removeProject('wild/zoo'))
      .then(deleted('wild/zoo/animals:v0', 'latest'), collectionGone('wild/zoo/animals'));
  });

  test('that is empty, or no longer has anything, is refused', () => {
    const refusal = { rule: 'DEL-11', blockers: [] } as const;
    given(...zoo)
      .when(removeProject('farm'))
      .thenRefused('not-found', { ...refusal, sentence: 'There is no project farm, or it is empty.' });
    given(...zoo, removeProject('zoo'))
      .when(removeProject('zoo'))
      .thenRefused('not-found', { ...refusal, sentence: 'There is no project zoo, or it is empty.' });
    for (const name of ['__proto__', '', 'two\nlines', 'wild/zoo']) {
      given(...zoo)
        .when(removeProject(name))
        .thenRefused('not-found', refusal);
    }
  });

  test('lets the project be used again, and its indexes go on (DEL-16, LOG-2)', () => {
    const again = given(...zoo, removeProject('zoo')).when(log('zoo/animals', { cat: '2MB' }));
    expect(again.events[0]).toEqual(created('zoo/animals', { again: true }));
    expect(again.store.versions.has(versionId('zoo/animals:v1'))).toBe(true);
    given(...zoo, removeProject('zoo'), log('zoo/animals', { cat: '2MB' }))
      .when(removeProject('zoo'))
      .then(deleted('zoo/animals:v1', 'latest'), collectionGone('zoo/animals'));
  });

  test('is refused as a whole because of a protected alias on a link to its versions; a registry is not (ALI-7)', () => {
    const elsewhere = given(
      ...zoo,
      ...animals,
      link('zoo/birds:v0', 'models/prod', ['live']),
      link('animals:v0', 'models/beta', ['live']),
      alias('models/prod:v0', { protect: ['live'] }),
    );
    const when = elsewhere.when(removeProject('zoo')).thenRefused('protected-alias', {
      rule: 'ALI-7',
      sentence: 'Nobody can delete the project zoo: the alias live of models/prod:v0 is protected.',
      blockers: ['models/prod:v0 (live)'],
    });
    expect(plain(when.store)).toEqual(plain(elsewhere.store));
    elsewhere
      .when(removeProject('models'))
      .thenTypes(['linkRemoved', 'collectionDeleted', 'linkRemoved', 'collectionDeleted']);
    elsewhere
      .when(removeProject('demo'))
      .thenTypes(['linkRemoved', 'versionDeleted', 'versionDeleted', 'collectionDeleted']);
  });

  test('is not the affair of a member, in the team or in a registry (ACL-3, ACL-4)', () => {
    const among = givenAmong(
      peopleOf({
        team: { ann: 'admin', bob: 'member' },
        registries: { models: { rob: 'admin', bob: 'member' } },
      }),
    );
    const history = [...zoo, link('zoo/birds:v0', 'models/prod')];
    among(...history)
      .when({ ...removeProject('zoo'), by: 'bob' })
      .thenRefused('forbidden', { rule: 'ACL-3' });
    among(...history)
      .when({ ...removeProject('models'), by: 'bob' })
      .thenRefused('forbidden', { rule: 'ACL-4' });
    expect(among(...history).when({ ...removeProject('zoo'), by: 'ann' }).accepted).toBe(true);
    expect(among(...history).when({ ...removeProject('models'), by: 'rob' }).accepted).toBe(true);
  });
});
