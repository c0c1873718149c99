import { printable } from '../../values/names.ts';

/** A place in a text: line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A mistake in a scenario file: where it is and what was expected. */
export interface Diagnostic extends Position {
  readonly message: string;
}

/** `file:line:column: message`, as editors and terminals recognize it. */
export function formatDiagnostic(file: string, diagnostic: Diagnostic): string {
  return `${printable(file, 1_000)}:${diagnostic.line}:${diagnostic.column}: ${printable(diagnostic.message, 1_000)}`;
}

/** Diagnostics sorted by their place in the text, without duplicates. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics
    .map((diagnostic) => ({ ...diagnostic, message: printable(diagnostic.message, 1_000) }))
    .sort((left, right) => left.line - right.line || left.column - right.column)
    .filter((diagnostic) => {
      const key = formatDiagnostic('', diagnostic);
      return seen.has(key) ? false : seen.add(key);
    });
}
