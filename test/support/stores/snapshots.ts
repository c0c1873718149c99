import { unpacked } from '../../../src/simulator/snapshot/bytes.ts';
import { type Section, snapshotFrame } from '../../../src/simulator/snapshot/format.ts';
import { readSnapshot } from '../../../src/simulator/snapshot/read.ts';
import { snapshotOf } from '../../../src/simulator/snapshot/write.ts';
import type { Store } from '../../../src/store/store.ts';

/** The bytes of a store's snapshot, in one piece. */
export function snapshotBytes(store: Store): Uint8Array {
  return Uint8Array.from(Buffer.concat([...snapshotOf(store)]));
}

/** The store that bytes are the snapshot of, read in pieces of this size; they must be one. */
export function storeIn(bytes: Uint8Array, pieceBytes = bytes.length): Store {
  const read = readSnapshot(() => piecesOf(bytes, pieceBytes));
  if (!read.ok) throw new Error(read.message);
  return read.store;
}

/** Bytes in pieces of this size. */
export function* piecesOf(bytes: Uint8Array, pieceBytes: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** The lines of the body of a store's snapshot. */
export function linesIn(store: Store): readonly string[] {
  const pieces = [snapshotBytes(store)];
  return [...unpacked(pieces, snapshotFrame(pieces))];
}

/** The rows of a section of a store's snapshot; the section ends where the next begins. */
export function rowsOf(store: Store, section: Section, next: Section): readonly unknown[] {
  const lines = linesIn(store);
  const rows = lines.slice(lines.indexOf(`"${section}"`) + 1, lines.indexOf(`"${next}"`));
  return rows.map((line) => JSON.parse(line));
}
