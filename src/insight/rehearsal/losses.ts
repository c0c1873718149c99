import { linkIdOf } from '../../store/link.ts';
import { collectionById, runById, versionById } from '../../store/look-up.ts';
import { projectIdOf } from '../../store/project.ts';
import type { Store } from '../../store/store.ts';
import { isGenerated } from '../../store/time-to-live.ts';
import { aliasesOf } from '../../store/version.ts';
import { type Alias, fullRunName, LATEST, shortCollectionName, type VersionId } from '../../values/names.ts';
import type { Bytes } from '../../values/units.ts';
import { type NamedVersion, namedVersion } from '../named-version.ts';
import type { Plan } from '../plan/plan.ts';
import type { Finding } from './finding.ts';
import { changesOf, type Script } from './script.ts';

/** The links that a script asked to delete or unlink, rather than lost with their sources (DEL-5, DEL-13). */
export function linkDeleted(script: Script, { links }: Plan): Finding | null {
  const asked = new Set(
    changesOf(script)
      .filter(({ events }) => !events.some(({ type }) => type === 'versionDeleted'))
      .flatMap(({ events }) => events)
      .flatMap((event) => (event.type === 'linkRemoved' ? [event.linkId] : [])),
  );
  const deleted = links.filter(({ portfolioId, index }) => asked.has(linkIdOf(portfolioId, index)));
  return deleted.length === 0 ? null : { kind: 'link deleted', links: deleted };
}

/** The deleted versions that an alias other than `latest` named at the start, in their sequence or in a portfolio. */
export function namedVersionDeleted({ start }: Script, { versions }: Plan): Finding | null {
  const named = versions.flatMap(({ versionId, version, aliases }) => {
    const all = new Set([...aliasesAtStart(start, versionId), ...aliases]);
    all.delete(LATEST);
    return all.size === 0 ? [] : [{ versionId, version, aliases: [...all] }];
  });
  return named.length === 0 ? null : { kind: 'named version deleted', versions: named };
}

/** The deleted versions that runs of other projects use, or that versions that stay refer to. */
export function usedElsewhere({ final }: Script, { versions, dangling }: Plan): Finding | null {
  const used = versions.flatMap(({ versionId, version }) => {
    const { collectionId, usedBy } = versionById(final, versionId);
    const home = projectIdOf(collectionById(final, collectionId).name);
    return [...usedBy.keys()]
      .map((runId) => runById(final, runId).name)
      .filter((run) => projectIdOf(run) !== home)
      .map((run) => ({ versionId, version, run: fullRunName(run) }));
  });
  if (used.length + dangling.length === 0) return null;
  return { kind: 'used elsewhere', used, referred: dangling };
}

const LITTLE = 0.1;

/** Whether under a tenth of the deleted bytes is freed, because versions that stay hold the rest. */
export function freedLittle({ objects, versions }: Plan): Finding | null {
  const kept = objects.filter(({ fate }) => fate === 'kept');
  const sum = (some: Plan['objects']) => some.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0) as Bytes;
  const [deletedBytes, freedBytes] = [sum(objects), sum(objects.filter(({ fate }) => fate === 'freed'))];
  if (versions.length === 0 || kept.length === 0 || freedBytes >= LITTLE * deletedBytes) return null;
  const keepers = new Map<VersionId, NamedVersion>();
  for (const { otherHolders } of kept) {
    for (const holder of otherHolders.first) keepers.set(holder.versionId, holder);
  }
  return { kind: 'freed little', deletedBytes, freedBytes, keepers: [...keepers.values()] };
}

/** The artifact collections whose last version or link a script deleted, and which remain. */
export function collectionsLeftEmpty({ start, final }: Script, plan: Plan): Finding | null {
  const touched = new Set([
    ...plan.versions.map(({ versionId }) => versionById(final, versionId).collectionId),
    ...plan.links.map(({ portfolioId }) => portfolioId),
  ]);
  const empty = [...touched]
    .map((id) => collectionById(final, id))
    .filter(({ id, exists, listed, uploading }) => {
      const had = start.collections.get(id)?.listed.size ?? 0;
      return exists && had > 0 && listed.size + uploading.size === 0;
    })
    .map(({ name }) => shortCollectionName(name));
  return empty.length === 0 ? null : { kind: 'collections left empty', collections: empty };
}

/** The versions of types that the service generates itself, which a script deleted or tried to delete (DEL-17). */
export function systemTypeTouched(script: Script, plan: Plan): Finding | null {
  const { final } = script;
  const tried = changesOf(script).flatMap(({ action, refusal }) =>
    refusal !== null && action.type === 'deleteVersion' && action.target.by === 'id'
      ? [action.target.versionId]
      : [],
  );
  const versions = [...new Set([...plan.versions.map(({ versionId }) => versionId), ...tried])].flatMap(
    (id) => {
      const { artifactType } = collectionById(final, versionById(final, id).collectionId);
      return isGenerated(artifactType) ? [{ ...namedVersion(final, id), artifactType }] : [];
    },
  );
  return versions.length === 0 ? null : { kind: 'system type touched', versions };
}

function aliasesAtStart(start: Store, versionId: VersionId): readonly Alias[] {
  const version = start.versions.get(versionId);
  if (version === undefined) return [];
  return [...aliasesOf(version), ...version.links.flatMap((id) => start.links.get(id)?.aliases ?? [])];
}
