import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import { linkIdOf } from '../../store/link.ts';
import { aliasIndex, linkById, versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { aliasesOf } from '../../store/version.ts';
import type { Alias, VersionId } from '../../values/names.ts';
import type { Instant, Seconds } from '../../values/units.ts';

/** A filter for bulk deletions. Conditions that are null select everything; all others must hold. */
export interface Filter {
  readonly withoutAliases: boolean;
  readonly withAlias: string | null;
  /** Selects what was created, or linked, more than this many seconds ago. */
  readonly olderThanSeconds: Seconds | null;
  /** Keeps this many of the newest members, whether or not they match otherwise. */
  readonly keepLast: number | null;
}

/** What a filter selects, by index in ascending order: versions, or links with their sources. Its cost is proportional to what the collection lists. */
export function matching(
  store: Store,
  collection: ArtifactCollection,
  filter: Filter,
): readonly (readonly [index: number, versionId: VersionId])[] {
  const listed = [...collection.listed.entries()];
  const candidates =
    filter.keepLast === null ? listed : listed.slice(0, Math.max(0, listed.length - filter.keepLast));
  return candidates.filter(([index, versionId]) => {
    const member = memberAt(store, collection, index, versionId);
    return (
      !(filter.withoutAliases && member.aliases.length > 0) &&
      !(filter.withAlias !== null && aliasIndex(collection, filter.withAlias) !== index) &&
      !(filter.olderThanSeconds !== null && store.now - member.since <= filter.olderThanSeconds)
    );
  });
}

function memberAt(
  store: Store,
  collection: ArtifactCollection,
  index: number,
  versionId: VersionId,
): { readonly aliases: readonly Alias[]; readonly since: Instant } {
  if (collection.kind === 'portfolio') {
    const { aliases, linkedAt } = linkById(store, linkIdOf(collection.id, index));
    return { aliases, since: linkedAt };
  }
  const version = versionById(store, versionId);
  return { aliases: aliasesOf(version), since: version.createdAt };
}
