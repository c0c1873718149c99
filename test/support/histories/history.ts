import fc from 'fast-check';
import { stringify } from 'yaml';
import type { BucketFault } from '../../../src/bucket/faults.ts';
import type { Command } from '../../../src/decider/command.ts';
import { readStep } from '../../../src/scenario/language/parse.ts';
import { HEAD } from '../../../src/scenario/language/schema.ts';
import { peopleOf } from '../../../src/scenario/language/schema-people.ts';
import type { Step } from '../../../src/scenario/language/schema-steps.ts';
import { faultsOf, startingSettings } from '../../../src/scenario/language/settings-of.ts';
import { encodeKey } from '../../../src/scenario/yaml/yaml-keys.ts';
import type { People } from '../../../src/store/people.ts';
import type { Settings } from '../../../src/store/settings.ts';
import type { UnixTime } from '../../../src/values/dates.ts';
import type { StoryHead, StoryStep } from './story-step.ts';

/** A step of a random history: as a story writes it, or a command that no story can ask for. */
export type HistoryStep = StoryStep | { readonly command: Command };

/** What a simulator begins with. */
export interface Beginning {
  readonly settings: Settings;
  readonly people: People;
  readonly bucketFaults: readonly BucketFault[];
  /** The real time of day 0, or null. */
  readonly begins: UnixTime | null;
}

/** A random history: what a story says before its steps, and its steps. A counterexample is printed as that story. */
export class History {
  readonly head: StoryHead;
  readonly steps: readonly HistoryStep[];
  #beginning: Beginning | undefined;

  constructor(head: StoryHead, steps: readonly HistoryStep[]) {
    this.head = head;
    this.steps = steps;
  }

  /** The server, the people and the bucket's faults at its beginning. */
  get beginning(): Beginning {
    this.#beginning ??= beginningOf(this.head);
    return this.#beginning;
  }

  /** The same history with each step replaced, by nothing or by several. */
  mapped(change: (step: StoryStep) => readonly StoryStep[], head: StoryHead = this.head): History {
    return new History(
      head,
      this.steps.flatMap((step): readonly HistoryStep[] => ('command' in step ? [step] : change(step))),
    );
  }

  [fc.toStringMethod](): string {
    return `\n${storyText('A counterexample', this.head, this.steps)}`;
  }
}

/** A history as the text of a scenario, a step on each line; what no story can ask for is a comment. */
export function storyText(title: string, head: StoryHead, steps: readonly HistoryStep[]): string {
  const lines = steps.map((step) => {
    if ('command' in step) return `  # ${JSON.stringify(step.command)}`;
    return `  - ${onOneLine(step)}`;
  });
  const blocks = Object.entries(head).map(([key, block]) => `${key}: ${onOneLine(block)}`);
  return `${[`title: ${title}`, ...blocks, 'steps:', ...lines].join('\n')}\n`;
}

/** A step as the language reads it, or null where the language has no such step. */
export function stepOf(step: StoryStep): Step | null {
  const known = READ.get(step);
  if (known !== undefined) return known;
  const nowhere = () => ({ line: 1, column: 1 });
  const tree = { value: encoded(step), position: nowhere, keyPosition: nowhere, scalar: () => undefined };
  const read = readStep(tree);
  const answer = read.ok ? read.placed.step : null;
  READ.set(step, answer);
  return answer;
}

// A history is played many times, and each of its steps is read once.
const READ = new WeakMap<StoryStep, Step | null>();

function beginningOf(head: StoryHead): Beginning {
  const {
    begins = null,
    server = {},
    team,
    registries,
  } = HEAD.parse(encoded({ title: 'A history', ...head }));
  return {
    settings: startingSettings(server),
    people: peopleOf(team, registries),
    bucketFaults: faultsOf(server) ?? [],
    begins,
  };
}

// JSON is YAML, too, and never breaks a line.
function onOneLine(value: unknown): string {
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
  return text.includes('\n') ? JSON.stringify(value) : text;
}

function encoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(encoded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [encodeKey(key), encoded(inner)]));
}
