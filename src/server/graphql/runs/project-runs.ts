import { runField } from '../../../service/lists/run-fields.ts';
import { parseRunOrder, projectsOf, type RunKey, runsIn } from '../../../service/lists/run-listing.ts';
import { projectIdOf } from '../../../store/project.ts';
import type { Run } from '../../../store/run.ts';
import type { Store } from '../../../store/store.ts';
import type { ProjectName } from '../../../values/names.ts';
import {
  type Connection,
  connection,
  type Key,
  type PageArguments,
  type Rows,
  rowsOf,
} from '../connection.ts';
import type { Context } from '../context.ts';
import { requestError } from '../errors.ts';
import { LastList } from '../last-list.ts';
import { argumentIn, filterIn, type ListArguments } from '../lists.ts';
import { type ProjectNode, type RunNode, runNode } from '../nodes/nodes.ts';

/** The runs of a project that pass a filter, by default in the order in which they started. */
export function projectRuns(
  project: ProjectName,
  args: ListArguments,
  context: Context,
): Connection<{ readonly node: RunNode }> {
  const list = JSON.stringify([projectIdOf(project), args.filters, args.order]);
  const rows = lists.rows(context, list, () => runRows(project, args, context));
  return connection(args, rows, ({ run: { id } }) => ({ node: runNode(id) }));
}

interface PlacedRun {
  readonly key: RunKey;
  readonly run: Run;
}

const lists = new LastList<PlacedRun>();

function runRows(
  project: ProjectName,
  { filters, order }: ListArguments,
  { store }: Context,
): Rows<PlacedRun> {
  const { keyOf, compare } = argumentIn('order', parseRunOrder(order || '+created_at', store));
  const runs = runsMatching(store, project, filters)
    .map((run): PlacedRun => ({ key: keyOf(run), run }))
    .sort((left, right) => compare(left.key, right.key));
  return rowsOf(
    runs,
    ({ key }) => key,
    (key, last) => compare(runKey(key), runKey(last)),
  );
}

/** The runs of a project that pass a filter of a request. Throws a request error for a filter that makes no sense. */
export function runsMatching(
  store: Store,
  project: ProjectName,
  filters: string | null | undefined,
): readonly Run[] {
  return runsIn(store, project).filter(filterIn(filters, (name) => runField(name, store)));
}

/** The projects of an entity, by name. */
export function projectsIn(
  entity: string,
  page: PageArguments,
  { store }: Context,
): Connection<{ readonly node: ProjectNode }> {
  const rows = rowsOf(projectsOf(store, entity), ({ name }) => [name.project]);
  return connection(page, rows, ({ name }) => ({ node: { name } }));
}

// A cursor of another list has other keys.
function runKey([kind, value, startedAt, run]: Key): RunKey {
  const isRunKey = typeof kind === 'number' && typeof startedAt === 'number' && typeof run === 'string';
  if (isRunKey && value !== undefined) return [kind, value, startedAt, run];
  throw requestError('"after" must be a cursor of an earlier page');
}
