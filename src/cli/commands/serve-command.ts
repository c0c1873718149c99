import type { Pace } from '../../server/clock.ts';
import type { RunningServer, ServerOptions } from '../../server/index.ts';
import { emptyStore } from '../../store/store.ts';
import { printable } from '../../values/names.ts';
import { type Bytes, parseSize } from '../../values/units.ts';
import { codeOf } from '../files/lock-file.ts';
import { checkSavePath, saveSnapshot } from '../files/snapshot-file.ts';
import { EXIT, type ExitStatus, InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { playToItsEnd } from './play-to-its-end.ts';
import { command, examples, FROM, type ProgramPart } from './program-part.ts';

/** The options of `limbo serve`, as typed. */
export interface ServeOptions {
  readonly from?: string;
  readonly port?: string;
  readonly host?: string;
  readonly clock?: string;
  /** Where to save the store when the server stops. */
  readonly save?: string;
  readonly maxBytes?: string;
  readonly allowRemote?: boolean;
  readonly json?: boolean;
}

/** Adds the command. */
export function addServe({ program, terminal, end }: ProgramPart): void {
  command(program, 'serve')
    .description('serve the API over HTTP, so that the real SDK talks to limbo')
    .argument('[file]', 'scenario file, played to its end first, - for standard input')
    .option(...FROM)
    .option('--port <number>', 'port to listen on, 0 for a free one (default: 8080)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--clock <pace>', 'manual, real, or so many times as fast as real time (default: manual)')
    .option('--save <snapshot>', 'save the store when the server stops')
    .option('--max-bytes <size>', 'bytes of files to keep in memory, not on disk (default: 4GB)')
    .option('--allow-remote', 'let other machines connect, by any name')
    .option('--json', 'print one line of JSON: url, pid, and keys')
    .addHelpText(
      'after',
      `${examples(
        'limbo serve',
        'limbo serve story.yaml --port 0 --json',
        'limbo serve --from before.limbo --save after.limbo',
        'limbo serve --clock 86400',
      )}
Interrupt it (Ctrl+C) to stop it.
`,
    )
    .action(async (file: string | undefined, options: ServeOptions) =>
      end(await serveCommand(file, options, terminal, interruption)),
    );
}

/** Serves until `stopped`; finishes the requests under way, and saves. Throws `InputError` if it cannot start. */
export async function serveCommand(
  file: string | undefined,
  options: ServeOptions,
  terminal: Terminal,
  stopped: () => Promise<void>,
): Promise<ExitStatus> {
  const { from, save, json = false } = options;
  const settings = {
    port: portIn(options.port),
    host: options.host ?? '127.0.0.1',
    clock: paceIn(options.clock),
    allowRemote: options.allowRemote ?? false,
    ...sizeIn(options.maxBytes),
  };
  if (save !== undefined) await checkSavePath(save, '--save');
  const nothing = file === undefined && from === undefined;
  const played = nothing ? null : await playToItsEnd({ file, from }, terminal, undefined, true);
  const store = played?.final ?? emptyStore();
  const server = await started({ store, beginning: played?.beginning ?? null, ...settings });
  // Before the address is known, so that no signal comes too early.
  const end = stopped();
  terminal.out(json ? `${announcement(server)}\n` : exports(server));
  await end;
  await server.close();
  if (save !== undefined) {
    await saveSnapshot(server.host.store, save, terminal);
    terminal.err(`saved as ${quoted(save)}\n`);
  }
  return EXIT.ok;
}

interface Settings {
  readonly port: number;
  readonly host: string;
  readonly clock: Pace;
  readonly allowRemote: boolean;
  readonly maxBytes?: Bytes;
}

type ServedStore = Pick<ServerOptions, 'store' | 'beginning'>;

// The server and its libraries are loaded here only, so that all other commands start without them.
async function started(settings: Settings & ServedStore): Promise<RunningServer> {
  const { startServer } = await import('../../server/index.ts');
  try {
    return await startServer(settings);
  } catch (problem) {
    throw InputError.of(reasonOf(problem, settings));
  }
}

function reasonOf(problem: unknown, { host, port }: Settings): string {
  const code = codeOf(problem);
  switch (code) {
    case 'EADDRINUSE':
      return `--port ${port}: already in use; --port 0 takes a free port`;
    case 'EACCES':
      return `--port ${port}: not permitted; expected a port from 1024 on`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `--host ${quoted(host)}: expected an address of this machine`;
    case 'not-loopback':
      return `--host ${quoted(host)}: other machines could connect; add --allow-remote to let them`;
    default:
      throw problem;
  }
}

function announcement({ url, host }: RunningServer): string {
  return JSON.stringify({ url, pid: process.pid, keys: Object.fromEntries(host.users.keys) });
}

function exports({ url, host }: RunningServer): string {
  // All lines can be pasted at once: they then set the admin's key, and not the last member's.
  const keys = [...host.users.keys].map(
    ([name, key], at) => `${at === 0 ? '' : '# '}export WANDB_API_KEY=${key}  # ${printable(name)}`,
  );
  return [`limbo serves at ${url}. To use it:`, '', `export WANDB_BASE_URL=${url}`, ...keys, ''].join('\n');
}

// Only the first signal: another one ends the process at once.
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  });
}

function portIn(given = '8080'): number {
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw InputError.of(`--port ${quoted(given)}: expected a whole number from 0 to 65535`);
}

function paceIn(given = 'manual'): Pace {
  if (given === 'manual') return given;
  const factor = given === 'real' ? 1 : Number(given);
  if (/^(real|\d+(\.\d+)?)$/.test(given) && factor > 0 && factor <= FASTEST) return factor;
  throw InputError.of(`--clock ${quoted(given)}: expected manual, real, or a factor up to ${FASTEST}`);
}

// A century each second; much more would soon leave the calendar.
const FASTEST = 3_000_000_000;

function sizeIn(given: string | undefined): { readonly maxBytes?: Bytes } {
  if (given === undefined) return {};
  const size = parseSize(given);
  if (size.ok) return { maxBytes: size.value };
  throw InputError.of(`--max-bytes ${quoted(given)}: expected ${size.expected}`);
}
