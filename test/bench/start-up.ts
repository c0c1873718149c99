import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { medianOf } from './stopwatch.ts';

/** How long a command takes from its start to its end, in milliseconds. */
export interface StartUpFigures {
  /** `node -e 0`, which does nothing. */
  readonly nodeMs: number;
  /** `limbo run` on a small story, compiled, as installed. */
  readonly installedMs: number;
  /** The same from a checkout, through tsx. */
  readonly checkoutMs: number;
  /** How many times as long as Node alone it takes as installed; the median over turns. */
  readonly installedRatio: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STORY = path.join(ROOT, 'scenarios/3-deleting/02-deleting-the-first-version.yaml');
const TURNS = 15;

/** Compiles the command line into a temporary folder, and measures its start beside that of Node and that of tsx. */
export function measureStartUp(described: (text: string) => void): StartUpFigures {
  const folder = mkdtempSync(path.join(tmpdir(), 'limbo-bench-'));
  try {
    described('compiling');
    const program = path.join(folder, 'dist/cli');
    run('node_modules/vite/bin/vite.js', 'build', '--config', '.vite.config.ts', '--outDir', program);
    copyFileSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
    const installed = path.join(program, 'main.js');
    const turns = Array.from({ length: TURNS }, (_, turn) => {
      described(`turn ${turn + 1} of ${TURNS}`);
      const node = run('-e', '0');
      return {
        node,
        installed: run(installed, 'run', STORY),
        checkout: run('node_modules/tsx/dist/cli.mjs', 'src/cli/main.ts', 'run', STORY),
      };
    });
    return {
      nodeMs: medianOf(turns.map(({ node }) => node)),
      installedMs: medianOf(turns.map(({ installed }) => installed)),
      checkoutMs: medianOf(turns.map(({ checkout }) => checkout)),
      installedRatio: medianOf(turns.map(({ node, installed }) => installed / node)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(...args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - began;
}
