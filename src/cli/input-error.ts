import { type Diagnostic, formatDiagnostic } from '../scenario/yaml/diagnostic.ts';
import { printable } from '../values/names.ts';

/** The exit statuses: success, something failed or was refused, unusable input. */
export const EXIT = { ok: 0, failed: 1, unusable: 2 } as const;
/** One of the exit statuses. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

const MOST_SHOWN = 20;

/** Unusable input: what is wrong and where, in a few lines. Nothing was run. */
export class InputError extends Error {
  /** The input as a whole is unusable. */
  static of(message: string): InputError {
    return new InputError(message);
  }

  /** A file has mistakes. */
  static at(file: string, diagnostics: readonly Diagnostic[]): InputError {
    const shown = diagnostics.slice(0, MOST_SHOWN).map((diagnostic) => formatDiagnostic(file, diagnostic));
    const rest = diagnostics.length - shown.length;
    return new InputError([...shown, ...(rest > 0 ? [`${file}: and ${rest} more`] : [])].join('\n'));
  }
}

/** An argument for a message: safe to print, and visible even if it is empty. */
export function quoted(argument: string): string {
  return argument === '' ? '""' : printable(argument, 1_000);
}
