import { runProgram } from '../../../src/cli/program.ts';
import { capturingTerminal } from './terminal.ts';

/** The exit status and the output of a command line. */
export interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line within this process, on a terminal of 80 columns. */
export async function limbo(...args: readonly string[]): Promise<Answer> {
  return limboReading('', ...args);
}

/** Runs the command line with this text or these bytes on standard input. */
export async function limboReading(input: string | Uint8Array, ...args: readonly string[]): Promise<Answer> {
  const { terminal, out, err } = capturingTerminal(80, input);
  const status = await runProgram(args, terminal);
  return { status, out: out(), err: err() };
}
