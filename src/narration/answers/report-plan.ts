import type { Plan } from '../../insight/plan.ts';
import { nameOfCollection, nameOfLink, nameOfVersion, runById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { digestOfObjectId } from '../../store/stored-object.ts';
import { shortRunName, type VersionId } from '../../values/names.ts';
import { formatInstant, type Instant } from '../../values/units.ts';

/** A plan for a document: sizes in bytes, instants as ISO 8601 durations since the beginning. */
export function reportPlan(store: Store, plan: Plan): Readonly<Record<string, unknown>> {
  const instant = (value: Instant | null) => (value === null ? null : formatInstant(value));
  const version = (id: VersionId) => nameOfVersion(store, id);
  const { figures } = plan;
  return {
    now: instant(plan.now),
    refused: plan.refused.map(({ asked, versionId, refusal }) => ({
      asked,
      version: versionId === null ? null : version(versionId),
      refusal,
    })),
    idle: plan.idle,
    deleted: {
      versions: plan.versions.map(({ versionId, ...rest }) => ({ version: version(versionId), ...rest })),
      links: plan.links.map((link) => ({
        link: nameOfLink(store, link),
        version: version(link.versionId),
        aliases: link.aliases,
      })),
      collections: plan.collections.map((id) => nameOfCollection(store, id)),
      runs: plan.runs.map((id) => shortRunName(runById(store, id).name)),
    },
    objects: plan.objects.map(({ objectId, versionId, path, sizeBytes, fate, ...rest }) => ({
      version: version(versionId),
      path,
      digest: digestOfObjectId(objectId),
      sizeBytes,
      fate,
      freedAt: instant(rest.freedAt),
      billedUntil: instant(rest.billedUntil),
      otherHolders: { count: rest.otherHolders.count, first: rest.otherHolders.first.map(version) },
    })),
    references: plan.references,
    remaining: plan.remaining.map(({ versionId, ...rest }) => ({ version: version(versionId), ...rest })),
    figures: { ...figures, later: figures.later.map((later) => ({ ...later, at: instant(later.at) })) },
    missing: plan.missing,
    mayBeLate: plan.mayBeLate,
  };
}
