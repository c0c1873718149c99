import { runById } from '../../../store/look-up.ts';
import type { PageArguments } from '../connection.ts';
import { dateAt } from '../dates.ts';
import { nodeId, projectNumber } from '../ids.ts';
import type { Resolvers } from '../resolver.ts';
import type { ProjectNode, RunNode } from './nodes.ts';
import { runArtifacts } from './run-artifacts.ts';

/** The fields of a run. */
export const RUN: Resolvers<RunNode> = {
  id: ({ runId }) => nodeId('Run', runId),
  name: ({ runId }, _, { store }) => runById(store, runId).name.run,
  projectId: ({ runId }, _, { store }) => projectNumber(runById(store, runId).name),
  project: ({ runId }, _, { store }): ProjectNode => ({ name: runById(store, runId).name }),
  createdAt: ({ runId }, _, { store }) => dateAt(store, runById(store, runId).startedAt),
  inputArtifacts: (node, page: PageArguments, context) => runArtifacts(node, 'used', page, context),
  outputArtifacts: (node, page: PageArguments, context) => runArtifacts(node, 'logged', page, context),
};
