import { printable } from '../../values/names.ts';

/** Where something stands in a text: line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One mistake in a scenario file: where it is, and what was expected there. */
export interface Diagnostic extends Position {
  readonly message: string;
}

/** `file:line:column: message`, as editors and terminals recognise it. */
export function formatDiagnostic(file: string, diagnostic: Diagnostic): string {
  return `${printable(file, 1_000)}:${diagnostic.line}:${diagnostic.column}: ${printable(diagnostic.message, 1_000)}`;
}

/** Diagnostics in the order of the text, each once. */
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
