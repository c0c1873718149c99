import { describe, expect, test } from 'vitest';
import { find, versionById } from '../../../src/store/look-up.ts';
import {
  begin,
  bucketDelete,
  bytesOf,
  clock,
  commit,
  expire,
  link,
  log,
  removeCollection,
  removeWithAliases,
  setTeamTtl,
  setTtl,
} from '../../support/stores/builders.ts';
import { expired, unlinked } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import { versionId, versionNamed } from '../../support/stores/names.ts';

const v0 = versionId('animals:v0');
const cat = log('animals', { cat: '2MB' }, { aliases: ['best'], ttl: '30d' });
const dog = log('animals', { dog: '1MB' });

describe('a version whose TTL is over (TTL-6)', () => {
  test('is soft-deleted with its aliases, latest too', () => {
    const when = given(cat, clock('30d'))
      .when(expire)
      .then(expired('animals:v0', 'best', 'latest'));
    expect(versionById(when.store, v0).state).toEqual({
      kind: 'PENDING_DELETION',
      deletedAt: 2_592_000,
      trashNumber: 0,
      stage: 'waiting',
      committedAt: 0,
    });
    expect(find(when.store, versionNamed('animals:latest'))).toBeUndefined();
    expect(when.store.bucket.storedBytes).toBe(bytesOf('2MB'));
    expect(when.store.logicalBytes).toBe(0);
  });

  test('expires at that second, and not a second before (TTL-2)', () => {
    given(cat, clock('2591999s')).when(expire).thenNothing();
    given(cat, clock('2591999s'), clock('1s')).when(expire).thenTypes(['versionExpired']);
  });

  test('takes its links along, as any deletion does (DEL-13)', () => {
    given(cat, dog, link('animals:v0', 'prod', ['live']), setTtl('animals:v0', '30d'), clock('30d'))
      .when(expire)
      .then(unlinked('prod:v0', 'animals:v0', ['latest', 'live']), expired('animals:v0', 'best'));
  });

  test('expires once: the next run finds nothing', () => {
    given(cat, clock('30d'), expire).when(expire).thenNothing();
  });

  test('is collected after its retention, like any other (GC-1)', () => {
    const history = [cat, dog, clock('30d'), expire];
    expect(versionById(given(...history, clock('6d'), collected).store, v0).state.kind).toBe(
      'PENDING_DELETION',
    );
    const { store } = given(...history, clock('7d'), collected);
    expect(versionById(store, v0).state.kind).toBe('DELETED');
    expect(store.bucket.storedBytes).toBe(bytesOf('1MB'));
  });

  test('expires together with the others that are due: own TTLs first, each in the order of their time', () => {
    given(
      dog,
      log('animals', { rat: '3MB' }),
      log('animals', { cat: '2MB' }, { ttl: '3d' }),
      log('animals', { owl: '4MB' }, { ttl: '2d' }),
      log('animals', { bat: '5MB' }, { ttl: '5d' }),
      setTeamTtl('1d'),
      clock('4d'),
    )
      .when(expire)
      .then(expired('animals:v3'), expired('animals:v2'), expired('animals:v0'), expired('animals:v1'));
  });
});

describe('what does not expire, though its TTL is over', () => {
  test('is what is deleted already, by hand or with its sequence', () => {
    for (const deletion of [removeWithAliases('animals:v0'), removeCollection('animals')]) {
      given(cat, deletion, clock('30d')).when(expire).thenNothing();
    }
  });

  test('is an upload; once committed it does', () => {
    const upload = [begin('animals', { cat: '2MB' }, { ttl: '1d' }), clock('3d')];
    given(...upload)
      .when(expire)
      .thenNothing();
    given(...upload, commit(v0))
      .when(expire)
      .then(expired('animals:v0', 'latest'));
  });

  test.each(['wandb-history', 'run_table', 'code', 'job'])(
    'is what the service makes itself: %s (TTL-8)',
    (type) => {
      given(log('table', {}, { type }), dog, setTeamTtl('1d'), clock('9d'))
        .when(expire)
        .then(expired('animals:v0', 'latest'));
    },
  );

  test('is what has no TTL, whatever the default of the team (TTL-3)', () => {
    given(log('animals', { cat: '2MB' }, { ttl: 'none' }), dog, setTeamTtl('1d'), clock('1d'))
      .when(expire)
      .then(expired('animals:v1', 'latest'));
    given(dog, clock('365d')).when(expire).thenNothing();
  });
});

describe('a default of the team that is set late (TTL-3)', () => {
  const backlog = [dog, clock('10d'), log('animals', { rat: '3MB' }), clock('10d')];

  test('reaches the versions that are there, each by its own age', () => {
    given(...backlog, setTeamTtl('20d'))
      .when(expire)
      .then(expired('animals:v0'));
    given(...backlog, setTeamTtl('10d'))
      .when(expire)
      .then(expired('animals:v0'), expired('animals:v1', 'latest'));
    given(...backlog, setTeamTtl('21d'))
      .when(expire)
      .thenNothing();
  });

  test('and taken back in time, reaches nothing', () => {
    given(...backlog, setTeamTtl('20d'), setTeamTtl('none'))
      .when(expire)
      .thenNothing();
    given(...backlog, setTeamTtl('1d'), setTeamTtl('90d'))
      .when(expire)
      .thenNothing();
  });

  test('does not shorten or lengthen a TTL of its own', () => {
    given(log('animals', { cat: '2MB' }, { ttl: '30d' }), setTeamTtl('1d'), clock('29d'))
      .when(expire)
      .thenNothing();
    given(log('animals', { cat: '2MB' }, { ttl: '1d' }), setTeamTtl('90d'), clock('1d'))
      .when(expire)
      .then(expired('animals:v0', 'latest'));
  });

  test('reaches what is set to inherit again', () => {
    given(cat, setTeamTtl('5d'), clock('5d'), setTtl('animals:v0', 'inherit'))
      .when(expire)
      .then(expired('animals:v0', 'best', 'latest'));
  });
});

test('a version that lost a file out of band expires like any other (BKT-6)', () => {
  given(cat, bucketDelete('animals:v0/cat'), clock('30d'))
    .when(expire)
    .then(expired('animals:v0', 'best', 'latest'));
});

test('nothing expires in an empty store', () => {
  given(setTeamTtl('1s'), clock('9d')).when(expire).thenNothing();
});
