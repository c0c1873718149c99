import { existingCollection, indexedName, versionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { TimeToLive } from '../store/time-to-live.ts';
import type { VersionFacts } from '../store/version.ts';
import { EMPTY_OBJECT } from '../values/json.ts';
import type { CollectionName } from '../values/names.ts';
import { assert } from '../values/result.ts';
import { type Answer, answered, following } from './answer.ts';
import { type Address, type Fetched, fetchAt, nameAt, versionOf } from './fetched.ts';
import { linksTo } from './lineage.ts';
import type { Turn } from './turns.ts';

/** The edits of a fetched artifact that are to be saved. */
export interface Edits {
  /** All its aliases after the edit. */
  readonly aliases: readonly string[];
  /** Its description and metadata; null for neither. */
  readonly facts: VersionFacts | null;
  /** All its tags after the edit; absent if they are not edited. */
  readonly tags?: readonly string[];
  /** Null if the TTL is not edited. */
  readonly ttl: TimeToLive | null;
}

/**
 * Saves edits: first the aliases that were added and removed since it was fetched, all or none, then the description,
 * metadata, and tags, then the TTL. Refuses as these do; what was saved before a refusal stays saved. These
 * replace what others saved since it was fetched (basis: sdk).
 */
export function saveEdits(turn: Turn, fetched: Fetched, edits: Edits): Answer<Fetched> {
  const { aliases, ttl } = edits;
  const isThere = versionOf(turn.store, fetched);
  if (!isThere.ok) return isThere;
  // Its artifact collection may have been renamed since it was fetched (COL-1).
  const version = nameAt(turn.store, fetched.address);
  const { aliases: before } = fetched.facts;
  const add = aliases.filter((alias) => !before.includes(alias));
  const remove = before.filter((alias) => !aliases.includes(alias));
  const aliased =
    add.length + remove.length > 0
      ? turn.apply({ type: 'editAliases', version, add, remove, protect: [] })
      : isThere;
  const described = aliased.ok ? saveFacts(turn, fetched.address, edits) : aliased;
  const saved = described.ok && ttl !== null ? turn.apply({ type: 'setTtl', version, ttl }) : described;
  return refetched(saved, turn.store, fetched.address);
}

// The aliases of a link are saved also for people who may not change its source (basis: sdk).
function saveFacts(turn: Turn, address: Address, edited: Edits): Answer<unknown> {
  const { description = null, metadata = EMPTY_OBJECT } = edited.facts ?? {};
  const { facts: before, tags: tagsBefore } = versionById(turn.store, address.versionId);
  const { tags = tagsBefore } = edited;
  const isSame =
    description === (before?.description ?? null) &&
    metadata === (before?.metadata ?? EMPTY_OBJECT) &&
    JSON.stringify(tags) === JSON.stringify(tagsBefore);
  if (isSame) return answered(null);
  const version = nameAt(turn.store, address);
  const set = turn.apply({ type: 'setFacts', version, facts: { description, metadata }, tags });
  const isSkipped = !set.ok && set.refusal.code === 'forbidden' && address.link !== null;
  return isSkipped ? answered(null) : set;
}

/** Deletes a fetched artifact; of a link, only the link (DEL-5). Refuses as `deleteVersion` does. */
export function deleteFetched(turn: Turn, fetched: Fetched, deleteAliases: boolean): Answer<Fetched> {
  const { address } = fetched;
  const deleted = following(versionOf(turn.store, fetched), ({ id: versionId }) =>
    turn.apply({
      type: 'deleteVersion',
      target:
        address.link === null ? { by: 'id', versionId } : { by: 'name', name: nameAt(turn.store, address) },
      deleteAliases,
    }),
  );
  return refetched(deleted, turn.store, address);
}

/** Links the source of a fetched artifact to a portfolio, and answers the link. Refuses as `linkVersion` does. */
export function linkFetched(
  turn: Turn,
  fetched: Fetched,
  to: CollectionName,
  aliases: readonly string[],
): Answer<Address> {
  const { address } = fetched;
  const linked = following(versionOf(turn.store, fetched), (version) =>
    turn.apply({ type: 'linkVersion', version: indexedName(turn.store, version), to, aliases }),
  );
  return following(linked, () => {
    const portfolioId = existingCollection(turn.store, to)?.id;
    const link = linksTo(turn.store, address.versionId).find(
      (other) => other.link?.portfolioId === portfolioId,
    );
    assert(link !== undefined, 'a version that was linked has the link');
    return answered(link);
  });
}

/** Removes a fetched link. Refuses as `unlinkVersion` does. */
export function unlinkFetched(turn: Turn, fetched: Fetched): Answer<Fetched> {
  const unlinked = following(versionOf(turn.store, fetched), () =>
    turn.apply({ type: 'unlinkVersion', link: nameAt(turn.store, fetched.address) }),
  );
  return refetched(unlinked, turn.store, fetched.address);
}

function refetched(answer: Answer<unknown>, store: Store, address: Address): Answer<Fetched> {
  return following(answer, () => answered(fetchAt(store, address)));
}
