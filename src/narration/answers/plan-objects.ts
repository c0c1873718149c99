import type { Plan } from '../../insight/plan.ts';
import type { ObjectFate, OtherHolders, PlannedObject } from '../../insight/plan-objects.ts';
import { nameOfVersion } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { printable } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatDuration, formatSize } from '../../values/units.ts';
import { counted, cut } from '../layout/count.ts';

/** What becomes of the objects of a plan, for people: a paragraph for those that have one fate, the freed ones first. */
export function explainObjects(store: Store, plan: Plan, most: number): readonly (readonly string[])[] {
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
    return [title(plan, group), ...cut(largest, most, (object) => line(store, object)), ...cure(plan, group)];
  });
}

const FATES: readonly ObjectFate[] = ['freed', 'kept', 'never freed', 'not stored'];

function byFate(left: PlannedObject | undefined, right: PlannedObject | undefined): number {
  if (left === undefined || right === undefined) return 0;
  return FATES.indexOf(left.fate) - FATES.indexOf(right.fate) || (left.freedAt ?? 0) - (right.freedAt ?? 0);
}

function title(plan: Plan, group: readonly PlannedObject[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const sum = group.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
  const what = `${formatSize(sum)} in ${counted(group.length, 'object')}`;
  switch (first.fate) {
    case 'freed':
      return `${what} would be freed at ${formatDuration(first.freedAt ?? 0)}${billedText(first)} (GC-2)`;
    case 'kept':
      return `${what} would stay: other versions hold ${group.length === 1 ? 'it' : 'them'} (GC-3)`;
    case 'never freed':
      return plan.missing.length === 0
        ? `${what} would be freed later than can be said`
        : `${what} would never be freed: garbage collection does not run here (GC-6)`;
    case 'not stored':
      return `${what} would free nothing: somebody deleted ${group.length === 1 ? 'it' : 'them'} in the bucket itself (BKT-6)`;
    default:
      return unreachable(first.fate);
  }
}

function billedText({ freedAt, billedUntil }: PlannedObject): string {
  if (billedUntil === freedAt) return '';
  return billedUntil === null
    ? ', and billed as a copy for longer than can be said'
    : `, and billed as a copy until ${formatDuration(billedUntil)}`;
}

function line(store: Store, { versionId, path, sizeBytes, fate, otherHolders }: PlannedObject): string {
  const name = `${printable(nameOfVersion(store, versionId))}/${path === '' ? '""' : printable(path)}`;
  return `  ${name}  ${formatSize(sizeBytes)}${held(store, fate, otherHolders)}`;
}

function held(store: Store, fate: ObjectFate, others: OtherHolders): string {
  if (others.count === 0) return '';
  const names = named(store, others);
  if (fate === 'kept') return `  held by ${names}`;
  return `  shared with ${names}, on ${others.count === 1 ? 'its' : 'their'} way out`;
}

const MOST_NAMED = 3;

function named(store: Store, { count, first }: OtherHolders): string {
  const shown = first.slice(0, MOST_NAMED).map((id) => printable(nameOfVersion(store, id)));
  const rest = count - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function cure(plan: Plan, group: readonly PlannedObject[]): readonly string[] {
  if (group[0]?.fate !== 'never freed') return [];
  return plan.missing.map(({ sentence, instead }) => {
    const call = instead === null ? '' : ` This would let it run: ${instead}`;
    return `  ${sentence}${call}`;
  });
}
