import cliProgress from 'cli-progress';
import picocolors from 'picocolors';
import { type Paint, PLAIN } from '../narration/layout/paint.ts';
import { printable } from '../values/names.ts';

/** Where a command line reads and writes, how wide it is, and whether it has colors. */
export interface Terminal {
  /** The bytes of standard input, which can be read once. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Writes text, or the bytes of another program as they are. */
  readonly out: (text: string | Uint8Array) => void;
  readonly err: (text: string) => void;
  readonly paint: Paint;
  /** The width in columns; 80 if the output is not a terminal. */
  readonly width: number;
  /** Shows the progress of long work until `done`; silent if standard error is not a terminal. */
  readonly progress: (what: string, totalBytes: number) => Progress;
  /** Shows a running count for work of unknown length until `done`; silent if standard error is not a terminal. */
  readonly counter: (what: string) => Counter;
}

/** A running count. */
export interface Counter {
  readonly show: (count: number) => void;
  /** Ends the count with a line that sums it up. */
  readonly done: (summary: string) => void;
}

/** A count that is not shown. */
export const UNCOUNTED: Counter = { show: () => {}, done: () => {} };

/** The progress of one long task. */
export interface Progress {
  readonly advance: (bytes: number) => void;
  readonly done: () => void;
}

/** Progress that is not shown. */
export const SILENT: Progress = { advance: () => {}, done: () => {} };

const WIDEST = 100;
const PATIENCE_MS = 500;

/** The terminal of this process, with colors if it supports them and `NO_COLOR` is not set. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  return {
    input: stdin,
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(safe(text)),
    paint: picocolors.isColorSupported && stdout.isTTY ? COLORED : PLAIN,
    // Some terminals report a width of 0.
    width: stdout.isTTY ? Math.min(stdout.columns || 80, WIDEST) : 80,
    progress: (what, totalBytes) => (stderr.isTTY ? progressBar(what, totalBytes) : SILENT),
    counter: (what) => (stderr.isTTY ? counterLine(what) : UNCOUNTED),
  };
}

// Messages repeat user input, which must not contain control sequences.
function safe(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, (character) => printable(character));
}

const COLORED: Paint = {
  title: picocolors.bold,
  step: picocolors.cyan,
  quiet: picocolors.dim,
  good: picocolors.green,
  bad: picocolors.red,
};

// Show the bar only if the work turns out to be long.
function progressBar(what: string, totalBytes: number): Progress {
  const bar = new cliProgress.SingleBar({
    format: `${what} {bar} {percentage}% · {eta_formatted} left`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const began = performance.now();
  let done = 0;
  let shown = false;
  return {
    advance: (bytes) => {
      done += bytes;
      if (!shown && performance.now() - began > PATIENCE_MS) {
        shown = true;
        bar.start(totalBytes, done);
      } else if (shown) bar.update(done);
    },
    done: () => {
      if (shown) bar.stop();
    },
  };
}

function counterLine(what: string): Counter {
  const bar = new cliProgress.SingleBar({
    format: `{value} ${what} · {duration_formatted}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  const began = performance.now();
  let shown = false;
  return {
    show: (count) => {
      if (!shown && performance.now() - began < PATIENCE_MS) return;
      if (!shown) bar.start(Number.MAX_SAFE_INTEGER, count);
      shown = true;
      bar.update(count);
    },
    done: (summary) => {
      if (shown) bar.stop();
      process.stderr.write(`${summary}\n`);
    },
  };
}
