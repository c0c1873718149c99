import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isStored } from '../../src/bucket/bucket.ts';
import type { Command } from '../../src/decider/command.ts';
import { manifestOf } from '../../src/store/manifest.ts';
import { isProtectedSource } from '../../src/store/protection.ts';
import { objectsOf } from '../../src/store/stored-object.ts';
import { INHERITED, NO_TTL } from '../../src/store/time-to-live.ts';
import type { CollectionName, VersionName } from '../../src/values/names.ts';
import { seconds } from '../../src/values/units.ts';
import { histories, steadyHistories } from '../support/arbitraries.ts';
import { duration, entries, fileOf, filter, flag, pick, sequence, ttl } from '../support/arbitrary-parts.ts';
import { differences } from '../support/canonical-summary.ts';
import { collectedBy, undisturbed } from '../support/collected-by.ts';
import { deletionOf, deletionPair } from '../support/deletion-pairs.ts';
import { comeToRest, isFault, makeAllDue } from '../support/faults.ts';
import {
  codeOf,
  committedAt,
  existingAt,
  forkOf,
  indexNameOf,
  isAboutKnown,
  partings,
} from '../support/forks.ts';
import { collectionNamed } from '../support/names.ts';
import { type Call, recordCalls, simulatorFor } from '../support/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { unlike } from '../support/store-likeness.ts';
import {
  factsAtRest,
  factsAtRestBut,
  factsBeside,
  factsBesideDigests,
  oftener,
  oftenerIn,
  renamedFacts,
  renamedIn,
  whatIsCommitted,
  withoutDeadlines,
} from '../support/variations.ts';

const STEPS = 24;
const anything = histories(STEPS).map((history) => collectedBy('reference-counting', history));
const steady = steadyHistories(STEPS).map((history) => collectedBy('reference-counting', history));
const place = fc.nat({ max: 200 });
const SHELF = collectionNamed('hall/shelf');
const ASIDE = collectionNamed('others/attic/heap');
const BARE = { artifactType: null, aliases: [], tags: [], run: null, ttl: INHERITED } as const;

// That a plan of deletions comes true is shown in plan.test.ts.
describe('It makes no difference, now or ever after,', { timeout: PATIENCE_MS }, () => {
  test('whether a version was deleted and restored, but for its aliases and its links (DEL-15)', () => {
    const property = fc.property(anything, place, pick, (history, at, nth) => {
      const { one, other, rest } = forkOf(history, at);
      const { store } = one;
      const version = committedAt(store, nth);
      if (version === undefined || isProtectedSource(store, version)) return;
      // What somebody deleted behind the store's back does not come back with a restore.
      const objects = objectsOf(version.scope, version.manifest);
      if (objects.some(([objectId]) => !isStored(store.bucket, objectId))) return;
      const name = indexNameOf(store, version);
      for (const linkId of version.links) {
        const link = store.links.get(linkId);
        if (link === undefined) continue;
        accept(one, {
          type: 'unlinkVersion',
          link: indexNameOf(store, { ...link, collectionId: link.portfolioId }),
        });
      }
      const remove = version.state.kind === 'COMMITTED' ? version.state.aliases : [];
      accept(one, { type: 'editAliases', version: name, add: [], remove, protect: [] });
      accept(other, deletionOf(name));
      accept(other, { type: 'restoreVersion', version: name });
      expect(partings({ one, other, rest })).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('whether a TTL was set and set back before it was over (TTL-1, TTL-2)', () => {
    const property = fc.property(anything, place, pick, ttl, (history, at, nth, given) => {
      const { one, other, rest } = forkOf(history, at);
      const version = committedAt(one.store, nth);
      if (version === undefined) return;
      const name = indexNameOf(one.store, version);
      other.dispatch({ type: 'setTtl', version: name, ttl: given });
      accept(other, { type: 'setTtl', version: name, ttl: version.ttl });
      expect(partings({ one, other, rest })).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('whether a version was linked to a new portfolio and unlinked, but for its TTL (TTL-4)', () => {
    const property = fc.property(anything, place, pick, (history, at, nth) => {
      const { one, other } = forkOf(history, at);
      const version = committedAt(one.store, nth);
      if (version === undefined) return;
      const name = indexNameOf(one.store, version);
      accept(one, { type: 'setTtl', version: name, ttl: NO_TTL });
      accept(other, { type: 'linkVersion', version: name, to: SHELF, aliases: ['best'] });
      accept(other, {
        type: 'unlinkVersion',
        link: { collection: SHELF, selector: { kind: 'alias', alias: 'best' } },
      });
      expect(differencesBeside(SHELF, one, other)).toEqual([]);
      for (const simulator of [one, other]) comeToRest(simulator);
      expect(differencesBeside(SHELF, one, other)).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('whether versions are deleted in bulk, or one by one in their order (DEL-14)', () => {
    const property = fc.property(
      anything,
      place,
      pick,
      filter,
      flag,
      (history, at, nth, where, deleteAliases) => {
        const { one, other, rest } = forkOf(history, at);
        const collection = existingAt(one.store, nth);
        if (collection === undefined) return;
        const { id, name } = collection;
        const { store } = one;
        const bulk = one.dispatch({ type: 'deleteMatching', collection: name, where, deleteAliases });
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
        for (const { index, code } of outcomes) {
          const single = deletionOf({ collection: name, selector: { kind: 'index', index } }, deleteAliases);
          expect(codeOf(other, { kind: 'command', command: single })).toBe(code);
        }
        expect(partings({ one, other, rest })).toEqual([]);
      },
    );
    fc.assert(property, runs(45));
  });

  test('whether time passes at once or in two goes (GC-1)', () => {
    const shares = fc.noBias(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }));
    const waits = fc.noBias(fc.array(duration, { minLength: 1, maxLength: 8 }));
    const property = fc.property(anything, shares, waits, (history, parts, durations) => {
      const [one, other] = [simulatorFor(history), simulatorFor(history)];
      // Time passes oftener than it does by itself, so that there is something to do on the way.
      const calls = recordCalls(history).flatMap((call, at): readonly Call[] =>
        at % 3 < 2
          ? [call]
          : [call, { kind: 'wait', duration: durations[at % durations.length] ?? seconds(0) }],
      );
      for (const [at, call] of calls.entries()) {
        if (!isAboutKnown(one.store, call)) continue;
        const first =
          call.kind === 'wait' ? Math.round(((parts[at % parts.length] ?? 0) * call.duration) / 1_000) : 0;
        const goes: readonly Call[] =
          call.kind === 'wait'
            ? [first, call.duration - first].map((part) => ({ kind: 'wait', duration: seconds(part) }))
            : [call];
        const code = codeOf(one, call);
        for (const part of goes) expect(codeOf(other, part)).toBe(code);
        if (call.kind === 'wait') expect(unlike(one.store, other.store)).toEqual([]);
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
      const commands = deletions(one.store);
      for (const command of commands) one.dispatch(command);
      for (const command of [...commands].reverse()) other.dispatch(command);
      for (const simulator of [one, other]) {
        makeAllDue(simulator);
        simulator.collectGarbage();
      }
      expect(partings({ one, other, rest })).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('what the contents are called, but for the digests (LOG-9)', () => {
    const property = fc.property(anything, (disturbed) => {
      const history = undisturbed(disturbed);
      const [one, other] = [simulatorFor(history), simulatorFor(history)];
      for (const call of recordCalls(history)) expect(codeOf(other, renamedIn(call))).toBe(codeOf(one, call));
      expect(differences(one.store, renamedFacts(one.store), factsBesideDigests(other.store))).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('how often garbage is collected: what is committed, and in the end what is stored (GC-8)', () => {
    const more = fc.array(fc.nat({ max: 60 }), { maxLength: 12 });
    const property = fc.property(steady, more, (history, places) => {
      const [one, other] = [simulatorFor(history), simulatorFor(history)];
      for (const [at, call] of recordCalls(history).entries()) {
        const [code, also] = [codeOf(one, call), codeOf(other, call)];
        if (!isFault(call)) expect(also).toBe(code);
        if (places.includes(at)) other.collectGarbage();
        expect(whatIsCommitted(other.store)).toEqual(whatIsCommitted(one.store));
      }
      expectSameAtRest(one, other);
    });
    fc.assert(property, runs(45));
  });

  test('how often the scheduled job comes round, where it has nothing but garbage to collect (GC-1)', () => {
    const property = fc.property(steady, fc.constantFrom(2, 3, 5, 10), (drawn, times) => {
      const history = withoutDeadlines(drawn);
      const [one, other] = [simulatorFor(history), simulatorFor(oftener(history, times))];
      for (const call of recordCalls(history)) {
        const [code, also] = [codeOf(one, call), codeOf(other, oftenerIn(call, times))];
        if (!isFault(call)) expect(also).toBe(code);
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
      for (const [at, call] of recordCalls(history).entries()) {
        for (const { before, deletes, nth } of doings) {
          if (before !== at) continue;
          const manifest = manifestOf([fileOf('a', `aside ${nth}`, 1_000), fileOf('b', `aside ${at}`, 1)]);
          const logged: Command = { ...BARE, type: 'logVersion', collection: ASIDE, manifest };
          const name: VersionName = { collection: ASIDE, selector: { kind: 'index', index: nth } };
          other.dispatch(deletes ? deletionOf(name) : logged);
        }
        expect(codeOf(other, call)).toBe(codeOf(one, call));
      }
      expect(differencesBeside(ASIDE, one, other)).toEqual([]);
    });
    fc.assert(property, runs(45));
  });

  test('that an upload was begun and given up, but for its index (LOG-2, LOG-8)', () => {
    const property = fc.property(anything, place, sequence, entries, (history, at, collection, files) => {
      const { one, other } = forkOf(history, at);
      const outcome = other.dispatch({
        ...BARE,
        type: 'beginVersion',
        collection,
        manifest: manifestOf(files),
      });
      const events = outcome.ok ? outcome.events : [];
      const begun = events.find((event) => event.type === 'versionBegun');
      if (begun === undefined) return;
      const { versionId, collectionId } = begun;
      accept(other, { type: 'abandonVersion', versionId });
      expect(whatIsCommitted(other.store)).toEqual(whatIsCommitted(one.store));
      for (const simulator of [one, other]) comeToRest(simulator);
      const created = events.some(({ type }) => type === 'collectionCreated') ? collectionId : null;
      const [left, right] = [one, other].map(({ store }) => factsAtRestBut(versionId, created, store));
      expect(differences(other.store, left ?? [], right ?? [])).toEqual([]);
    });
    fc.assert(property, runs(45));
  });
});

type Side = ReturnType<typeof simulatorFor>;

function accept(side: Side, command: Command): void {
  expect(codeOf(side, { kind: 'command', command }), command.type).toBe('accepted');
}

function differencesBeside(name: CollectionName, { store }: Side, { store: other }: Side): readonly string[] {
  return differences(other, factsBeside(name, store), factsBeside(name, other));
}

function expectSameAtRest(one: Side, other: Side): void {
  for (const simulator of [one, other]) comeToRest(simulator);
  expect(differences(one.store, factsAtRest(one.store), factsAtRest(other.store))).toEqual([]);
}
