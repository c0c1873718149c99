import { randomUUID } from 'node:crypto';
import { type Answer, answered, following } from '../../../service/answer.ts';
import type { Turn } from '../../../service/turns.ts';
import { type Run, type RunFacts, runIdOf } from '../../../store/run.ts';
import { EMPTY_OBJECT, jsonObjectOf, parsedJson } from '../../../values/json.ts';
import { printable, type RunId, type RunName } from '../../../values/names.ts';
import { present } from '../../../values/present.ts';
import { isFilePath, runFileAddress } from '../../files/addresses.ts';
import type { Context } from '../context.ts';
import { requestError } from '../errors.ts';
import { keyIn, nodeId } from '../ids.ts';
import { runNode } from '../nodes/nodes.ts';
import { runsMatching } from '../runs/project-runs.ts';
import { configFromWire } from '../runs/run-config.ts';
import { type RunFile, runFileIn } from '../runs/run-files.ts';
import { progressJson, progressOf } from '../runs/run-progress.ts';
import type { Input, Optional, RunInput } from './inputs.ts';

interface BucketInput {
  /** The id on the wire of a run that exists. */
  readonly id?: Optional<string>;
  /** The id of a run in its project, otherwise. */
  readonly name?: Optional<string>;
  readonly modelName?: Optional<string>;
  readonly entityName?: Optional<string>;
  readonly displayName?: Optional<string>;
  readonly groupName?: Optional<string>;
  readonly jobType?: Optional<string>;
  readonly notes?: Optional<string>;
  readonly tags?: Optional<readonly string[]>;
  readonly config?: Optional<string>;
  readonly summaryMetrics?: Optional<string>;
}

interface DeletionInput {
  readonly deleteArtifacts?: Optional<boolean>;
  readonly clientMutationId?: Optional<string>;
}

const DEFAULT_RUN_PROJECT = 'uncategorized';

/** The mutations of runs and of their own files. */
export const RUN_MUTATIONS = {
  upsertBucket: async ({ input }: Input<BucketInput>, context: Context) => {
    const name = runNameIn(input, context);
    const runId = runIdOf(name);
    const known = context.store.runs.get(runId);
    // Only a client that runs gives the name of its run; others edit one that may be over.
    const isRunning = known?.exists === true && known.state.kind === 'running';
    const isStart = typeof input.name === 'string' && !isRunning;
    await context.act(`${known ? 'change' : 'start'} run ${printable(name.run)}`, name.entity, (turn) => {
      const facts = factsIn(input, turn.store.runs.get(runId));
      return turn.apply({ type: isStart ? 'startRun' : 'setRunFacts', run: name, facts });
    });
    return { bucket: runNode(runId), inserted: known === undefined };
  },

  createRunFiles: (
    { input }: Input<RunInput & { readonly files: readonly string[] }>,
    { store, origin }: Context,
  ) => {
    const { entityName: entity, projectName: project, runName: run, files } = input;
    const runId = runIdOf({ entity, project, run });
    if (store.runs.get(runId)?.exists !== true) throw requestError(`There is no run ${printable(run)}.`);
    const uploads = files.map((name) => {
      if (isFilePath(name)) return { name, uploadUrl: origin + runFileAddress(runId, name) };
      throw requestError(`Expected the path of a file, without "..", instead of "${printable(name)}".`);
    });
    return { runID: nodeId('Run', runId), uploadHeaders: [], files: uploads };
  },

  markRunFilesUploaded: () => ({ success: true }),

  deleteRun: async ({ input }: Input<DeletionInput & { readonly id: string }>, context: Context) => {
    const { name } = existingRunIn(input.id, context);
    await context.act(`delete run ${printable(name.run)}`, name.entity, (turn) => remove(turn, name, input));
    return { clientMutationId: input.clientMutationId };
  },

  deleteRuns: async (
    {
      input,
    }: Input<
      DeletionInput & {
        readonly entityName: string;
        readonly projectName: string;
        readonly filters?: Optional<string>;
      }
    >,
    context: Context,
  ) => {
    const { entityName: entity, projectName: project, filters } = input;
    await context.act(`delete runs of ${printable(project)}`, entity, (turn) =>
      eachOf(runsMatching(turn.store, { entity, project }, filters), ({ name }) => remove(turn, name, input)),
    );
    return { success: true };
  },

  deleteFiles: async ({ input }: Input<{ readonly files: readonly string[] }>, context: Context) => {
    const files = input.files.map(runFileIn);
    for (const runId of new Set(files.map((file) => file.runId))) await removeFiles(runId, files, context);
    return { success: true };
  },
};

function runNameIn({ id, name, modelName, entityName }: BucketInput, context: Context): RunName {
  if (typeof name !== 'string' && typeof id === 'string') return existingRunIn(id, context).name;
  return {
    entity: entityName || context.user.entity,
    project: modelName || DEFAULT_RUN_PROJECT,
    run: name || randomUUID().slice(0, 8),
  };
}

function existingRunIn(wireId: string, { store }: Context): Run {
  const run = store.runs.get(keyIn('Run', wireId) as RunId);
  if (run?.exists === true) return run;
  throw requestError('There is no run with this id.');
}

function factsIn(input: BucketInput, before: Run | undefined): Partial<RunFacts> {
  const sent = typeof input.config === 'string' ? configFromWire(input.config) : undefined;
  const summary =
    typeof input.summaryMetrics === 'string' ? jsonObjectOf(parsedJson(input.summaryMetrics)) : undefined;
  if (sent === null || summary === null) throw requestError('Expected a JSON object.');
  const clients = sent?.clients ?? null;
  const progress =
    clients === null ? undefined : progressJson({ ...progressOf(before?.progress ?? EMPTY_OBJECT), clients });
  return present<Partial<RunFacts>>({
    displayName: input.displayName || undefined,
    tags: input.tags ?? undefined,
    group: input.groupName ?? undefined,
    jobType: input.jobType ?? undefined,
    notes: input.notes ?? undefined,
    config: sent?.config,
    summary,
    progress: progress ?? undefined,
  });
}

function remove(turn: Turn, run: RunName, { deleteArtifacts }: DeletionInput): Answer<unknown> {
  return turn.apply({ type: 'deleteRun', run, artifacts: deleteArtifacts ?? false });
}

function eachOf<Item>(items: readonly Item[], body: (item: Item) => Answer<unknown>): Answer<unknown> {
  return items.reduce<Answer<unknown>>((before, item) => following(before, () => body(item)), answered(null));
}

async function removeFiles(runId: RunId, removed: readonly RunFile[], context: Context): Promise<void> {
  const { name } = existingRunIn(nodeId('Run', runId), context);
  const paths = new Set(removed.filter((file) => file.runId === runId).map(({ path }) => path));
  await context.act(`delete files of run ${printable(name.run)}`, name.entity, (turn) => {
    const { files = [] } = turn.store.runs.get(runId) ?? {};
    const kept = files.filter(({ path }) => !paths.has(path));
    return turn.apply({ type: 'setRunFacts', run: name, facts: { files: kept } });
  });
}
