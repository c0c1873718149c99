import { type Diagnostic, inOrder, type Position } from '../yaml/diagnostic.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlTree } from '../yaml/yaml-tree.ts';
import { type ReadStep, readStep } from './parse.ts';
import { BARE_STEPS } from './schema.ts';
import { STEP_KINDS, type Step } from './schema-steps.ts';

/**
 * Parses one line as one step, `delete: animals:v0, deleteAliases: true`, with or without the braces and the dash of a
 * scenario. Diagnostics and checks name the line `number`.
 */
export function parseStepLine(line: string, number: number): ReadStep {
  const place = placesIn(line, number);
  if (/[\n\r]/.test(line)) return wrong(place(0), 'expected one line');
  const text = withoutDash(line);
  const bare = (BARE_STEPS as readonly string[]).includes(text.replace(/\s#.*$/, '').trim());
  const braced = bare || text.trimStart().startsWith('{');
  const hint = braced ? null : colonHint(text);
  if (hint !== null) return wrong(place(line.length - line.trimStart().length), hint);
  const { tree, diagnostics } = readYaml(braced ? text : `{${text}\n}`);
  const shift = braced ? 0 : 1;
  // A mistake at the closing brace, which is ours, is a mistake at the end of the line.
  const moved = (at: Position) => place(at.line > 1 ? line.length : at.column - 1 - shift);
  if (tree === null) return { ok: false, diagnostics: movedAll(diagnostics, moved) };
  const own: YamlTree = {
    value: tree.value,
    position: (path) => moved(tree.position(path)),
    keyPosition: (path) => moved(tree.keyPosition(path)),
    scalar: () => undefined,
  };
  return readStep(own);
}

/** The path of the real folder that a step reads its files from, or null. */
export function folderNamedBy(step: Step): string | null {
  if (step.kind !== 'log' && step.kind !== 'begin') return null;
  const { files } = step.body;
  return files !== undefined && 'from' in files ? files.from : null;
}

// A dash in front is allowed; spaces in its place keep the columns right.
function withoutDash(line: string): string {
  return line.replace(/^(\s*)- /, '$1  ');
}

// Without the colon, YAML takes a step for a word, and its own message would not help.
function colonHint(text: string): string | null {
  const said = text.trim();
  const kind = [...STEP_KINDS]
    .sort((left, right) => right.length - left.length)
    .find((name) => said.startsWith(`${name} `) || said.startsWith(`${name}:`));
  if (kind === undefined) return null;
  const rest = said.slice(kind.length);
  if (/^:\S/.test(rest)) return `expected a space behind the colon: "${kind}: ${rest.slice(1)}"`;
  if (rest.startsWith(':') || /^\s+:/.test(rest) || /^[^,{]*:\s/.test(rest)) return null;
  return `expected a colon behind the name of the step: "${kind}: ${rest.trim()}"`;
}

function placesIn(line: string, number: number): (offset: number) => Position {
  return (offset) => ({ line: number, column: Math.min(Math.max(offset, 0), line.length) + 1 });
}

function movedAll(
  diagnostics: readonly Diagnostic[],
  moved: (at: Position) => Position,
): readonly Diagnostic[] {
  return inOrder(diagnostics.map((diagnostic) => ({ ...diagnostic, ...moved(diagnostic) })));
}

function wrong(at: Position, message: string): ReadStep {
  return { ok: false, diagnostics: [{ ...at, message }] };
}
