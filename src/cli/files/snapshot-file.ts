import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { access, constants, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isHtmlDocument } from '../../narration/layout/html.ts';
import { isSnapshotBeginning } from '../../simulator/snapshot/format.ts';
import { readSnapshot } from '../../simulator/snapshot/read.ts';
import { snapshotOf } from '../../simulator/snapshot/write.ts';
import type { Store } from '../../store/store.ts';
import { InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { writeAtomically } from './atomic-write.ts';
import { codeOf } from './lock-file.ts';

/** A store that was read from a snapshot file. */
export interface SavedSnapshot {
  readonly file: string;
  readonly store: Store;
  /** Identifies the content of the snapshot. */
  readonly digest: string;
}

const PIECE_BYTES = 1 << 20;

/** Reads a snapshot file; null if none is named. Throws `InputError` with the reason if it cannot be used. */
export function loadSnapshot(file: string | undefined, terminal: Terminal): SavedSnapshot | null {
  if (file === undefined) return null;
  const read = () => {
    const descriptor = openSync(file, 'r');
    // The file is read twice: the first pass verifies the checksum before the second trusts the content.
    const progress = terminal.progress(`reading ${quoted(file)}`, 2 * statSync(file).size);
    try {
      return readSnapshot(() => piecesOf(descriptor, progress.advance));
    } finally {
      progress.done();
      closeSync(descriptor);
    }
  };
  try {
    const snapshot = read();
    if (snapshot.ok) return { file, store: snapshot.store, digest: snapshot.digest };
    const expected = snapshot.reason === 'no snapshot' ? '; expected a file written by --save' : '';
    throw InputError.of(`${quoted(file)}: ${snapshot.message}${expected}`);
  } catch (problem) {
    const code = codeOf(problem);
    if (code === '') throw problem;
    const why = code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`;
    throw InputError.of(`${quoted(file)}: ${why}; expected a snapshot written by --save`);
  }
}

function* piecesOf(descriptor: number, advance: (bytes: number) => void): Generator<Uint8Array> {
  for (let at = 0; ; ) {
    const piece = new Uint8Array(PIECE_BYTES);
    const length = readSync(descriptor, piece, 0, piece.length, at);
    if (length === 0) return;
    yield piece.subarray(0, length);
    advance(length);
    at += length;
  }
}

const KINDS = {
  snapshot: isSnapshotBeginning,
  report: (beginning: Uint8Array) => isHtmlDocument(Buffer.from(beginning).toString('latin1')),
} as const;

/**
 * Checks before long work that a snapshot or a report can be saved here: in a new file, or over an old one of its kind.
 * Throws `InputError` otherwise, so that no other file is ever replaced.
 */
export async function checkSavePath(
  file: string,
  option: string,
  kind: keyof typeof KINDS = 'snapshot',
): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const problem = await obstacleAt(target, kind).catch(
    (failure: unknown) => `cannot be written (${codeOf(failure)})`,
  );
  if (problem !== null) throw InputError.of(`${option} ${quoted(file)}: ${problem}`);
}

async function obstacleAt(target: string, kind: keyof typeof KINDS): Promise<string | null> {
  await access(path.dirname(target), constants.W_OK);
  const status = await stat(target).catch(() => null);
  if (status === null) return null;
  if (!status.isFile()) return `expected a new file or an old ${kind}; this is not a file`;
  const handle = await open(target, 'r');
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: new Uint8Array(128), position: 0 });
    if (KINDS[kind](buffer.subarray(0, bytesRead))) return null;
    return `expected a new file or an old ${kind}; this is another file`;
  } finally {
    await handle.close();
  }
}

/** Saves a store as a snapshot; an interruption leaves the old file. Throws `InputError` if it cannot be written. */
export async function saveSnapshot(store: Store, file: string, terminal: Terminal): Promise<void> {
  const progress = terminal.progress(`writing ${quoted(file)}`, store.versions.size + store.objects.size);
  let described = 0;
  const pieces = snapshotOf(store, (rows) => {
    progress.advance(rows - described);
    described = rows;
  });
  try {
    await replaceFile(file, pieces);
  } finally {
    progress.done();
  }
}

/** Writes a new file or replaces one; an interruption leaves the old file. Throws `InputError` if it cannot be written. */
export async function replaceFile(file: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  try {
    await writeAtomically(file, pieces, true);
  } catch (problem) {
    if (codeOf(problem) === '') throw problem;
    throw InputError.of(`${quoted(file)}: cannot be written (${codeOf(problem)})`);
  }
}
