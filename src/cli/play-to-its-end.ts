import { formatDiagnostic } from '../scenario/diagnostic.ts';
import type { Frame } from '../scenario/frame.ts';
import { type Playback, play } from '../scenario/play.ts';
import { readScenario } from './read-scenario.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads a scenario, and plays it to its end whatever fails on the way, for a question about where it ends; a failure
 * is told on the errors. Throws `UnusableInput`, saying where and why.
 */
export async function playToItsEnd(
  file: string,
  terminal: Terminal,
  onFrame?: (frame: Frame) => void,
): Promise<Playback> {
  const { scenario, folders } = await readScenario(file, terminal);
  const playback = play(scenario, folders, onFrame);
  const [first] = playback.failures;
  if (first !== undefined) {
    const message = 'the story fails here; the answer is about the store it ended in';
    terminal.err(`${formatDiagnostic(file, { line: first.line, column: 1, message })}\n`);
  }
  return playback;
}
