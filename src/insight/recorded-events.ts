import type { StoreEvent } from '../decider/event.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import type { Instant } from '../values/units.ts';

/** Something that a version says of its own past. */
interface Remembered {
  readonly at: Instant;
  readonly version: Version;
  readonly event: StoreEvent;
}

/**
 * What the versions of a store say of their past, as events in the order in which they happened, for a timeline of a
 * store whose events nobody kept. Each says when it was created, and how it came to be in its state; what lay between,
 * such as a restore, or the deletion of one that is DELETED, nobody knows any more.
 */
export function* pastOf(store: Store): Generator<StoreEvent> {
  const remembered = [...store.versions.unorderedRows()].flatMap(pastOfVersion);
  remembered.sort(
    (left, right) =>
      left.at - right.at ||
      (left.version.id < right.version.id ? -1 : left.version.id > right.version.id ? 1 : 0),
  );
  let before: Instant | null = null;
  for (const { at, event } of remembered) {
    if (at !== before) yield { type: 'clockMoved', to: at };
    before = at;
    yield event;
  }
  yield { type: 'clockMoved', to: store.now };
}

function pastOfVersion(version: Version): readonly Remembered[] {
  const { id: versionId, state, createdAt } = version;
  const { collectionId, index, manifest, scope, tags, ttl } = version;
  const begun: Remembered = {
    at: createdAt,
    version,
    event: {
      type: 'versionBegun',
      ...{ versionId, collectionId, index, manifest, scope, tags, ttl },
      ...{ requestedAliases: [], uploaded: [], alreadyStored: [] },
    },
  };
  const committedAt = state.kind === 'PENDING' ? null : state.committedAt;
  const committed: readonly Remembered[] =
    committedAt === null
      ? []
      : [{ at: committedAt, version, event: { type: 'versionCommitted', versionId } }];
  switch (state.kind) {
    case 'PENDING':
    case 'COMMITTED':
      return [begun, ...committed];
    case 'PENDING_DELETION':
      return [
        begun,
        ...committed,
        {
          at: state.deletedAt,
          version,
          event:
            committedAt === null
              ? { type: 'versionAbandoned', versionId }
              : { type: 'versionDeleted', versionId, aliases: [] },
        },
      ];
    case 'DELETED':
      return [
        begun,
        ...committed,
        { at: state.closedAt, version, event: { type: 'versionClosed', versionId } },
      ];
  }
}
