import type { RefusedDeletion } from '../../insight/plan/deletions.ts';
import type { Plan } from '../../insight/plan/plan.ts';
import { printable } from '../../values/names.ts';
import { formatDay, formatSize } from '../../values/units.ts';
import { type Block, item, items, type Line, line, more, paragraph, tableBlock } from '../block.ts';
import { counted, fileReference, type Part, ruleReference, sentence, versionReference } from '../sentence.ts';
import { type ActionText, actionName, actionTexts, adviceLines } from './advice.ts';
import { describeObjects, sumUpObjects } from './plan-objects.ts';
import { aliasesText } from './why.ts';

/** Describes a plan, with lists of at most `most` lines and a summary at the end. */
export function describePlan(
  plan: Plan,
  textOf: ActionText,
  most = Number.POSITIVE_INFINITY,
): readonly Block[] {
  const { references } = plan;
  const paragraphs = [
    refusals(plan.refused, textOf, most),
    plan.idle.flatMap((asked) => [
      line(actionName(asked, textOf)),
      item('nothing matches; nothing would change'),
    ]),
    deletions(plan, most),
  ];
  return [
    ...paragraphs.filter((lines) => lines.length > 0).map((lines) => paragraph(...lines)),
    ...describeObjects(plan, textOf, most),
    ...dangling(plan, most),
    ...(references.count === 0
      ? []
      : [
          paragraph(
            line(
              sentence`${counted(references.count, 'reference')} to ${formatSize(references.sizeBytes)} of external data would be deleted with the versions; the data itself never is (${ruleReference('GC-5')}).`,
            ),
          ),
        ]),
    ...(plan.mayBeLate
      ? [
          paragraph(
            line(
              sentence`A crash or bucket faults are planned: what one run does not finish, a later run does (${ruleReference('GC-8')}).`,
            ),
          ),
        ]
      : []),
    ...(plan.versions.length === 0 ? [] : [figuresTable(plan, most), ...remainingTable(plan, most)]),
    paragraph(line(sumUpPlan(plan))),
  ];
}

/** The summary of a plan, in one sentence. */
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
      ? 'Nothing would be deleted: nothing matches the request.'
      : 'Nothing would be deleted: the request is refused.';
  }
  const rest = refused.length === 0 ? '' : ` (${counted(refused.length, 'refusal')})`;
  return `${listed(gone)} would be deleted${rest}; ${sumUpObjects(plan)}.`;
}

function refusals(refused: readonly RefusedDeletion[], textOf: ActionText, most: number): readonly Line[] {
  const shown = refused.slice(0, most).flatMap(({ asked, within, refusal, advice }) => {
    const part = within === null ? '' : sentence`, for ${versionReference(within)}`;
    const { code, rule, sentence: text } = refusal;
    return [
      line(sentence`${actionName(asked, textOf)}${part}`),
      item(sentence`refused: ${code} (${ruleReference(rule)}). ${text}`),
      ...adviceLines(actionTexts(advice, textOf)).map((text) => item(text)),
    ];
  });
  return [...shown, ...more(refused.length - most, ' refusals')];
}

function deletions({ versions, links, collections, runs }: Plan, most: number): readonly Line[] {
  const list = <Thing>(
    fate: Part,
    what: string,
    things: readonly Thing[],
    text: (thing: Thing) => Part,
  ): readonly Line[] =>
    things.length === 0
      ? []
      : [line(sentence`${counted(things.length, what)} would be ${fate}`), ...items(things, most, text)];
  return [
    ...list(sentence`soft-deleted (${ruleReference('DEL-1')})`, 'version', versions, (version) => {
      const what = version.wasUploading ? ', still uploading' : '';
      const size = formatSize(version.sizeBytes);
      return sentence`${versionReference(version)}  ${size}${what}${aliasesText(version.aliases)}`;
    }),
    ...list(
      'removed',
      'link',
      links,
      (link) => sentence`${printable(link.link)} to ${versionReference(link)}${aliasesText(link.aliases)}`,
    ),
    ...list('deleted', 'artifact collection', collections, ({ collection }) => printable(collection)),
    ...list('deleted', 'run', runs, ({ run }) => printable(run)),
  ];
}

// A soft-deleted version can be restored, but until then what refers to it points to nothing.
function dangling({ dangling: references }: Plan, most: number): readonly Block[] {
  if (references.length === 0) return [];
  return [
    paragraph(
      line(
        sentence`Warning: ${counted(references.length, 'reference')} from versions that stay would dangle (${ruleReference('DEL-18')})`,
        'bad',
      ),
      ...items(references, most, (one) => sentence`${fileReference(one)} to ${fileReference(one.target)}`),
    ),
  ];
}

function figuresTable({ now, begins, figures }: Plan, most: number): Block {
  const { before, after, later } = figures;
  const row = (when: string, bytes: readonly number[]) => [when, ...bytes.map(formatSize)];
  return tableBlock(
    [{ heading: 'whole store' }, ...figureColumns('logical', 'stored', 'billed')],
    [
      row('before', [before.logicalBytes, before.storedBytes, before.billedBytes]),
      row(`after, on ${formatDay(now, begins)}`, [after.logicalBytes, after.storedBytes, after.billedBytes]),
      ...later
        .slice(0, most)
        .map(({ at, storedBytes, billedBytes }) => [
          `on ${formatDay(at, begins)}`,
          '',
          formatSize(storedBytes),
          formatSize(billedBytes),
        ]),
    ],
    more(later.length - most, ' instants'),
  );
}

function remainingTable({ remaining }: Plan, most: number): readonly Block[] {
  if (remaining.length === 0) return [];
  const rows = remaining
    .slice(0, most)
    .map((version) => [
      versionReference(version),
      formatSize(version.exclusiveBytesBefore),
      formatSize(version.exclusiveBytes),
      formatSize(version.sharedBytes),
    ]);
  const columns = [
    { heading: 'remaining version' },
    ...figureColumns('exclusive before', 'exclusive', 'shared'),
  ];
  return [tableBlock(columns, rows, more(remaining.length - most, ' versions'))];
}

/** Columns of figures with these headings. */
export function figureColumns(...headings: readonly string[]) {
  return headings.map((heading) => ({ heading, figures: true }));
}

function some(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [counted(count, what)];
}

function listed(things: readonly string[]): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
}
