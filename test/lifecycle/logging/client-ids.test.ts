import { describe, expect, test } from 'vitest';
import type { StoreEvent } from '../../../src/decider/event.ts';
import { versionOfClientId } from '../../../src/store/look-up.ts';
import { manifestOf } from '../../../src/store/manifest.ts';
import { clientIdKeyOf } from '../../../src/store/version.ts';
import {
  abandon,
  begin,
  clock,
  commit,
  entriesOf,
  type Files,
  log,
  removeWithAliases,
  restore,
} from '../../support/stores/builders.ts';
import { added, begun, committed, created, lineageOf, put, reused } from '../../support/stores/events.ts';
import { collected, given, type History } from '../../support/stores/given.ts';
import { aliasText, versionId } from '../../support/stores/names.ts';

const digestOf = (files: Files) => manifestOf(entriesOf(files)).digest;
const CAT = digestOf({ cat: '2MB' });
const DOG = digestOf({ dog: '1MB' });

const v0 = versionId('animals:v0');
const v1 = versionId('animals:v1');
const mine = begin('animals', {}, { clientIds: ['mine'], announced: CAT });
const part = (...clientIds: string[]) => begin('animals', {}, { clientIds, announced: null });

function recorded(version: string, announced: typeof CAT | null, ...clientIds: string[]): StoreEvent {
  const keys = clientIds.map(clientIdKeyOf);
  return { type: 'clientIdsRecorded', versionId: versionId(version), clientIds: keys, announced };
}

function joined(version: string, ...aliases: string[]): StoreEvent {
  const requestedAliases = aliases.map(aliasText);
  return { type: 'uploadJoined', versionId: versionId(version), requestedAliases };
}

const namedBy = (id: string, ...history: readonly History[]) =>
  versionOfClientId(given(...history).store, id)?.id;

describe('a begin with client ids (LOG-11)', () => {
  test('records them with the digest that it announces, or that of its files', () => {
    given()
      .when(mine)
      .then(created('animals'), begun('animals:v0', {}, {}), recorded('animals:v0', CAT, 'mine'));
    const own = begin('animals', { dog: '1MB' }, { clientIds: ['a', 'b', 'a'] });
    expect(given().when(own).events).toContainEqual(recorded('animals:v0', DOG, 'a', 'b'));
    expect(namedBy('b', own)).toBe(v0);
    expect(namedBy('c', own)).toBeUndefined();
  });

  test('continues the upload that one of them names: its files, aliases and run are added, and nothing twice', () => {
    const first = begin('animals', { dog: '1MB' }, { clientIds: ['all'], aliases: ['old'] });
    const details = { clientIds: ['yours', 'all'], announced: null, aliases: ['best'], run: 'two' };
    const more = begin('animals', { cat: '2MB' }, details);
    given(first)
      .when(more)
      .then(
        joined('animals:v0', 'old', 'best'),
        recorded('animals:v0', null, 'yours'),
        added('animals:v0', { cat: '2MB', dog: '1MB' }, { uploaded: ['cat'] }),
        lineageOf('two', 'output', 'animals:v0'),
      );
    given(first, more)
      .when(more)
      .then(joined('animals:v0', 'old', 'best'));
    given(first, more)
      .when(commit(v0))
      .then(
        committed('animals:v0'),
        put('animals:v0', 'latest'),
        put('animals:v0', 'old'),
        put('animals:v0', 'best'),
      );
  });

  test('finds the version once it is COMMITTED, and the given aliases move there, as in LOG-3', () => {
    given(mine, commit(v0), log('animals', { dog: '1MB' }))
      .when(mine)
      .then(reused('animals:v0'), put('animals:v0', 'latest', 1));
  });

  test('is refused with files that would be lost, since the version is COMMITTED without them', () => {
    const other = begin('animals', { dog: '1MB' }, { clientIds: ['mine'], announced: null });
    given(mine, commit(v0)).when(other).thenRefused('not-pending');
    given(other, commit(v0)).when(other).then(reused('animals:v0'));
  });

  test('is refused with another digest than the first, but not if either announced none', () => {
    const other = begin('animals', {}, { clientIds: ['mine'], announced: DOG });
    const sentence = new RegExp(
      `^Invalid Client ID digest: "mine" names animals#0, .* ${CAT}, not ${DOG}\\.$`,
    );
    for (const history of [[mine], [mine, part('mine')]]) {
      given(...history)
        .when(other)
        .thenRefused('client-id-conflict', { rule: 'LOG-11', sentence });
    }
    given(mine).when(part('mine')).then(joined('animals:v0'));
    given(part('mine')).when(other).then(joined('animals:v0'));
  });

  test('is refused if they name two uploads', () => {
    given(part('one'), part('two'))
      .when(part('new', 'one', 'two'))
      .thenRefused('client-id-conflict');
  });

  test.each<readonly [string, readonly History[]]>([
    ['is abandoned', [abandon(v0)]],
    ['is deleted', [commit(v0), removeWithAliases('animals:v0')]],
    ['is a tombstone', [commit(v0), removeWithAliases('animals:v0'), clock('7d'), collected]],
  ])(
    'begins a new version if the one that they name %s, and they move to it, also with another digest',
    (_, past) => {
      const other = begin('animals', {}, { clientIds: ['mine'], announced: DOG });
      given(mine, ...past)
        .when(other)
        .then(begun('animals:v1', {}, {}), recorded('animals:v1', DOG, 'mine'));
      expect(namedBy('mine', mine, ...past)).toBe(v0);
      expect(namedBy('mine', mine, ...past, other)).toBe(v1);
    },
  );

  test('does not take an id back when its former version is restored', () => {
    const past = [mine, commit(v0), removeWithAliases('animals:v0'), mine, restore('animals:v0')] as const;
    expect(namedBy('mine', ...past)).toBe(v1);
  });

  test('begins another version in another sequence, and they move to it', () => {
    const elsewhere = begin('plants', {}, { clientIds: ['mine'], announced: DOG });
    expect(namedBy('mine', mine, elsewhere)).toBe(versionId('plants:v0'));
    given(mine, elsewhere)
      .when(mine)
      .then(begun('animals:v1', {}, {}), recorded('animals:v1', CAT, 'mine'));
  });
});

describe('an announced digest (LOG-3)', () => {
  const cat = log('animals', { cat: '2MB' });

  test('counts instead of that of the files, which follow later', () => {
    given(cat)
      .when(mine)
      .then(reused('animals:v0'), recorded('animals:v0', CAT, 'mine'));
    given(cat)
      .when(begin('animals', {}, { announced: CAT }))
      .then(reused('animals:v0'));
    given(log('animals'))
      .when(mine)
      .then(begun('animals:v1', {}, {}), recorded('animals:v1', CAT, 'mine'));
  });

  test('is compared with the latest COMMITTED version only', () => {
    given(cat, log('animals', { dog: '1MB' }))
      .when(mine)
      .thenTypes(['versionBegun', 'clientIdsRecorded']);
    given(cat, removeWithAliases('animals:v0')).when(mine).thenTypes(['versionBegun', 'clientIdsRecorded']);
  });

  test('is compared with nothing if it is null', () => {
    given(log('animals')).when(part('all')).thenTypes(['versionBegun', 'clientIdsRecorded']);
    given(cat)
      .when(begin('animals', { cat: '2MB' }, { announced: null }))
      .thenTypes(['versionBegun']);
  });

  test('of an existing version is refused with other files, which would be lost', () => {
    given(cat)
      .when(begin('animals', { dog: '1MB' }, { announced: CAT }))
      .thenRefused('not-pending');
  });
});
