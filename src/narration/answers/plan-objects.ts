import type { ObjectFate, PlannedObject } from '../../insight/plan/objects.ts';
import type { Plan } from '../../insight/plan/plan.ts';
import { unreachable } from '../../values/result.ts';
import { formatDay, formatDuration, formatSize } from '../../values/units.ts';
import { type Block, items, line, paragraph } from '../block.ts';
import {
  counted,
  fileReference,
  ruleReference,
  type Sentence,
  sentence,
  sentenceOf,
  versionReference,
} from '../sentence.ts';
import { type ActionText, describeMissing } from './advice.ts';

/** What happens to the objects of a plan: a block for each outcome, freed objects first. */
export function describeObjects(plan: Plan, textOf: ActionText, most: number): readonly Block[] {
  const groups = new Map<string, PlannedObject[]>();
  for (const object of plan.objects) {
    const fate = `${object.fate} ${object.freedAt} ${object.billedUntil}`;
    const group = groups.get(fate);
    if (group === undefined) groups.set(fate, [object]);
    else group.push(object);
  }
  const inOrder = [...groups.values()].sort(([left], [right]) => byFate(left, right));
  return inOrder.map((group) => {
    const largest = [...group].sort((left, right) => right.sizeBytes - left.sizeBytes);
    return paragraph(
      line(describeGroup(plan, group)),
      ...items(largest, most, describeObject),
      ...(group[0]?.fate === 'never freed' ? describeMissing(plan.missing, textOf) : []),
    );
  });
}

const FATES: readonly ObjectFate[] = ['freed', 'kept', 'never freed', 'not stored'];

function byFate(left: PlannedObject | undefined, right: PlannedObject | undefined): number {
  if (left === undefined || right === undefined) return 0;
  return FATES.indexOf(left.fate) - FATES.indexOf(right.fate) || (left.freedAt ?? 0) - (right.freedAt ?? 0);
}

function describeGroup({ missing, now, begins }: Plan, group: readonly PlannedObject[]): Sentence {
  const [first] = group;
  if (first === undefined) return [];
  const sum = group.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
  const what = `${formatSize(sum)} in ${counted(group.length, 'object')}`;
  switch (first.fate) {
    case 'freed':
      return sentence`${what} would be freed on ${formatDay(first.freedAt ?? now, begins)}${billedText(first, begins)} (${ruleReference('GC-2')})`;
    case 'kept':
      return sentence`${what} would stay: other versions hold ${group.length === 1 ? 'it' : 'them'} (${ruleReference('GC-3')})`;
    case 'never freed':
      return missing.length === 0
        ? [`${what} would be freed on a date too far in the future to compute`]
        : sentence`${what} would never be freed: garbage collection does not run here (${ruleReference('GC-6')})`;
    case 'not stored':
      return sentence`${what} would free nothing: already deleted directly in the bucket (${ruleReference('BKT-6')})`;
    default:
      return unreachable(first.fate);
  }
}

function billedText({ freedAt, billedUntil }: PlannedObject, begins: Plan['begins']): string {
  if (billedUntil === freedAt) return '';
  return billedUntil === null
    ? ', and billed as a copy with no end date'
    : `, and billed as a copy until ${formatDay(billedUntil, begins)}`;
}

const MOST_NAMED = 3;

function describeObject(object: PlannedObject): Sentence {
  const { sizeBytes, fate, otherHolders } = object;
  const { count, first } = otherHolders;
  const shown = first.slice(0, MOST_NAMED).map(versionReference);
  const rest = count - shown.length;
  const names = sentence`${sentenceOf(shown, ', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const released = `which ${count === 1 ? 'is' : 'are'} being deleted too`;
  const holders =
    count === 0
      ? ''
      : fate === 'kept'
        ? sentence`  held by ${names}`
        : sentence`  shared with ${names}, ${released}`;
  return sentence`${fileReference(object)}  ${formatSize(sizeBytes)}${holders}`;
}

/** What would be freed, and what would stay, in one sentence. */
export function sumUpObjects(plan: Plan): string {
  const sums = new Map<ObjectFate, number>();
  for (const { fate, sizeBytes } of plan.objects) sums.set(fate, (sums.get(fate) ?? 0) + sizeBytes);
  const [kept, never] = [sums.get('kept'), sums.get('never freed')];
  const freed = sums.get('freed') ?? 0;
  return [
    freed === 0 ? 'nothing would be freed' : `${formatSize(freed)} would be freed ${when(plan)}`,
    ...(kept === undefined ? [] : [`${formatSize(kept)} would stay with other versions`]),
    ...(never === undefined
      ? []
      : [
          plan.missing.length > 0
            ? `${formatSize(never)} would never be freed, because garbage collection does not run here`
            : `${formatSize(never)} would be freed on a date too far in the future to compute`,
        ]),
  ].join('; ');
}

function when({ objects, now, begins }: Plan): string {
  const freed = objects.flatMap(({ freedAt }) => (freedAt === null ? [] : [freedAt])).sort(byTime);
  const billed = objects
    .flatMap(({ billedUntil }) => (billedUntil === null ? [] : [billedUntil]))
    .sort(byTime);
  const [first = now, last = now, unbilled = now] = [freed[0], freed.at(-1), billed.at(-1)];
  const forever = objects.filter(({ freedAt, billedUntil }) => freedAt !== null && billedUntil === null);
  const copies =
    forever.length > 0
      ? `, and ${forever.length < freed.length ? 'partly ' : ''}billed forever`
      : unbilled > last
        ? `, and billed until ${formatDay(unbilled, begins)}`
        : '';
  return first === last
    ? `on ${formatDay(last, begins)}, ${formatDuration(last - now)} from now${copies}`
    : `from ${formatDay(first, begins)} to ${formatDay(last, begins)}, at the latest ${formatDuration(last - now)} from now${copies}`;
}

function byTime(left: number, right: number): number {
  return left - right;
}
