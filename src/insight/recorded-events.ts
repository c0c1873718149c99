import type { StoreEvent } from '../decider/event.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import type { Instant } from '../values/units.ts';

/** A fact that a version records about its own past. */
interface Remembered {
  readonly at: Instant;
  readonly version: Version;
  readonly event: StoreEvent;
}

/**
 * The past of versions as far as they record it, as events in order, for the timeline of a store without its events. A
 * version records when it was created and how it came to its current state; what happened in between, such as a restore,
 * is not known.
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
  const { collectionId, serial, index, manifest, scope, tags, facts, ttl } = version;
  const begun: Remembered = {
    at: createdAt,
    version,
    event: {
      type: 'versionBegun',
      ...{ versionId, collectionId, serial, manifest, scope, tags, facts, ttl },
      ...{ requestedAliases: [], uploaded: [], alreadyStored: [] },
    },
  };
  const committedAt = state.kind === 'PENDING' ? null : state.committedAt;
  const committed: readonly Remembered[] =
    committedAt === null || index === null
      ? []
      : [{ at: committedAt, version, event: { type: 'versionCommitted', versionId, index } }];
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
