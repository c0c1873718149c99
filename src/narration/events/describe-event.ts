import type { StoreEvent } from '../../decider/event.ts';
import type { VersionBegun } from '../../lifecycle/uploading.ts';
import { allVersions, versionsOf } from '../../store/holders.ts';
import { nameOfVersion } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import { type CollectionId, type ObjectId, printable, type ScopeId } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatSize } from '../../values/units.ts';
import { describeBucketEvent } from './bucket.ts';
import { describeDeletion } from './deletion.ts';
import { DescriptionContext, type EventDescription, MOST_NAMED, type ObjectNames } from './description.ts';
import { describeGarbageCollection } from './garbage-collection.ts';
import { describeLogging } from './logging.ts';

/**
 * Tells events to people. It remembers by which path each object came into the store, since a digest would mean
 * nothing to a reader; so it is to be told every step of a story, in order. What was there
 * before the first step it looks up when it comes to it.
 */
export class EventDescriber {
  readonly #paths = new Map<ObjectId, ObjectLabel>();
  readonly #lookedUp = new Set<ScopeId>();
  #store: Store | null = null;
  readonly #objects: ObjectNames = {
    short: (ids) => this.#named(ids, (label) => label.path),
    long: (ids) => this.#named(ids, (label) => `${label.version}/${label.path}`),
  };

  /** Learns the names of everything that is in a store already, for a story that is told from its middle. */
  knowing(store: Store): this {
    for (const { id, scope, manifest } of allVersions(store)) {
      this.#learn({ versionId: id, scope, manifest }, store);
    }
    return this;
  }

  /** Tells the events of one step; `after` is the store after it, in which what they name is looked up. */
  tell(events: readonly StoreEvent[], after: Store): readonly EventDescription[] {
    // A call to the bucket may go wrong before the upload that it belongs to has begun.
    for (const event of events) if (event.type === 'versionBegun') this.#learn(event, after);
    this.#store = after;
    const context = new DescriptionContext(after, this.#objects);
    let justLogged = false;
    return events.map((event) => {
      if (event.type !== 'aliasPut') {
        justLogged = event.type === 'versionCommitted' || event.type === 'versionReused';
      }
      return tell(event, context, justLogged);
    });
  }

  #learn(event: Pick<VersionBegun, 'versionId' | 'scope' | 'manifest'>, after: Store): void {
    const version = nameOfVersion(after, event.versionId);
    for (const [objectId, file] of objectsOf(event.scope, event.manifest)) {
      if (this.#paths.has(objectId)) continue;
      this.#paths.set(objectId, { version, path: file.path || '""', size: formatSize(file.sizeBytes) });
    }
  }

  // A scope at a time, and each once: a store that a story goes on from may be large, and most of it is never told of.
  #lookUp(id: ObjectId): ObjectLabel | undefined {
    const scope = id.slice(0, id.indexOf('/')) as ScopeId;
    const store = this.#store;
    if (store === null || this.#lookedUp.has(scope)) return undefined;
    this.#lookedUp.add(scope);
    const sequence = scope as string as CollectionId;
    const versions = store.collections.has(sequence) ? versionsOf(store, sequence) : allVersions(store);
    for (const { id: versionId, scope: own, manifest } of versions) {
      if (own === scope) this.#learn({ versionId, scope, manifest }, store);
    }
    return this.#paths.get(id);
  }

  #named(ids: readonly ObjectId[], nameOf: (label: ObjectLabel) => string): string {
    const named = ids.slice(0, MOST_NAMED).map((id) => {
      const label = this.#paths.get(id) ?? this.#lookUp(id);
      return label === undefined ? id : `${printable(nameOf(label), 60)} ${label.size}`;
    });
    const rest = ids.length - named.length;
    return rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
  }
}

/** Where an object came into the store. */
interface ObjectLabel {
  readonly version: string;
  readonly path: string;
  readonly size: string;
}

function tell(event: StoreEvent, context: DescriptionContext, justLogged: boolean): EventDescription {
  switch (event.type) {
    case 'collectionCreated':
    case 'versionBegun':
    case 'versionCommitted':
    case 'versionReused':
    case 'versionAbandoned':
    case 'aliasPut':
    case 'aliasRemoved':
    case 'aliasProtected':
    case 'versionLinked':
    case 'lineageRecorded':
      return describeLogging(event, context, justLogged);
    case 'linkRemoved':
    case 'versionDeleted':
    case 'deletionRefused':
    case 'collectionDeleted':
    case 'runDeleted':
    case 'versionRestored':
    case 'versionRecovered':
    case 'ttlSet':
    case 'ttlKept':
    case 'teamTtlSet':
    case 'versionExpired':
      return describeDeletion(event, context);
    case 'settingsChanged':
    case 'bucketFaultsPlanned':
    case 'clockMoved':
    case 'bucketCallFaulted':
    case 'deletedOutOfBand':
    case 'undeletedOutOfBand':
    case 'copiesDropped':
      return describeBucketEvent(event, context);
    case 'versionsReviewed':
    case 'holdsReleased':
    case 'objectSwept':
    case 'objectRetained':
    case 'versionClosed':
    case 'garbageCollectionSkipped':
    case 'crashPlanned':
    case 'garbageCollectionCrashed':
    case 'crashForgotten':
      return describeGarbageCollection(event, context);
    default:
      return unreachable(event);
  }
}
