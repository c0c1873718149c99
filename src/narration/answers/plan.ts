import type { Plan } from '../../insight/plan.ts';
import type { RefusedDeletion } from '../../insight/plan-deletions.ts';
import { nameOfCollection, nameOfLink, nameOfVersion, runById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { printable, shortRunName, type VersionId } from '../../values/names.ts';
import { formatSize } from '../../values/units.ts';
import { counted, cut } from '../layout/count.ts';
import { explainObjects } from './plan-objects.ts';

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
    ...titled('would be soft-deleted (DEL-1)', 'version', versions, most, (deleted) => {
      const what = deleted.wasUploading ? ', still being uploaded' : '';
      const { versionId, sizeBytes, aliases } = deleted;
      return `${version(versionId)}  ${formatSize(sizeBytes)}${what}${bearing(aliases)}`;
    }),
    ...titled('would go', 'link', links, most, (link) => {
      return `${printable(nameOfLink(store, link))} to ${version(link.versionId)}${bearing(link.aliases)}`;
    }),
    ...titled('would no longer stand', 'artifact collection', collections, most, (id) =>
      printable(nameOfCollection(store, id)),
    ),
    ...titled('would be deleted', 'run', runs, most, (id) =>
      printable(shortRunName(runById(store, id).name)),
    ),
  ];
}

function titled<Thing>(
  fate: string,
  what: string,
  things: readonly Thing[],
  most: number,
  tell: (thing: Thing) => string,
): readonly string[] {
  if (things.length === 0) return [];
  return [`${counted(things.length, what)} ${fate}`, ...cut(things, most, (thing) => `  ${tell(thing)}`)];
}

function bearing(aliases: readonly string[]): string {
  return aliases.length === 0 ? '' : `, with ${aliases.map((alias) => printable(alias, 40)).join(', ')}`;
}
