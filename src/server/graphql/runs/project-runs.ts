import { runField } from '../../../service/lists/run-fields.ts';
import { parseRunOrder, projectsOf, type RunKey, runsIn } from '../../../service/lists/run-listing.ts';
import type { Run } from '../../../store/run.ts';
import type { Store } from '../../../store/store.ts';
import type { ProjectName } from '../../../values/names.ts';
import { type Connection, connection, type Key, type PageArguments, rowsOf } from '../connection.ts';
import type { Context } from '../context.ts';
import { requestError } from '../errors.ts';
import { argumentIn, filterIn, type ListArguments } from '../lists.ts';
import { type ProjectNode, type RunNode, runNode } from '../nodes/nodes.ts';

/** The runs of a project that pass a filter, by default in the order in which they started. */
export function projectRuns(
  project: ProjectName,
  { filters, order, ...page }: ListArguments,
  { store }: Context,
): Connection<{ readonly node: RunNode }> {
  const { keyOf, compare } = argumentIn('order', parseRunOrder(order || '+created_at', store));
  const runs = runsMatching(store, project, filters).toSorted((left, right) =>
    compare(keyOf(left), keyOf(right)),
  );
  const rows = rowsOf<Run>(runs, keyOf, (key, last) => compare(runKey(key), runKey(last)));
  return connection(page, rows, ({ id }) => ({ node: runNode(id) }));
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
