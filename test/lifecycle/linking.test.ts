import { describe, expect, test } from 'vitest';
import { existingCollection, versionById } from '../../src/store/look-up.ts';
import {
  alias,
  bytesOf,
  clock,
  expire,
  link,
  log,
  remove,
  removeCollection,
  removeWithAliases,
  setTeamTtl,
  setTtl,
  unlink,
} from '../support/stores/builders.ts';
import {
  collectionGone,
  created,
  deleted,
  exempted,
  expired,
  linked,
  put,
  ttlOf,
  unlinked,
} from '../support/stores/events.ts';
import { given, type History } from '../support/stores/given.ts';
import { collectionNamed, linkId, versionId } from '../support/stores/names.ts';
import { plain } from '../support/stores/plain.ts';

const animals = [log('animals', { cat: '2MB' }), log('animals', { dog: '1MB' })];
const inProd = [...animals, link('animals:v0', 'models/prod', ['live'])];

describe('linking', () => {
  test('founds a portfolio, and puts latest and the aliases given on the link there', () => {
    given(...animals)
      .when(link('animals:v0', 'models/prod', ['live']))
      .then(
        created('models/prod', { kind: 'portfolio' }),
        linked('models/prod:v0', 'animals:v0'),
        exempted('animals:v0'),
        put('models/prod:v0', 'latest'),
        put('models/prod:v0', 'live'),
      );
  });

  test('takes the next index of the portfolio, which is not that of the source', () => {
    given(...inProd)
      .when(link('animals:latest', 'models/prod'))
      .then(
        linked('models/prod:v1', 'animals:v1'),
        exempted('animals:v1'),
        put('models/prod:v1', 'latest', 0),
      );
  });

  test('again to the same portfolio only adds the aliases given', () => {
    given(...inProd)
      .when(link('animals:v0', 'models/prod', ['live', 'best']))
      .then(put('models/prod:v0', 'best'));
    given(...inProd)
      .when(link('animals:v0', 'models/prod'))
      .thenNothing();
  });

  test('of a link links its source', () => {
    given(...inProd)
      .when(link('models/prod:live', 'mirror'))
      .then(
        created('mirror', { kind: 'portfolio' }),
        linked('mirror:v0', 'animals:v0'),
        put('mirror:v0', 'latest'),
      );
  });

  test('stores nothing, holds nothing, and leaves the aliases of the source alone', () => {
    const [before, after] = [given(...animals).store, given(...inProd).store];
    expect(plain(after.objects)).toEqual(plain(before.objects));
    expect(after.bucket.storedBytes).toBe(bytesOf('3MB'));
    expect(after.logicalBytes).toBe(before.logicalBytes);
    expect(versionById(after, versionId('animals:v0')).state).toEqual(
      versionById(before, versionId('animals:v0')).state,
    );
  });

  test('remembers when: the link is as old as that, whatever the age of its source', () => {
    const { store } = given(...animals, clock('3d'), link('animals:v0', 'models/prod'));
    expect(store.links.get(linkId('models/prod:v0'))?.linkedAt).toBe(259_200);
  });

  test('to a sequence, its own too, is refused', () => {
    given(...animals, log('plants'))
      .when(link('animals:v0', 'plants'))
      .thenRefused('not-a-portfolio', { rule: 'DEL-8' });
    given(...animals)
      .when(link('animals:v0', 'animals'))
      .thenRefused('not-a-portfolio');
  });

  test('to a portfolio of another type is refused (LOG-4)', () => {
    given(...inProd, log('net', {}, { type: 'model' }))
      .when(link('net:v0', 'models/prod'))
      .thenRefused('type-mismatch', {
        rule: 'LOG-4',
        sentence: 'models/prod has type "dataset" and cannot hold an artifact of type "model".',
      });
  });

  test('what cannot be found, or to what cannot be a name, is refused', () => {
    given(...animals)
      .when(link('animals:v2', 'models/prod'))
      .thenRefused('not-found', { rule: 'DEL-3' });
    given(...animals)
      .when(link('animals:v0', 'no spaces'))
      .thenRefused('bad-name', { rule: 'LOG-1' });
    given(...animals)
      .when(link('animals:v0', 'a%/prod'))
      .thenRefused('bad-name', { rule: 'LOG-1' });
  });
});

describe('unlinking', () => {
  test('takes the link out with its aliases; the source stays as it was, without a TTL (DEL-5, TTL-4)', () => {
    given(...inProd)
      .when(unlink('models/prod:live'))
      .then(unlinked('models/prod:v0', 'animals:v0', ['latest', 'live']));
    const { store } = given(...inProd, unlink('models/prod:v0'));
    expect(plain(versionById(store, versionId('animals:v0')))).toEqual(
      plain({ ...versionById(given(...animals).store, versionId('animals:v0')), ttl: ttlOf('none') }),
    );
  });

  test('what is not a link is refused (DEL-6)', () => {
    for (const name of ['animals:v0', 'animals:latest']) {
      given(...inProd)
        .when(unlink(name))
        .thenRefused('not-a-link', { rule: 'DEL-6' });
    }
  });

  test('twice is refused', () => {
    given(...inProd, unlink('models/prod:v0'))
      .when(unlink('models/prod:v0'))
      .thenRefused('not-found', { rule: 'DEL-3' });
  });

  test('never frees the index: linked again, the version has another one (LOG-2)', () => {
    given(...inProd, unlink('models/prod:v0'))
      .when(link('animals:v0', 'models/prod'))
      .then(linked('models/prod:v1', 'animals:v0'), put('models/prod:v1', 'latest'));
  });

  test('the last link leaves the empty portfolio standing', () => {
    const { store } = given(...inProd, unlink('models/prod:v0'));
    expect(existingCollection(store, collectionNamed('models/prod'))?.listed.size).toBe(0);
  });
});

describe('deleting and links', () => {
  test('through the name of a link only the link goes, and the alias flag is ignored (DEL-5)', () => {
    const event = unlinked('models/prod:v0', 'animals:v0', ['latest', 'live']);
    given(...inProd)
      .when(remove('models/prod:live'))
      .then(event);
    given(...inProd)
      .when(removeWithAliases('models/prod:v0'))
      .then(event);
  });

  test('a link does not hold its source, whatever aliases it bears: it goes with it (DEL-13)', () => {
    given(...inProd, link('animals:v0', 'mirror'), link('animals:v1', 'mirror'))
      .when(remove('animals:v0'))
      .then(
        unlinked('models/prod:v0', 'animals:v0', ['latest', 'live']),
        unlinked('mirror:v0', 'animals:v0', []),
        deleted('animals:v0'),
      );
  });

  test('an alias that was moved in the portfolio goes with the link that bears it now', () => {
    given(...inProd, link('animals:v1', 'models/prod'), alias('models/prod:v1', { add: ['live'] }))
      .when(removeWithAliases('animals:v1'))
      .then(unlinked('models/prod:v1', 'animals:v1', ['latest', 'live']), deleted('animals:v1', 'latest'));
  });

  test('deleting a portfolio removes its links only (DEL-8)', () => {
    given(...inProd, link('animals:v1', 'models/prod'))
      .when(removeCollection('models/prod'))
      .then(
        unlinked('models/prod:v0', 'animals:v0', ['live']),
        unlinked('models/prod:v1', 'animals:v1', ['latest']),
        collectionGone('models/prod'),
      );
  });
});

describe('linking and the TTL (TTL-4)', () => {
  const ttlAfter = (...history: readonly History[]) =>
    versionById(given(...history).store, versionId('animals:v0')).ttl;

  test.each(['inherit', '30d'])('takes a TTL of %s away, and unlinking does not bring it back', (ttl) => {
    const before = [...animals, setTtl('animals:v0', ttl)];
    given(...before, link('animals:v1', 'models/prod'))
      .when(link('animals:v0', 'models/prod'))
      .then(
        linked('models/prod:v1', 'animals:v0'),
        exempted('animals:v0'),
        put('models/prod:v1', 'latest', 0),
      );
    const linking = [...before, link('animals:v0', 'models/prod')];
    expect(ttlAfter(...linking)).toEqual(ttlOf('none'));
    expect(ttlAfter(...linking, unlink('models/prod:v0'))).toEqual(ttlOf('none'));
    expect(ttlAfter(...linking, removeCollection('models/prod'))).toEqual(ttlOf('none'));
  });

  test('has nothing to take away from a version that has none, as after its first link', () => {
    given(...animals, setTtl('animals:v0', 'none'), link('animals:v1', 'models/prod'))
      .when(link('animals:v0', 'models/prod'))
      .then(linked('models/prod:v1', 'animals:v0'), put('models/prod:v1', 'latest', 0));
    given(...inProd, link('animals:v1', 'mirror'))
      .when(link('animals:v0', 'mirror'))
      .then(linked('mirror:v1', 'animals:v0'), put('mirror:v1', 'latest', 0));
  });

  test('takes it from the one that is linked, not from its neighbors', () => {
    const { store } = given(...inProd);
    expect(versionById(store, versionId('animals:v1')).ttl).toEqual(ttlOf('inherit'));
  });

  test('goes for a link to a link too: it is the source that has the TTL', () => {
    given(...inProd, setTtl('animals:v0', '30d'))
      .when(link('models/prod:v0', 'models/mirror'))
      .then(
        created('models/mirror', { kind: 'portfolio' }),
        linked('models/mirror:v0', 'animals:v0'),
        exempted('animals:v0'),
        put('models/mirror:v0', 'latest'),
      );
  });

  test('stays as it is for a link to a portfolio outside of registries', () => {
    given(...animals, setTtl('animals:v0', '30d'))
      .when(link('animals:v0', 'mirror'))
      .then(
        created('mirror', { kind: 'portfolio' }),
        linked('mirror:v0', 'animals:v0'),
        put('mirror:v0', 'latest'),
      );
  });

  test('a TTL may be given to the source afterwards; linking again to the same portfolio leaves it', () => {
    const given30 = [...inProd, setTtl('animals:v0', '30d')];
    given(...given30)
      .when(link('animals:v0', 'models/prod', ['best']))
      .then(put('models/prod:v0', 'best'));
    expect(ttlAfter(...given30, link('animals:v0', 'models/prod', ['best']))).toEqual(ttlOf('30d'));
  });

  test('keeps the version from expiring with the others when the team has a default', () => {
    given(...inProd, setTeamTtl('1d'), clock('1d'))
      .when(expire)
      .then(expired('animals:v1', 'latest'));
  });
});
