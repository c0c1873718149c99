import type { Store } from '../../store/store.ts';
import { type Diagnostic, inOrder } from '../yaml/diagnostic.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlTree } from '../yaml/yaml-tree.ts';
import { contentConflicts, unknownPeople, wrongIds, wrongWaits } from './cross-checks.ts';
import { namesOf } from './schema-people.ts';
import type { Step } from './schema-steps.ts';
import { folderNamedBy } from './step-line.ts';
import { StepReader } from './step-reader.ts';

/** Steps, or every mistake in them; never both. */
export type ParsedSteps =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Parses a list of steps, as it is below `steps:` in a scenario, to be played on a store. Reports every mistake at once.
 * Steps may use the ids that steps of the same list give, and no real folders.
 */
export function parseSteps(text: string, store: Store): ParsedSteps {
  const { tree, diagnostics } = readYaml(text);
  if (tree === null) return { ok: false, diagnostics: inOrder(diagnostics) };
  const problems: Diagnostic[] = [];
  const reader = new StepReader(belowSteps(tree), problems);
  const placed = reader.list(tree.value, 'steps');
  problems.push(
    ...wrongIds(placed, reader.lostIds),
    ...contentConflicts(placed),
    ...unknownPeople(placed, namesOf(store.people)),
    ...wrongWaits(placed, store),
  );
  for (const { step } of placed) {
    if (folderNamedBy(step) === null) continue;
    problems.push({
      line: step.line,
      column: 1,
      message: 'expected files; these steps read no real folders',
    });
  }
  if (problems.length > 0) return { ok: false, diagnostics: inOrder(problems) };
  return { ok: true, steps: placed.map(({ step }) => step) };
}

// The reader expects the list at the key of a scenario.
function belowSteps(tree: YamlTree): YamlTree {
  return {
    value: { steps: tree.value },
    position: ([, ...path]) => tree.position(path),
    keyPosition: ([, ...path]) => tree.keyPosition(path),
    scalar: ([, ...path]) => tree.scalar(path),
  };
}
