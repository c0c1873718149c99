import type { Claim, Exploration } from '../../explore/exploration.ts';
import type { Counterexample, SearchResult, Verdict } from '../../explore/explore.ts';
import type { Property } from '../../explore/properties.ts';
import { type Choice, follow, moveOf, type Transition } from '../../explore/transitions.ts';
import { collectorOf } from '../../gc/collector-of.ts';
import type { RuleId } from '../../rules/rules.ts';
import { allVersions } from '../../store/holders.ts';
import { nameOfVersion } from '../../store/look-up.ts';
import type { CollectorName } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { digestOfObjectId, objectsOf } from '../../store/stored-object.ts';
import { printable } from '../../values/names.ts';
import { type Block, item, type Line, line, paragraph } from '../block.ts';
import { EventDescriber } from '../events/describe-event.ts';
import { columnsOf } from '../layout/wrap.ts';
import { counted, ruleReference, type Sentence, sentence } from '../sentence.ts';

const HEADINGS = {
  always: ['always'],
  finally: ['finally'],
  reachable: ['sometimes', 'reachable'],
} as const satisfies Readonly<Record<string, readonly (Property | Claim)['kind'][]>>;

// What each deliberately flawed collector does wrong, and which rule that violates.
const FLAWS: Readonly<Partial<Record<CollectorName, { readonly flaw: string; readonly rule: RuleId }>>> = {
  'deletes-at-once': { flaw: 'it ignores the retention', rule: 'DEL-15' },
  'asks-neighbors-only': {
    flaw: 'it asks only the versions next to a deleted one whether they hold a file',
    rule: 'GC-2',
  },
  'forgets-uploads': { flaw: 'it ignores the files of versions that are still uploading', rule: 'GC-3' },
  'counts-at-review': {
    flaw: 'it deletes a file without checking again whether a version holds it by now',
    rule: 'GC-9',
  },
  'not-resumable': { flaw: 'it keeps its progress in memory only, and loses it in a crash', rule: 'GC-8' },
  'ignores-restore': {
    flaw: 'it follows the list from its review, even where a version has been restored since',
    rule: 'DEL-15',
  },
};

const MOST_NAMES = 24;
const MOST_WRONG = 3;
const MOST_OF_A_WRONG = 300;
/** The most columns for the names of actors, so that there is room for their steps. */
const MOST_COLUMNS = 30;

/**
 * Describes the result of a search: each property, the shortest counterexample of each violated one, and a shortest path
 * to each state that the story asks for.
 */
export function describeSearch(exploration: Exploration, result: SearchResult): readonly Block[] {
  return [
    paragraph(line(sizeText(exploration.start.settings.collector, result))),
    ...Object.entries(HEADINGS).map(([heading, kinds]) =>
      paragraph(
        line(heading, 'title'),
        ...result.verdicts
          .filter(({ property }) => kinds.some((kind) => kind === property.kind))
          .map(describeVerdict),
      ),
    ),
    ...counterexamples(exploration, result),
    ...result.verdicts.flatMap(({ property, example }) =>
      example === null
        ? []
        : [paragraph(line(`✓ ${property.name}`, 'good'), ...describeExample(exploration, example))],
    ),
  ];
}

/** How much was searched, in one sentence. */
export function sizeText(collector: CollectorName, result: SearchResult): string {
  const { states, transitions, orders, bound } = result;
  const plural = (count: number | bigint) => (Number(count) === 1 ? '' : 's');
  const searched = `${collector}: ${grouped(states)} state${plural(states)}, ${grouped(transitions)} step${plural(transitions)} between them, ${grouped(orders)} order${plural(orders)}`;
  switch (bound) {
    case null:
      return `${searched}; search complete`;
    case 'states':
      return `${searched}; search stopped at the limit of states, the rest is unknown`;
    case 'seconds':
      return `${searched}; search stopped at the limit of time, the rest is unknown`;
  }
}

function describeVerdict({ property: { name, kind }, holds }: Verdict): Line {
  if (holds === true) return { head: '  ✓ ', sentence: [name], style: 'good' };
  if (holds === null)
    return { head: '  ? ', sentence: [`unknown, search incomplete: ${name}`], style: 'quiet' };
  if (kind === 'sometimes') return { head: '  – ', sentence: [`not reached: ${name}`], style: 'quiet' };
  const suffix = kind === 'reachable' ? ', but no order of the steps reaches it' : '';
  return { head: '  ✗ ', sentence: [`${name}${suffix}`], style: 'bad' };
}

/**
 * What to save of a search: the verdict whose counterexample is printed first, otherwise the first with an example;
 * undefined if there is neither.
 */
export function firstShown({ verdicts }: SearchResult): Verdict | undefined {
  const [first] = brokenIn(verdicts);
  return (
    verdicts.find(({ property }) => property === first?.property) ??
    verdicts.find(({ example }) => example !== null)
  );
}

interface Broken extends Counterexample {
  readonly property: Verdict['property'];
}

// The longest comes first, because a wrong count comes before the loss that it causes.
function brokenIn(verdicts: readonly Verdict[]): readonly Broken[] {
  return verdicts
    .flatMap(({ property, counterexample }): readonly Broken[] =>
      counterexample === null ? [] : [{ property, ...counterexample }],
    )
    .sort((left, right) => right.choices.length - left.choices.length);
}

// A counterexample that begins with another one says nothing new, so the shorter refers to the longer.
function counterexamples(exploration: Exploration, { verdicts }: SearchResult): readonly Block[] {
  const broken = brokenIn(verdicts);
  const { collector } = exploration.start.settings;
  const flaw = broken.length === 0 ? undefined : FLAWS[collector];
  return [
    ...broken.map((one, at) => {
      const isShown = broken.slice(0, at).some((longer) => startsWith(longer, one));
      return paragraph(
        line(`✗ broken: ${one.property.name}`, 'bad'),
        ...(isShown ? withinAnother(exploration, one) : describeCounterexample(exploration, one)),
      );
    }),
    ...(flaw === undefined
      ? []
      : [
          paragraph(
            line(
              sentence`${collector} is deliberately flawed: ${flaw.flaw} (violates ${ruleReference(flaw.rule)})`,
            ),
          ),
        ]),
  ];
}

function startsWith(longer: Counterexample, { choices }: Counterexample): boolean {
  return choices.every(({ actor, kind }, at) => {
    const other = longer.choices[at];
    return other?.actor === actor && other.kind === kind;
  });
}

function withinAnother(exploration: Exploration, one: Broken): readonly Line[] {
  const end = follow(exploration, one.choices).at(-1)?.after.store ?? exploration.start;
  return [item(`in the counterexample above, after step ${one.choices.length}`), ...describeWrong(one, end)];
}

function describeWrong({ wrong }: Counterexample, end: Store): readonly Line[] {
  return wrong
    .slice(0, MOST_WRONG)
    .map((text) => item(`result: ${printable(withPaths(text, end), MOST_OF_A_WRONG)}`, 'bad'));
}

// Invariants name objects by digest, which a reader cannot recognize.
function withPaths(text: string, store: Store): string {
  let named = text;
  for (const { id, scope, manifest } of allVersions(store)) {
    for (const [objectId, { path }] of objectsOf(scope, manifest)) {
      const name = `${nameOfVersion(store, id)}/${path || '""'}`;
      named = named
        .replaceAll(objectId, name)
        .replaceAll(`object ${digestOfObjectId(objectId)}`, `object ${name}`);
    }
  }
  return named;
}

function describeCounterexample(exploration: Exploration, broken: Broken): readonly Line[] {
  const { choices, property } = broken;
  const end = follow(exploration, choices).at(-1)?.after.store ?? exploration.start;
  // What a story claims of an end, it claims of the store that the actors leave.
  const isCollected = property.kind === 'finally' && !exploration.claims.some((claim) => claim === property);
  return [
    item(
      choices.length === 0
        ? 'violated from the start'
        : `shortest counterexample, ${counted(choices.length, 'step')}:`,
    ),
    ...describeSteps(exploration, choices),
    ...(isCollected ? [item('then garbage collection runs to completion')] : []),
    ...describeWrong(broken, end),
  ];
}

function describeExample(exploration: Exploration, choices: readonly Choice[]): readonly Line[] {
  if (choices.length === 0) return [item('so from the start')];
  return [item(`shortest path, ${counted(choices.length, 'step')}:`), ...describeSteps(exploration, choices)];
}

function describeSteps(exploration: Exploration, choices: readonly Choice[]): readonly Line[] {
  const describer = new EventDescriber().knowing(exploration.start);
  const transitions = follow(exploration, choices);
  const widths = transitions.map((transition) => columnsOf(labelOf(exploration, transition).name));
  const columns = Math.min(MOST_COLUMNS, Math.max(0, ...widths));
  return transitions.flatMap((transition, at): readonly Line[] => {
    const { name, text } = labelOf(exploration, transition);
    const number = `${String(at + 1).padStart(4)}  `;
    const indent = ' '.repeat(columnsOf(number) + columns + 2);
    const isLong = columnsOf(name) > columns;
    const head = isLong ? indent : `${number}${name}${' '.repeat(columns - columnsOf(name))}  `;
    return [
      ...(isLong ? [{ head: number, sentence: [name], style: 'step' } as const] : []),
      { head, sentence: [text], style: 'step' },
      ...describeTransition(transition, describer).map((described) => ({
        head: indent,
        sentence: described,
        style: null,
      })),
    ];
  });
}

/** The actor, shortened to fit, and the step. */
export function labelOf(
  exploration: Exploration,
  { before, choice, step }: Pick<Transition, 'before' | 'choice' | 'step'>,
): { readonly name: string; readonly text: string } {
  const name = printable(exploration.actors[choice.actor]?.name ?? '', MOST_NAMES);
  if (choice.kind === 'crash') return { name, text: 'crashes' };
  const { text, kind } = moveOf(exploration, before, choice);
  return { name, text: kind === 'collect' && step !== null ? 'collect: step' : text };
}

function describeTransition(transition: Transition, describer: EventDescriber): readonly Sentence[] {
  const { choice, events, refusal, after } = transition;
  if (refusal !== null) return [[`refused: ${refusal.code}. ${refusal.sentence}`]];
  if (choice.kind === 'crash') {
    return collectorOf(after.store.settings).forgetsAtCrash
      ? [['its progress is lost']]
      : [['its progress is saved; the next run continues from here']];
  }
  const described = describer.describe(events, after.store).map(({ sentence: text }) => text);
  if (described.length > 0) return described;
  return [[choice.kind === 'step' ? 'nothing left to do' : 'nothing changes']];
}

function grouped(count: number | bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
