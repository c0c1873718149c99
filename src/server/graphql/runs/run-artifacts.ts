import { type Listed, lineageListed } from '../../../service/listing.ts';
import { runById } from '../../../store/look-up.ts';
import { type Connection, connection, type PageArguments, rowsOf } from '../connection.ts';
import type { Context } from '../context.ts';
import { LastList } from '../last-list.ts';
import type { ArtifactNode, RunNode } from '../nodes/nodes.ts';

/** The COMMITTED versions that a run logged or used, by name and index; deleted ones are left out. */
export function runArtifacts(
  { runId }: RunNode,
  edge: 'logged' | 'used',
  page: PageArguments,
  context: Context,
): Connection<{ readonly node: ArtifactNode }> {
  const { store, host } = context;
  const list = `${edge} by ${runId}`;
  const rows = lists.rows(context, list, () =>
    rowsOf(lineageListed(store, runById(store, runId), edge), ({ collection, index }) => [collection, index]),
  );
  const answer = connection(page, rows, ({ versionId }) => ({ node: { versionId } }));
  return host.recorder?.page(list, page.after, answer) ?? answer;
}

const lists = new LastList<Listed>();
