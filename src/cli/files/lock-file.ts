import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { InputError, quoted } from '../input-error.ts';

/**
 * Locks a file for this process with a second file next to it, and returns a function that releases the lock. Takes over
 * the lock of a process that no longer runs. Throws `InputError` if another process holds it.
 */
export function lockFile(file: string): () => void {
  const beside = `${file}.lock`;
  const release = () => rmSync(beside, { force: true });
  const take = () => writeFileSync(beside, `${process.pid}\n`, { flag: 'wx' });
  try {
    take();
    return release;
  } catch (problem) {
    if (codeOf(problem) !== 'EEXIST') throw problem;
  }
  const holder = holderOf(beside);
  if (holder !== null && isGone(holder)) {
    release();
    take();
    return release;
  }
  const who = holder === null ? 'something' : `process ${holder}`;
  throw InputError.of(
    `${quoted(file)}:1:1: ${who} is using this journal. If that is not the case, remove ${quoted(beside)}`,
  );
}

/** The code of a file system error, such as ENOENT; empty for other errors. */
export function codeOf(problem: unknown): string {
  return problem instanceof Error && 'code' in problem ? String(problem.code) : '';
}

function holderOf(beside: string): number | null {
  const text = readFileSync(beside, 'utf8').trim();
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
}

function isGone(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return false;
  } catch (problem) {
    return codeOf(problem) === 'ESRCH';
  }
}
