import type { Usage } from '../../insight/usage.ts';
import type { Freeable, Going } from '../../insight/usage-freeable.ts';
import { formatDuration, formatSize } from '../../values/units.ts';
import { counted, cut } from '../layout/count.ts';

/** What could be freed of a store, for people, as a list of paragraphs, each a list of lines; lists of at most so many. */
export function explainFreeable({ freeable }: Usage, most: number): readonly (readonly string[])[] {
  const { softDeleted, heldByNothing, copies, withoutAliases } = freeable;
  const paragraphs = [
    list(
      `held by soft-deleted versions only (DEL-1): ${sum(softDeleted, 'object')}`,
      softDeleted,
      most,
      'freed',
      freeable,
    ),
    list(`held by nothing (GC-2): ${sum(heldByNothing, 'object')}`, heldByNothing, most, 'freed', freeable),
    list(
      `copies that the bucket keeps of what was deleted (BKT-2, BKT-4): ${sum(copies, 'copies')}`,
      copies,
      most,
      'dropped',
      freeable,
    ),
    withoutAliases.count === 0 ? [] : [withoutAliasesText(withoutAliases)],
    freeable.missing.length === 0
      ? []
      : [
          'garbage collection does not run here (GC-6):',
          ...freeable.missing.map(({ sentence, instead }) =>
            instead === null ? `  ${sentence}` : `  ${sentence} This would let it run: ${instead}`,
          ),
        ],
  ].filter((lines) => lines.length > 0);
  return paragraphs.length === 0
    ? [['nothing waits to be freed, and no version could be deleted without its aliases']]
    : paragraphs;
}

function withoutAliasesText({ count, exclusiveBytes, togetherBytes }: Freeable['withoutAliases']): string {
  const title = `${counted(count, 'committed version')} without aliases`;
  return count === 1
    ? `${title}: deleting it would free ${formatSize(togetherBytes)}`
    : `${title}: deleting all of them would free ${formatSize(togetherBytes)}, of which ${formatSize(exclusiveBytes)} are exclusive to one`;
}

function list(
  title: string,
  goings: readonly Going[],
  most: number,
  verb: 'freed' | 'dropped',
  freeable: Freeable,
): readonly string[] {
  if (goings.length === 0) return [];
  const when = ({ at }: Going) => (at === null ? never(verb, freeable) : `${verb} at ${formatDuration(at)}`);
  const [first, ...rest] = goings;
  if (first !== undefined && rest.length === 0) return [`${title}, ${when(first)}`];
  const line = (going: Going) => `  ${formatSize(going.sizeBytes)} in ${going.count}, ${when(going)}`;
  return [title, ...cut(goings, most, line)];
}

function never(verb: 'freed' | 'dropped', { missing }: Freeable): string {
  if (verb === 'dropped') return 'kept for longer than can be said';
  return missing.length > 0
    ? 'never freed, since garbage collection does not run here'
    : 'never freed, or later than can be said';
}

function sum(goings: readonly Going[], what: 'object' | 'copies'): string {
  const bytes = goings.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  const count = goings.reduce((total, going) => total + going.count, 0);
  const things = what === 'object' ? counted(count, 'object') : count === 1 ? '1 copy' : `${count} copies`;
  return `${formatSize(bytes)} in ${things}`;
}
