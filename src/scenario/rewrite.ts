import { parseScenario } from './parse.ts';
import { sameText } from './play.ts';

/**
 * The text of a scenario with its recordings (`is:` of a `show` step) refreshed from what each step printed, null
 * for those that print nothing. Everything else stays as it is to the byte, comments too; an `expect` is a claim,
 * and is never touched.
 */
export function rewriteRecordings(
  file: string,
  text: string,
  shownByStep: readonly (string | null)[],
): string {
  const parsed = parseScenario(file, text);
  if (!parsed.ok) return text;
  const edits = parsed.placed.flatMap(({ step, path, tree }, at) => {
    const shown = shownByStep[at] ?? null;
    if (step.kind !== 'show' || step.body.is === undefined || shown === null) return [];
    if (sameText(step.body.is, shown)) return [];
    const range = tree.range([...path, 'is']);
    if (range === undefined) return [];
    const { column } = tree.keyPosition([...path, 'is']);
    return [{ range, replacement: blockOf(shown, column - 1) }];
  });
  // From the last to the first, so that an edit does not move the places of those before it.
  return [...edits]
    .sort((left, right) => right.range[0] - left.range[0])
    .reduce(
      (rest, { range: [from, to], replacement }) => rest.slice(0, from) + replacement + rest.slice(to),
      text,
    );
}

function blockOf(shown: string, keyColumn: number): string {
  const indent = ' '.repeat(keyColumn + 2);
  const lines = shown.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`));
  // A first line that begins with a space would be taken for the indentation of the whole block.
  const header = shown.startsWith(' ') ? '|2' : '|';
  return `${header}\n${lines.join('\n')}\n`;
}
