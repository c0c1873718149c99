import { describe, test } from 'vitest';
import {
  alias,
  clock,
  expire,
  link,
  log,
  recover,
  restore,
  server,
  setTeamTtl,
  setTtl,
  unlink,
} from '../../support/stores/builders.ts';
import { expired, restored, unlinked } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';

const cat = log('animals', { cat: '2MB' }, { aliases: ['best'], ttl: '30d' });

describe('a protected alias on a link (TTL-6, ALI-7)', () => {
  const held = [
    cat,
    link('animals:v0', 'models/prod', ['live', 'next']),
    setTtl('animals:v0', '30d'),
    alias('models/prod:v0', { protect: ['live'] }),
    clock('30d'),
  ];

  test('holds the version, however long its TTL has been over', () => {
    given(...held)
      .when(expire)
      .thenNothing();
    given(...held, clock('365d'))
      .when(expire)
      .thenNothing();
  });

  test('taken off, lets it expire at the next run, link and all', () => {
    given(...held, alias('models/prod:v0', { remove: ['live'] }))
      .when(expire)
      .then(
        unlinked('models/prod:v0', 'animals:v0', ['latest', 'next']),
        expired('animals:v0', 'best', 'latest'),
      );
  });

  test('taken off and put on again in between, holds it as before', () => {
    given(...held, alias('models/prod:v0', { remove: ['live'] }), alias('models/prod:v0', { add: ['live'] }))
      .when(expire)
      .thenNothing();
  });

  test('moved to the link of another, holds that one instead', () => {
    const moved = [
      cat,
      log('animals', { dog: '1MB' }),
      link('animals:v0', 'models/prod', ['live']),
      link('animals:v1', 'models/prod'),
      setTtl('animals:v0', '30d'),
      setTtl('animals:v1', '30d'),
      alias('models/prod:v0', { protect: ['live'] }),
      clock('30d'),
    ];
    given(...moved)
      .when(expire)
      .then(unlinked('models/prod:v1', 'animals:v1', ['latest']), expired('animals:v1', 'latest'));
    given(...moved, alias('models/prod:v1', { add: ['live'] }))
      .when(expire)
      .then(unlinked('models/prod:v0', 'animals:v0', []), expired('animals:v0', 'best'));
  });

  test('of two has to be taken off both', () => {
    const twice = [
      ...held,
      link('animals:v0', 'models/beta', ['gold']),
      alias('models/beta:v0', { protect: ['gold'] }),
      setTtl('animals:v0', '30d'),
    ];
    given(...twice, alias('models/prod:v0', { remove: ['live'] }))
      .when(expire)
      .thenNothing();
    given(
      ...twice,
      alias('models/prod:v0', { remove: ['live'] }),
      alias('models/beta:v0', { remove: ['gold'] }),
      unlink('models/beta:v0'),
    )
      .when(expire)
      .thenTypes(['linkRemoved', 'versionExpired']);
  });

  test('holds it while its TTL is changed, and lets the new one go on', () => {
    given(...held, setTtl('animals:v0', '1d'))
      .when(expire)
      .thenNothing();
    given(...held, setTtl('animals:v0', '60d'), alias('models/prod:v0', { remove: ['live'] }))
      .when(expire)
      .thenNothing();
    given(
      ...held,
      setTtl('animals:v0', 'inherit'),
      setTeamTtl('1d'),
      alias('models/prod:v0', { remove: ['live'] }),
    )
      .when(expire)
      .thenTypes(['linkRemoved', 'versionExpired']);
  });

  test('holds by inheritance too: one that waits for a default of the team', () => {
    const inherits = [...held, setTtl('animals:v0', 'inherit'), setTeamTtl('1d')];
    given(...inherits)
      .when(expire)
      .thenNothing();
  });

  test('does not count on an ordinary link, which protects nothing', () => {
    given(cat, link('animals:v0', 'models/prod', ['live']), setTtl('animals:v0', '30d'), clock('30d'))
      .when(expire)
      .thenTypes(['linkRemoved', 'versionExpired']);
  });
});

describe('a version that had expired and is restored (DEL-15)', () => {
  const gone = [cat, clock('30d'), expire];

  test('keeps its TTL, and so expires again at the next run', () => {
    given(...gone)
      .when(restore('animals:v0'))
      .then(restored('animals:v0'));
    given(...gone, restore('animals:v0'))
      .when(expire)
      .then(expired('animals:v0'));
  });

  test('stays where the TTL is changed in time', () => {
    given(...gone, restore('animals:v0'), setTtl('animals:v0', 'none'))
      .when(expire)
      .thenNothing();
    given(...gone, restore('animals:v0'), setTtl('animals:v0', '31d'))
      .when(expire)
      .thenNothing();
    given(...gone, restore('animals:v0'), setTtl('animals:v0', '31d'), clock('1d'))
      .when(expire)
      .then(expired('animals:v0'));
  });

  test('stays if it is linked in time (TTL-4)', () => {
    given(...gone, restore('animals:v0'), link('animals:v0', 'models/prod'))
      .when(expire)
      .thenNothing();
  });

  test('after garbage collection is recovered, and expires again too (BKT-5)', () => {
    const aws = server({ bucket: { provider: 'aws', versioning: true } });
    given(aws, ...gone, clock('7d'), collected, recover('animals:v0'))
      .when(expire)
      .then(expired('animals:v0'));
  });
});
