import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStored } from '../../src/bucket/bucket.ts';
import type { Action } from '../../src/simulator/action.ts';
import { isManagedVersion, isProtectedSource } from '../../src/store/protection.ts';
import { holdingReferrers } from '../../src/store/references/referrers.ts';
import { objectsOf } from '../../src/store/stored-object.ts';
import { type CollectionName, shortCollectionName } from '../../src/values/names.ts';
import { seconds } from '../../src/values/units.ts';
import { deletionPair, stepsOn } from '../support/arbitraries/deletions.ts';
import { histories, steadyHistories } from '../support/arbitraries/histories.ts';
import {
  DAY,
  flag,
  pick,
  sequence,
  where as someConditions,
  files as someFiles,
  ttl,
} from '../support/arbitraries/parts.ts';
import { collectedBy, undisturbed } from '../support/histories/changed-histories.ts';
import type { HistoryStep } from '../support/histories/history.ts';
import {
  isAboutKnown,
  type Played,
  perform,
  playHistory,
  recordActions,
  simulatorFor,
} from '../support/histories/play-history.ts';
import {
  codeOf,
  committedAt,
  divergences,
  existingAt,
  forkOf,
  indexNameOf,
} from '../support/histories/same-past.ts';
import { compact } from '../support/histories/story-step.ts';
import {
  factsAtRest,
  factsAtRestBut,
  factsBeside,
  factsBesideDigests,
  oftener,
  renamed,
  renamedFacts,
  whatIsCommitted,
  withoutDeadlines,
} from '../support/histories/variations.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { differences } from '../support/stores/canonical-summary.ts';
import { factsOf, unlike } from '../support/stores/equal-stores.ts';
import { isFault, makeAllDue, settle } from '../support/stores/faults.ts';
import { collectionNamed } from '../support/stores/names.ts';

const STEPS = 24;
const anything = histories(STEPS).map((history) => collectedBy('reference-counting', history));
const steady = steadyHistories(STEPS).map((history) => collectedBy('reference-counting', history));
const place = fc.nat({ max: 200 });
const SHELF = 'hall/shelf';
const ASIDE = 'others/attic/heap';

// That a plan of deletions comes true is shown in plan.test.ts.
describe('It makes no difference, now or later,', { timeout: PATIENCE_MS }, () => {
  test('whether a version was deleted and restored, but for its aliases and its links (DEL-15)', () => {
    const property = fc.property(anything, place, pick, (history, at, nth) => {
      const { one, other, rest } = forkOf(history, at);
      const { store } = one;
      const version = committedAt(store, nth);
      if (version === undefined || isProtectedSource(store, version)) return;
      if (isManagedVersion(store, version) || holdingReferrers(store, version.id) > 0) return;
      // What was deleted out of band does not come back with a restore.
      const objects = objectsOf(version.scope, version.manifest);
      if (objects.some(([objectId]) => !isStored(store.bucket, objectId))) return;
      const name = indexNameOf(store, version);
      for (const linkId of version.links) {
        const link = store.links.get(linkId);
        if (link === undefined) continue;
        accept(one, { unlink: indexNameOf(store, { ...link, collectionId: link.portfolioId }) });
      }
      const remove = version.state.kind === 'COMMITTED' ? version.state.aliases : [];
      accept(one, { alias: name, remove });
      accept(other, { delete: name, deleteAliases: true });
      accept(other, { restore: name });
      expect(divergences({ one, other, rest })).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('whether a TTL was set and set back before it was over (TTL-1, TTL-2)', () => {
    const property = fc.property(anything, place, pick, ttl, (history, at, nth, given) => {
      const { one, other, rest } = forkOf(history, at);
      const version = committedAt(one.store, nth);
      if (version === undefined) return;
      const name = indexNameOf(one.store, version);
      const before = version.ttl.kind === 'lasting' ? `${version.ttl.seconds}s` : version.ttl.kind;
      perform(other, { ttl: name, is: given, refused: 'bad-ttl' });
      accept(other, { ttl: name, is: before });
      expect(divergences({ one, other, rest })).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('whether a version was linked to a new portfolio and unlinked (TTL-4)', () => {
    const property = fc.property(anything, place, pick, (history, at, nth) => {
      const { one, other } = forkOf(history, at);
      const version = committedAt(one.store, nth);
      if (version === undefined) return;
      const name = indexNameOf(one.store, version);
      accept(other, { link: name, to: SHELF, aliases: ['best'] });
      accept(other, { unlink: `${SHELF}:best` });
      expect(differencesBeside(collectionNamed(SHELF), one, other)).toEqual([]);
      for (const simulator of [one, other]) settle(simulator);
      expect(differencesBeside(collectionNamed(SHELF), one, other)).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('whether versions are deleted in bulk, or one by one in their order (DEL-14)', () => {
    const property = fc.property(
      anything,
      place,
      pick,
      someConditions,
      flag,
      (history, at, nth, where, deleteAliases) => {
        const { one, other, rest } = forkOf(history, at);
        const collection = existingAt(one.store, nth);
        if (collection === undefined) return;
        const { id } = collection;
        const name = shortCollectionName(collection.name);
        const { store } = one;
        const bulk = perform(one, { 'delete all': name, where: compact(where), deleteAliases });
        const linkTo = (versionId: string) =>
          [...store.links.unorderedRows()].find(
            (link) => link.portfolioId === id && link.versionId === versionId,
          );
        const outcomes = (bulk.ok ? bulk.events : []).flatMap((event) => {
          if (event.type === 'linkRemoved')
            return event.portfolioId === id ? [{ index: event.index, code: 'accepted' }] : [];
          if (event.type !== 'versionDeleted' && event.type !== 'deletionRefused') return [];
          const index = linkTo(event.versionId)?.index ?? store.versions.get(event.versionId)?.index ?? -1;
          return [{ index, code: event.type === 'versionDeleted' ? 'accepted' : event.refusal.code }];
        });
        // DEL-18: what refers comes after what it refers to, and has to be deleted before it where that holds it.
        const holds = store.settings.artifactReferences === 'hold';
        for (const { index, code } of holds ? outcomes.toReversed() : outcomes) {
          expect(endOf(other, { delete: `${name}:v${index}`, deleteAliases })).toBe(code);
        }
        if (!holds) expect(divergences({ one, other, rest })).toEqual([]);
        const inAnyOrder = ({ store: left }: typeof one) => factsOf(left, () => false);
        expect(inAnyOrder(other)).toEqual(inAnyOrder(one));
      },
    );
    fc.assert(property, runs(45));
  });

  test('whether time passes at once or in two steps (GC-1)', () => {
    const shares = fc.noBias(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }));
    const waits = fc.noBias(fc.array(fc.nat({ max: 21 * DAY }).map(seconds), { minLength: 1, maxLength: 8 }));
    const property = fc.property(anything, shares, waits, (history, parts, durations) => {
      const [one, other] = [simulatorFor(history), simulatorFor(history)];
      // Time passes oftener than it does by itself, so that there is something to do on the way.
      const calls = recordActions(history).flatMap((call, at): readonly Action[] =>
        at % 3 < 2
          ? [call]
          : [call, { type: 'wait', duration: durations[at % durations.length] ?? seconds(0) }],
      );
      for (const [at, call] of calls.entries()) {
        if (!isAboutKnown(one.store, call)) continue;
        const first =
          call.type === 'wait' ? Math.round(((parts[at % parts.length] ?? 0) * call.duration) / 1_000) : 0;
        const goes: readonly Action[] =
          call.type === 'wait'
            ? [first, call.duration - first].map((part) => ({ type: 'wait', duration: seconds(part) }))
            : [call];
        const code = codeOf(one, call);
        for (const part of goes) expect(codeOf(other, part)).toBe(code);
        if (call.type === 'wait') expect(unlike(one.store, other.store)).toEqual([]);
      }
      expect(unlike(one.store, other.store)).toEqual([]);
    });
    fc.assert(property, runs(45));
  });
});

describe('It makes no difference to what remains', { timeout: PATIENCE_MS }, () => {
  test('which of two deletions comes first, once both are collected (DEL-1, GC-2)', () => {
    const property = fc.property(anything, place, deletionPair, (history, at, deletions) => {
      const { one, other, rest } = forkOf(history, at);
      const steps = stepsOn(one.store, deletions);
      const accepted = steps.map((step) => perform(one, step).ok);
      const inReverse = [...steps].reverse().map((step) => perform(other, step).ok);
      // ALI-7: without the link that protects it, a version can be deleted.
      if (accepted.join() !== inReverse.reverse().join()) return;
      for (const simulator of [one, other]) {
        makeAllDue(simulator);
        simulator.apply({ type: 'collectGarbage' });
      }
      expect(divergences({ one, other, rest })).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('what the contents are called, but for the digests (LOG-9)', () => {
    const property = fc.property(anything, (disturbed) => {
      const history = undisturbed(disturbed);
      const [one, other] = [simulatorFor(history), simulatorFor(history)];
      for (const [left, right] of sideBySide(
        playHistory(history, one),
        playHistory(renamed(history), other),
      )) {
        expect(codeIn(right)).toBe(codeIn(left));
      }
      expect(differences(one.store, renamedFacts(one.store), factsBesideDigests(other.store))).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('how often garbage is collected: what is committed, and in the end what is stored (GC-8)', () => {
    const more = fc.array(fc.nat({ max: 60 }), { maxLength: 12 });
    const property = fc.property(steady, more, (history, places) => {
      const [one, other] = [simulatorFor(history), simulatorFor(history)];
      for (const [at, call] of recordActions(history).entries()) {
        const [code, also] = [codeOf(one, call), codeOf(other, call)];
        if (!isFault(call)) expect(also).toBe(code);
        if (places.includes(at)) other.apply({ type: 'collectGarbage' });
        expect(whatIsCommitted(other.store)).toEqual(whatIsCommitted(one.store));
      }
      expectSameAtRest(one, other);
    });
    fc.assert(property, runs(45));
  });

  test('how often the scheduled job runs, if it only collects garbage (GC-1)', () => {
    const property = fc.property(steady, fc.constantFrom(2, 3, 5, 10), (drawn, times) => {
      const history = withoutDeadlines(drawn);
      const more = oftener(history, times);
      const [one, other] = [simulatorFor(history), simulatorFor(more)];
      for (const [left, right] of sideBySide(playHistory(history, one), playHistory(more, other))) {
        if (!isFault(left.call)) expect(codeIn(right)).toBe(codeIn(left));
        expect(whatIsCommitted(other.store)).toEqual(whatIsCommitted(one.store));
      }
      expectSameAtRest(one, other);
    });
    fc.assert(property, runs(45));
  });

  test('what happens in an artifact collection that has nothing to do with it', () => {
    const doing = fc.record({ before: fc.nat({ max: 40 }), deletes: flag, nth: fc.nat({ max: 5 }) });
    const property = fc.property(anything, fc.array(doing, { maxLength: 12 }), (disturbed, doings) => {
      const history = undisturbed(disturbed);
      const [one, other] = [simulatorFor(history), simulatorFor(history)];
      for (const [at, call] of recordActions(history).entries()) {
        for (const { before, deletes, nth } of doings) {
          if (before !== at) continue;
          const files = { a: `1KB of aside ${nth}`, b: `1B of aside ${at}` };
          const deletion = { delete: `${ASIDE}:v${nth}`, deleteAliases: true };
          perform(other, deletes ? deletion : { log: ASIDE, files });
        }
        expect(codeOf(other, call)).toBe(codeOf(one, call));
      }
      expect(differencesBeside(collectionNamed(ASIDE), one, other)).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('that an upload was begun and abandoned: it took no index (LOG-5, LOG-8)', () => {
    const property = fc.property(anything, place, sequence, someFiles, (history, at, collection, files) => {
      const { one, other } = forkOf(history, at);
      const outcome = perform(other, { begin: collection, files });
      const events = outcome.ok ? outcome.events : [];
      const begun = events.find((event) => event.type === 'versionBegun');
      if (begun === undefined) return;
      const { versionId } = begun;
      accept(other, { command: { type: 'abandonVersion', versionId } });
      expect(whatIsCommitted(other.store)).toEqual(whatIsCommitted(one.store));
      for (const simulator of [one, other]) settle(simulator);
      const created = events.find((event) => event.type === 'collectionCreated') ?? null;
      const [left, right] = [one, other].map(({ store }) => factsAtRestBut(versionId, created, store));
      expect(differences(other.store, left ?? [], right ?? [])).toEqual([]);
    });
    fc.assert(property, runs(45));
  });
});

type Side = ReturnType<typeof simulatorFor>;

function* sideBySide(one: Iterable<Played>, other: Iterator<Played>): Generator<readonly [Played, Played]> {
  for (const left of one) {
    const right = other.next();
    if (right.done === true) throw new Error('one of two histories is shorter');
    yield [left, right.value];
  }
}

function codeIn({ outcome }: Played): string {
  return outcome.ok ? 'accepted' : outcome.refusal.code;
}

function endOf(side: Side, step: HistoryStep): string {
  const outcome = perform(side, step);
  return outcome.ok ? 'accepted' : outcome.refusal.code;
}

function accept(side: Side, step: HistoryStep): void {
  expect(endOf(side, step), JSON.stringify(step)).toBe('accepted');
}

function differencesBeside(name: CollectionName, { store }: Side, { store: other }: Side): readonly string[] {
  return differences(other, factsBeside(name, store), factsBeside(name, other));
}

function expectSameAtRest(one: Side, other: Side): void {
  for (const simulator of [one, other]) settle(simulator);
  expect(differences(one.store, factsAtRest(one.store), factsAtRest(other.store))).toEqual([]);
}
