import { nameOfCollection, nameOfLink, nameOfVersion, runById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import { printable, shortRunName, type VersionId } from '../values/names.ts';
import { formatSize } from '../values/units.ts';
import { counted, cut } from './counted.ts';
import { explainObjects } from './explain-plan-objects.ts';
import type { Plan } from './plan.ts';
import type { RefusedDeletion } from './plan-deletions.ts';

/** What deletions would come to, for people, as a list of paragraphs, each a list of lines; lists of at most so many. */
export function explainPlan(store: Store, plan: Plan, most: number): readonly (readonly string[])[] {
  return [
    refusals(store, plan.refused, most),
    plan.idle.map((asked) => `${printable(asked, 400)}: nothing is picked, and nothing changes`),
    deletions(store, plan, most),
    ...explainObjects(store, plan, most),
    plan.references.count === 0
      ? []
      : [
          `${counted(plan.references.count, 'reference')} to ${formatSize(plan.references.sizeBytes)} elsewhere would go with the versions. What lies there is never deleted (GC-5).`,
        ],
    plan.mayBeLate
      ? [
          'A crash, or faults of the bucket, are planned: what a run does not get done, a later one does (GC-8).',
        ]
      : [],
  ].filter((lines) => lines.length > 0);
}

function refusals(store: Store, refused: readonly RefusedDeletion[], most: number): readonly string[] {
  const shown = refused.slice(0, most).flatMap(({ asked, versionId, refusal }) => {
    const within = versionId === null ? '' : `, of it ${printable(nameOfVersion(store, versionId))}`;
    return [
      `refused: ${printable(asked, 400)}${within}`,
      `  ${refusal.code} (${refusal.rule}): ${refusal.sentence}`,
      ...(refusal.instead === null ? [] : [`  this would go through: ${refusal.instead}`]),
    ];
  });
  const rest = refused.length - most;
  return rest > 0 ? [...shown, `… and ${rest} more refusals; --all shows them`] : shown;
}

function deletions(
  store: Store,
  { versions, links, collections, runs }: Plan,
  most: number,
): readonly string[] {
  const version = (id: VersionId) => printable(nameOfVersion(store, id));
  return [
    ...titled(
      `${counted(versions.length, 'version')} would be soft-deleted (DEL-1)`,
      versions.map(({ versionId, sizeBytes, aliases, wasUploading }) => {
        const what = wasUploading ? ', still being uploaded' : '';
        return `  ${version(versionId)}  ${formatSize(sizeBytes)}${what}${bearing(aliases)}`;
      }),
      most,
    ),
    ...titled(
      `${counted(links.length, 'link')} would go`,
      links.map(
        (link) =>
          `  ${printable(nameOfLink(store, link))} to ${version(link.versionId)}${bearing(link.aliases)}`,
      ),
      most,
    ),
    ...titled(
      `${counted(collections.length, 'artifact collection')} would no longer stand`,
      collections.map((id) => `  ${printable(nameOfCollection(store, id))}`),
      most,
    ),
    ...titled(
      `${counted(runs.length, 'run')} would be deleted`,
      runs.map((id) => `  ${printable(shortRunName(runById(store, id).name))}`),
      most,
    ),
  ];
}

function titled(title: string, lines: readonly string[], most: number): readonly string[] {
  return lines.length === 0 ? [] : [title, ...cut(lines, most)];
}

function bearing(aliases: readonly string[]): string {
  return aliases.length === 0 ? '' : `, with ${aliases.map((alias) => printable(alias, 40)).join(', ')}`;
}
