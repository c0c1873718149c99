import { runById } from '../../../store/look-up.ts';
import type { FileEntry } from '../../../store/manifest.ts';
import { heartbeatAt } from '../../../store/run.ts';
import type { RunId } from '../../../values/names.ts';
import { byCodePoint } from '../../../values/order.ts';
import { parsePattern } from '../../../values/pattern.ts';
import { runFileAddress } from '../../files/addresses.ts';
import { type Connection, connection, rowsOf } from '../connection.ts';
import type { Context } from '../context.ts';
import { dateAt } from '../dates.ts';
import { requestError } from '../errors.ts';
import { keyIn, nodeId } from '../ids.ts';
import type { FileEdge, FileNode, FilesArguments } from '../nodes/file.ts';

/** The arguments of the list of files of a run. */
export interface RunFilesArguments extends FilesArguments {
  /** Only paths like this one, in which `%` stands for any characters and `_` for one. */
  readonly pattern?: string | null;
}

/** A file of a run. */
export interface RunFile {
  readonly runId: RunId;
  readonly path: string;
}

/** The files that a run uploaded for itself, by path. */
export function runFiles(
  runId: RunId,
  { names, pattern, ...page }: RunFilesArguments,
  context: Context,
): Connection<FileEdge> {
  const wanted = new Set((names ?? []).filter((name) => name !== null));
  const matches = typeof pattern === 'string' && pattern !== '' ? like(pattern) : () => true;
  const files = runById(context.store, runId)
    .files.filter(({ path }) => (wanted.size === 0 || wanted.has(path)) && matches(path))
    .toSorted((left, right) => byCodePoint(left.path, right.path));
  const rows = rowsOf(files, ({ path }) => [path]);
  return connection(page, rows, (file) => ({ node: fileNode(runId, file, context) }));
}

/** The file of a run that an id stands for, whether or not it exists. Throws a request error for another id. */
export function runFileIn(id: string): RunFile {
  const [, runId, path] = /^([0-9a-f]{32})\/(.*)$/s.exec(keyIn('File', id)) ?? [];
  if (runId === undefined || path === undefined) throw requestError('Expected the id of a file of a run.');
  return { runId: runId as RunId, path };
}

function fileNode(
  runId: RunId,
  { path, digest, sizeBytes }: FileEntry,
  { store, origin }: Context,
): FileNode {
  const url = origin + runFileAddress(runId, path);
  return {
    id: nodeId('File', `${runId}/${path}`),
    name: path,
    displayName: path,
    sizeBytes,
    directUrl: url,
    url,
    updatedAt: dateAt(store, heartbeatAt(runById(store, runId), store.now)),
    digest,
    md5: digest,
    uploadUrl: url,
    uploadHeaders: [],
  };
}

function like(pattern: string): (path: string) => boolean {
  const expression = pattern
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const parsed = parsePattern(`^${expression}$`);
  if (parsed.ok) return (path) => parsed.value.matches(path);
  throw requestError(`"pattern": expected ${parsed.expected}`);
}
