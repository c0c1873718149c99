import type { StoreEvent } from '../../../src/decider/event.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import type { VersionId } from '../../../src/values/names.ts';
import { canonical } from '../stores/canonical-summary.ts';

/** Remembers each version as it was when it was deleted, to look at it again when it comes back (DEL-15, BKT-5). */
export class ReinstatedVersions {
  readonly #committed = new Map<VersionId, string>();

  /** What is wrong with the versions that these events bring back, or take away. */
  violations(events: readonly StoreEvent[], before: Store, after: Store): readonly string[] {
    return events.flatMap((event): readonly string[] => {
      switch (event.type) {
        case 'versionDeleted':
        case 'versionExpired': {
          const version = before.versions.get(event.versionId);
          if (version?.state.kind === 'COMMITTED') this.#committed.set(version.id, lasting(version));
          return [];
        }
        case 'versionRestored':
        case 'versionRecovered':
          return this.#back(event.versionId, before, after);
        default:
          return [];
      }
    });
  }

  #back(versionId: VersionId, before: Store, after: Store): readonly string[] {
    const version = after.versions.get(versionId);
    if (version?.state.kind !== 'COMMITTED') return [`DEL-15: ${versionId} does not come back`];
    // A version that was never deleted may get a lost file back, and stays otherwise as it was.
    const was = before.versions.get(versionId);
    if (was?.state.kind === 'COMMITTED') {
      return canonical(was) === canonical(version) ? [] : [`BKT-5: ${versionId} is not as it was`];
    }
    const collection = after.collections.get(version.collectionId);
    return [
      ...(this.#committed.get(versionId) === lasting(version)
        ? []
        : [`DEL-15: ${versionId} comes back as another: ${lasting(version)}`]),
      ...(version.state.aliases.length + version.links.length === 0
        ? []
        : [`DEL-15: ${versionId} comes back with aliases or links`]),
      ...(collection?.exists === true && collection.listed.get(version.index ?? -1) === versionId
        ? []
        : [`DEL-15: ${versionId} comes back, and is not listed`]),
      ...(after.logicalBytes === before.logicalBytes + version.manifest.sizeBytes
        ? []
        : [`BKT-7: ${versionId} comes back, and its bytes do not`]),
    ];
  }
}

// All of a version that its deletion leaves as it is.
function lasting({ state, links: _links, ...version }: Version): string {
  const committedAt = 'committedAt' in state ? state.committedAt : null;
  return canonical({ ...version, committedAt });
}
