import { describe, expect, test } from 'vitest';
import { versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import { link, log, setTeamTtl, setTtl, time } from '../../support/stores/builders.ts';
import { ttlGiven, ttlKept, ttlOf } from '../../support/stores/events.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const v0 = versionId('animals:v0');
const animals = [log('animals', { cat: '2MB' }, { aliases: ['best'] }), log('animals', { dog: '1MB' })];
const ttlIn = (store: Store) => versionById(store, v0).ttl;

describe("the team's default TTL (TTL-3)", () => {
  const set = (ttlDefaultSeconds: ReturnType<typeof time> | null, membersMaySetTtl = true) =>
    ({ type: 'teamTtlSet', ttlDefaultSeconds, membersMaySetTtl }) as const;

  test('is none at first, then a duration, or none again', () => {
    expect(given().store.people.ttlDefaultSeconds).toBe(null);
    given()
      .when(setTeamTtl('90d'))
      .then(set(time('90d')));
    given(setTeamTtl('90d')).when(setTeamTtl('none')).then(set(null));
  });

  test('set to what it is changes nothing', () => {
    given().when(setTeamTtl('none')).thenNothing();
    given(setTeamTtl('90d')).when(setTeamTtl('2160h')).thenNothing();
    given(setTeamTtl('90d')).when(setTeamTtl('90d', true)).thenNothing();
  });

  test('leaves who may set a TTL as it is, or changes that, alone or with it', () => {
    given().when(setTeamTtl('none', false)).then(set(null, false));
    given(setTeamTtl('none', false))
      .when(setTeamTtl('90d'))
      .then(set(time('90d'), false));
    given(setTeamTtl('90d', false))
      .when(setTeamTtl('90d', true))
      .then(set(time('90d'), true));
  });

  test('cannot be `inherit`: there is nothing to inherit from', () => {
    given().when(setTeamTtl('inherit')).thenRefused('bad-ttl', {
      rule: 'TTL-3',
      sentence: 'The default of the team cannot be inherit: there is nothing to inherit from.',
      blockers: [],
    });
  });

  test('is an affair of the admins of the team (ACL-3)', () => {
    const among = givenAmong(peopleOf({ team: { ann: 'admin', bob: 'member', vera: 'viewer' } }));
    for (const [by, rule] of [
      ['bob', 'ACL-3'],
      ['vera', 'ACL-1'],
      ['stranger', 'ACL-1'],
    ] as const) {
      among()
        .when({ ...setTeamTtl('90d'), by })
        .thenRefused('forbidden', { rule });
    }
    among()
      .when({ ...setTeamTtl('90d'), by: 'ann' })
      .then(set(time('90d')));
  });
});

describe('setting a TTL without permission changes nothing (TTL-7)', () => {
  const closed = givenAmong(
    peopleOf({ team: { ann: 'admin', bob: 'member', vera: 'viewer' }, membersMaySetTtl: false }),
  );

  test.each(['30d', 'none', 'inherit'])('and is told so, whatever they asked for: %s', (ttl) => {
    const when = closed(...animals, setTtl('animals:v0', '9d'))
      .when(setTtl('animals:v0', ttl, 'bob'))
      .then(ttlKept('animals:v0', 'bob'));
    expect(ttlIn(when.store)).toEqual(ttlOf('9d'));
  });

  test('but an invalid TTL is refused, and so is a link', () => {
    closed(...animals)
      .when(setTtl('animals:v0', 'soon', 'bob'))
      .thenRefused('bad-ttl');
    closed(...animals, link('animals:v0', 'prod'))
      .when(setTtl('prod:v0', '30d', 'bob'))
      .thenRefused('is-a-link');
  });

  test('unlike an admin, a call without a person, or a member with permission', () => {
    const given30 = ttlGiven('animals:v0', '30d');
    closed(...animals)
      .when(setTtl('animals:v0', '30d', 'ann'))
      .then(given30);
    closed(...animals)
      .when(setTtl('animals:v0', '30d'))
      .then(given30);
    closed(...animals, setTeamTtl('none', true))
      .when(setTtl('animals:v0', '30d', 'bob'))
      .then(given30);
  });

  test('and a viewer, or who is not in the team, is refused as for any change (ACL-1)', () => {
    for (const by of ['vera', 'stranger', '__proto__', '']) {
      closed(...animals)
        .when(setTtl('animals:v0', '30d', by))
        .thenRefused('forbidden', { rule: 'ACL-1' });
    }
  });
});
