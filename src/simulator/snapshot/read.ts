import { ZodError } from 'zod';
import type { Store } from '../../store/store.ts';
import { unpacked } from './bytes.ts';
import { SECTIONS, snapshotFrame, UnreadableSnapshot } from './format.ts';
import { StoreBuilder } from './store-builder.ts';

/** A store that was read from a snapshot, or why it could not be read, with a message for people. */
export type ReadSnapshot =
  | {
      readonly ok: true;
      readonly store: Store;
      /** Identifies the snapshot. */
      readonly digest: string;
    }
  | {
      readonly ok: false;
      readonly reason: UnreadableSnapshot['reason'];
      readonly message: string;
    };

/**
 * Reads a snapshot. `pieces` is called twice: for a pass that verifies the digest, and for one that reads. The store is
 * equal to the one that was written and shares as much structure.
 */
export function readSnapshot(pieces: () => Iterable<Uint8Array>): ReadSnapshot {
  try {
    const frame = snapshotFrame(pieces());
    const store = builtFrom(unpacked(pieces(), frame)).finish(frame.counts);
    return { ok: true, store, digest: frame.digest };
  } catch (problem) {
    if (!(problem instanceof UnreadableSnapshot)) throw problem;
    return { ok: false, reason: problem.reason, message: problem.message };
  }
}

function builtFrom(lines: Iterable<string>): StoreBuilder {
  const builder = new StoreBuilder();
  let section = -1;
  let number = 0;
  for (const line of lines) {
    number += 1;
    try {
      const row: unknown = JSON.parse(line);
      if (row !== null && row === SECTIONS[section + 1]) section += 1;
      else builder.take(SECTIONS[section] ?? 'end', row);
    } catch (problem) {
      throw nonsense(problem, number);
    }
  }
  if (section !== SECTIONS.length - 1) throw new UnreadableSnapshot('nonsense', 'this snapshot has no end');
  return builder;
}

// The digest is right, but the content makes no sense.
function nonsense(problem: unknown, line: number): unknown {
  const where = `line ${line} of this snapshot is invalid`;
  if (problem instanceof UnreadableSnapshot) {
    return new UnreadableSnapshot('nonsense', `${where}: ${problem.message}`);
  }
  if (problem instanceof ZodError) {
    const [issue] = problem.issues;
    return new UnreadableSnapshot('nonsense', `${where}: ${issue?.message ?? 'it has another shape'}`);
  }
  return problem instanceof SyntaxError ? new UnreadableSnapshot('nonsense', where) : problem;
}
