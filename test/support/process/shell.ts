import type { ExitStatus } from '../../../src/cli/input-error.ts';
import { shellCommand } from '../../../src/cli/shell/command.ts';
import type { ShellInput } from '../../../src/cli/shell/input.ts';
import { capturingTerminal } from './terminal.ts';

/** The exit status and the output of a shell. */
export interface ShellAnswer {
  readonly status: ExitStatus;
  readonly out: string;
  readonly err: string;
}

/** How a shell is started: with a story and a journal, or without; by somebody who types, or by a script. */
export interface ShellStart {
  readonly file?: string;
  readonly journal?: string;
  readonly typed?: boolean;
}

/** Runs a shell within this process, on these lines. */
export async function shell(lines: readonly string[], start: ShellStart = {}): Promise<ShellAnswer> {
  const { terminal, out, err } = capturingTerminal();
  const input: ShellInput = {
    interactive: start.typed === true,
    lines: async function* () {
      yield* lines;
    },
  };
  const options = start.journal === undefined ? {} : { journal: start.journal };
  const status = await shellCommand(start.file, options, terminal, input);
  return { status, out: out(), err: err() };
}
