import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decider/decide.ts';
import { EVENT_TYPES, type StoreEvent } from '../../src/decider/event.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import {
  abandon,
  alias,
  begin,
  commit,
  draft,
  link,
  log,
  planCrash,
  removeAll,
  removeCollection,
  removeWithAliases,
  server,
  time,
  unlink,
  use,
} from '../support/builders.ts';
import { versionId } from '../support/names.ts';
import { plain, unfrozen } from '../support/plain.ts';

const [v3, v4] = [versionId('animals:v3'), versionId('animals:v4')];

// A story with an event of every kind in it, and the store after each of its events.
function story(): { readonly events: readonly StoreEvent[]; readonly stores: readonly Store[] } {
  const simulator = new Simulator();
  const events: StoreEvent[] = [];
  for (const command of [
    server({ retentionSeconds: time('1d') }),
    log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'], run: 'run-1' }),
    log('animals', { dog: '1MB', cat: '2MB' }),
    draft('animals:v0', { add: { rat: '3MB' } }),
    log('animals', { cat: '2MB' }),
    use('animals:v1', 'run-2'),
    link('animals:v0', 'prod', ['live']),
    link('animals:v1', 'prod'),
    unlink('prod:v1'),
    alias('animals:v1', { add: ['good'] }),
    alias('animals:latest', { remove: ['latest'] }),
    begin('animals', { owl: '4MB' }),
    begin('animals', { emu: '5MB' }),
    commit(v3),
    abandon(v4),
    removeAll('animals', { withAlias: 'good' }),
    removeWithAliases('animals:v1'),
    removeCollection('prod'),
  ]) {
    const outcome = simulator.dispatch(command);
    if (!outcome.ok) throw new Error(outcome.refusal.sentence);
    events.push(...outcome.events);
  }
  const spared = () => simulator.dispatch(log('animals', { rat: '3MB' }));
  const steps = [() => simulator.dispatch(planCrash(3)), () => simulator.wait(time('1d')), spared];
  const ends = [
    () => simulator.wait(time('1d')),
    () => simulator.dispatch(planCrash(99)),
    () => simulator.dispatch(removeCollection('animals')),
  ];
  for (const step of [...steps, ...ends, () => simulator.wait(time('2d'))]) {
    const outcome = step();
    if (!outcome.ok) throw new Error(outcome.refusal.sentence);
    events.push(...outcome.events);
  }
  const stores: Store[] = [];
  for (const event of events) stores.push(evolve(stores.at(-1) ?? emptyStore(), [event]));
  return { events, stores };
}

const { events, stores } = story();
const last = () => stores.at(-1) ?? emptyStore();

test('the story of this file has every kind of event in it', () => {
  const seen = new Set(events.map(({ type }) => type));
  expect(EVENT_TYPES.filter((type) => !seen.has(type))).toEqual([]);
});

describe('evolving', () => {
  test('by many events in one step comes to the same as one by one', () => {
    expect(plain(evolve(emptyStore(), events))).toEqual(plain(last()));
  });

  test('by events that were written as JSON comes to the same', () => {
    expect(plain(evolve(emptyStore(), JSON.parse(JSON.stringify(events))))).toEqual(plain(last()));
  });

  test('from any old store, by the rest of the events, comes to the same: a step back is the old store', () => {
    for (const [at, store] of stores.entries()) {
      expect(plain(evolve(store, events.slice(at + 1)))).toEqual(plain(last()));
    }
  });

  test('by no events, or by those that only tell, gives the very same store', () => {
    const store = last();
    expect(evolve(store, [])).toBe(store);
    expect(
      evolve(
        store,
        events.filter(({ type }) => type === 'versionReused' || type === 'deletionRefused'),
      ),
    ).toBe(store);
  });

  test('leaves nothing of a store that could be written to', () => {
    for (const [at, store] of stores.entries()) expect(unfrozen(store), events[at]?.type).toEqual([]);
  });

  test('begins with a store of which nothing can be written to either', () => {
    expect(unfrozen(emptyStore())).toEqual([]);
  });

  test('never refuses: an event of no known kind is a bug, and stops', () => {
    const unknown: StoreEvent = JSON.parse('{ "type": "somethingElse" }');
    expect(() => evolve(emptyStore(), [unknown])).toThrow('unreachable');
  });

  test('by an event about what is not there is a bug, and stops; the store stays as it was', () => {
    const store = last();
    const before = plain(store);
    const lost: StoreEvent = { type: 'versionCommitted', versionId: versionId('plants:v0') };
    expect(() => evolve(store, [...events.slice(0, 1), lost])).toThrow('assertion failed');
    expect(plain(store)).toEqual(before);
  });
});

test('the kinds of events are listed once each', () => {
  expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length);
  expect(decide({ type: 'forgetCrash' }, last())).toEqual({ ok: true, events: [] });
});
