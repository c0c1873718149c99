import { describe, expect, test } from 'vitest';
import { versionById } from '../../../src/store/look-up.ts';
import { begin, draft, log, setTeamTtl, time } from '../../support/stores/builders.ts';
import { begun, committed, created, put, reused, ttlKept, ttlOf } from '../../support/stores/events.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const catAndDog = log('animals', { cat: '2MB', dog: '1MB' });

describe('a TTL that is given with a log', () => {
  test.each(['inherit', 'none', '30d'])("%s is the version's own from the beginning (TTL-1)", (ttl) => {
    const logged = [begun('animals:v0', { cat: '2MB' }, { uploaded: ['cat'] }, { ttl: ttlOf(ttl) })];
    expect(given().when(log('animals', { cat: '2MB' }, { ttl })).events[1]).toEqual(logged[0]);
    expect(given().when(begin('animals', { cat: '2MB' }, { ttl })).events[1]).toEqual(logged[0]);
    const drafted = given(catAndDog).when(draft('animals:v0', { remove: ['cat'] }, { ttl }));
    expect(versionById(drafted.store, versionId('animals:v1')).ttl).toEqual(ttlOf(ttl));
    expect(versionById(drafted.store, versionId('animals:v0')).ttl).toEqual(ttlOf('inherit'));
  });

  test.each(['', '0s', '30', 'never', '-1d', '1.5s'])('is refused where it is none: %j (TTL-1)', (ttl) => {
    for (const command of [
      log('animals', { rat: '3MB' }, { ttl }),
      begin('animals', { rat: '3MB' }, { ttl }),
      draft('animals:v0', {}, { ttl }),
      log('plants', {}, { ttl }),
      log('animals', { cat: '2MB', dog: '1MB' }, { ttl }),
    ]) {
      given(catAndDog).when(command).thenRefused('bad-ttl', { rule: 'TTL-1' });
    }
  });

  test.each(['wandb-history', 'run_table', 'code', 'job'])(
    'is refused for what the service makes itself, but for none and inherit: %s (DEL-17)',
    (type) => {
      const refusal = {
        rule: 'DEL-17',
        sentence: `Artifacts of the type "${type}" are made by the service, and take no TTL.`,
      } as const;
      given()
        .when(log('animals', {}, { type, ttl: '30d' }))
        .thenRefused('bad-ttl', refusal);
      const exists = given(log('animals', {}, { type }));
      exists.when(log('animals', { cat: '2MB' }, { ttl: '30d' })).thenRefused('bad-ttl', refusal);
      exists.when(draft('animals:v0', {}, { ttl: '30d' })).thenRefused('bad-ttl', refusal);
      for (const ttl of ['none', 'inherit']) {
        exists
          .when(log('animals', { cat: '2MB' }, { ttl }))
          .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
      }
    },
  );

  test('is ignored if no version is created, and does not change the existing one (LOG-3)', () => {
    const again = given(catAndDog).when(log('animals', { cat: '2MB', dog: '1MB' }, { ttl: '1s' }));
    again.then(reused('animals:v0'));
    expect(versionById(again.store, versionId('animals:v0')).ttl).toEqual(ttlOf('inherit'));
  });

  describe('by a person who may not set one (TTL-7)', () => {
    const among = givenAmong(
      peopleOf({
        team: { ann: 'admin', bob: 'member' },
        membersMaySetTtl: false,
        ttlDefaultSeconds: time('9d'),
      }),
    );

    test.each(['30d', 'none'])("%s: the log succeeds, the TTL is the team's, and that is told", (ttl) => {
      among()
        .when(log('animals', { cat: '2MB' }, { ttl, by: 'bob' }))
        .then(
          created('animals'),
          begun('animals:v0', { cat: '2MB' }, { uploaded: ['cat'] }),
          ttlKept('animals:v0', 'bob'),
          committed('animals:v0'),
          put('animals:v0', 'latest'),
        );
      among()
        .when(begin('animals', { cat: '2MB' }, { ttl, by: 'bob' }))
        .thenTypes(['collectionCreated', 'versionBegun', 'ttlKept']);
      among(catAndDog)
        .when(draft('animals:v0', { remove: ['cat'] }, { ttl, by: 'bob' }))
        .thenTypes(['versionBegun', 'ttlKept', 'versionCommitted', 'aliasPut']);
    });

    test('is not reported if it equals the team default', () => {
      among()
        .when(log('animals', {}, { ttl: 'inherit', by: 'bob' }))
        .thenTypes(['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut']);
    });

    test('is still refused if it is invalid', () => {
      among()
        .when(log('animals', {}, { ttl: 'soon', by: 'bob' }))
        .thenRefused('bad-ttl');
    });

    test('is not the case of an admin, nor of a member whom the admins allow it', () => {
      const logging = (by: string) => log('animals', { cat: '2MB' }, { ttl: '30d', by });
      const types = ['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut'] as const;
      among().when(logging('ann')).thenTypes(types);
      among(setTeamTtl('9d', true)).when(logging('bob')).thenTypes(types);
    });
  });
});
