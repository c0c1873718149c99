import { describe, expect, test } from 'vitest';
import { linkById, versionById } from '../../src/store/look-up.ts';
import { isProtectedSource, protectionOf, protectionOfLink } from '../../src/store/protection.ts';
import type { Store } from '../../src/store/store.ts';
import { alias, link, log, unlink } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { linkId, versionId } from '../support/stores/names.ts';

const v0 = versionId('animals:v0');
const linked = [
  log('animals', { cat: '2MB' }),
  link('animals:v0', 'prod', ['live']),
  link('animals:v0', 'models/best', ['champion']),
] as const;
const guarded = [...linked, alias('models/best:v0', { protect: ['champion'] })] as const;

const ofVersion = (store: Store) => protectionOf(store, versionById(store, v0));
const ofLink = (store: Store, name: string) => protectionOfLink(store, linkById(store, linkId(name)));

describe('a protected alias holds (ALI-7)', () => {
  test('the link that bears it, and the source of the link', () => {
    const { store } = given(...guarded);
    const protection = { link: linkById(store, linkId('models/best:v0')), alias: 'champion' };
    expect(ofLink(store, 'models/best:v0')).toEqual(protection);
    expect(ofVersion(store)).toEqual(protection);
    expect(isProtectedSource(store, versionById(store, v0))).toBe(true);
  });

  test('no other link to the same version', () => {
    expect(ofLink(given(...guarded).store, 'prod:v0')).toBeUndefined();
  });

  test('nothing beside it in the same portfolio', () => {
    const second = [
      log('animals', { dog: '1MB' }),
      link('animals:v1', 'models/best', ['challenger']),
    ] as const;
    const { store } = given(...guarded, ...second);
    expect(ofLink(store, 'models/best:v1')).toBeUndefined();
    expect(isProtectedSource(store, versionById(store, versionId('animals:v1')))).toBe(false);
  });

  test('nothing in another portfolio, though it is called the same', () => {
    const off = alias('models/best:v0', { remove: ['champion'] });
    const { store } = given(...guarded, off, alias('prod:v0', { add: ['champion'] }));
    expect(ofVersion(store)).toBeUndefined();
  });

  test('nothing any more, once it is taken off or moved; it stays protected, and holds what it is put on', () => {
    const off = given(...guarded, alias('models/best:v0', { remove: ['champion'] })).store;
    expect(ofVersion(off)).toBeUndefined();
    const second = [log('animals', { dog: '1MB' }), link('animals:v1', 'models/best')] as const;
    const { store } = given(...guarded, ...second, alias('models/best:v1', { add: ['champion'] }));
    expect(isProtectedSource(store, versionById(store, v0))).toBe(false);
    expect(isProtectedSource(store, versionById(store, versionId('animals:v1')))).toBe(true);
  });

  test('nothing that has no links, or links with ordinary aliases only', () => {
    expect(ofVersion(given(linked[0]).store)).toBeUndefined();
    expect(ofVersion(given(...linked).store)).toBeUndefined();
    expect(ofVersion(given(...linked, unlink('prod:v0'), unlink('models/best:v0')).store)).toBeUndefined();
  });
});
