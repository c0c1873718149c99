import { isKept, isStored } from '../../../src/bucket/bucket.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import type { Simulator } from '../../../src/simulator/simulator.ts';
import type { Link } from '../../../src/store/link.ts';
import { collectionById, runById, versionById } from '../../../src/store/look-up.ts';
import { isProtectedSource } from '../../../src/store/protection.ts';
import type { Run } from '../../../src/store/run.ts';
import type { Store } from '../../../src/store/store.ts';
import { objectsOf } from '../../../src/store/stored-object.ts';
import { aliasesOf, type Version, type VersionStateName } from '../../../src/store/version.ts';
import {
  type CollectionId,
  type ObjectId,
  type RunId,
  shortCollectionName,
  shortVersionName,
  type VersionId,
} from '../../../src/values/names.ts';

/** A number that picks one of what there is: modulo how many there are. */
export type Nth = number;

/** Picks a version, and one of the names that it has. */
export interface VersionPick {
  /**
   * The COMMITTED ones; those with links, named through one; those that a protected alias holds; those that were
   * deleted; those of whose files the bucket has only copies left; every one there ever was, where there is no other.
   */
  readonly among: 'committed' | 'linked' | 'protected' | 'deleted' | 'lacking' | 'ever';
  readonly at: Nth;
  /** Its index, one of its aliases, or one of its links. */
  readonly via: Nth;
}

/** Picks a version whose content is logged again. */
export interface ContentPick {
  /**
   * Those that are soft-deleted, preferably one that garbage collection has begun with; those of whose files the bucket
   * has only copies left; any, and where there is no other.
   */
  readonly among: 'deleted' | 'lacking' | 'ever';
  readonly at: Nth;
}

/** One of what there is: modulo how many there are, so that nearly every pick finds something. */
export function pickOf<Thing>(things: readonly Thing[], at: Nth): Thing | undefined {
  return things[at % Math.max(1, things.length)];
}

/** What a history has made so far, in the order of its making, for its next steps to choose from. */
export class World {
  readonly #simulator: Simulator;
  readonly #collectionIds = new Set<CollectionId>();
  readonly #versionIds: VersionId[] = [];
  readonly #objectIds = new Set<ObjectId>();
  readonly #runIds = new Set<RunId>();
  readonly #ids = new Map<VersionId, string>();

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** The store as it is now. */
  get store(): Store {
    return this.#simulator.store;
  }

  /** Remembers what a step made, under the id that it gives. */
  remember(events: readonly StoreEvent[], id: string | undefined): void {
    for (const event of events) {
      if (event.type === 'collectionCreated') this.#collectionIds.add(event.collectionId);
      if (event.type === 'lineageRecorded') this.#runIds.add(event.runId);
      if (event.type === 'versionReused' && id !== undefined) this.#ids.set(event.versionId, id);
      if (event.type !== 'versionBegun') continue;
      if (id !== undefined) this.#ids.set(event.versionId, id);
      this.#versionIds.push(event.versionId);
      for (const objectId of event.uploaded) this.#objectIds.add(objectId);
    }
  }

  /** The id that a step gave to a version. */
  idOf(versionId: VersionId): string | undefined {
    return this.#ids.get(versionId);
  }

  /** One of the artifact collections that exist. */
  collection(at: Nth): string | undefined {
    const known = [...this.#collectionIds].map((id) => collectionById(this.store, id));
    const found = pickOf(
      known.filter(({ exists }) => exists),
      at,
    );
    return found && shortCollectionName(found.name);
  }

  /** One of the runs that exist. */
  run(at: Nth): Run | undefined {
    const known = [...this.#runIds].map((id) => runById(this.store, id));
    return pickOf(
      known.filter(({ exists }) => exists),
      at,
    );
  }

  /** One of the objects that were ever uploaded. */
  object(at: Nth): ObjectId | undefined {
    return pickOf([...this.#objectIds], at);
  }

  /** One of the versions in a state, or of all where there is none. */
  versionIn(kind: VersionStateName, at: Nth): VersionId | undefined {
    return pickOf([this.#inState(kind), this.#versionIds].find((some) => some.length > 0) ?? [], at);
  }

  /** The version whose content is logged again. */
  content({ among, at }: ContentPick): Version | undefined {
    const deleted = among === 'deleted' ? this.#inState('PENDING_DELETION') : [];
    const lacking = among === 'lacking' ? this.#lacking() : [];
    const begunWith = deleted.filter((id) => !isWaiting(this.#version(id)));
    const all = [begunWith, deleted, lacking, this.#versionIds].find((some) => some.length > 0) ?? [];
    const versionId = pickOf(all, at);
    return versionId && this.#version(versionId);
  }

  /** A version, and a name of it. */
  version({ among, at, via }: VersionPick): { readonly version: Version; readonly name: string } | undefined {
    const link = among === 'linked' ? pickOf(this.#links(), at) : undefined;
    if (link !== undefined) return { version: this.#version(link.versionId), name: this.#nameOfLink(link) };
    const chosen = this.#among(among);
    const versionId = pickOf(chosen.length > 0 ? chosen : this.#versionIds, at);
    if (versionId === undefined) return undefined;
    const version = this.#version(versionId);
    const name = pickOf(this.#namesOf(version), via);
    return name === undefined ? undefined : { version, name };
  }

  #version(id: VersionId): Version {
    return versionById(this.store, id);
  }

  #inState(kind: VersionStateName): readonly VersionId[] {
    return this.#versionIds.filter((id) => this.#version(id).state.kind === kind);
  }

  #among(among: VersionPick['among']): readonly VersionId[] {
    switch (among) {
      case 'ever':
        return [];
      case 'committed':
      case 'linked':
        return this.#inState('COMMITTED');
      case 'protected': {
        const held = this.#versionIds.filter((id) => isProtectedSource(this.store, this.#version(id)));
        const linked = this.#links().map(({ versionId }) => versionId);
        return [held, linked, this.#inState('COMMITTED')].find((some) => some.length > 0) ?? [];
      }
      case 'lacking': {
        const lacking = this.#lacking();
        return lacking.length > 0 ? lacking : this.#deleted();
      }
      case 'deleted':
        return this.#deleted();
    }
  }

  #deleted(): readonly VersionId[] {
    const deleted = [...this.#inState('PENDING_DELETION'), ...this.#inState('DELETED')];
    const committedOnce = deleted.filter((id) => wasCommitted(this.#version(id)));
    return committedOnce.length > 0 ? committedOnce : deleted;
  }

  #lacking(): readonly VersionId[] {
    const { bucket } = this.store;
    return this.#versionIds.filter((versionId) => {
      const { scope, manifest } = this.#version(versionId);
      return objectsOf(scope, manifest).some(([id]) => !isStored(bucket, id) && isKept(bucket, id));
    });
  }

  // Its index first, so that a shrunk step names it so; then its aliases, then its links.
  #namesOf(version: Version): readonly string[] {
    const collection = shortCollectionName(collectionById(this.store, version.collectionId).name);
    return [
      ...[`v${version.index}`, ...aliasesOf(version)].map((selector) => `${collection}:${selector}`),
      ...this.#linksTo(version).map((link) => this.#nameOfLink(link)),
    ];
  }

  #links(): readonly Link[] {
    return this.#versionIds.flatMap((versionId) => this.#linksTo(this.#version(versionId)));
  }

  #linksTo(version: Version): readonly Link[] {
    return version.links.flatMap((linkId) => this.store.links.get(linkId) ?? []);
  }

  #nameOfLink({ portfolioId, index }: Link): string {
    const { name: collection } = collectionById(this.store, portfolioId);
    return shortVersionName({ collection, selector: { kind: 'index', index } });
  }
}

function isWaiting({ state }: Version): boolean {
  return state.kind === 'PENDING_DELETION' && state.stage === 'waiting';
}

function wasCommitted({ state }: Version): boolean {
  return 'committedAt' in state && state.committedAt !== null;
}
