import type { Freeable, Going } from '../../insight/usage/freeable.ts';
import type { UsageRow } from '../../insight/usage/rows.ts';
import type { Usage } from '../../insight/usage/usage.ts';
import { formatDay, formatSize } from '../../values/units.ts';
import { type Block, items, type Line, line, more, paragraph, tableBlock } from '../block.ts';
import { counted, type Part, ruleReference, sentence, versionReference } from '../sentence.ts';
import { type ActionText, describeMissing } from './advice.ts';
import { figureColumns } from './plan.ts';

/** The tables of usage. */
export const USAGE_LEVELS = ['project', 'collection', 'version'] as const;
/** One of the tables of usage. */
export type UsageLevel = (typeof USAGE_LEVELS)[number];

const COUNTED_ONCE =
  'Stored and billed count each object once, for the version that has held it longest. Exclusive bytes are freed if the row is deleted; shared bytes are held by other rows too.';

/** Describes usage: a table of at most `most` rows per level, and what could be freed. */
export function describeUsage(
  usage: Usage,
  levels: readonly UsageLevel[],
  textOf: ActionText,
  most = Number.POSITIVE_INFINITY,
): readonly Block[] {
  if (usage.versions.length === 0) return [paragraph(line('the store has no versions'))];
  return [
    ...levels.map((level) => TABLES[level](usage, most)),
    paragraph(line(COUNTED_ONCE, 'quiet')),
    paragraph(line('What could be freed', 'title')),
    ...describeFreeable(usage, textOf, most),
  ];
}

const TABLES: Readonly<Record<UsageLevel, (usage: Usage, most: number) => Block>> = {
  project: ({ total, projects }, most) =>
    usageTable('project', total, projects, most, (row) => [row.name, row.committedVersions]),
  collection: ({ total, collections }, most) =>
    usageTable('artifact collection', total, collections, most, (row) => [
      `${row.name}${row.exists ? '' : ', deleted'}`,
      row.committedVersions,
    ]),
  version: ({ total, versions }, most) =>
    usageTable('version', total, versions, most, (row) => [
      versionReference({ versionId: row.id, version: row.name }),
      row.state,
    ]),
};

function usageTable<Row extends UsageRow<string>>(
  heading: string,
  total: Usage['total'],
  rows: readonly Row[],
  most: number,
  cells: (row: Row) => readonly [name: Part, what: Part],
): Block {
  const second = heading === 'version' ? { heading: 'state' } : { heading: 'versions', figures: true };
  const { logicalBytes, storedBytes, billedBytes } = total;
  return tableBlock(
    [{ heading }, second, ...figureColumns('logical', 'stored', 'billed', 'exclusive', 'shared')],
    [
      ...rows.slice(0, most).map((row) => {
        const { exclusiveBytes, sharedBytes } = row;
        const figures = [row.logicalBytes, row.storedBytes, row.billedBytes, exclusiveBytes, sharedBytes];
        return [...cells(row), ...figures.map(formatSize)];
      }),
      ['total', '', ...[logicalBytes, storedBytes, billedBytes].map(formatSize), '', ''],
    ],
    more(rows.length - most, ' in the total'),
  );
}

/** Describes what could be freed, with lists of at most `most` lines. */
export function describeFreeable(
  { freeable, begins }: Pick<Usage, 'freeable' | 'begins'>,
  textOf: ActionText,
  most: number,
): readonly Block[] {
  const { softDeleted, heldByNothing, copies, withoutAliases, missing } = freeable;
  const freed = (at: Going['at']) =>
    at === null ? `never freed${whyNever(freeable)}` : `freed on ${formatDay(at, begins)}`;
  const dropped = (at: Going['at']) =>
    at === null ? 'kept with no end date' : `dropped on ${formatDay(at, begins)}`;
  const blocks = [
    list(
      sentence`held only by soft-deleted versions (${ruleReference('DEL-1')})`,
      softDeleted,
      'object',
      most,
      freed,
    ),
    list(sentence`unreferenced (${ruleReference('GC-2')})`, heldByNothing, 'object', most, freed),
    list(
      sentence`copies that the bucket keeps of deleted objects (${ruleReference('BKT-2')}, ${ruleReference('BKT-4')})`,
      copies,
      'copies',
      most,
      dropped,
    ),
    withoutAliases.count === 0 ? [] : [line(withoutAliasesText(withoutAliases))],
    missing.length === 0
      ? []
      : [
          line(sentence`garbage collection does not run here (${ruleReference('GC-6')}):`),
          ...describeMissing(missing, textOf),
        ],
  ].filter((lines) => lines.length > 0);
  return blocks.length === 0
    ? [paragraph(line('nothing is waiting to be freed, and no version can be deleted without its aliases'))]
    : blocks.map((lines) => paragraph(...lines));
}

function whyNever({ missing }: Freeable): string {
  return missing.length > 0 ? ', because garbage collection does not run here' : ', or too far in the future';
}

function withoutAliasesText({ count, exclusiveBytes, togetherBytes }: Freeable['withoutAliases']): string {
  const title = `${counted(count, 'committed version')} without aliases`;
  return count === 1
    ? `${title}: deleting it would free ${formatSize(togetherBytes)}`
    : `${title}: deleting all of them would free ${formatSize(togetherBytes)}, of which ${formatSize(exclusiveBytes)} are exclusive to a single version`;
}

function list(
  title: Part,
  goings: readonly Going[],
  what: 'object' | 'copies',
  most: number,
  when: (at: Going['at']) => string,
): readonly Line[] {
  const [first, ...rest] = goings;
  if (first === undefined) return [];
  const bytes = goings.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  const count = goings.reduce((total, going) => total + going.count, 0);
  const things = what === 'object' ? counted(count, 'object') : count === 1 ? '1 copy' : `${count} copies`;
  const sum = sentence`${title}: ${formatSize(bytes)} in ${things}`;
  if (rest.length === 0) return [line(sentence`${sum}, ${when(first.at)}`)];
  return [
    line(sum),
    ...items(goings, most, (going) => `${formatSize(going.sizeBytes)} in ${going.count}, ${when(going.at)}`),
  ];
}
