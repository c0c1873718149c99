import type { StoreEvent, StoreEventType } from '../../decider/event.ts';
import { allVersions, versionsOf } from '../../store/holders.ts';
import { nameOfVersion, versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import type { Version } from '../../store/version.ts';
import type { CollectionId, ObjectId, ScopeId, VersionId } from '../../values/names.ts';
import { formatSize } from '../../values/units.ts';
import { type Sentence, sentence, sentenceOf } from '../sentence.ts';
import { DESCRIBE_BUCKET } from './bucket.ts';
import { DESCRIBE_COLLECTIONS } from './collections.ts';
import { DESCRIBE_DELETION } from './deletion.ts';
import {
  type Describers,
  DescriptionContext,
  type EventDescription,
  type EventOf,
  MOST_NAMED,
  type ObjectNames,
  word,
} from './description.ts';
import { DESCRIBE_GARBAGE_COLLECTION } from './garbage-collection.ts';
import { DESCRIBE_LOGGING } from './logging.ts';

const DESCRIBERS: Describers = {
  ...DESCRIBE_LOGGING,
  ...DESCRIBE_COLLECTIONS,
  ...DESCRIBE_DELETION,
  ...DESCRIBE_BUCKET,
  ...DESCRIBE_GARBAGE_COLLECTION,
};

/**
 * Describes events. Remembers the path under which each object was first stored, so it must see every step of a story
 * in order; for a story that starts from a store, it looks that store up.
 */
export class EventDescriber {
  readonly #paths = new Map<ObjectId, ObjectLabel>();
  readonly #lookedUp = new Set<ScopeId>();
  #store: Store | null = null;
  readonly #objects: ObjectNames = {
    short: (ids) => this.#named(ids, ({ path }) => path),
    long: (ids) => this.#named(ids, ({ versionId, path }) => `${this.#nameOf(versionId)}/${path}`),
  };

  /** Learns the names in a store from which a story starts. */
  knowing(store: Store): this {
    for (const version of allVersions(store)) this.#learn(version);
    return this;
  }

  /** Describes the events of one step; `after` is the store after it. */
  describe(events: readonly StoreEvent[], after: Store): readonly EventDescription[] {
    const begun = new Set<VersionId>();
    // A bucket call can fail before its upload has begun.
    for (const event of events) {
      if (event.type !== 'versionBegun' && event.type !== 'filesAdded') continue;
      if (event.type === 'versionBegun') begun.add(event.versionId);
      this.#learn(versionById(after, event.versionId));
    }
    this.#store = after;
    let justLogged = false;
    return events.map((event) => {
      if (event.type !== 'aliasPut') {
        justLogged = event.type === 'versionCommitted' || event.type === 'versionReused';
      }
      return describe(event, new DescriptionContext(after, this.#objects, justLogged, begun));
    });
  }

  #learn({ id: versionId, scope, manifest }: Pick<Version, 'id' | 'scope' | 'manifest'>): void {
    for (const [objectId, { path, sizeBytes }] of objectsOf(scope, manifest)) {
      if (!this.#paths.has(objectId)) this.#paths.set(objectId, { versionId, path, sizeBytes });
    }
  }

  // An upload gets another name at its commit.
  #nameOf(id: VersionId): string {
    return this.#store === null ? id : nameOfVersion(this.#store, id);
  }

  // Look up one scope at a time, once each, because most of a large store is never mentioned.
  #lookUp(id: ObjectId): ObjectLabel | undefined {
    const scope = id.slice(0, id.indexOf('/')) as ScopeId;
    const store = this.#store;
    if (store === null || this.#lookedUp.has(scope)) return undefined;
    this.#lookedUp.add(scope);
    const sequence = scope as string as CollectionId;
    const versions = store.collections.has(sequence) ? versionsOf(store, sequence) : allVersions(store);
    for (const version of versions) {
      if (version.scope === scope) this.#learn(version);
    }
    return this.#paths.get(id);
  }

  #named(ids: readonly ObjectId[], nameOf: (label: ObjectLabel) => string): Sentence {
    const named = ids.slice(0, MOST_NAMED).map((id): Sentence => {
      const label = this.#paths.get(id) ?? this.#lookUp(id);
      if (label === undefined) return [{ kind: 'object', id, text: id }];
      const { versionId, path, sizeBytes } = label;
      const text = word(nameOf({ ...label, path: path || '""' }), 60);
      return sentence`${{ kind: 'file', versionId, path, text }} ${formatSize(sizeBytes)}`;
    });
    const rest = ids.length - named.length;
    return sentence`${sentenceOf(named, ', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  }
}

/** Where an object was first stored. */
interface ObjectLabel {
  readonly versionId: VersionId;
  readonly path: string;
  readonly sizeBytes: number;
}

function describe<Type extends StoreEventType>(
  event: EventOf<Type>,
  context: DescriptionContext,
): EventDescription {
  return DESCRIBERS[event.type](event, context);
}
