import type { Plan, RemainingVersion } from '../../insight/plan.ts';
import { nameOfVersion } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { formatDuration, formatSize } from '../../values/units.ts';
import { fittedTable } from '../layout/fitted-table.ts';
import { hanging } from '../layout/hanging-lines.ts';
import { explainPlan } from './plan.ts';
import { sumUpPlan } from './plan-summary.ts';

/** A plan as text of at most so many columns, its lists of at most so many lines; its last sentence sums it up. */
export function planText(store: Store, plan: Plan, width: number, most: number): string {
  const paragraphs = [
    ...explainPlan(store, plan, most).map((lines) =>
      lines.flatMap((line) => hanging(line, width)).join('\n'),
    ),
    ...(plan.versions.length === 0
      ? []
      : [figuresTable(plan, width, most), remainingTable(store, plan, width, most)]),
    hanging(sumUpPlan(plan), width).join('\n'),
  ];
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

function figuresTable({ now, figures }: Plan, width: number, most: number): string {
  const { before, after, later } = figures;
  const rows = [
    [
      'before',
      formatSize(before.logicalBytes),
      formatSize(before.storedBytes),
      formatSize(before.billedBytes),
    ],
    [
      `after, at ${formatDuration(now)}`,
      formatSize(after.logicalBytes),
      formatSize(after.storedBytes),
      formatSize(after.billedBytes),
    ],
    ...later
      .slice(0, most)
      .map(({ at, storedBytes, billedBytes }) => [
        `at ${formatDuration(at)}`,
        '',
        formatSize(storedBytes),
        formatSize(billedBytes),
      ]),
  ];
  const table = fittedTable(
    [
      { heading: 'the whole store' },
      { heading: 'logical', figures: true },
      { heading: 'stored', figures: true },
      { heading: 'billed', figures: true },
    ],
    rows,
    width,
  );
  return table + more(later.length - most, 'instant');
}

function remainingTable(store: Store, { remaining }: Plan, width: number, most: number): string {
  if (remaining.length === 0) return '';
  const table = fittedTable(
    [
      { heading: 'what stays' },
      { heading: 'exclusive before', figures: true },
      { heading: 'exclusive', figures: true },
      { heading: 'shared', figures: true },
    ],
    remaining.slice(0, most).map((version) => rowOf(store, version)),
    width,
  );
  return table + more(remaining.length - most, 'version');
}

function rowOf(
  store: Store,
  { versionId, exclusiveBytesBefore, exclusiveBytes, sharedBytes }: RemainingVersion,
): readonly string[] {
  return [
    nameOfVersion(store, versionId),
    formatSize(exclusiveBytesBefore),
    formatSize(exclusiveBytes),
    formatSize(sharedBytes),
  ];
}

function more(rest: number, what: string): string {
  return rest > 0 ? `\n  … and ${rest} more ${what}${rest === 1 ? '' : 's'}; --all shows them` : '';
}
