import { describe, expect, test } from 'vitest';
import { find, versionAt, versionById } from '../../../src/store/look-up.ts';
import {
  abandon,
  alias,
  begin,
  bytesOf,
  clock,
  commit,
  file,
  link,
  log,
  reference,
  remove,
  removeById,
  removeCollection,
  removeWithAliases,
  server,
  use,
} from '../../support/stores/builders.ts';
import {
  abandoned,
  begun,
  collectionGone,
  committed,
  created,
  deleted,
  lineageOf,
  put,
  reused,
} from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import { objectId, versionId, versionNamed } from '../../support/stores/names.ts';

const [v0, v1] = [versionId('animals:v0'), versionId('animals#1')];
const uploading = [log('animals', { cat: '2MB' }), begin('animals', { dog: '1MB' }, { aliases: ['best'] })];

describe('a begun upload (LOG-5)', () => {
  test('creates a PENDING version without an index, and moves no alias', () => {
    given()
      .when(begin('animals', { cat: '2MB' }, { aliases: ['best'], run: 'run-1' }))
      .then(
        created('animals'),
        begun('animals#0', { cat: '2MB' }, { uploaded: ['cat'] }, { aliases: ['best'] }),
        lineageOf('run-1', 'logged', 'animals#0'),
      );
    expect(versionById(given(...uploading).store, v1).index).toBeNull();
  });

  test('cannot be found by name, by any command', () => {
    const sentence = 'animals#1 is still being uploaded and cannot be found by name.';
    const commandsOn = (name: string) => [
      remove(name),
      alias(name, { add: ['x'] }),
      link(name, 'prod'),
      use(name, 'run-1'),
    ];
    for (const command of commandsOn('animals#1')) {
      given(...uploading)
        .when(command)
        .thenRefused('not-found', { rule: 'LOG-5', sentence });
    }
    for (const command of commandsOn('animals:v1')) {
      given(...uploading)
        .when(command)
        .thenRefused('not-found', { sentence: 'There is no version animals:v1.' });
    }
    expect(find(given(...uploading).store, versionNamed('animals:best'))).toBeUndefined();
    expect(find(given(...uploading).store, versionNamed('animals:latest'))?.version.id).toBe(v0);
  });

  test('holds and stores what it lists already, and is not counted as logical', () => {
    const { store } = given(...uploading);
    expect(store.objects.get(objectId('animals', 'dog'))?.holders).toBe(1);
    expect(store.bucket.storedBytes).toBe(bytesOf('3MB'));
    expect(store.logicalBytes).toBe(bytesOf('2MB'));
  });

  test('of the newest content is not begun at all (LOG-3)', () => {
    given(...uploading)
      .when(begin('animals', { cat: '2MB' }, { aliases: ['new'] }))
      .then(reused('animals:v0'), put('animals:v0', 'new'));
  });

  test('is not compared with: the same content may be under upload twice', () => {
    given(...uploading)
      .when(begin('animals', { dog: '1MB' }))
      .then(begun('animals#2', { dog: '1MB' }, { alreadyStored: ['dog'] }));
  });

  test('keeps the objects of a deleted version that it counts as already stored (GC-9)', () => {
    const { store } = given(
      log('animals', { cat: '2MB' }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      begin('animals', { cat: '2MB' }),
      collected,
      commit(v1),
    );
    expect(store.versions.get(v0)?.state.kind).toBe('DELETED');
    expect(store.bucket.storedBytes).toBe(bytesOf('2MB'));
  });
});

describe('a commit', () => {
  test('lets the version be found, and puts latest and the aliases that were asked for (ALI-1)', () => {
    given(...uploading)
      .when(commit(v1))
      .then(committed('animals#1', 1), put('animals:v1', 'latest', 0), put('animals:v1', 'best'));
  });

  test('takes an alias that was put elsewhere in the meantime', () => {
    given(...uploading, alias('animals:v0', { add: ['best'] }))
      .when(commit(v1))
      .then(committed('animals#1', 1), put('animals:v1', 'latest', 0), put('animals:v1', 'best', 0));
  });

  test('says when the version was committed, which may be long after it was created', () => {
    const { store } = given(...uploading, clock('3d'), commit(v1));
    const version = versionById(store, v1);
    expect(version.createdAt).toBe(0);
    expect(version.state).toMatchObject({ kind: 'COMMITTED', committedAt: 259_200 });
    expect(store.logicalBytes).toBe(bytesOf('3MB'));
  });

  test('a second time changes nothing', () => {
    given(...uploading, commit(v1))
      .when(commit(v1))
      .thenNothing();
  });

  test('is refused if the upload was abandoned or its version deleted', () => {
    const ends = [
      ['animals#1', [abandon(v1)]],
      ['animals:v1', [commit(v1), removeById(v1, true)]],
      ['animals#1', [removeCollection('animals')]],
    ] as const;
    for (const [name, history] of ends) {
      given(...uploading, ...history)
        .when(commit(v1))
        .thenRefused('not-pending', {
          rule: 'LOG-5',
          sentence: `${name} is PENDING_DELETION, not PENDING: its upload has ended.`,
        });
    }
  });
});

describe('an abandoned upload (LOG-8)', () => {
  test('waits for garbage collection like a deleted version', () => {
    given(...uploading)
      .when(abandon(v1))
      .then(abandoned('animals#1'));
    const { store } = given(...uploading, abandon(v1), clock('7d'), collected);
    expect(versionById(store, v1).state.kind).toBe('DELETED');
    expect(store.bucket.storedBytes).toBe(bytesOf('2MB'));
  });

  test('cannot be abandoned twice, and neither can a committed version', () => {
    given(...uploading, abandon(v1))
      .when(abandon(v1))
      .thenRefused('not-pending');
    given(...uploading, commit(v1))
      .when(abandon(v1))
      .thenRefused('not-pending', { rule: 'LOG-5' });
  });

  test('never had an index, which the next version gets (LOG-5)', () => {
    const { store } = given(...uploading, abandon(v1), log('animals', { rat: '3MB' }));
    expect(versionAt(store, versionNamed('animals:v1'))?.id).toBe(versionId('animals#2'));
    expect(versionAt(store, versionNamed('animals#1'))).toMatchObject({ index: null });
    expect(versionAt(store, versionNamed('animals:v2'))).toBeUndefined();
  });
});

describe('deleting an upload', () => {
  test('by its id is refused, naming its state and the right call (DEL-4)', () => {
    given(...uploading)
      .when(removeById(v1, true))
      .thenRefused('not-committed', {
        rule: 'DEL-4',
        sentence: 'animals#1 is PENDING, not COMMITTED, and cannot be deleted.',
      });
  });

  test('goes with its sequence (DEL-7)', () => {
    given(begin('animals'))
      .when(removeCollection('animals'))
      .then(deleted('animals#0'), collectionGone('animals'));
  });
});

describe('content that a store cannot take', () => {
  test('one content has one size: in the store (LOG-9)', () => {
    given(log('animals', { cat: '2MB', dog: '1MB' }))
      .when(log('animals', { cat: '3MB' }))
      .thenRefused('content-conflict', { rule: 'LOG-9' });
  });

  test('one content has one size: in the newest version too, whose digest would be the same (LOG-9)', () => {
    given(log('animals', { cat: '2MB' }))
      .when(log('animals', { cat: '3MB' }))
      .thenRefused('content-conflict');
  });

  test('one content has one size: within a manifest', () => {
    given()
      .when(log('animals', { cat: '3MB', copy: '2MB cat' }))
      .thenRefused('content-conflict');
  });

  test('but another where objects are not shared', () => {
    given(log('animals', { cat: '2MB' }))
      .when(log('plants', { cat: '3MB' }))
      .thenTypes(['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut']);
  });

  test.each([server({}), server({ bucket: { provider: 'aws', versioning: true } })])(
    'one content has one size: after it was swept too, since a version that had it stays on record',
    (bucket) => {
      const swept = [
        bucket,
        log('animals', { cat: '2MB' }),
        removeWithAliases('animals:v0'),
        clock('7d'),
        collected,
      ];
      given(...swept)
        .when(log('animals', { cat: '3MB' }))
        .thenRefused('content-conflict', {
          rule: 'LOG-9',
          sentence: /of "cat" is already stored here with a size of 2MB; it cannot also have 3MB\.$/,
          blockers: [],
        });
      given(...swept)
        .when(log('animals', { cat: '2MB' }))
        .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
    },
  );

  test('is refused if the figures would not be exact; references do not count', () => {
    given(log('animals', { whale: '9PB' }))
      .when(log('plants', { tree: '8TB' }))
      .thenRefused('too-large');
    given(log('animals', { whale: '9PB' }))
      .when(log('plants', [reference('tree', 's3://wood', '9PB'), file('fern', '7TB')]))
      .thenTypes(['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut']);
  });
});
