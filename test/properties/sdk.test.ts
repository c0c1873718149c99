import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { type HistoryEntry, Simulator } from '../../src/sdk/index.ts';
import { isCommand } from '../../src/simulator/action.ts';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import type { People } from '../../src/store/people.ts';
import { projectIdOf } from '../../src/store/project.ts';
import type { Store } from '../../src/store/store.ts';
import { formatUnixTime } from '../../src/values/dates.ts';
import { REGISTRY } from '../support/arbitraries/beginnings.ts';
import { histories, USUAL_STEPS } from '../support/arbitraries/histories.ts';
import { collectedBy, uninterrupted } from '../support/histories/changed-histories.ts';
import type { Beginning, History } from '../support/histories/history.ts';
import { playHistory, recordActions, simulatorFor } from '../support/histories/play-history.ts';
import { compact, type StoryFiles, type StoryStep } from '../support/histories/story-step.ts';
import { atLeastRuns, PATIENCE_MS, runs } from '../support/property-runs.ts';
import { agrees, playThroughClient } from '../support/sdk/calls.ts';
import { differences, summaryOf } from '../support/stores/canonical-summary.ts';
import { unlike } from '../support/stores/equal-stores.ts';
import { projectNamed } from '../support/stores/names.ts';
import { ORACLE, RIGHT } from '../support/violations/collector-comparison.ts';

/** Everything that the public API has a call for. */
const ACTIONS_OF_A_SCRIPT: readonly Command['type'][] = [
  'logVersion',
  'logDraft',
  'useVersion',
  'startRun',
  'finishRun',
  'editAliases',
  'linkVersion',
  'unlinkVersion',
  'deleteVersion',
  'deleteMatching',
  'deleteCollection',
  'deleteRun',
  'setTtl',
  'setFacts',
];

/** A simulator of the SDK client that begins as a history does. */
function clientFor({ settings, people, bucketFaults, begins }: Beginning): Simulator {
  const { team, membersMaySetTtl, ttlDefaultSeconds: ttlDefault } = people;
  const members = [...team.entries()];
  const registries = registriesOf(people);
  return new Simulator({
    ...(begins === null ? {} : { begins: formatUnixTime(begins) }),
    settings,
    bucketFaults,
    registries,
    team: { members, ttlDefault, membersMaySetTtl },
  });
}

// A store knows its registries by their keys only.
function registriesOf({ registries }: People) {
  const members = registries.get(projectIdOf(projectNamed(REGISTRY)));
  return members === undefined ? [] : [[REGISTRY, [...members.entries()]] as const];
}

/** The same step with a run behind what is logged, and after the start of its run: a script can only log by a run. */
function byRun(step: StoryStep): readonly StoryStep[] {
  const name = step.log ?? step.begin ?? step.draft?.split(':')[0];
  const script = name && [...name.split('/').slice(0, -1), 'script'].join('/');
  const run = step.run ?? script;
  if (run === undefined) return [step];
  return [compact({ 'start run': run, as: step.as }), { ...step, run }];
}

/** The same step without the extras of files, of which the public API says nothing. */
function withoutExtras({ files, add, ...step }: StoryStep): StoryStep {
  const plain = (given: StoryFiles): StoryFiles =>
    Object.fromEntries(
      Object.entries(given).map(([path, file]) => [
        path,
        typeof file === 'string' ? file : compact({ ...file, extra: undefined }),
      ]),
    );
  return {
    ...step,
    ...(files && { files: plain(files) }),
    ...(add && { add: isList(add) ? add : plain(add) }),
  };
}

function isList(add: NonNullable<StoryStep['add']>): add is readonly string[] {
  return Array.isArray(add);
}

/** The same history with a run behind all that is logged, each of which starts before. */
function byRuns(history: History): History {
  return history.mapped((step) => byRun(withoutExtras(step)));
}

function otherwise(client: Simulator, store: Store): readonly string[] {
  return client.store === store ? [] : differences(store, summaryOf(client.store), summaryOf(store));
}

/** The store to which everything in the history of an SDK client leads that began as this one did. */
function replayed(history: History, entries: readonly HistoryEntry[]): Store {
  const simulator = simulatorFor(history);
  for (const action of entries.flatMap(({ actions }) => actions)) {
    simulator.apply(action);
  }
  return simulator.store;
}

describe('Any history, played with the calls of the public API', { timeout: PATIENCE_MS }, () => {
  test('leaves the same store as the commands after every call, and has the same refusals', async () => {
    await fc.assert(
      fc.asyncProperty(histories(USUAL_STEPS).map(byRuns), async (history) => {
        const client = clientFor(history.beginning);
        expect(otherwise(client, simulatorFor(history).store)).toEqual([]);
        for (const { call, outcome, after } of playHistory(history)) {
          const answer = await playThroughClient(client, call);
          expect(agrees(call, outcome, answer), JSON.stringify({ call, outcome, answer })).toBe(true);
          expect(otherwise(client, after)).toEqual([]);
        }
      }),
      runs(100),
    );
  });

  test('keeps every invariant, and agrees with marking from the roots (GC-2 to GC-4)', async () => {
    await fc.assert(
      fc.asyncProperty(histories(30).map(byRuns), async (drawn) => {
        const history = uninterrupted(drawn);
        const calls = recordActions(collectedBy(RIGHT, history));
        const client = clientFor(collectedBy(RIGHT, history).beginning);
        const oracle = simulatorFor(collectedBy(ORACLE, history));
        for (const call of calls) {
          const before = client.store;
          const outcome = oracle.apply(call);
          const answer = await playThroughClient(client, call);
          expect(agrees(call, outcome, answer), JSON.stringify({ call, outcome, answer })).toBe(true);
          if (client.store === before) continue;
          expect(brokenInvariants(client.store)).toEqual([]);
          expect(unlike(client.store, oracle.store)).toEqual([]);
        }
      }),
      runs(60),
    );
  });

  test('can be played again from its own history, and undone and done again', async () => {
    await fc.assert(
      fc.asyncProperty(histories(USUAL_STEPS).map(byRuns), fc.nat({ max: 9 }), async (history, back) => {
        const client = clientFor(history.beginning);
        for (const { call } of playHistory(history)) await playThroughClient(client, call);
        const { store } = client;
        expect(otherwise(client, replayed(history, client.history))).toEqual([]);
        let undone = 0;
        while (undone < back && client.undo()) undone += 1;
        expect(otherwise(client, replayed(history, client.history))).toEqual([]);
        for (let again = 0; again < undone; again += 1) client.redo();
        expect(otherwise(client, store)).toEqual([]);
      }),
      runs(60),
    );
  });

  test('continues after an undo as if the undone call had never happened', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories(USUAL_STEPS).map(byRuns),
        fc.integer({ min: 1, max: 9 }),
        async (history, back) => {
          const client = clientFor(history.beginning);
          for (const { call } of playHistory(history)) await playThroughClient(client, call);
          for (let undone = 0; undone < back; undone += 1) client.undo();
          for (const { call } of playHistory(history)) await playThroughClient(client, call);
          expect(otherwise(client, replayed(history, client.history))).toEqual([]);
          expect(brokenInvariants(client.store)).toEqual([]);
        },
      ),
      runs(30),
    );
  });

  test('has a call for every action of a script, which goes through or is refused in many ways', async () => {
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(histories(USUAL_STEPS).map(byRuns), async (history) => {
        const client = clientFor(history.beginning);
        for (const { call } of playHistory(history)) {
          const { expressed, error } = await playThroughClient(client, call);
          if (!expressed || !isCommand(call)) continue;
          met.add(`${call.type}: ${error === null ? 'done' : (error.refusal?.code ?? error.name)}`);
        }
      }),
      atLeastRuns(200),
    );
    const expected = [
      ...ACTIONS_OF_A_SCRIPT.map((type) => `${type}: done`),
      'startRun: run-deleted',
      'finishRun: forbidden',
      'logVersion: bad-alias',
      'logVersion: bad-ttl',
      'logVersion: not-a-sequence',
      'logDraft: not-found',
      'linkVersion: not-a-portfolio',
      'unlinkVersion: not-a-link',
      'deleteVersion: has-aliases',
      'deleteVersion: protected-alias',
      'deleteCollection: not-found',
      'deleteRun: forbidden',
      'setTtl: bad-ttl',
    ];
    expect(expected.filter((outcome) => !met.has(outcome))).toEqual([]);
  });
});
