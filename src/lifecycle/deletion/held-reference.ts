import { nameOfVersion } from '../../store/look-up.ts';
import { type ArtifactReference, referencesTo } from '../../store/references/referrers.ts';
import type { Store } from '../../store/store.ts';
import type { VersionId } from '../../values/names.ts';
import { type Refused, refused } from '../decision.ts';

interface AnyEvent {
  readonly type: string;
  readonly versionId?: VersionId;
}

// A version can have a hundred thousand referrers.
const MOST_NAMED = 10;

/** The first reference to a version that these events delete from one that they leave (DEL-18); undefined if none. */
export function heldReference(store: Store, events: readonly AnyEvent[]): ArtifactReference | undefined {
  return heldReferences(store, events).next().value ?? undefined;
}

/**
 * Refuses with `referred-to` a deletion of versions that others refer to, if the setting `artifactReferences` is `hold`
 * (DEL-18). `deleted` is what would be deleted, for the message; what is deleted `before` it holds nothing. Costs nothing
 * where nothing refers to anything.
 */
export function refusedByReference(
  store: Store,
  events: readonly AnyEvent[],
  deleted: string,
  before?: ReadonlySet<VersionId>,
): Refused | undefined {
  if (store.settings.artifactReferences === 'dangle') return undefined;
  const named: ArtifactReference[] = [];
  for (const reference of heldReferences(store, events, before)) {
    if (named.push(reference) === MOST_NAMED) break;
  }
  const [first] = named;
  if (first === undefined) return undefined;
  const facts = {
    deleted,
    reference: referenceText(store, first),
    target: `${nameOfVersion(store, first.versionId)}/${first.targetPath}`,
  };
  return refused(
    'referredTo',
    facts,
    named.map((one) => referenceText(store, one)),
  );
}

function* heldReferences(
  store: Store,
  events: readonly AnyEvent[],
  before?: ReadonlySet<VersionId>,
): Generator<ArtifactReference> {
  if (store.referrers.size === 0) return;
  const deleted = new Set(
    events.flatMap(({ type, versionId }) =>
      type === 'versionDeleted' && versionId !== undefined ? [versionId] : [],
    ),
  );
  for (const versionId of deleted) {
    for (const reference of referencesTo(store, versionId)) {
      if (!deleted.has(reference.referrerId) && !before?.has(reference.referrerId)) yield reference;
    }
  }
}

function referenceText(store: Store, { referrerId, path }: ArtifactReference): string {
  return `${nameOfVersion(store, referrerId)}/${path}`;
}
