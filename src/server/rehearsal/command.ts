import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

/** How a command ended, and what it wrote. */
export interface CommandResult {
  /** Its exit status; 128 and the number of the signal if one ended it. */
  readonly exitStatus: number;
  /** The end of what it wrote to standard output and error, in the order of arrival. */
  readonly output: string;
}

/** Where the output of a command goes. */
export interface OutputSink {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const MOST_OUTPUT = 1_000_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command whose SDK calls this server: its address and key, no telemetry, and private folders, which are removed
 * afterward. Passes on its output and the signals that this process gets. Rejects if the command cannot be started.
 */
export async function runCommand(
  [program = '', ...args]: readonly string[],
  { url, key }: { readonly url: string; readonly key: string },
  { out, err }: OutputSink,
): Promise<CommandResult> {
  const home = await mkdtemp(path.join(tmpdir(), 'limbo-rehearsal-'));
  try {
    await writeFile(path.join(home, 'netrc'), '');
    const child = spawn(program, args, {
      stdio: ['inherit', 'pipe', 'pipe'],
      env: { ...process.env, ...sdkEnvironment(url, key, home) },
    });
    let output = '';
    const pass = (to: (text: string) => void) => (text: string) => {
      output = (output + text).slice(-MOST_OUTPUT);
      to(text);
    };
    child.stdout.setEncoding('utf8').on('data', pass(out));
    child.stderr.setEncoding('utf8').on('data', pass(err));
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, forward);
    try {
      const exitStatus = await new Promise<number>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', (status, signal) =>
          resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])),
        );
      });
      return { exitStatus, output };
    } finally {
      for (const signal of SIGNALS) process.off(signal, forward);
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function sdkEnvironment(url: string, key: string, home: string): NodeJS.ProcessEnv {
  return {
    WANDB_BASE_URL: url,
    WANDB_API_KEY: key,
    WANDB_MODE: 'online',
    WANDB_ERROR_REPORTING: 'false',
    WANDB_DIR: home,
    WANDB_CACHE_DIR: path.join(home, 'cache'),
    WANDB_DATA_DIR: path.join(home, 'data'),
    WANDB_CONFIG_DIR: path.join(home, 'config'),
    WANDB_ARTIFACT_DIR: path.join(home, 'artifacts'),
    NETRC: path.join(home, 'netrc'),
  };
}
