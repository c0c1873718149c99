import { emptyScenario } from '../../scenario/language/empty-scenario.ts';
import type { Frame } from '../../scenario/play/frame.ts';
import { type Playback, Player, play } from '../../scenario/play/play.ts';
import { formatDiagnostic } from '../../scenario/yaml/diagnostic.ts';
import { type Beginning, beginningOf } from '../../service/story.ts';
import { printable } from '../../values/names.ts';
import { readScenario } from '../files/read-scenario.ts';
import { loadSnapshot } from '../files/snapshot-file.ts';
import { InputError } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';

/** The subject of a question: the store at the end of a story, or of a snapshot. */
export interface Asked {
  readonly file: string | undefined;
  readonly from?: string | undefined;
}

/** A story that was played, and how its store was made if that was to be remembered and does not start from a snapshot. */
export interface PlayedToItsEnd extends Playback {
  readonly beginning: Beginning | null;
}

/**
 * Plays a scenario to its end for a question about the store there. If the story fails, says so on standard error and
 * goes on. Throws `InputError` if the scenario or the snapshot cannot be read.
 */
export async function playToItsEnd(
  { file, from }: Asked,
  terminal: Terminal,
  onFrame?: (frame: Frame) => void,
  remember = false,
): Promise<PlayedToItsEnd> {
  if (file === undefined && from === undefined) {
    throw InputError.of('expected a scenario file, or a snapshot: --from SNAPSHOT');
  }
  const state = loadSnapshot(from, terminal)?.store ?? null;
  if (file === undefined) {
    return { ...play(emptyScenario(state, printable(from ?? '', 500))), beginning: null };
  }
  const { scenario, folders } = await readScenario(file, terminal, state);
  const player = new Player(scenario, folders, remember);
  const playback = play(scenario, folders, onFrame, player);
  const [first] = playback.failures;
  if (first !== undefined) {
    const message = 'the story fails here; the answer is about the store it ended in';
    terminal.err(`${formatDiagnostic(scenario.file, { line: first.line, column: 1, message })}\n`);
  }
  return { ...playback, beginning: remember ? beginningOf(scenario, player.actions) : null };
}
