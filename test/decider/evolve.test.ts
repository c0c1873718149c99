import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import { EVENT_TYPES, type StoreEvent } from '../../src/decider/event.ts';
import { evolve } from '../../src/decider/evolve.ts';
import type { Decision } from '../../src/lifecycle/decision.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { DEFAULT_SETTINGS } from '../../src/store/settings.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import {
  abandon,
  addFiles,
  alias,
  begin,
  bucketDelete,
  bucketUndelete,
  changeType,
  commit,
  describeCollection,
  describeRun,
  describeVersion,
  draft,
  finish,
  link,
  log,
  planCrash,
  recover,
  removeAll,
  removeCollection,
  removeProject,
  removeRun,
  removeWithAliases,
  rename,
  restore,
  server,
  setTeamTtl,
  setTtl,
  start,
  time,
  unlink,
  use,
} from '../support/stores/builders.ts';
import { versionId } from '../support/stores/names.ts';
import { peopleOf } from '../support/stores/people.ts';
import { plain, unfrozen } from '../support/stores/plain.ts';

const [v3, v4] = [versionId('animals:v3'), versionId('animals:v4')];
const PEOPLE = peopleOf({ team: { bob: 'member' }, registries: { models: {} }, membersMaySetTtl: false });
const empty = emptyStore(DEFAULT_SETTINGS, PEOPLE);

const LOGGED: readonly Command[] = [
  server({ retentionSeconds: time('1d') }),
  log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'], run: 'run-1' }),
  log('animals', { dog: '1MB', cat: '2MB' }),
  draft('animals:v0', { add: { rat: '3MB' } }),
  log('animals', { cat: '2MB' }),
  start('run-2', { displayName: 'night', tags: ['nightly'] }),
  use('animals:v1', 'run-2'),
  describeRun('run-2', { group: 'night' }),
  finish('run-2', 'failed'),
  start('run-2'),
  link('animals:v0', 'models/prod', ['live']),
  link('animals:v1', 'models/prod'),
  alias('models/prod:v1', { protect: ['safe'] }),
  alias('models/prod:v1', { remove: ['safe'] }),
  unlink('models/prod:v1'),
  alias('animals:v1', { add: ['good'] }),
  describeVersion('animals:v1'),
  describeCollection('animals', { tags: ['pets'] }),
  changeType('animals', 'model'),
  rename('models/prod', 'stage'),
  rename('models/stage', 'prod'),
  alias('animals:latest', { remove: ['latest'] }),
  begin('animals', { owl: '4MB' }),
  begin('animals', { emu: '5MB' }),
  addFiles(v4, { fox: '6MB' }),
  commit(v3),
  abandon(v4),
  removeAll('animals', { withAlias: 'good' }),
  removeWithAliases('animals:v1'),
  restore('animals:v1'),
  removeWithAliases('animals:v1'),
  removeCollection('models/prod'),
];

// A TTL that nobody may set, one that ends, and a bucket that fails and keeps what it deletes.
const TROUBLED: readonly Command[] = [
  server({ bucket: { provider: 'aws', versioning: true } }),
  log('plants', { fern: '1MB' }, { run: 'run-3' }),
  log('plants', { moss: '2MB' }, { by: 'bob', ttl: '1d' }),
  begin('plants', {}, { clientIds: ['mine'], announced: null }),
  begin('plants', {}, { clientIds: ['mine', 'yours'], announced: null }),
  setTtl('plants:v0', '1h'),
  setTeamTtl('90d'),
  {
    type: 'planBucketFaults',
    faults: [{ call: 'delete', fault: 'fails', times: 1 }],
  },
];

// A story with an event of every kind in it, and the store after each of its events.
function story(): { readonly events: readonly StoreEvent[]; readonly stores: readonly Store[] } {
  const simulator = new Simulator(emptyStore(DEFAULT_SETTINGS, PEOPLE));
  const happened = (outcome: Decision<StoreEvent>): readonly StoreEvent[] => {
    if (!outcome.ok) throw new Error(outcome.refusal.sentence);
    return outcome.events;
  };
  const asked = (...commands: readonly Command[]) =>
    commands.flatMap((command) => happened(simulator.apply(command)));
  const waited = (duration: string) => happened(simulator.apply({ type: 'wait', duration: time(duration) }));
  const described = [
    ...asked(...LOGGED),
    ...asked(planCrash(3)),
    ...waited('1d'),
    ...asked(log('animals', { rat: '3MB' })),
    ...waited('1d'),
    ...asked(planCrash(99), removeCollection('animals')),
    ...waited('2d'),
    ...asked(...TROUBLED),
    ...waited('2d'),
    ...asked(recover('plants:v0'), bucketDelete('plants:v0/fern'), bucketUndelete('plants:v0/fern')),
    ...asked(removeRun('run-3'), bucketDelete('plants:v1/moss')),
    ...waited('30d'),
    ...asked(removeProject('demo'), server({ deployment: 'self-managed' })),
    ...waited('2d'),
  ];
  const stores: Store[] = [];
  for (const event of described) stores.push(evolve(stores.at(-1) ?? empty, [event]));
  return { events: described, stores };
}

const ONLY_TELLING: readonly string[] = [
  'versionReused',
  'deletionRefused',
  'ttlKept',
  'garbageCollectionSkipped',
];
const { events, stores } = story();
const last = () => stores.at(-1) ?? empty;

test('the story of this file has every kind of event in it', () => {
  const seen = new Set(events.map(({ type }) => type));
  expect(EVENT_TYPES.filter((type) => !seen.has(type))).toEqual([]);
});

describe('evolving by', () => {
  test('many events at once has the same result as one by one', () => {
    expect(plain(evolve(empty, events))).toEqual(plain(last()));
  });

  test('events from JSON has the same result', () => {
    expect(plain(evolve(empty, JSON.parse(JSON.stringify(events))))).toEqual(plain(last()));
  });

  test('the remaining events from any earlier store has the same result, so undo can return that store', () => {
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
        events.filter(({ type }) => ONLY_TELLING.includes(type)),
      ),
    ).toBe(store);
  });

  test('leaves nothing of a store that could be written to', () => {
    for (const [at, store] of stores.entries()) expect(unfrozen(store), events[at]?.type).toEqual([]);
  });

  test('starts with a store that is frozen too', () => {
    expect(unfrozen(emptyStore())).toEqual([]);
  });

  test('never refuses: an event of no known kind is a bug, and stops', () => {
    const unknown: StoreEvent = JSON.parse('{ "type": "somethingElse" }');
    expect(() => evolve(emptyStore(), [unknown])).toThrow(TypeError);
  });

  test('by an event about what is not there is a bug, and stops; the store stays as it was', () => {
    const store = last();
    const before = plain(store);
    const lost: StoreEvent = { type: 'versionCommitted', versionId: versionId('ghosts:v0'), index: 0 };
    expect(() => evolve(store, [...events.slice(0, 1), lost])).toThrow('assertion failed');
    expect(plain(store)).toEqual(before);
  });
});

test('the kinds of events are listed once each', () => {
  expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length);
  expect(decide({ type: 'forgetCrash' }, last())).toEqual({ ok: true, events: [] });
});
