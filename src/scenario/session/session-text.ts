import type { PlacedStep } from '../language/scenario.ts';
import { folderNamedBy } from '../language/step-line.ts';
import type { StepResult } from '../play/frame.ts';
import { blockLines, itemLines } from '../yaml/flow-text.ts';
import { mappingOf } from '../yaml/yaml-keys.ts';
import { valueAt } from '../yaml/yaml-tree.ts';
import type { Session } from './session.ts';

const COLUMNS = 100;
const TITLE = 'A session in the shell';

/**
 * The done steps of a session as a scenario that plays to the same store. It starts like the story of the session;
 * refused steps say so. Comments are not kept. `moved` maps the path of a real folder to its path from the new file.
 */
export function sessionText(
  session: Session,
  moved: (folder: string) => string = (folder) => folder,
): string {
  const { steps, done } = session.place;
  const list = (
    key: string,
    placed: readonly PlacedStep[],
    resultOf: (at: number) => StepResult | undefined,
  ) =>
    placed.length === 0
      ? []
      : [`${key}:`, ...placed.flatMap((step, at) => stepLines(written(step, resultOf(at), moved)))];
  const { givenResults } = session;
  const lines = [
    ...blockLines(headOf(session), COLUMNS),
    ...list('given', session.given, (at) => givenResults[at]),
    ...list('steps', steps.slice(0, done), (at) => session.result(at)),
  ];
  return `${lines.join('\n')}\n`;
}

function headOf(session: Session): Readonly<Record<string, unknown>> {
  const [first] = [...session.given, ...session.begunWith];
  if (first === undefined) return { title: TITLE };
  const { given: _given, steps: _steps, ...head } = mappingOf(first.tree.value);
  return head;
}

// The step as it was written, not as it was parsed, so that no defaults are added.
function written(
  { step, path, tree }: PlacedStep,
  result: StepResult | undefined,
  moved: (folder: string) => string,
): unknown {
  const read = valueAt(tree.value, path);
  const refusal = result?.refusal ?? null;
  const folder = folderNamedBy(step);
  const unsaid = refusal !== null && !('refused' in step.body && step.body.refused !== undefined);
  if (folder === null && !unsaid) return read;
  const fields = typeof read === 'string' ? { [read]: 'now' } : mappingOf(read);
  return {
    ...fields,
    ...(folder === null ? {} : { files: { from: moved(folder) } }),
    ...(unsaid ? { refused: refusal.code } : {}),
  };
}

function stepLines(step: unknown): readonly string[] {
  return itemLines(step, COLUMNS - 2).map((line) => (line === '' ? '' : `  ${line}`));
}
