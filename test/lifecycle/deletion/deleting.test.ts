import { describe, expect, test } from 'vitest';
import { existingCollection, find, versionById } from '../../../src/store/look-up.ts';
import {
  alias,
  bytesOf,
  clock,
  link,
  log,
  remove,
  removeAll,
  removeById,
  removeWithAliases,
} from '../../support/stores/builders.ts';
import { deleted, unlinked } from '../../support/stores/events.ts';
import { collected, given, givenAmong } from '../../support/stores/given.ts';
import { collectionNamed, versionId, versionNamed } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const [v0, v1] = [versionId('animals:v0'), versionId('animals:v1')];
// The canonical example: v1 shares cat and dog with v0, and adds rat.
const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }, { aliases: ['best'] }),
];

describe('deleting a version', () => {
  test('is soft: it is PENDING_DELETION, and its files stay in the bucket, untouched (DEL-1)', () => {
    given(...animals)
      .when(remove('animals:v0'))
      .then(deleted('animals:v0'));
    const { store } = given(...animals, clock('1h'), remove('animals:v0'));
    expect(versionById(store, v0).state).toEqual({
      kind: 'PENDING_DELETION',
      deletedAt: 3_600,
      trashNumber: 0,
      stage: 'waiting',
      committedAt: 0,
    });
    expect(store.bucket.storedBytes).toBe(bytesOf('6MB'));
    expect(store.logicalBytes).toBe(bytesOf('6MB'));
  });

  test('with aliases is refused, naming them and the right call; latest counts, vN does not (DEL-2)', () => {
    given(...animals)
      .when(remove('animals:best'))
      .thenRefused('has-aliases', {
        rule: 'DEL-2',
        sentence: 'animals:v1 has the aliases best, latest.',
        blockers: ['best', 'latest'],
      });
  });

  test('with one alias is refused, naming it (DEL-2)', () => {
    given(log('animals'))
      .when(remove('animals:v0'))
      .thenRefused('has-aliases', { sentence: 'animals:v0 has the alias latest.', blockers: ['latest'] });
  });

  test('with aliases succeeds if the caller asks to delete them too (DEL-2)', () => {
    given(...animals)
      .when(removeWithAliases('animals:v1'))
      .then(deleted('animals:v1', 'best', 'latest'));
    given(...animals)
      .when(removeWithAliases('animals:v0'))
      .then(deleted('animals:v0'));
  });

  test('hides it: by index and by alias it is not found, nor deleted twice (DEL-3)', () => {
    const gone = given(...animals, removeWithAliases('animals:v1'));
    gone.when(removeWithAliases('animals:v1')).thenRefused('not-found', {
      rule: 'DEL-3',
      sentence: 'animals:v1 is PENDING_DELETION and can no longer be found by name.',
    });
    gone.when(removeWithAliases('animals:best')).thenRefused('not-found');
    expect(find(gone.store, versionNamed('animals:v1'))).toBeUndefined();
  });

  test('by its id is refused unless it is COMMITTED, with its state (DEL-4)', () => {
    const state = (name: string) =>
      ({ rule: 'DEL-4', sentence: new RegExp(`^animals:v1 is ${name}, not COMMITTED`) }) as const;
    const deletion = [...animals, removeWithAliases('animals:v1')];
    given(...deletion)
      .when(removeById(v1))
      .thenRefused('not-committed', state('PENDING_DELETION'));
    given(...deletion, clock('7d'), collected)
      .when(removeById(v1))
      .thenRefused('not-committed', state('DELETED'));
  });

  test('by its id takes the aliases into account too (DEL-2)', () => {
    given(...animals)
      .when(removeById(v1))
      .thenRefused('has-aliases', { blockers: ['best', 'latest'] });
    given(...animals)
      .when(removeById(v1, true))
      .then(deleted('animals:v1', 'best', 'latest'));
  });

  test('the last one leaves the empty sequence standing (DEL-9)', () => {
    const { store } = given(log('animals'), removeWithAliases('animals:v0'));
    expect(existingCollection(store, collectionNamed('animals'))?.listed.size).toBe(0);
  });
});

describe('a bulk deletion (DEL-14)', () => {
  test('reports the outcome of each version; one refusal does not undo the others', () => {
    const { refusal } = given(...animals).when(remove('animals:v1'));
    given(...animals)
      .when(removeAll('animals'))
      .then(deleted('animals:v0'), { type: 'deletionRefused', versionId: v1, refusal });
  });

  test('deletes aliases too if the caller asks for it, and links always (DEL-2, DEL-13)', () => {
    given(...animals, link('animals:v1', 'models/prod', ['live']))
      .when(removeAll('animals', {}, { deleteAliases: true }))
      .then(
        deleted('animals:v0'),
        unlinked('models/prod:v0', 'animals:v1', ['latest', 'live']),
        deleted('animals:v1', 'best', 'latest'),
      );
  });

  test('of a portfolio removes the links, and their sources stay (DEL-5)', () => {
    given(...animals, link('animals:v0', 'models/prod'), link('animals:v1', 'models/prod'))
      .when(removeAll('models/prod', { withAlias: 'latest' }))
      .then(unlinked('models/prod:v1', 'animals:v1', ['latest']));
  });

  test('of a portfolio reports each link that a protected alias keeps from a member; the others go (ALI-7)', () => {
    const among = givenAmong(peopleOf({ registries: { models: { mel: 'member' } } }));
    const history = [
      ...animals,
      link('animals:v0', 'models/prod', ['live']),
      link('animals:v1', 'models/prod'),
      alias('models/prod:v0', { protect: ['live'] }),
    ];
    const { refusal } = among(...history).when({ ...remove('models/prod:v0'), by: 'mel' });
    expect(refusal.code).toBe('forbidden');
    among(...history)
      .when({ ...removeAll('models/prod'), by: 'mel' })
      .then(
        { type: 'deletionRefused', versionId: v0, refusal },
        unlinked('models/prod:v1', 'animals:v1', ['latest']),
      );
    expect(given(...history, removeAll('models/prod')).store.links.size).toBe(0);
  });

  test('of a sequence reports what is held, and why, whatever the flag (ALI-7, DEL-2)', () => {
    const history = [
      ...animals,
      log('animals', { owl: '4MB' }),
      link('animals:v1', 'models/prod', ['live']),
      alias('models/prod:v0', { protect: ['live'] }),
    ];
    const held = given(...history).when(removeWithAliases('animals:v1')).refusal;
    const [bare, named] = ['animals:v1', 'animals:v2'].map(
      (version) => given(...history).when(remove(version)).refusal,
    );
    expect([held.code, bare?.code, named?.code]).toEqual([
      'protected-alias',
      'protected-alias',
      'has-aliases',
    ]);
    given(...history)
      .when(removeAll('animals'))
      .then(
        deleted('animals:v0'),
        { type: 'deletionRefused', versionId: v1, refusal: bare ?? held },
        { type: 'deletionRefused', versionId: versionId('animals:v2'), refusal: named ?? held },
      );
    given(...history)
      .when(removeAll('animals', {}, { deleteAliases: true }))
      .then(
        deleted('animals:v0'),
        { type: 'deletionRefused', versionId: v1, refusal: held },
        deleted('animals:v2', 'latest'),
      );
  });

  test('is accepted even if every part is refused, and then changes nothing', () => {
    const { store, events } = given(log('animals', { cat: '2MB' })).when(removeAll('animals'));
    expect(events.map(({ type }) => type)).toEqual(['deletionRefused']);
    expect(versionById(store, v0).state).toMatchObject({ kind: 'COMMITTED', aliases: ['latest'] });
  });

  test('of a collection that does not exist is refused', () => {
    given(...animals)
      .when(removeAll('plants'))
      .thenRefused('not-found', {
        rule: 'DEL-3',
        sentence: 'There is no artifact collection plants.',
      });
  });

  test('that picks nothing changes nothing', () => {
    given(...animals)
      .when(removeAll('animals', { withAlias: 'worst' }))
      .thenNothing();
  });
});

describe('the canonical example', () => {
  const collect = [clock('7d'), collected] as const;

  test('deleting v1 frees 3 MB', () => {
    const { store } = given(...animals, removeWithAliases('animals:v1'), ...collect);
    expect(store.bucket.storedBytes).toBe(bytesOf('3MB'));
  });

  test('deleting v0 instead frees nothing, and v1 accounts for all 6 MB', () => {
    const { store } = given(
      ...animals,
      alias('animals:v0', { add: ['old'] }),
      removeWithAliases('animals:v0'),
      ...collect,
    );
    expect(store.bucket.storedBytes).toBe(bytesOf('6MB'));
    expect(store.logicalBytes).toBe(bytesOf('6MB'));
    expect(versionById(store, v1).manifest.sizeBytes).toBe(bytesOf('6MB'));
  });
});
