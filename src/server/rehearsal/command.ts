import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { temporaryFolder } from '../temporary-folder.ts';

/** How a command ended, and what it wrote. */
export interface CommandResult {
  /** Its exit status; 128 and the number of the signal if one ended it. */
  readonly exitStatus: number;
  /** The end of what it wrote to standard output and error, in the order of arrival. */
  readonly output: string;
}

/** Where the output of a command goes. */
export interface OutputSink {
  readonly out: (piece: Uint8Array) => void;
  readonly err: (piece: Uint8Array) => void;
  /** Gets what there is to say to the person who waits. */
  readonly notice: (text: string) => void;
}

const MOST_OUTPUT = 1_000_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const LEFT_MS = 2_000;
const LEFT =
  'The command ended, but a process that it started goes on. Waiting for it; interrupt (Ctrl+C) to report now.\n';

/**
 * Runs a command whose SDK calls this server: its address and key, no telemetry, and private folders, which are removed
 * afterward. Passes on its output and the signals that this process gets, and waits until nothing writes to the output
 * anymore. Rejects if the command cannot be started.
 */
export async function runCommand(
  [program = '', ...args]: readonly string[],
  { url, key }: { readonly url: string; readonly key: string },
  { out, err, notice }: OutputSink,
): Promise<CommandResult> {
  const home = await temporaryFolder();
  try {
    await writeFile(path.join(home, 'netrc'), '');
    const child = spawn(program, args, {
      stdio: ['inherit', 'pipe', 'pipe'],
      env: { ...process.env, ...sdkEnvironment(url, key, home) },
    });
    let output = '';
    const pass = (to: (piece: Uint8Array) => void) => {
      const decoder = new StringDecoder('utf8');
      return (piece: Buffer) => {
        output = (output + decoder.write(piece)).slice(-MOST_OUTPUT);
        to(piece);
      };
    };
    child.stdout.on('data', pass(out));
    child.stderr.on('data', pass(err));
    const forward = (signal: NodeJS.Signals) => {
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      if (hasEnded) for (const stream of [child.stdout, child.stderr]) stream.destroy();
      else if (signal !== 'SIGINT' || !hasTerminal()) child.kill(signal);
    };
    let left: NodeJS.Timeout | undefined;
    for (const signal of SIGNALS) process.on(signal, forward);
    try {
      const exitStatus = await new Promise<number>((resolve, reject) => {
        child.on('error', reject);
        child.on('exit', () => {
          left = setTimeout(notice, LEFT_MS, LEFT);
        });
        child.on('close', (status, signal) =>
          resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])),
        );
      });
      return { exitStatus, output };
    } finally {
      clearTimeout(left);
      for (const signal of SIGNALS) process.off(signal, forward);
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

// A terminal interrupts the command itself; a second interruption would cut its cleaning up short.
function hasTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
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
    ...withoutProxy(new URL(url).hostname),
  };
}

// Programs read either name.
function withoutProxy(host: string): NodeJS.ProcessEnv {
  const names = (given: string | undefined) => [...(given ? [given] : []), host].join(',');
  const { NO_PROXY, no_proxy } = process.env;
  return { NO_PROXY: names(NO_PROXY ?? no_proxy), no_proxy: names(no_proxy ?? NO_PROXY) };
}
