import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Result, Task } from './tasks.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MOST_MEGABYTES = 18_000;
/**
 * How much new there may be before V8 clears memory. Its own 16 MB are full before a batch over a large store is done,
 * so that what the batch drops a moment later has been moved to where only a walk over the whole store clears it: at a
 * million versions that makes a command up to four times as dear.
 */
export const SEMI_SPACE_MEGABYTES = 128;
/** What a million versions are to fit into; with more, V8 would let more litter lie about, and the peak say nothing. */
const PROMISED_MEGABYTES = 6_000;

/** Measures a task in a process of its own, so that no task finds the memory or the compiled code of another. */
export function runTask(task: Task, semiSpaceMegabytes: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const megabytes = task.kind === 'memory' ? PROMISED_MEGABYTES : MOST_MEGABYTES;
    const flags = [
      '--expose-gc',
      `--max-old-space-size=${megabytes}`,
      `--max-semi-space-size=${semiSpaceMegabytes}`,
      '--import',
      'tsx',
    ];
    const child = spawn(process.execPath, [...flags, CHILD, JSON.stringify(task)], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      if (status !== 0) reject(new Error(`${JSON.stringify(task)} ended with ${signal ?? status}`));
      else resolve(JSON.parse(Buffer.concat(pieces).toString()) as Result);
    });
  });
}
