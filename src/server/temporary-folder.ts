import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';

// The names of folders say which process has them. Machines that share a folder have processes of their own.
const PREFIX = `limbo-${hostname().replace(/[^A-Za-z0-9.]/g, '-')}-`;

/** Makes a temporary folder, which this process removes in the end. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Removes the temporary folders of processes that were killed before they could. */
export async function removeLeftFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const left = names.filter((name) => name.startsWith(PREFIX) && isLeft(name.slice(PREFIX.length)));
  await Promise.all(
    // Another user's folder stays.
    left.map((name) => rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => {})),
  );
}

function isLeft(name: string): boolean {
  const [, id] = /^(\d{1,10})-[A-Za-z0-9]{6}$/.exec(name) ?? [];
  return id !== undefined && !runs(Number(id));
}

function runs(id: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(id, 0);
    return true;
  } catch (problem) {
    return !(problem instanceof Error && 'code' in problem && problem.code === 'ESRCH');
  }
}
