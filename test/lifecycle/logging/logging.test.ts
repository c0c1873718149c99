import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { existingCollection, versionById } from '../../../src/store/look-up.ts';
import {
  bytesOf,
  clock,
  draft,
  log,
  removeAll,
  removeCollection,
  removeWithAliases,
  server,
} from '../../support/stores/builders.ts';
import { begun, committed, created, lineageOf, put, reused, taken } from '../../support/stores/events.ts';
import { collected, given, type History } from '../../support/stores/given.ts';
import { collectionNamed, objectId, sharedObjectId, versionId } from '../../support/stores/names.ts';

const catAndDog = log('animals', { cat: '2MB', dog: '1MB' });

describe('a log of a new name', () => {
  test('creates the collection and v0, with latest and the aliases given (LOG-1, ALI-1)', () => {
    given()
      .when(log('animals', { cat: '2MB' }, { type: 'zoo', aliases: ['best'], tags: ['raw'], run: 'run-1' }))
      .then(
        created('animals', { type: 'zoo' }),
        begun('animals:v0', { cat: '2MB' }, { uploaded: ['cat'] }, { aliases: ['best'], tags: ['raw'] }),
        lineageOf('run-1', 'logged', 'animals:v0'),
        committed('animals:v0'),
        put('animals:v0', 'latest'),
        put('animals:v0', 'best'),
      );
  });

  test('may be of no files at all, and is then a version like any other', () => {
    given()
      .when(log('animals'))
      .then(
        created('animals'),
        begun('animals:v0', {}, {}),
        committed('animals:v0'),
        put('animals:v0', 'latest'),
      );
  });
});

describe('a log under an existing name', () => {
  test('takes the next index where the content is another, and moves latest there (LOG-1, ALI-1)', () => {
    given(catAndDog)
      .when(log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }))
      .then(
        begun(
          'animals:v1',
          { cat: '2MB', dog: '1MB', rat: '3MB' },
          { uploaded: ['rat'], alreadyStored: ['cat', 'dog'] },
        ),
        committed('animals:v1'),
        put('animals:v1', 'latest', 0),
      );
  });

  test('stores only what is new: v1 tracks 6 MB, and stores 3 MB more (LOG-6)', () => {
    const { store } = given(catAndDog, log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }));
    expect(versionById(store, versionId('animals:v1')).manifest.sizeBytes).toBe(bytesOf('6MB'));
    expect(store.bucket.storedBytes).toBe(bytesOf('6MB'));
    expect(store.logicalBytes).toBe(bytesOf('9MB'));
  });

  test('is refused under another type, and accepted under its own or none (LOG-4)', () => {
    const exists = given(log('animals', {}, { type: 'zoo' }));
    exists
      .when(log('animals', { cat: '2MB' }, { type: 'model' }))
      .thenRefused('type-mismatch', { rule: 'LOG-4' });
    exists.when(log('animals', {}, { type: 'zoo' })).then(reused('animals:v0'));
    exists.when(log('animals')).then(reused('animals:v0'));
  });
});

describe('indexes', () => {
  test('are never reused or renumbered, whatever was deleted and collected (LOG-2)', () => {
    const deletions = [
      removeWithAliases('animals:latest'),
      removeAll('animals', {}, { deleteAliases: true }),
      removeCollection('animals'),
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(null, null, collected, ...deletions), { maxLength: 12 }),
        (steps) => {
          const history: History[] = [server({ latestAfterDelete: 'resolve-newest' })];
          const indexes: number[] = [];
          for (const [at, step] of steps.entries()) {
            const before = given(...history);
            const listed = existingCollection(before.store, collectionNamed('animals'))?.listed.size ?? 0;
            if (step === null) {
              const logging = log('animals', { cat: `${at}B content-${at}` });
              for (const event of before.when(logging).events) {
                if (event.type === 'versionCommitted') indexes.push(event.index);
              }
              history.push(logging);
            } else if (step === collected) {
              history.push(clock('7d'), collected);
            } else if (listed > 0) {
              history.push(step);
            }
          }
          expect(indexes).toEqual(indexes.map((_index, at) => at));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a log of content that is there already', () => {
  test('in the newest version creates no version; the given aliases move to that one (LOG-3)', () => {
    given(log('animals', { cat: '2MB' }, { aliases: ['best'] }), catAndDog)
      .when(log('animals', { dog: '1MB', cat: '2MB' }, { aliases: ['best', 'new'], tags: ['ignored'] }))
      .then(reused('animals:v1'), put('animals:v1', 'best', 0), put('animals:v1', 'new'));
  });

  test('only in an older version creates a new one, which costs no bytes (LOG-3, LOG-6)', () => {
    given(catAndDog, log('animals', { dog: '1MB' }))
      .when(catAndDog)
      .then(
        begun('animals:v2', { cat: '2MB', dog: '1MB' }, { alreadyStored: ['cat', 'dog'] }),
        committed('animals:v2'),
        put('animals:v2', 'latest', 1),
      );
  });

  test('only in a deleted version takes a new index and shares the bytes that still exist (LOG-3, LOG-6)', () => {
    given(catAndDog, removeWithAliases('animals:v0'))
      .when(catAndDog)
      .then(
        begun('animals:v1', { cat: '2MB', dog: '1MB' }, { alreadyStored: ['cat', 'dog'] }),
        committed('animals:v1'),
        put('animals:v1', 'latest'),
      );
  });

  test('only in a swept version is uploaded again (LOG-6)', () => {
    given(catAndDog, removeWithAliases('animals:v0'), clock('7d'), collected)
      .when(catAndDog)
      .then(
        begun('animals:v1', { cat: '2MB', dog: '1MB' }, { uploaded: ['cat', 'dog'] }),
        committed('animals:v1'),
        put('animals:v1', 'latest'),
      );
  });

  test('moves latest back to the newest version if it was missing', () => {
    given(catAndDog, taken('animals:v0', 'latest'))
      .when(catAndDog)
      .then(reused('animals:v0'), put('animals:v0', 'latest'));
  });
});

describe('what is shared (LOG-7)', () => {
  const plants = log('plants', { cat: '2MB' });
  const uploads = (...history: readonly History[]) =>
    given(...history)
      .when(plants)
      .events.flatMap((event) => (event.type === 'versionBegun' ? [event.uploaded] : []));

  test('is shared within one sequence: two sequences with equal bytes store them twice', () => {
    expect(uploads(catAndDog)).toEqual([[objectId('plants', 'cat')]]);
  });

  test('is shared across the entity, where the setting says so, and not with another entity', () => {
    const sharing = server({ sharing: 'entity' });
    expect(uploads(sharing, catAndDog)).toEqual([[]]);
    expect(uploads(sharing, log('wild/demo/animals', { cat: '2MB' }))).toEqual([
      [sharedObjectId('team', 'cat')],
    ]);
  });
});

describe('a draft (LOG-10)', () => {
  const base = [catAndDog, log('animals', { owl: '4MB' })];

  test('starts from its base, not from the newest, and shares what is unchanged', () => {
    given(...base)
      .when(
        draft(
          'animals:v0',
          { add: { cat: '3MB tabby', rat: '3MB' }, remove: ['dog'] },
          { aliases: ['best'] },
        ),
      )
      .then(
        begun(
          'animals:v2',
          { cat: '3MB tabby', rat: '3MB' },
          { uploaded: ['tabby', 'rat'] },
          { aliases: ['best'] },
        ),
        committed('animals:v2'),
        put('animals:v2', 'latest', 1),
        put('animals:v2', 'best'),
      );
    given(...base)
      .when(draft('animals:v0', { add: { rat: '3MB' } }))
      .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
  });

  test('that does not change the newest version creates no version (LOG-3)', () => {
    given(...base)
      .when(draft('animals:v1'))
      .then(reused('animals:v1'));
  });

  test('takes its base by an alias too', () => {
    given(...base)
      .when(draft('animals:latest', { remove: ['owl'] }))
      .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
  });

  test('is refused where its base cannot be found, or has no such path to remove', () => {
    given(...base)
      .when(draft('animals:v9'))
      .thenRefused('not-found', { rule: 'DEL-3' });
    given(...base)
      .when(draft('animals:v0', { remove: ['cat', '__proto__'] }))
      .thenRefused('not-found', {
        rule: 'LOG-10',
        sentence: 'animals:v0 has no path "__proto__" to remove.',
      });
  });
});
