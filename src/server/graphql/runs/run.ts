import { runById } from '../../../store/look-up.ts';
import { heartbeatAt, type Run } from '../../../store/run.ts';
import { jsonObjectOf } from '../../../values/json.ts';
import { ADMIN } from '../../users.ts';
import type { PageArguments } from '../connection.ts';
import type { Context } from '../context.ts';
import { dateAt } from '../dates.ts';
import { nodeId, projectNumber } from '../ids.ts';
import type { ProjectNode, RunNode } from '../nodes/nodes.ts';
import { UserNode } from '../nodes/viewer.ts';
import type { Resolvers } from '../resolver.ts';
import { runArtifacts } from './run-artifacts.ts';
import { configToWire } from './run-config.ts';
import { type RunFilesArguments, runFiles } from './run-files.ts';
import { progressOf, type Stream } from './run-progress.ts';

/** The fields of a run. */
export const RUN: Resolvers<RunNode> = {
  id: ({ runId }) => nodeId('Run', runId),
  name: read(({ name }) => name.run),
  projectId: read(({ name }) => projectNumber(name)),
  project: read(({ name }): ProjectNode => ({ name })),
  displayName: read(({ displayName }) => displayName),
  state: read(({ state }) => state.kind),
  group: read(({ group }) => group),
  jobType: read(({ jobType }) => jobType),
  notes: read(({ notes }) => notes),
  tags: read(({ tags }) => tags),
  createdAt: read(({ startedAt }, { store }) => dateAt(store, startedAt)),
  heartbeatAt: read((run, { store }) => dateAt(store, heartbeatAt(run, store.now))),
  user: read(ownerOf),
  readOnly: () => false,
  stopped: () => false,
  config: read(({ config, progress }) => configToWire(config, progressOf(progress).clients)),
  summaryMetrics: read(({ summary }) => summary),
  wandbConfig: (node, { keys }: { readonly keys?: readonly string[] | null }, { store }) =>
    clientsPart(runById(store, node.runId), keys ?? null),
  historyLineCount: linesOf('history'),
  eventsLineCount: linesOf('events'),
  logLineCount: linesOf('output'),
  historyTail: tailOf('history'),
  eventsTail: tailOf('events'),
  fileCount: read(({ files }) => files.length),
  storageBytes: read(({ files }) => files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
  files: ({ runId }, files: RunFilesArguments, context) => runFiles(runId, files, context),
  inputArtifacts: (node, page: PageArguments, context) => runArtifacts(node, 'used', page, context),
  outputArtifacts: (node, page: PageArguments, context) => runArtifacts(node, 'logged', page, context),
};

function read(field: (run: Run, context: Context) => unknown) {
  return ({ runId }: RunNode, _: unknown, context: Context) => field(runById(context.store, runId), context);
}

function linesOf(stream: Stream) {
  return read(({ progress }) => progressOf(progress).streams[stream].lines);
}

// A list of lines, as text within text.
function tailOf(stream: Stream) {
  return read(({ progress }) => {
    const { last } = progressOf(progress).streams[stream];
    return JSON.stringify(last === null ? [] : [last]);
  });
}

// Clients take a run without the part "t" for one that never started.
function clientsPart({ progress }: Run, keys: readonly string[] | null): string {
  const kept = Object.entries({ t: {}, ...Object(progressOf(progress).clients) });
  return jsonObjectOf(new Map(kept.filter(([key]) => keys?.includes(key) ?? true))) ?? '{}';
}

// Clients cannot read a run that belongs to nobody.
function ownerOf({ owner, name: { entity } }: Run, { user }: Context): UserNode {
  const username = owner ?? (entity === user.entity ? user.username : ADMIN);
  return new UserNode({ username, entity });
}
