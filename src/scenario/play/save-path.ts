import type { Exploration } from '../../explore/exploration.ts';
import type { Verdict } from '../../explore/explore.ts';
import { follow, type Transition } from '../../explore/transitions.ts';
import { labelOf } from '../../narration/answers/search.ts';
import type { CollectorName } from '../../store/settings.ts';
import { printable } from '../../values/names.ts';
import { assert } from '../../values/result.ts';
import { type ParsedScenario, parseScenario } from '../language/parse.ts';
import { isDoing } from '../language/schema-steps.ts';
import { blockLines, itemLines } from '../yaml/flow-text.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { mappingOf } from '../yaml/yaml-keys.ts';
import { valueAt } from '../yaml/yaml-tree.ts';

const COLUMNS = 100;
const ONE_ORDER = 'in this order';

/**
 * A scenario that reproduces what a verdict found: the story, with one actor that takes the steps of the counterexample
 * or the example. If the verdict is about a claim of the story, it ends in that claim. `text` is the story's valid text;
 * `collector` is its garbage collector.
 */
export function savePath(
  text: string,
  exploration: Exploration,
  collector: CollectorName,
  { property, counterexample, example }: Verdict,
): string {
  const { choices, wrong } = counterexample ?? { choices: example ?? [], wrong: [] };
  const { tree } = readYaml(text);
  const story = parseScenario('', text);
  assert(tree !== null && story.ok, 'the story was read before');
  const {
    together: _together,
    crashes: _crashes,
    rules: _rules,
    given,
    steps,
    ...head
  } = mappingOf(tree.value);
  const claim = story.scenario.claims.find((_, at) => exploration.claims[at] === property);
  const list = (key: string, items: unknown) =>
    Array.isArray(items)
      ? [`${key}:`, ...items.flatMap((item) => itemLines(item, COLUMNS - 2)).map((line) => `  ${line}`)]
      : [];
  const { always: _always, finally: _finally, reachable: _reachable, ...unclaimed } = head;
  const textWith = (top: object) =>
    `${[
      `# ${printable(property.name, 300)}: ${counterexample === null ? 'reached' : 'broken'} by the steps of "${ONE_ORDER}".`,
      ...wrong.slice(0, 3).map((sentence) => `# ${printable(sentence, 300)}`),
      ...blockLines({ ...top, server: { ...mappingOf(head['server']), collector } }, COLUMNS),
      ...list('given', given),
      ...list('steps', steps),
      'together:',
      choices.length === 0 && claim === undefined ? `  ${ONE_ORDER}: []` : `  ${ONE_ORDER}:`,
      ...follow(exploration, choices).flatMap((transition) => {
        const { name, text: described } = labelOf(exploration, transition);
        const step = itemLines(stepOf(transition, story), COLUMNS - 4);
        return [`# ${name}: ${described}`, ...step].map((line) => `    ${line}`);
      }),
      ...(claim === undefined ? [] : itemLines({ expect: claim.written }, COLUMNS - 4)).map(
        (line) => `    ${line}`,
      ),
    ].join('\n')}\n`;
  const whole = textWith(head);
  // The claims can name uploads that the steps never begin.
  return parseScenario('', whole).ok ? whole : textWith(unclaimed);
}

function stepOf(
  { choice, before, step, events }: Transition,
  { scenario, placed }: Extract<ParsedScenario, { readonly ok: true }>,
): unknown {
  const crashed = events.some(({ type }) => type === 'garbageCollectionCrashed');
  if (choice.kind === 'crash' || (crashed && step === null)) return { crash: 'now' };
  if (step !== null) return { collect: 'step' };
  // The steps of the actors come last, in the order of the actors.
  const later = scenario.together.slice(choice.actor).flatMap(({ steps }) => steps).length;
  const own = placed.slice(placed.length - later).filter((one) => isDoing(one.step));
  const found = own[before.done[choice.actor] ?? 0];
  return found && valueAt(found.tree.value, found.path);
}
