import type { Command } from 'commander';
import type { ExitStatus } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';

/** Where commands are added to: the program, what it writes to, and who hears how a command ended. */
export interface ProgramPart {
  readonly program: Command;
  readonly terminal: Terminal;
  readonly end: (status: ExitStatus) => void;
}

/** A new command of the program. */
export function command(program: Command, name: string): Command {
  return program.command(name).helpOption('-h, --help', 'print this help');
}

/** The examples at the end of a help text. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

/** The option of whatever can go on from a saved state. */
export const FROM = ['--from <state>', 'go on from a state that run --save or generate has written'] as const;
