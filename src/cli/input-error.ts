import { type Diagnostic, formatDiagnostic } from '../scenario/yaml/diagnostic.ts';
import { printable } from '../values/names.ts';

/** How a command line ends: all was well, something failed or was refused, or the input could not be used. */
export const EXIT = { ok: 0, failed: 1, unusable: 2 } as const;
/** One of them. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

const MOST_SHOWN = 20;

/** Input that cannot be used: where and why, in a few lines. Nothing was run. */
export class InputError extends Error {
  /** The whole input is of no use. */
  static of(message: string): InputError {
    return new InputError(message);
  }

  /** A file has these mistakes. */
  static at(file: string, diagnostics: readonly Diagnostic[]): InputError {
    const shown = diagnostics.slice(0, MOST_SHOWN).map((diagnostic) => formatDiagnostic(file, diagnostic));
    const rest = diagnostics.length - shown.length;
    return new InputError([...shown, ...(rest > 0 ? [`${file}: and ${rest} more`] : [])].join('\n'));
  }
}

/** An argument as messages name it: safe to print, and visible where it is empty. */
export function quoted(argument: string): string {
  return argument === '' ? '""' : printable(argument, 1_000);
}
