import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { InputError, quoted } from '../input-error.ts';

/**
 * Takes a file for this process alone, by a second file beside it; answers what gives it back. A lock whose process is
 * gone is taken over. Throws `UnusableInput` where another process has it.
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
    `${quoted(file)}:1:1: ${who} uses this journal; expected one shell at a time. If there is none, remove ${quoted(beside)}`,
  );
}

/** The code of what the file system says, such as ENOENT; empty where it is something else. */
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
