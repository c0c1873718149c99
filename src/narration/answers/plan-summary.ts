import type { Plan } from '../../insight/plan.ts';
import type { ObjectFate } from '../../insight/plan-objects.ts';
import { formatDuration, formatSize } from '../../values/units.ts';
import { counted } from '../layout/count.ts';

/** What deletions would come to, in one sentence. */
export function sumUpPlan(plan: Plan): string {
  const { versions, links, collections, runs, refused } = plan;
  const gone = [
    ...some(versions.length, 'version'),
    ...some(links.length, 'link'),
    ...some(collections.length, 'artifact collection'),
    ...some(runs.length, 'run'),
  ];
  if (gone.length === 0) {
    return refused.length === 0
      ? 'Nothing would be deleted: nothing is there of what was asked for.'
      : 'Nothing would be deleted: what was asked for is refused.';
  }
  const rest = refused.length === 0 ? '' : `, ${counted(refused.length, 'refusal')} apart`;
  return `${listed(gone)} would go${rest}; ${bytes(plan)}.`;
}

function bytes(plan: Plan): string {
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
            ? `${formatSize(never)} would be left, as garbage collection does not run here`
            : `${formatSize(never)} would be freed later than can be said`,
        ]),
  ].join('; ');
}

function when({ objects, now }: Plan): string {
  const freed = objects.flatMap(({ freedAt }) => (freedAt === null ? [] : [freedAt]));
  const billed = objects.flatMap(({ billedUntil }) => (billedUntil === null ? [] : [billedUntil]));
  const [first, last, unbilled] = [least(freed), greatest(freed), greatest(billed)];
  const copies = unbilled > last ? `, and billed no more at ${formatDuration(unbilled)}` : '';
  return first === last
    ? `at ${formatDuration(last)}, ${formatDuration(last - now)} from now${copies}`
    : `from ${formatDuration(first)} to ${formatDuration(last)}, at the latest ${formatDuration(last - now)} from now${copies}`;
}

// Not spread over the arguments of one call, which has room for so many only.
function least(instants: readonly number[]): number {
  return instants.reduce((left, right) => Math.min(left, right), Number.POSITIVE_INFINITY);
}

function greatest(instants: readonly number[]): number {
  return instants.reduce((left, right) => Math.max(left, right), 0);
}

function some(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [counted(count, what)];
}

function listed(things: readonly string[]): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
}
