import type { Exploration } from '../../explore/exploration.ts';
import type { Counterexample, SearchResult, Verdict } from '../../explore/explore.ts';
import type { Property } from '../../explore/properties.ts';
import { follow, moveOf, type Transition } from '../../explore/transitions.ts';
import { collectorOf } from '../../gc/collector-of.ts';
import type { RuleId } from '../../rules/rules.ts';
import { allVersions } from '../../store/holders.ts';
import { nameOfVersion } from '../../store/look-up.ts';
import type { CollectorName } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { digestOfObjectId, objectsOf } from '../../store/stored-object.ts';
import { printable } from '../../values/names.ts';
import { EventDescriber } from '../events/describe-event.ts';
import { type Paint, PLAIN } from '../layout/paint.ts';
import { columnsOf, wrap } from '../layout/wrap.ts';

const HEADINGS: Readonly<Record<Property['kind'], string>> = {
  always: 'always',
  finally: 'in the end',
  sometimes: 'met on the way',
};

// In what way a collector is wrong on purpose, and against which rule.
const FLAWS: Readonly<Partial<Record<CollectorName, { readonly flaw: string; readonly rule: RuleId }>>> = {
  'deletes-at-once': { flaw: 'it takes what was deleted at once, whatever the retention', rule: 'DEL-15' },
  'asks-neighbors-only': {
    flaw: 'it asks only the versions next to a deleted one whether they hold a file',
    rule: 'GC-2',
  },
  'forgets-uploads': { flaw: 'to it, a version that is being uploaded holds no files', rule: 'GC-3' },
  'counts-at-review': {
    flaw: 'before it deletes a file, it does not look again whether somebody holds it by now',
    rule: 'GC-9',
  },
  'not-resumable': {
    flaw: 'it keeps what it has begun in its memory alone, and forgets it in a crash',
    rule: 'GC-8',
  },
  'ignores-restore': {
    flaw: 'it goes by the list that it made at its review, even where a version was restored since',
    rule: 'DEL-15',
  },
};

const MOST_NAMES = 24;
const MOST_WRONG = 3;
const MOST_OF_A_WRONG = 300;
/** The columns that the names of actors may take, so that their steps have room beside them. */
const MOST_COLUMNS = 30;

/** Tells people what a search found, in lines of at most `width` columns. */
export function describeSearch(
  exploration: Exploration,
  result: SearchResult,
  paint: Paint = PLAIN,
  width = 80,
): readonly string[] {
  const kinds = ['always', 'finally', 'sometimes'] as const;
  return [
    ...wrap(sizeText(exploration.start.settings.collector, result), width),
    ...kinds.flatMap((kind) => [
      '',
      paint.title(HEADINGS[kind]),
      ...result.verdicts
        .filter(({ property }) => property.kind === kind)
        .flatMap((verdict) => line(verdict, paint, width)),
    ]),
    ...stories(exploration, result, paint, width),
  ];
}

/** How much was searched, in one sentence. */
export function sizeText(collector: CollectorName, result: SearchResult): string {
  const { states, transitions, orders, bound } = result;
  const plural = (count: number | bigint) => (Number(count) === 1 ? '' : 's');
  const searched = `${collector}: ${grouped(states)} state${plural(states)}, ${grouped(transitions)} step${plural(transitions)} between them, ${grouped(orders)} order${plural(orders)}`;
  switch (bound) {
    case null:
      return `${searched}; nothing is left to search`;
    case 'states':
      return `${searched}; the search came to its limit of states, and says nothing of the rest`;
    case 'seconds':
      return `${searched}; the search came to its limit of time, and says nothing of the rest`;
  }
}

function line({ property, holds }: Verdict, paint: Paint, width: number): readonly string[] {
  const said = (mark: string, text: string, color: (part: string) => string) =>
    hanging(text, `  ${mark} `, width).map(color);
  const { name, kind } = property;
  if (holds === true) return said('✓', name, paint.good);
  if (holds === null) return said('?', `not known, since not all was searched: ${name}`, paint.quiet);
  return kind === 'sometimes' ? said('–', `not met: ${name}`, paint.quiet) : said('✗', name, paint.bad);
}

interface Broken extends Counterexample {
  readonly property: Property;
}

// The same steps twice teach nothing: what breaks on a way that is told already is told by its step there. Books are
// wrong before anybody suffers from it, so that the longest way is the one to tell.
function stories(
  exploration: Exploration,
  { verdicts }: SearchResult,
  paint: Paint,
  width: number,
): readonly string[] {
  const broken = verdicts
    .flatMap(({ property, counterexample }): readonly Broken[] =>
      counterexample === null ? [] : [{ property, ...counterexample }],
    )
    .sort((left, right) => right.choices.length - left.choices.length);
  const { collector } = exploration.start.settings;
  const wrong = broken.length === 0 ? undefined : FLAWS[collector];
  const why = wrong && `${collector} is wrong on purpose: ${wrong.flaw} (against ${wrong.rule})`;
  return [
    ...broken.flatMap((one, at) => {
      const isDescribed = broken.slice(0, at).some((longer) => leadsTo(longer, one));
      const described = isDescribed
        ? onTheWay(exploration, one, paint, width)
        : story(exploration, one.property, one, paint, width);
      return ['', ...described];
    }),
    ...(why === undefined ? [] : ['', ...wrap(why, width)]),
  ];
}

function leadsTo(longer: Counterexample, { choices }: Counterexample): boolean {
  return choices.every(({ actor, kind }, at) => {
    const other = longer.choices[at];
    return other?.actor === actor && other.kind === kind;
  });
}

function onTheWay(exploration: Exploration, one: Broken, paint: Paint, width: number): readonly string[] {
  const end = follow(exploration, one.choices).at(-1)?.after.store ?? exploration.start;
  return [
    ...wrap(`✗ broken: ${one.property.name}`, width).map(paint.bad),
    ...wrap(`  on the way above, after step ${one.choices.length}`, width),
    ...wrongLines(one, end, paint, width),
  ];
}

function wrongLines({ wrong }: Counterexample, end: Store, paint: Paint, width: number): readonly string[] {
  return wrong
    .slice(0, MOST_WRONG)
    .flatMap((sentence) => hanging(printable(inWords(sentence, end), MOST_OF_A_WRONG), '  so that ', width))
    .map(paint.bad);
}

// A recount speaks of objects by their digests, which mean nothing to a reader.
function inWords(sentence: string, store: Store): string {
  let words = sentence;
  for (const { id, scope, manifest } of allVersions(store)) {
    for (const [objectId, { path }] of objectsOf(scope, manifest)) {
      const name = `${nameOfVersion(store, id)}/${path || '""'}`;
      words = words
        .replaceAll(objectId, name)
        .replaceAll(`object ${digestOfObjectId(objectId)}`, `object ${name}`);
    }
  }
  return words;
}

function story(
  exploration: Exploration,
  property: Property,
  counterexample: Counterexample,
  paint: Paint,
  width: number,
): readonly string[] {
  const { choices } = counterexample;
  const steps = choices.length === 1 ? '1 step' : `${choices.length} steps`;
  const describer = new EventDescriber().knowing(exploration.start);
  const transitions = follow(exploration, choices);
  const columns = Math.min(
    MOST_COLUMNS,
    Math.max(0, ...transitions.map((transition) => columnsOf(labelOf(exploration, transition).name))),
  );
  return [
    ...wrap(`✗ broken: ${property.name}`, width).map(paint.bad),
    choices.length === 0 ? '  it is so from the beginning' : `  a shortest way to it takes ${steps}:`,
    ...transitions.flatMap((transition, at) => {
      const { name, text } = labelOf(exploration, transition);
      const number = `${String(at + 1).padStart(4)}  `;
      const indent = ' '.repeat(columnsOf(number) + columns + 2);
      const isLong = columnsOf(name) > columns;
      const head = isLong ? indent : `${number}${name}${' '.repeat(columns - columnsOf(name))}  `;
      return [
        ...(isLong ? hanging(name, number, width).map(paint.step) : []),
        ...hanging(text, head, width).map(paint.step),
        ...describedOf(transition, describer).flatMap((sentence) => hanging(sentence, indent, width)),
      ];
    }),
    ...(property.kind === 'finally' ? ['  and then the collector runs to its end'] : []),
    ...wrongLines(counterexample, transitions.at(-1)?.after.store ?? exploration.start, paint, width),
  ];
}

/** Who takes a step, in a few characters, and what it is. */
export function labelOf(
  exploration: Exploration,
  { before, choice, step }: Pick<Transition, 'before' | 'choice' | 'step'>,
): { readonly name: string; readonly text: string } {
  const name = printable(exploration.actors[choice.actor]?.name ?? '', MOST_NAMES);
  if (choice.kind === 'crash') return { name, text: 'crashes' };
  const { text, kind } = moveOf(exploration, before, choice);
  return { name, text: kind === 'collect' && step !== null ? 'collect, one step' : text };
}

function describedOf(transition: Transition, describer: EventDescriber): readonly string[] {
  const { choice, events, refusal, after } = transition;
  if (refusal !== null) return [`refused: ${refusal.code}. ${refusal.sentence}`];
  if (choice.kind === 'crash') return [afterCrash(after.store)];
  const described = describer.tell(events, after.store).map(({ sentence }) => sentence);
  if (described.length > 0) return described;
  return [choice.kind === 'step' ? 'it finds nothing to do' : 'nothing changes'];
}

function afterCrash({ settings }: Store): string {
  return collectorOf(settings).forgetsAtCrash
    ? 'what it had begun is forgotten'
    : 'what it had begun is written down; the next run goes on from here';
}

function hanging(text: string, head: string, width: number): readonly string[] {
  const indent = ' '.repeat(columnsOf(head));
  return wrap(text, width - columnsOf(head)).map((part, at) => `${at === 0 ? head : indent}${part}`);
}

function grouped(count: number | bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
