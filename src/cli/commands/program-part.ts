import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';

/** What commands are added to: the program, its output, and a callback for the exit status. */
export interface ProgramPart {
  readonly program: Command;
  readonly terminal: Terminal;
  readonly end: (status: number) => void;
}

/** A new command of the program. */
export function command(program: Command, name: string): Command {
  return program.command(name).helpOption('-h, --help', 'print this help');
}

/** The examples at the end of a help text. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

/** The option of every command that can start from a snapshot. */
export const FROM = ['--from <snapshot>', 'start from a snapshot that run --save or generate wrote'] as const;
