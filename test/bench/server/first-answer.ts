import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readSnapshot } from '../../../src/simulator/snapshot/read.ts';
import { snapshotOf } from '../../../src/simulator/snapshot/write.ts';
import { basic } from '../../support/server/wire.ts';
import { servedStore } from './requests.ts';

/** How long a server that starts from a snapshot takes until its first answer, in seconds of wall time. */
export interface FirstAnswerFigures {
  readonly versions: number;
  /** Only reading the snapshot, without the file, in a process that runs already. */
  readonly readSeconds: number;
  /** `limbo usage --from`, from its start to its end. */
  readonly usageSeconds: number;
  /** `limbo serve --from`, from its start until it answered with a version. */
  readonly serveSeconds: number;
  /** How many times as long as `usage`. */
  readonly ratio: number;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LIMBO = ['--max-old-space-size=8000', '--import', 'tsx', 'src/cli/main.ts'];
const TURNS = 3;

/** Measures the start from a snapshot of so many versions, in turn with a question about it. The best of each counts. */
export async function measureFirstAnswer(
  versions: number,
  described: (text: string) => void,
): Promise<FirstAnswerFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'limbo-bench-'));
  try {
    described('making the snapshot');
    const snapshot = path.join(folder, 'store.limbo');
    const pieces = [...snapshotOf(servedStore(versions))];
    writeFileSync(snapshot, Buffer.concat(pieces));
    const best = {
      read: Number.POSITIVE_INFINITY,
      usage: Number.POSITIVE_INFINITY,
      serve: Number.POSITIVE_INFINITY,
    };
    for (let turn = 1; turn <= TURNS; turn += 1) {
      described(`turn ${turn} of ${TURNS}`);
      best.read = Math.min(best.read, await secondsOf(() => void readSnapshot(() => pieces)));
      best.usage = Math.min(best.usage, await secondsOf(() => usage(snapshot)));
      best.serve = Math.min(best.serve, await serve(snapshot));
    }
    const { read: readSeconds, usage: usageSeconds, serve: serveSeconds } = best;
    return { versions, readSeconds, usageSeconds, serveSeconds, ratio: serveSeconds / usageSeconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function secondsOf(action: () => unknown): Promise<number> {
  const began = performance.now();
  await action();
  return (performance.now() - began) / 1_000;
}

function usage(snapshot: string): void {
  const { status, stderr } = spawnSync(process.execPath, [...LIMBO, 'usage', '--from', snapshot], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`usage ended with ${status}: ${stderr}`);
}

async function serve(snapshot: string): Promise<number> {
  const began = performance.now();
  const server = spawn(process.execPath, [...LIMBO, 'serve', '--from', snapshot, '--port', '0', '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.on('close', resolve));
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const { url, keys } = JSON.parse(line) as {
        readonly url: string;
        readonly keys: Record<string, string>;
      };
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: basic(keys['admin'] ?? '') },
        body: JSON.stringify({ query: NEWEST }),
      });
      if (!(await answer.text()).includes('COMMITTED'))
        throw new Error(`the server answered ${answer.status}`);
      return (performance.now() - began) / 1_000;
    }
    throw new Error('the server did not start');
  } finally {
    server.kill();
    await ended;
  }
}

const NEWEST = `{ project(entityName: "team", name: "demo") {
  artifact(name: "model-0:latest") { id state }
} }`;
