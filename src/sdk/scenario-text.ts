import { parseScenario } from '../scenario/language/parse.ts';
import { play } from '../scenario/play/play.ts';
import { type Start, scenarioOf } from '../scenario/play/scenario-of.ts';
import { formatDiagnostic } from '../scenario/yaml/diagnostic.ts';
import type { Action } from '../simulator/action.ts';
import { readSnapshot } from '../simulator/snapshot/read.ts';
import type { Store } from '../store/store.ts';
import { ValueError } from './errors.ts';

/**
 * The actions of a simulator as the text of a scenario; `start` is null for a simulator that started from another store.
 * Throws `ValueError` in that case, and for actions that no scenario can express.
 */
export function scenarioText(title: string, start: Start | null, actions: readonly Action[]): string {
  if (start === null) {
    throw new ValueError(
      'Cannot write a scenario: this simulator started from a snapshot or another scenario.',
    );
  }
  const written = scenarioOf(title, start, actions);
  if (written.ok) return written.text;
  throw new ValueError(`A scenario has no step for ${written.unsaid.type}.`);
}

/** The store of a snapshot. Throws `ValueError` unless the bytes are a snapshot. */
export function storeInSnapshot(bytes: Uint8Array): Store {
  const read = readSnapshot(() => [bytes]);
  if (!read.ok) throw new ValueError(`This is no snapshot: ${read.message}`);
  return read.store;
}

/** The store at the end of a scenario. Throws `ValueError` for mistakes, failed checks and real folders. */
export function storeAfterScenario(text: string): Store {
  const parsed = parseScenario('the scenario', text);
  if (!parsed.ok) {
    const mistakes = parsed.diagnostics.map((mistake) => formatDiagnostic('the scenario', mistake));
    throw new ValueError(mistakes.join('\n'));
  }
  const [folder] = parsed.scenario.folders;
  if (folder !== undefined) {
    throw new ValueError(
      `Line ${folder.line} takes files from a real folder, which only the command line reads.`,
    );
  }
  const { failures, final } = play(parsed.scenario);
  const [failure] = failures;
  if (failure !== undefined) {
    throw new ValueError(`Line ${failure.line}: expected ${failure.expected}; actual: ${failure.actual}`);
  }
  return final;
}
