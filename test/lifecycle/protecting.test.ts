import { describe, expect, test } from 'vitest';
import { aliasIndex, collectionById } from '../../src/store/look-up.ts';
import { alias, link, log, removeCollection, removeWithAliases, unlink } from '../support/stores/builders.ts';
import { put, shielded, taken } from '../support/stores/events.ts';
import { given } from '../support/stores/given.ts';
import { collectionId } from '../support/stores/names.ts';

const animals = [log('animals', { cat: '2MB' }, { aliases: ['best'] }), log('animals', { dog: '1MB' })];

describe('protecting an alias (ALI-7)', () => {
  const inProd = [
    ...animals,
    link('animals:v0', 'models/prod', ['live']),
    link('animals:v1', 'models/prod', ['next']),
  ];
  const held = [...inProd, alias('models/prod:v0', { protect: ['live'] })];

  test('adds it to the link if it is missing, or moves it there, and protects it', () => {
    given(...inProd)
      .when(alias('models/prod:v0', { protect: ['gold'] }))
      .then(put('models/prod:v0', 'gold'), shielded('models/prod', 'gold'));
    given(...inProd)
      .when(alias('models/prod:v0', { protect: ['next'] }))
      .then(put('models/prod:v0', 'next', 1), shielded('models/prod', 'next'));
    given(...inProd)
      .when(alias('models/prod:live', { protect: ['live'] }))
      .then(shielded('models/prod', 'live'));
  });

  test('goes with the rest of the edit, and of one named twice there is one', () => {
    given(...inProd)
      .when(alias('models/prod:v0', { add: ['gold', 'new'], remove: ['live'], protect: ['gold', 'gold'] }))
      .then(
        put('models/prod:v0', 'gold'),
        put('models/prod:v0', 'new'),
        taken('models/prod:v0', 'live'),
        shielded('models/prod', 'gold'),
      );
  });

  test('has no effect if the same edit removes it', () => {
    given(...inProd)
      .when(alias('models/prod:v0', { remove: ['live'], protect: ['live'] }))
      .then(taken('models/prod:v0', 'live'));
  });

  test('that is protected already changes nothing; put elsewhere, it stays protected', () => {
    given(...held)
      .when(alias('models/prod:v0', { protect: ['live'] }))
      .thenNothing();
    given(...held)
      .when(alias('models/prod:v1', { protect: ['live'] }))
      .then(put('models/prod:v1', 'live', 0));
  });

  test('that was taken off names nothing, and is protected still', () => {
    const off = given(...held, alias('models/prod:v0', { remove: ['live'] })).store;
    const { protectedAliases, aliases } = collectionById(off, collectionId('models/prod'));
    expect([...protectedAliases.keys()]).toEqual(['live']);
    expect(aliasIndex({ aliases }, 'live')).toBeUndefined();
  });

  test('goes for latest too, and for strange ones', () => {
    for (const strange of ['latest', '__proto__', 'constructor', '🐈', 'two\nlines', ' ']) {
      const when = given(...inProd).when(alias('models/prod:v1', { protect: [strange] }));
      expect(when.store.collections.get(collectionId('models/prod'))?.protectedAliases.size).toBe(1);
      given(...inProd, alias('models/prod:v1', { protect: [strange] }))
        .when(removeWithAliases('animals:v1'))
        .thenRefused('protected-alias');
    }
  });

  test('goes for one portfolio: in another the alias is an ordinary one', () => {
    const { store } = given(...held, link('animals:v0', 'models/beta', ['live']));
    expect(collectionById(store, collectionId('models/beta')).protectedAliases.size).toBe(0);
  });

  test('starts again with a portfolio that is created again', () => {
    const anew = [
      ...held,
      alias('models/prod:v0', { remove: ['live'] }),
      removeCollection('models/prod'),
      link('animals:v1', 'models/prod', ['live']),
    ];
    given(...anew)
      .when(unlink('models/prod:v2'))
      .thenTypes(['linkRemoved']);
  });

  test('of a version in its sequence is refused, and nothing of the edit is done', () => {
    given(...animals)
      .when(alias('animals:best', { add: ['new'], protect: ['best'] }))
      .thenRefused('not-a-link', {
        rule: 'ALI-7',
        sentence: 'animals:v0 is not a link: only aliases of links can be protected.',
        blockers: [],
      });
  });

  test.each(['', 'a/b', 'a:b', 'v0', 'v007'])('of what cannot be one is refused: %j (ALI-4)', (text) => {
    given(...inProd)
      .when(alias('models/prod:v0', { protect: [text] }))
      .thenRefused('bad-alias', { rule: 'ALI-4' });
  });
});
