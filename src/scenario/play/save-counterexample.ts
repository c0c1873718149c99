import type { Exploration } from '../../explore/exploration.ts';
import type { Counterexample } from '../../explore/explore.ts';
import type { Property } from '../../explore/properties.ts';
import { follow, type Transition } from '../../explore/transitions.ts';
import { labelOf } from '../../narration/answers/search.ts';
import type { CollectorName } from '../../store/settings.ts';
import { printable } from '../../values/names.ts';
import { assert } from '../../values/result.ts';
import { blockLines, itemLines } from '../yaml/flow-text.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { decodeKey, mappingOf } from '../yaml/yaml-keys.ts';

const COLUMNS = 100;
const ONE_ORDER = 'in this order';

/**
 * A scenario that reproduces a counterexample: the story, with one actor that takes the steps in the order that breaks
 * the property. `text` is the story's valid text; `collector` is its garbage collector.
 */
export function saveCounterexample(
  text: string,
  exploration: Exploration,
  collector: CollectorName,
  property: Property,
  { choices, wrong }: Counterexample,
): string {
  const { tree } = readYaml(text);
  assert(tree !== null, 'the story was read before');
  const { together, crashes: _crashes, rules: _rules, given, steps, ...head } = mappingOf(tree.value);
  const list = (key: string, items: unknown) =>
    Array.isArray(items)
      ? [`${key}:`, ...items.flatMap((item) => itemLines(item, COLUMNS - 2)).map((line) => `  ${line}`)]
      : [];
  const lines = [
    `# ${property.name}: broken by the steps of "${ONE_ORDER}".`,
    ...wrong.slice(0, 3).map((sentence) => `# ${printable(sentence, 300)}`),
    ...blockLines({ ...head, server: { ...mappingOf(head['server']), collector } }, COLUMNS),
    ...list('given', given),
    ...list('steps', steps),
    'together:',
    choices.length === 0 ? `  ${ONE_ORDER}: []` : `  ${ONE_ORDER}:`,
    ...follow(exploration, choices).flatMap((transition) => {
      const { name, text: described } = labelOf(exploration, transition);
      const step = itemLines(stepOf(transition, mappingOf(together)), COLUMNS - 4);
      return [`# ${name}: ${described}`, ...step].map((line) => `    ${line}`);
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function stepOf(
  { choice, before, step, events }: Transition,
  together: Readonly<Record<string, unknown>>,
): unknown {
  const crashed = events.some(({ type }) => type === 'garbageCollectionCrashed');
  if (choice.kind === 'crash' || (crashed && step === null)) return { crash: 'now' };
  if (step !== null) return { collect: 'step' };
  const [, steps] = Object.entries(together).map(([key, value]) => [decodeKey(key), value] as const)[
    choice.actor
  ] ?? ['', []];
  return Array.isArray(steps) ? steps[before.done[choice.actor] ?? 0] : undefined;
}
