import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/decider/decide.ts';
import { evolve } from '../../../src/decider/evolve.ts';
import { LATEST } from '../../../src/values/names.ts';
import { begin, clock, log, planCrash, remove, removeWithAliases } from './builders.ts';
import { collected, given, givenAmong, givenBy, type When } from './given.ts';
import { collectionId, objectId, versionId } from './names.ts';
import { peopleOf } from './people.ts';
import { plain, unfrozen } from './plain.ts';

const animals = log('animals', { cat: '2MB' });

describe('the helper passes what is true', () => {
  test('a history may mix commands, events and runs of garbage collection', () => {
    const deleted = {
      type: 'versionDeleted',
      versionId: versionId('animals:v0'),
      aliases: [LATEST],
    } as const;
    const { store } = given(animals, deleted, clock('7d'));
    expect(store.versions.get(versionId('animals:v0'))?.state.kind).toBe('PENDING_DELETION');
  });

  test('a run of garbage collection in a history goes to its end, whatever crash was planned', () => {
    const { store } = given(animals, removeWithAliases('animals:v0'), clock('7d'), planCrash(1), collected);
    expect(store.versions.get(versionId('animals:v0'))?.state.kind).toBe('DELETED');
  });

  test('events are compared whole, their kinds alone only where that is said', () => {
    given(clock('1d'))
      .when(clock('1d'))
      .then({ type: 'clockMoved', to: given(clock('2d')).store.now });
    given().when(begin('animals')).thenTypes(['collectionCreated', 'versionBegun']);
  });

  test('nothing is an answer, and not a refusal', () => {
    given().when(clock('0s')).thenNothing();
  });

  test('a history may be played among people, whose roles count', () => {
    const among = givenAmong(peopleOf({ team: { bob: 'member', vera: 'viewer' } }));
    const by = (person: string) => log('animals', { dog: '1MB' }, { by: person });
    among(animals).when(by('vera')).thenRefused('forbidden', { rule: 'ACL-1' });
    expect(among(animals).when(by('bob')).accepted).toBe(true);
    expect(() => among(by('vera'))).toThrow('was refused');
  });

  test('of a refusal only what is named is compared', () => {
    given(animals)
      .when(remove('animals:v0'))
      .thenRefused('has-aliases')
      .thenRefused('has-aliases', { rule: 'DEL-2', blockers: ['latest'] });
  });
});

describe('the helper fails what is false', () => {
  const accepted = () => given().when(clock('1d'));
  const refused = () => given(animals).when(remove('animals:v0'));
  const lies: readonly (readonly [string, () => When])[] = [
    ['events that are missing', () => accepted().thenNothing()],
    ['events that are too many', () => given().when(clock('0s')).thenTypes(['clockMoved'])],
    [
      'an event that says something else',
      () => accepted().then({ type: 'clockMoved', to: given().store.now }),
    ],
    [
      'kinds in another order',
      () => given().when(begin('a')).thenTypes(['versionBegun', 'collectionCreated']),
    ],
    ['a refusal that was expected to be accepted', () => refused().thenTypes([])],
    ['a refusal taken for nothing', () => refused().thenNothing()],
    ['an acceptance that was expected to be refused', () => accepted().thenRefused('too-large')],
    ['another code', () => refused().thenRefused('not-found')],
    ['another rule', () => refused().thenRefused('has-aliases', { rule: 'DEL-1' })],
    ['other blockers', () => refused().thenRefused('has-aliases', { blockers: [] })],
    ['another sentence', () => refused().thenRefused('has-aliases', { sentence: '' })],
    ['a history that is refused', () => given(remove('animals:v0')).when(clock('1d'))],
    [
      'a history that breaks an invariant',
      () =>
        given(animals, { type: 'collectionDeleted', collectionId: collectionId('animals') }).when(animals),
    ],
  ];

  test.each(lies)('%s', (_what, lie) => {
    expect(lie).toThrow();
  });
});

describe('the helper finds a broken decider', () => {
  const when = (broken: Partial<Parameters<typeof givenBy>[0]>) =>
    givenBy({ decide, evolve, ...broken })(animals).when(clock('1d'));

  test('whose answer depends on how often it is asked', () => {
    let asked = 0;
    const moody: typeof decide = (command, store) => {
      asked += 1;
      return asked > 2 ? { ok: true, events: [] } : decide(command, store);
    };
    expect(() => when({ decide: moody })).toThrow('deciding again gives the same');
  });

  test('whose deciding changes the store', () => {
    const loose = { ...given(animals).store };
    const meddling: typeof decide = (command, store) => {
      if (command.type === 'moveClock') Object.assign(store, { nextTrashNumber: store.nextTrashNumber + 1 });
      return decide(command, store);
    };
    expect(() => when({ decide: meddling, evolve: () => loose })).toThrow('deciding changes nothing');
  });

  test('whose evolving changes the store that was there before', () => {
    let loose = given().store;
    const meddling: typeof evolve = (store, events) => {
      if (events[0]?.type === 'clockMoved') return Object.assign(store, { nextTrashNumber: 7 });
      loose = { ...evolve(store, events) };
      return loose;
    };
    expect(() => when({ evolve: meddling })).toThrow('the store that was given stays as it was');
  });

  test('that makes something of no events', () => {
    const inventive: typeof evolve = (store, events) => ({ ...evolve(store, events), nextTrashNumber: 7 });
    const nothing: typeof decide = (command, store) =>
      command.type === 'moveClock' ? { ok: true, events: [] } : decide(command, store);
    const broken = { decide: nothing, evolve: inventive };
    expect(() => givenBy(broken)().when(clock('1d'))).toThrow('no events, no change');
  });

  test('whose events break an invariant', () => {
    const losing: typeof decide = (command, store) =>
      command.type === 'moveClock'
        ? {
            ok: true,
            events: [
              { type: 'objectSwept', objectId: objectId('animals', 'cat'), freedBytes: store.logicalBytes },
            ],
          }
        : decide(command, store);
    expect(() => when({ decide: losing })).toThrow('every invariant holds afterwards');
  });
});

describe('a store made plain', () => {
  test('differs where a table differs, which comparing the stores themselves would miss', () => {
    const [left, right] = [given(animals).store.versions, given(animals, log('plants')).store.versions];
    expect(left).toEqual(right);
    expect(plain(left)).not.toEqual(plain(right));
  });

  test('names what can still be written to', () => {
    expect(unfrozen(Object.freeze({ a: Object.freeze({ b: 1 }) }))).toEqual([]);
    expect(unfrozen(Object.freeze({ a: { b: 1 } }))).toEqual(['store.a']);
  });
});
