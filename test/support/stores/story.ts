import { PLAIN } from '../../../src/narration/layout/paint.ts';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import type { Scenario } from '../../../src/scenario/language/scenario.ts';
import type { Frame } from '../../../src/scenario/play/frame.ts';
import { Narrator } from '../../../src/scenario/play/narrator.ts';
import { type Playback, play } from '../../../src/scenario/play/play.ts';
import { formatDiagnostic } from '../../../src/scenario/yaml/diagnostic.ts';

/** The text of a story with these steps, each as a scenario writes it; more lines of a step are indented for it. */
export function storyText(...steps: readonly string[]): string {
  return storyWith('', ...steps);
}

/** The same with more at its head, as a scenario writes it: its server, its team, its registries. */
export function storyWith(head: string, ...steps: readonly string[]): string {
  const indented = steps.map((step) => `  - ${step.trim().replaceAll('\n', '\n    ')}\n`);
  return `title: A story\n${head === '' ? '' : `${head.trim()}\n`}steps:\n${indented.join('')}`;
}

/** The mistakes in a text, each as `line:column: message`; none where it can be played. */
export function mistakesIn(text: string): readonly string[] {
  const parsed = parseScenario('', text);
  return parsed.ok ? [] : parsed.diagnostics.map((diagnostic) => formatDiagnostic('', diagnostic).slice(1));
}

/** The story in a text that has no mistakes. */
export function storyIn(text: string, file = 'story.yaml'): Scenario {
  const parsed = parseScenario(file, text);
  if (!parsed.ok) throw new Error(mistakesIn(text).join('\n'));
  return parsed.scenario;
}

/** A story as it was played. */
export interface Played extends Playback {
  readonly frames: readonly Frame[];
}

/** Plays the story in a text, and keeps its frames. */
export function playText(text: string): Played {
  const frames: Frame[] = [];
  const playback = play(storyIn(text), undefined, (frame) => frames.push(frame));
  return { ...playback, frames };
}

/** Plays a story with these steps. */
export function playSteps(...steps: readonly string[]): Played {
  return playText(storyText(...steps));
}

/** What came not true in a story with these steps, each as `expected …, actual …`. */
export function failuresOf(...steps: readonly string[]): readonly string[] {
  return playSteps(...steps).failures.map(({ expected, actual }) => `expected ${expected}, actual ${actual}`);
}

/** The narration of the story in a text. */
export function describeText(text: string, width = 80): string {
  const scenario = storyIn(text);
  const narrator = new Narrator(PLAIN, width);
  const described = [narrator.opening(scenario)];
  const playback = play(scenario, undefined, (frame) => described.push(narrator.frame(frame)));
  return [...described, narrator.verdict(playback)].join('');
}
