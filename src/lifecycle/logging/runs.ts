import { manifestOf, sortedByPath } from '../../store/manifest.ts';
import type { Who } from '../../store/people.ts';
import { RUNNING, type Run, type RunEnd, type RunFacts, runIdOf } from '../../store/run.ts';
import type { Evolvers, Store } from '../../store/store.ts';
import { INHERITED } from '../../store/time-to-live.ts';
import { digestOfName } from '../../values/digest.ts';
import { fullRunName, isCollectionName, type RunId, type RunName, shortRunName } from '../../values/names.ts';
import { bytes } from '../../values/units.ts';
import { accepted, type Decision, refused } from '../decision.ts';
import { ownRun, runOrNew, wrongRun } from './lineage.ts';
import { decideLogging, type LoggingEvent, type LogVersion } from './logging.ts';

/** Starts a run (RUN-1). If it exists, it resumes, and the facts that are not given stay as they are. */
export interface StartRun {
  readonly type: 'startRun';
  readonly run: RunName;
  readonly facts: Partial<RunFacts>;
  readonly by?: Who;
}

/** Ends a run. */
export interface FinishRun {
  readonly type: 'finishRun';
  readonly run: RunName;
  readonly state: RunEnd;
  readonly by?: Who;
}

/** Sets facts of a run; those that are not given stay, and so does its state. */
export interface SetRunFacts {
  readonly type: 'setRunFacts';
  readonly run: RunName;
  readonly facts: Partial<RunFacts>;
  readonly by?: Who;
}

/** The commands of this chapter. */
export type RunCommand = StartRun | FinishRun | SetRunFacts;

/** A run started or resumed. */
export interface RunStarted {
  readonly type: 'runStarted';
  readonly runId: RunId;
  readonly run: RunName;
  /** Whether it existed already. */
  readonly again: boolean;
  readonly facts: Partial<RunFacts>;
  /** Who acts; they own the run if this starts it (ACL-2). */
  readonly by: Who;
}

/** A run ended. */
export interface RunFinished {
  readonly type: 'runFinished';
  readonly runId: RunId;
  readonly state: RunEnd;
}

/** These facts of a run changed; its others stay. */
export interface RunFactsSet {
  readonly type: 'runFactsSet';
  readonly runId: RunId;
  readonly facts: Partial<RunFacts>;
}

/** The events of this chapter. */
export type RunEvent = RunStarted | RunFinished | RunFactsSet;

/**
 * Decides the start and the end of a run, and changes of its facts. A start refuses with `bad-name` and `run-deleted`
 * (RUN-2), the others with `not-found`. With the setting `runHistoryArtifacts` the end also logs the history of the run
 * (DEL-17), and refuses as that log does.
 */
export function decideRun(command: RunCommand, store: Store): Decision<RunEvent | LoggingEvent> {
  switch (command.type) {
    case 'startRun':
      return decideStart(command, store);
    case 'setRunFacts':
      return decideFacts(command, store);
    case 'finishRun':
      return decideFinish(command, store);
  }
}

function decideStart({ run: name, facts: given, by = null }: StartRun, store: Store): Decision<RunStarted> {
  const wrong = wrongRun(store, name);
  if (wrong !== undefined) return wrong;
  const runId = runIdOf(name);
  const run = store.runs.get(runId);
  const facts = factsIn(given);
  if (run?.state.kind === 'running' && changesIn(run, facts) === null) return accepted([]);
  return accepted([{ type: 'runStarted', runId, run: name, again: run !== undefined, facts, by }]);
}

function decideFacts({ run: name, facts: given }: SetRunFacts, store: Store): Decision<RunFactsSet> {
  const run = store.runs.get(runIdOf(name));
  if (run?.exists !== true) return refused('runNotFound', { run: shortRunName(name) });
  const facts = changesIn(run, factsIn(given));
  return accepted(facts === null ? [] : [{ type: 'runFactsSet', runId: run.id, facts }]);
}

function factsIn({ files, ...others }: Partial<RunFacts>): Partial<RunFacts> {
  return files === undefined ? others : { ...others, files: sortedByPath(files) };
}

// What is not given is not compared: a client sends its summary and progress often.
function changesIn(run: Run, facts: Partial<RunFacts>): Partial<RunFacts> | null {
  const before = new Map<string, unknown>(Object.entries(run));
  const changes = Object.entries(facts).filter(([fact, value]) => !isSame(value, before.get(fact)));
  return changes.length === 0 ? null : Object.fromEntries(changes);
}

// JSON is text, and lists are short.
function isSame(left: unknown, right: unknown): boolean {
  return left === right || (typeof left === 'object' && JSON.stringify(left) === JSON.stringify(right));
}

function decideFinish({ run: name, state, by }: FinishRun, store: Store): Decision<RunEvent | LoggingEvent> {
  const run = store.runs.get(runIdOf(name));
  if (run?.exists !== true) return refused('runNotFound', { run: shortRunName(name) });
  if (run.state.kind === state) return accepted([]);
  const finished: RunFinished = { type: 'runFinished', runId: run.id, state };
  if (!store.settings.runHistoryArtifacts || run.state.kind !== 'running') return accepted([finished]);
  const logged = decideLogging(historyOf(run, store, by), store);
  return logged.ok ? accepted([finished, ...logged.events]) : logged;
}

const HISTORY_BYTES = bytes(10_000);

// DEL-17: a run that resumes and ends later logs another history. Its size is our choice.
function historyOf(run: Run, store: Store, by: Who = null): LogVersion {
  const { entity, project } = run.name;
  const usual = `run-${run.name.run}-history`;
  const collection = {
    entity,
    project,
    collection: isCollectionName(usual) ? usual : `run-${run.id}-history`,
  };
  const digest = digestOfName(`${fullRunName(run.name)} ended at ${store.now}`);
  return {
    type: 'logVersion',
    collection,
    artifactType: 'wandb-history',
    manifest: manifestOf([{ kind: 'file', path: '0000.parquet', digest, sizeBytes: HISTORY_BYTES }]),
    aliases: [],
    tags: [],
    ttl: INHERITED,
    run: run.name,
    by,
  };
}

/** The evolvers of this chapter. */
export const EVOLVE_RUNS: Evolvers<RunEvent> = {
  runStarted: (store, { runId, run: name, facts, by }) => {
    const run = runOrNew(store, name, by);
    store.runs = store.runs.insert(runId, { ...run, ...facts, state: RUNNING });
    ownRun(store, name);
  },
  runFactsSet: (store, { runId, facts }) => {
    store.runs = store.runs.amend(runId, (run) => ({ ...run, ...facts }));
  },
  runFinished: (store, { runId, state }) => {
    const { now: endedAt } = store;
    store.runs = store.runs.amend(runId, (run) => ({ ...run, state: { kind: state, endedAt } }));
  },
};
