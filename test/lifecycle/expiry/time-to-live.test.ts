import { describe, expect, test } from 'vitest';
import { versionById } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import { expiryOf } from '../../../src/store/time-to-live.ts';
import {
  begin,
  clock,
  expire,
  link,
  log,
  removeWithAliases,
  restore,
  setTeamTtl,
  setTtl,
  time,
} from '../../support/stores/builders.ts';
import { expired, ttlGiven } from '../../support/stores/events.ts';
import { given } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';

const v0 = versionId('animals:v0');
const animals = [log('animals', { cat: '2MB' }, { aliases: ['best'] }), log('animals', { dog: '1MB' })];
const ttlIn = (store: Store) => versionById(store, v0).ttl;

describe('the TTL of a version (TTL-1)', () => {
  test('is that of the team by default, and can be a duration, none, or that of the team again', () => {
    expect(ttlIn(given(...animals).store)).toEqual({ kind: 'inherit' });
    given(...animals)
      .when(setTtl('animals:v0', '30d'))
      .then(ttlGiven('animals:v0', '30d'));
    given(...animals)
      .when(setTtl('animals:v0', 'none'))
      .then(ttlGiven('animals:v0', 'none'));
    given(...animals, setTtl('animals:v0', 'none'))
      .when(setTtl('animals:v0', 'inherit'))
      .then(ttlGiven('animals:v0', 'inherit'));
    expect(ttlIn(given(...animals, setTtl('animals:v0', '30d')).store)).toEqual({
      kind: 'lasting',
      seconds: 2_592_000,
    });
  });

  test.each([
    ['30d', '720h'],
    ['1m', '60s'],
    ['1d', '1.0 d'],
    ['none', 'none'],
    ['inherit', 'inherit'],
  ])('of %s, set to %s, is what it was: nothing changes', (before, after) => {
    given(...animals, setTtl('animals:v0', before))
      .when(setTtl('animals:v0', after))
      .thenNothing();
  });

  test.each([
    ['none', 'inherit'],
    ['30d', 'none'],
    ['30d', '31d'],
    ['none', '1s'],
  ])('of %s, set to %s, is another', (before, after) => {
    given(...animals, setTtl('animals:v0', before))
      .when(setTtl('animals:v0', after))
      .then(ttlGiven('animals:v0', after));
  });

  test('is found by any name of the version in its sequence', () => {
    given(...animals)
      .when(setTtl('animals:best', '30d'))
      .then(ttlGiven('animals:v0', '30d'));
    given(...animals)
      .when(setTtl('animals:latest', '30d'))
      .then(ttlGiven('animals:v1', '30d'));
  });

  test('may be as short as a second, and as long as the clock is exact', () => {
    for (const ttl of ['1s', '1.5m', '9007199254740991s']) {
      given(...animals)
        .when(setTtl('animals:v0', ttl))
        .then(ttlGiven('animals:v0', ttl));
    }
    given(...animals, clock('1d'), log('animals', { rat: '3MB' }, { ttl: '9007199254740991s' }))
      .when(expire)
      .thenNothing();
  });

  test.each([
    '',
    ' ',
    '0s',
    '0d',
    '0.0w',
    '30',
    '-1d',
    '+1d',
    '1.5s',
    '1e3s',
    '30 days',
    '30D',
    '30d ',
    'NONE',
    'Inherit',
    'null',
    'Infinityd',
    'NaNs',
    '٣d',
    '9007199254740992s',
    '__proto__',
    'two\nlines',
  ])('is refused where it is no such thing: %j', (ttl) => {
    given(...animals)
      .when(setTtl('animals:v0', ttl))
      .thenRefused('bad-ttl', {
        rule: 'TTL-1',
        sentence: /^Invalid TTL ".*": use inherit, none, or a duration of whole seconds longer than 0s\.$/s,
        blockers: [],
      });
    given(...animals)
      .when(setTeamTtl(ttl))
      .thenRefused('bad-ttl', { rule: 'TTL-1' });
  });

  test('is refused for a version that cannot be found', () => {
    given(...animals)
      .when(setTtl('animals:v9', '30d'))
      .thenRefused('not-found', { rule: 'DEL-3' });
    given(begin('animals')).when(setTtl('animals#0', '30d')).thenRefused('not-found', { rule: 'LOG-5' });
    given(...animals, removeWithAliases('animals:v0'))
      .when(setTtl('animals:v0', '30d'))
      .thenRefused('not-found', { rule: 'DEL-3' });
    given(...animals)
      .when(setTtl('animals:v9', 'soon'))
      .thenRefused('not-found');
  });
});

describe('when a version expires (TTL-2, TTL-3)', () => {
  const expiryIn = (store: Store) => expiryOf(versionById(store, v0), store.people.ttlDefaultSeconds);

  test('is counted from its creation, also where the TTL is set later', () => {
    const late = [clock('1d'), log('animals', { cat: '2MB' }), clock('5d'), setTtl('animals:v0', '30d')];
    expect(expiryIn(given(...late).store)).toBe(time('31d'));
  });

  test('is counted from the beginning of its upload, not from its commit', () => {
    const slow = [
      begin('animals', { cat: '2MB' }, { ttl: '3d' }),
      clock('2d'),
      { type: 'commitVersion', versionId: v0 },
    ] as const;
    expect(expiryIn(given(...slow).store)).toBe(time('3d'));
  });

  test('may be at once, where the TTL is shortened below its age', () => {
    const old = [log('animals', { cat: '2MB' }, { ttl: '30d' }), clock('5d')];
    given(...old)
      .when(expire)
      .thenNothing();
    given(...old, setTtl('animals:v0', '4d'))
      .when(expire)
      .then(expired('animals:v0', 'latest'));
  });

  test('depends on the team default if it inherits, and never comes if it has none', () => {
    expect(expiryIn(given(...animals).store)).toBe(null);
    expect(expiryIn(given(...animals, setTeamTtl('90d')).store)).toBe(time('90d'));
    expect(expiryIn(given(...animals, setTtl('animals:v0', '1d'), setTeamTtl('90d')).store)).toBe(time('1d'));
    expect(expiryIn(given(...animals, setTtl('animals:v0', 'none'), setTeamTtl('90d')).store)).toBe(null);
  });
});

describe('a TTL on a link is refused, naming the source (TTL-5)', () => {
  test.each(['30d', 'none', 'inherit', 'soon'])('whatever it would be: %s', (ttl) => {
    given(...animals, link('animals:v0', 'models/prod', ['live']))
      .when(setTtl('models/prod:live', ttl))
      .thenRefused('is-a-link', {
        rule: 'TTL-5',
        sentence: 'models/prod:live is a link and cannot have a TTL: set it on its source animals:v0.',
        blockers: ['animals:v0'],
      });
  });

  test('and the call that is advised goes through', () => {
    given(...animals, link('animals:v0', 'models/prod'))
      .when(setTtl('animals:v0', '30d'))
      .then(ttlGiven('animals:v0', '30d'));
  });
});

describe('types that the service generates have no TTL (DEL-17)', () => {
  test.each(['wandb-history', 'wandb-', 'run_table', 'code', 'job'])('%s', (type) => {
    const made = given(log('table', { rows: '2MB' }, { type }));
    made.when(setTtl('table:v0', '30d')).thenRefused('bad-ttl', {
      rule: 'DEL-17',
      sentence: `Artifacts of type "${type}" are generated by the service and cannot have a TTL.`,
      blockers: [],
    });
    made.when(setTtl('table:v0', 'soon')).thenRefused('bad-ttl', { rule: 'TTL-1' });
    made.when(setTtl('table:v0', 'none')).then(ttlGiven('table:v0', 'none'));
    made.when(setTtl('table:v0', 'inherit')).thenNothing();
  });

  test.each(['dataset', 'jobs', 'Code', 'code ', 'my-wandb-history', 'WANDB-history', ''])(
    'but %j does',
    (type) => {
      given(log('table', { rows: '2MB' }, { type }))
        .when(setTtl('table:v0', '30d'))
        .then(ttlGiven('table:v0', '30d'));
    },
  );

  test('but can be deleted and restored as anything else', () => {
    const made = log('table', { rows: '2MB' }, { type: 'run_table' });
    given(made).when(removeWithAliases('table:v0')).thenTypes(['versionDeleted']);
    given(made, removeWithAliases('table:v0')).when(restore('table:v0')).thenTypes(['versionRestored']);
  });
});
