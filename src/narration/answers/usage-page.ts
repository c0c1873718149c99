import type { Usage } from '../../insight/usage.ts';
import type { UsageRow } from '../../insight/usage-rows.ts';
import { collectionById, nameOfCollection, nameOfVersion, versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { formatSize } from '../../values/units.ts';
import { fittedTable } from '../layout/fitted-table.ts';
import { hanging } from '../layout/hanging-lines.ts';
import type { Paint } from '../layout/paint.ts';
import { nameOfProject, type UsageLevel } from './report-usage.ts';
import { explainFreeable } from './usage.ts';

/** How usage is told: of these levels, on so many columns, in lists of at most so many lines. */
export interface UsageLook {
  readonly levels: readonly UsageLevel[];
  readonly width: number;
  readonly most: number;
  readonly paint: Paint;
}

const COUNTED_ONCE =
  'stored and billed count each object once, at the version that has held it longest, in its artifact collection and project; exclusive goes when this goes, shared is held by others too';

/** Usage as text: a table for each level, and what could be freed. */
export function usageText(store: Store, usage: Usage, look: UsageLook): string {
  const { width, most, paint } = look;
  if (usage.versions.length === 0) return 'nothing is used: the store has no versions';
  const paragraphs = [
    ...look.levels.map((level) => tableOf(store, usage, level, look)),
    hanging(COUNTED_ONCE, width).map(paint.quiet).join('\n'),
    paint.title('What could be freed'),
    ...explainFreeable(usage, most).map((lines) => lines.flatMap((line) => hanging(line, width)).join('\n')),
  ];
  return paragraphs.join('\n\n');
}

function tableOf(store: Store, usage: Usage, level: UsageLevel, { width, most, paint }: UsageLook): string {
  const { heading, rows, count } = rowsOf(store, usage, level, most);
  const { logicalBytes, storedBytes, billedBytes } = usage.total;
  const total = ['total', '', ...[logicalBytes, storedBytes, billedBytes].map(formatSize), '', ''];
  const table = fittedTable(
    [
      { heading },
      level === 'version' ? { heading: 'state' } : { heading: 'versions', figures: true },
      { heading: 'logical', figures: true },
      { heading: 'stored', figures: true },
      { heading: 'billed', figures: true },
      { heading: 'exclusive', figures: true },
      { heading: 'shared', figures: true },
    ],
    [...rows, total],
    width,
  );
  const rest = count - rows.length;
  const more = rest > 0 ? [paint.quiet(`… and ${rest} more in the total; --all shows them`)] : [];
  return [table, ...more].join('\n');
}

function rowsOf(
  store: Store,
  usage: Usage,
  level: UsageLevel,
  most: number,
): { readonly heading: string; readonly count: number; readonly rows: readonly (readonly string[])[] } {
  switch (level) {
    case 'project':
      return {
        heading: 'project',
        count: usage.projects.length,
        rows: usage.projects
          .slice(0, most)
          .map((row) => cells(nameOfProject(store, row.id), String(row.committedVersions), row)),
      };
    case 'collection':
      return {
        heading: 'artifact collection',
        count: usage.collections.length,
        rows: usage.collections.slice(0, most).map((row) => {
          const deleted = collectionById(store, row.id).exists ? '' : ', deleted';
          return cells(`${nameOfCollection(store, row.id)}${deleted}`, String(row.committedVersions), row);
        }),
      };
    case 'version':
      return {
        heading: 'version',
        count: usage.versions.length,
        rows: usage.versions
          .slice(0, most)
          .map((row) => cells(nameOfVersion(store, row.id), versionById(store, row.id).state.kind, row)),
      };
  }
}

function cells(name: string, what: string, row: UsageRow<string>): readonly string[] {
  const { logicalBytes, storedBytes, billedBytes, exclusiveBytes, sharedBytes } = row;
  return [
    name,
    what,
    ...[logicalBytes, storedBytes, billedBytes, exclusiveBytes, sharedBytes].map(formatSize),
  ];
}
