import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/decider/command.ts';
import { expiredVersions, nextExpiry } from '../../../src/lifecycle/expiry/expiry-queue.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import { aliasIndex, collectionById } from '../../../src/store/look-up.ts';
import { DEFAULT_SETTINGS } from '../../../src/store/settings.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import type { VersionId } from '../../../src/values/names.ts';
import { atLeastRuns, PATIENCE_MS, runs } from '../../support/property-runs.ts';
import {
  abandonStale,
  alias,
  begin,
  clock,
  commit,
  expire,
  link,
  log,
  recover,
  remove,
  removeCollection,
  removeWithAliases,
  restore,
  review,
  setTeamTtl,
  setTtl,
  time,
  unlink,
} from '../../support/stores/builders.ts';
import { collected, given, WORLD } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';

const [v0, v1] = [versionId('animals:v0'), versionId('animals:v1')];

describe('the queue of expiry', () => {
  test('answers when the next version expires, or that none does', () => {
    expect(nextExpiry(given().store)).toBe(null);
    expect(nextExpiry(given(log('animals')).store)).toBe(null);
    expect(nextExpiry(given(setTeamTtl('90d')).store)).toBe(null);
    const own = [clock('1d'), log('animals', { cat: '2MB' }, { ttl: '30d' })];
    expect(nextExpiry(given(...own).store)).toBe(time('31d'));
    const both = [...own, log('animals', { dog: '1MB' })];
    expect(nextExpiry(given(...both).store)).toBe(time('31d'));
    expect(nextExpiry(given(...both, setTeamTtl('9d')).store)).toBe(time('10d'));
    expect(nextExpiry(given(...both, setTeamTtl('90d')).store)).toBe(time('31d'));
    expect(nextExpiry(given(...both, setTeamTtl('90d'), remove('animals:v0')).store)).toBe(time('91d'));
  });

  test('still has versions that are long overdue', () => {
    const overdue = [log('animals', { cat: '2MB' }, { ttl: '1d' }), clock('9d')];
    expect(nextExpiry(given(...overdue).store)).toBe(time('1d'));
    expect(expiredVersions(given(...overdue).store)).toEqual([v0]);
  });

  test('lists each version once, at instants of any length, those of one instant too', () => {
    const { store } = given(
      log('animals', { cat: '2MB' }, { ttl: '9s' }),
      log('animals', { dog: '1MB' }, { ttl: '9s' }),
      log('animals', { rat: '3MB' }, { ttl: '10s' }),
      log('animals', { owl: '4MB' }, { ttl: '100000s' }),
      clock('10s'),
    );
    expect(expiredVersions(store)).toEqual([v0, v1, versionId('animals:v2')]);
  });

  test('has the longest TTL last, even if its end is too far away for an exact number', () => {
    const { store } = given(
      clock('1d'),
      log('animals', { cat: '2MB' }, { ttl: '9007199254740991s' }),
      log('animals', { dog: '1MB' }, { ttl: '9007199254740000s' }),
      log('animals', { rat: '3MB' }, { ttl: '1d' }),
      clock('1d'),
    );
    expect(expiredVersions(store)).toEqual([versionId('animals:v2')]);
  });

  test('does not have versions whose TTL was set to none', () => {
    const { store } = given(
      log('animals', { cat: '2MB' }, { ttl: '1d' }),
      log('animals', { dog: '1MB' }),
      setTtl('animals:v0', 'none'),
      setTtl('animals:v1', 'none'),
    );
    expect([store.expiring.size, store.inheriting.size]).toEqual([0, 0]);
  });
});

const VERSIONS = ['animals:v0', 'animals:v1', 'animals:v2', 'plants:v0', 'plants:v1', 'table:v0', 'table:v1'];
const LINKS = ['models/prod:v0', 'models/prod:v1', 'models/prod:v2', 'models/beta:v0', 'models/beta:v1'];
const TTLS = ['inherit', 'none', '1s', '1d', '2d', '4d'];
const ALIASES = ['live', 'gold', 'latest'];

// The only collection of a type that the service makes itself is the table (TTL-8).
const logging = fc
  .tuple(fc.constantFrom('animals', 'plants', 'table'), fc.nat(5), fc.constantFrom(...TTLS), fc.boolean())
  .map(([name, content, ttl, whole]): Command => {
    const type = name === 'table' ? 'run_table' : 'dataset';
    const details = { type, ttl: name === 'table' && ttl !== 'none' ? 'inherit' : ttl };
    const files = { file: `${content}B content-${content}` };
    return whole ? log(name, files, details) : begin(name, files, details);
  });
const version = fc.constantFrom(...VERSIONS);
const onLink = fc.constantFrom(...LINKS);
const aliases = fc.subarray(ALIASES);

type Step = Command | typeof collected;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: logging },
  {
    weight: 4,
    arbitrary: fc.tuple(version, fc.constantFrom(...TTLS)).map(([name, ttl]) => setTtl(name, ttl)),
  },
  { weight: 2, arbitrary: fc.constantFrom(...TTLS).map((ttl) => setTeamTtl(ttl)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(version, fc.constantFrom('models/prod', 'models/beta', 'plants'), aliases)
      .map(([name, to, put]) => link(name, to, put)),
  },
  { weight: 1, arbitrary: onLink.map(unlink) },
  {
    weight: 5,
    arbitrary: fc
      .record({ add: aliases, remove: aliases, protect: aliases })
      .chain((edit) => onLink.map((name) => alias(name, edit))),
  },
  { weight: 2, arbitrary: version.map(removeWithAliases) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('animals', 'plants', 'models/prod', 'models/beta').map(removeCollection),
  },
  { weight: 3, arbitrary: version.map(restore) },
  { weight: 2, arbitrary: version.map(recover) },
  { weight: 2, arbitrary: version.map((name) => commit(versionId(name))) },
  { weight: 4, arbitrary: fc.constantFrom('1s', '1d', '3d').map(clock) },
  { weight: 1, arbitrary: fc.constantFrom<Step>(expire, abandonStale, review, collected) },
);

// Links with aliases and TTLs of their own, so that something is there to be held and let go.
const BEGINNING: readonly Step[] = [
  log('animals', { cat: '2MB' }),
  log('animals', { dog: '1MB' }),
  log('plants', { fern: '1MB' }),
  link('animals:v0', 'models/prod', ['gold']),
  link('animals:v1', 'models/prod', ['live']),
  link('plants:v0', 'models/beta', ['live']),
  setTtl('animals:v0', '1d'),
  setTtl('animals:v1', 'inherit'),
];
const histories = fc
  .array(step, { minLength: 5, maxLength: 30, size: 'max' })
  .map((steps): readonly Step[] => [...BEGINNING, ...steps]);

// Refused commands change nothing; a commit names what may never have been begun, which the store takes for a bug.
function play(simulator: Simulator, one: Step): void {
  if (one.type === 'collected') simulator.apply({ type: 'collectGarbage' });
  else if (one.type !== 'commitVersion' || simulator.store.versions.has(one.versionId)) simulator.apply(one);
}

describe('in any history', () => {
  test(
    'the queue answers what a look at every version answers (TTL-2, TTL-3, TTL-6, TTL-8)',
    () => {
      fc.assert(
        fc.property(histories, fc.boolean(), (steps, versioning) => {
          const bucket = versioning
            ? { ...DEFAULT_SETTINGS.bucket, provider: 'aws' as const, versioning }
            : undefined;
          const simulator = new Simulator(
            emptyStore(bucket === undefined ? DEFAULT_SETTINGS : { ...DEFAULT_SETTINGS, bucket }, WORLD),
          );
          for (const one of steps) {
            play(simulator, one);
            const { store } = simulator;
            expect([...expiredVersions(store)].sort()).toEqual(naivelyExpired(store, store.now));
            expect(nextExpiry(store)).toBe(naivelyNext(store));
          }
          expect(brokenInvariants(simulator.store)).toEqual([]);
        }),
        runs(150),
      );
    },
    PATIENCE_MS,
  );

  test(
    'what expires is what was due, and nothing is due afterwards',
    () => {
      fc.assert(
        fc.property(histories, (steps) => {
          const simulator = new Simulator(emptyStore(DEFAULT_SETTINGS, WORLD));
          for (const one of steps) play(simulator, one);
          simulator.apply(clock('2d'));
          const due = naivelyExpired(simulator.store, simulator.store.now);
          const outcome = simulator.apply(expire);
          const gone = outcome.ok
            ? outcome.events.flatMap((event) => (event.type === 'versionExpired' ? [event.versionId] : []))
            : [];
          expect([...gone].sort()).toEqual(due);
          expect(naivelyExpired(simulator.store, simulator.store.now)).toEqual([]);
          expect(brokenInvariants(simulator.store)).toEqual([]);
        }),
        runs(80),
      );
    },
    PATIENCE_MS,
  );

  test('something expires, is held, and is released again: the histories are interesting enough', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(histories, (steps) => {
        const simulator = new Simulator(emptyStore(DEFAULT_SETTINGS, WORLD));
        let held = new Set<VersionId>();
        for (const one of steps) {
          play(simulator, one);
          const { store } = simulator;
          const due = naivelyExpired(store, store.now);
          if (due.length > 0) seen.add('due');
          if (due.some((id) => held.has(id))) seen.add('let go');
          held = new Set(heldThoughOver(store));
          if (held.size > 0) seen.add('held');
        }
      }),
      atLeastRuns(300),
    );
    expect([...seen].sort()).toEqual(['due', 'held', 'let go']);
  });
});

function naivelyExpired(store: Store, now: number): readonly VersionId[] {
  return [...store.versions.unorderedRows()]
    .filter((one) => (naiveExpiry(store, one) ?? Number.POSITIVE_INFINITY) <= now && !isHeld(store, one))
    .map(({ id }) => id)
    .sort();
}

function naivelyNext(store: Store): number | null {
  const instants = [...store.versions.unorderedRows()]
    .filter((one) => !isHeld(store, one))
    .map((one) => naiveExpiry(store, one))
    .filter((instant) => instant !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}

function heldThoughOver(store: Store): readonly VersionId[] {
  return [...store.versions.unorderedRows()]
    .filter((one) => (naiveExpiry(store, one) ?? Number.POSITIVE_INFINITY) <= store.now && isHeld(store, one))
    .map(({ id }) => id);
}

function naiveExpiry(store: Store, { state, ttl, createdAt, collectionId }: Version): number | null {
  if (state.kind !== 'COMMITTED') return null;
  if (collectionById(store, collectionId).artifactType === 'run_table') return null;
  const own = ttl.kind === 'lasting' ? ttl.seconds : null;
  const lifetime = ttl.kind === 'inherit' ? store.people.ttlDefaultSeconds : own;
  return lifetime === null ? null : createdAt + lifetime;
}

// From the portfolios' own tables of aliases: the links' lists of theirs are what the queue goes by.
function isHeld(store: Store, { id }: Version): boolean {
  return [...store.links.unorderedRows()].some(({ versionId: source, portfolioId, index }) => {
    const portfolio = collectionById(store, portfolioId);
    return (
      source === id &&
      [...portfolio.protectedAliases.keys()].some((held) => aliasIndex(portfolio, held) === index)
    );
  });
}
