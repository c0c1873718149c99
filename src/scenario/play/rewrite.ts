import type { Store } from '../../store/store.ts';
import { parseScenario } from '../language/parse.ts';
import { type Diagnostic, inOrder } from '../yaml/diagnostic.ts';
import type { WrittenScalar } from '../yaml/yaml-tree.ts';
import { sameText } from './play.ts';

/** A scenario with new recordings, or why they cannot be written. */
export type Rewritten =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

interface Edit {
  readonly range: readonly [number, number];
  readonly replacement: string;
}

/**
 * The text of a scenario with new recordings (`is:` of `show` and `verify` steps), from what each step printed or null.
 * Everything else stays byte for byte, comments included; an `expect` is a claim and never changes. Refused if an anchor
 * repeats a recording that would have two values. `from` is the store that the story continues, if any.
 */
export function rewriteRecordings(
  file: string,
  text: string,
  shownByStep: readonly (string | null)[],
  from: Store | null = null,
): Rewritten {
  const parsed = parseScenario(file, text, from);
  if (!parsed.ok) return parsed;
  const edits = new Map<number, Edit>();
  const problems: Diagnostic[] = [];
  for (const [at, { step, path, tree }] of parsed.placed.entries()) {
    const shown = shownByStep[at] ?? null;
    if ((step.kind !== 'show' && step.kind !== 'verify') || step.body.is === undefined || shown === null)
      continue;
    const written = tree.scalar([...path, 'is']);
    if (written === undefined) continue;
    const edit = sameText(step.body.is, shown)
      ? { range: written.range, replacement: text.slice(...written.range) }
      : editOf(text, written, shown, tree.keyPosition([...path, 'is']).column - 1);
    const other = edits.get(written.range[0]);
    if (other !== undefined && other.replacement !== edit.replacement) {
      const message =
        'expected a recording of its own: this step is repeated, and does not always print the same';
      problems.push({ ...tree.position([...path, 'is']), message });
    }
    edits.set(written.range[0], edit);
  }
  if (problems.length > 0) return { ok: false, diagnostics: inOrder(problems) };
  // From the last to the first, so that an edit does not move earlier positions.
  const rewritten = [...edits.values()]
    .sort((left, right) => right.range[0] - left.range[0])
    .reduce(
      (rest, { range: [from, to], replacement }) => rest.slice(0, from) + replacement + rest.slice(to),
      text,
    );
  return { ok: true, text: rewritten };
}

function editOf(
  text: string,
  { range, block, inFlow }: WrittenScalar,
  shown: string,
  keyColumn: number,
): Edit {
  const old = text.slice(...range);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const endOfLine = /[^\r\n]*/.exec(text.slice(range[1]))?.[0] ?? '';
  // Inside brackets, or before a comment, a text must stay on its line.
  if (inFlow || (!block && endOfLine.trim() !== '')) return { range, replacement: JSON.stringify(shown) };
  const indent = ' '.repeat(keyColumn + 2);
  const lines = shown.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`));
  // YAML would take leading spaces of the first line for the indentation of the block.
  const indicator = shown.startsWith(' ') ? '|2' : '|';
  const [header = ''] = old.split(/\r?\n/);
  const comment = block ? (/\s+#.*$/.exec(header)?.[0] ?? '') : '';
  const end = old.endsWith('\n') ? newline : '';
  return { range, replacement: `${indicator}${comment}${newline}${lines.join(newline)}${end}` };
}
