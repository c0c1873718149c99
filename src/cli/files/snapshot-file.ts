import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { access, constants, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isSnapshotBeginning } from '../../simulator/snapshot/format.ts';
import { readSnapshot } from '../../simulator/snapshot/read.ts';
import { snapshotOf } from '../../simulator/snapshot/write.ts';
import type { Store } from '../../store/store.ts';
import { InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { writeAside } from './atomic-write.ts';
import { codeOf } from './lock-file.ts';

/** A store that was saved, as it was read from its file. */
export interface State {
  readonly file: string;
  readonly store: Store;
  /** By which one state is told from another. */
  readonly digest: string;
}

const PIECE_BYTES = 1 << 20;

/** Reads a saved state; null where none is named. Throws `UnusableInput`, saying why it cannot be used. */
export function readState(file: string | undefined, terminal: Terminal): State | null {
  if (file === undefined) return null;
  const read = () => {
    const descriptor = openSync(file, 'r');
    // The bytes are read twice: once to check them all before anything of them is believed.
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
    const expected = snapshot.reason === 'no snapshot' ? '; expected one that --save has written' : '';
    throw InputError.of(`${quoted(file)}: ${snapshot.message}${expected}`);
  } catch (problem) {
    const code = codeOf(problem);
    if (code === '') throw problem;
    const why = code === 'ENOENT' ? 'there is no such file' : `this cannot be read (${code})`;
    throw InputError.of(`${quoted(file)}: ${why}; expected a state that --save has written`);
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

/**
 * Makes sure, before long work, that its outcome can be saved here: in a new file, or in the place of a state. Throws
 * `UnusableInput` where it cannot, so that no story and no other file is ever replaced.
 */
export async function mayBeSaved(file: string, option: string): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const problem = await obstacleAt(target).catch(
    (failure: unknown) => `this cannot be written (${codeOf(failure)})`,
  );
  if (problem !== null) throw InputError.of(`${option} ${quoted(file)}: ${problem}`);
}

async function obstacleAt(target: string): Promise<string | null> {
  await access(path.dirname(target), constants.W_OK);
  const status = await stat(target).catch(() => null);
  if (status === null) return null;
  if (!status.isFile()) return 'expected a new file, or a state to be replaced; this is no file';
  const handle = await open(target, 'r');
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: new Uint8Array(64), position: 0 });
    if (isSnapshotBeginning(buffer.subarray(0, bytesRead))) return null;
    return 'expected a new file, or a state to be replaced; this file is neither';
  } finally {
    await handle.close();
  }
}

/** Saves a store as a state, in one go: an interruption leaves the old state. Throws `UnusableInput` where it cannot. */
export async function saveState(store: Store, file: string, terminal: Terminal): Promise<void> {
  const progress = terminal.progress(`writing ${quoted(file)}`, store.versions.size + store.objects.size);
  let described = 0;
  const pieces = snapshotOf(store, (rows) => {
    progress.advance(rows - described);
    described = rows;
  });
  try {
    await writeAside(file, pieces, true);
  } catch (problem) {
    if (codeOf(problem) === '') throw problem;
    throw InputError.of(`${quoted(file)}: this cannot be written (${codeOf(problem)})`);
  } finally {
    progress.done();
  }
}
