import { sameText } from './play.ts';
import type { PlacedStep } from './scenario.ts';
import type { Step } from './schema-steps.ts';

/**
 * The text of a scenario with its recordings (`is:` of a `show` step) refreshed from what was printed.
 * Everything else stays as it is to the byte, comments too; an `expect` is a claim, and is never touched.
 */
export function rewriteRecordings(
  text: string,
  placed: readonly PlacedStep[],
  shownByStep: ReadonlyMap<Step, string>,
): string {
  const edits = placed.flatMap(({ step, path, tree }) => {
    const shown = shownByStep.get(step);
    if (step.kind !== 'show' || step.body.is === undefined || shown === undefined) return [];
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
