import type { StoreEvent } from '../../src/decider/event.ts';
import type { Store } from '../../src/store/store.ts';
import type { Version } from '../../src/store/version.ts';
import type { VersionId } from '../../src/values/names.ts';
import { canonical } from './canonical-summary.ts';
import { naiveHolders, naiveObjectsOf } from './naive-recount.ts';

/** What is wrong with an event, given the store on which it happens: things that no later store would show. */
export function eventComplaints(event: StoreEvent, store: Store): readonly string[] {
  return claimsOf(event, store).flatMap(([claim, holds]) => (holds ? [] : [`${event.type}: ${claim}`]));
}

type Claim = readonly [string, boolean];

function claimsOf(event: StoreEvent, store: Store): readonly Claim[] {
  switch (event.type) {
    case 'versionBegun': {
      const listed = new Set(
        event.manifest.entries.flatMap((entry) =>
          entry.kind === 'file' ? [`${event.scope}/${entry.digest}`] : [],
        ),
      );
      const told = [...event.uploaded, ...event.alreadyStored];
      return [
        [
          'LOG-2: its index is the next one',
          event.index === store.collections.get(event.collectionId)?.nextIndex,
        ],
        [
          'LOG-6: each object is uploaded or shared, once',
          sameSet(told, listed) && told.length === listed.size,
        ],
        ['LOG-6: what is uploaded was not stored', event.uploaded.every((id) => !stored(store, id))],
        ['LOG-6: what is shared was stored', event.alreadyStored.every((id) => stored(store, id))],
      ];
    }
    case 'versionCommitted':
    case 'versionAbandoned':
      return [['LOG-5: its upload was not over', stateOf(store, event.versionId).kind === 'PENDING']];
    case 'versionReused': {
      const { collectionId, index } = versionOf(store, event.versionId);
      const newer = committedIn(store, collectionId).filter((other) => other.index > index);
      return [
        ['LOG-3: what is reused is COMMITTED', stateOf(store, event.versionId).kind === 'COMMITTED'],
        ['LOG-3: what is reused is the newest', newer.length === 0],
      ];
    }
    case 'aliasPut': {
      const bore = store.collections.get(event.collectionId)?.aliases.get(event.alias)?.index ?? null;
      return [
        ['ALI-2: it says where the alias was', event.movedFrom === bore],
        ['ALI-2: it moves the alias', event.index !== bore],
      ];
    }
    case 'versionDeleted': {
      const { state, links } = versionOf(store, event.versionId);
      const aliases = state.kind === 'COMMITTED' ? state.aliases : [];
      return [
        ['DEL-4: it was COMMITTED, or an upload', state.kind === 'COMMITTED' || state.kind === 'PENDING'],
        ['DEL-2: it takes every alias with it', sameSet(event.aliases, new Set(aliases))],
        ['DEL-13: its links went before it', links.length === 0],
      ];
    }
    case 'collectionCreated': {
      const known = store.collections.get(event.collectionId);
      return [
        ['DEL-16: it says whether there was one', event.again === (known !== undefined)],
        ['DEL-16: it did not stand', known?.standing !== true],
        ['LOG-1: another name is another collection', sameName(known?.name, event.name)],
      ];
    }
    case 'lineageNoted':
      return [
        ['DEL-12: another name is another run', sameName(store.runs.get(event.runId)?.name, event.run)],
      ];
    case 'collectionDeleted': {
      const collection = store.collections.get(event.collectionId);
      return [
        ['DEL-7: it stood', collection?.standing === true],
        ['DEL-7: nothing is left in it', collection?.listed.size === 0 && collection.uploading.size === 0],
      ];
    }
    case 'clockMoved':
      return [['GC-1: time goes on', event.to > store.now]];
    case 'versionsReviewed':
      return [
        ['GC-1: all that is due is reviewed', sameSet(event.versionIds, new Set(dueIn(store)))],
        ['GC-1: each is reviewed once', event.versionIds.length === new Set(event.versionIds).size],
      ];
    case 'holdsReleased': {
      const holders = naiveHolders(store);
      const held = naiveObjectsOf(versionOf(store, event.versionId));
      const last = [...held].filter((key) => holders.get(key)?.size === 1);
      const told = [...event.stillHeld, ...event.unheld];
      return [
        ['GC-2: every hold is released, once', sameSet(told, held) && told.length === held.size],
        ['GC-2: it was the last holder of what is unheld', sameSet(event.unheld, new Set(last))],
        ['GC-1: it was reviewed', stageOf(store, event.versionId) === 'reviewed'],
      ];
    }
    case 'objectSwept':
      return [
        ['GC-9: nobody holds it', naiveHolders(store).get(event.objectId) === undefined],
        ['GC-2: it was stored', stored(store, event.objectId)],
        ['GC-2: it frees its bytes', store.objects.get(event.objectId)?.sizeBytes === event.freedBytes],
      ];
    case 'objectSpared':
      return [['GC-9: so many hold it', naiveHolders(store).get(event.objectId)?.size === event.holders]];
    case 'versionClosed': {
      const waiting = [...naiveObjectsOf(versionOf(store, event.versionId))].filter((key) =>
        [...store.garbageCollection.unheld.keys()].some((objectId) => objectId === key),
      );
      return [
        ['GC-2: it had released its holds', stageOf(store, event.versionId) === 'released'],
        ['GC-2: none of its objects waits for its sweep', waiting.length === 0],
      ];
    }
    default:
      return [];
  }
}

function dueIn(store: Store): readonly VersionId[] {
  return [...store.versions.unorderedRows()]
    .filter(
      ({ state }) =>
        state.kind === 'PENDING_DELETION' &&
        state.stage === 'waiting' &&
        state.deletedAt + store.settings.retentionSeconds <= store.now,
    )
    .map((version) => version.id);
}

function committedIn(store: Store, collectionId: string): readonly Version[] {
  return [...store.versions.unorderedRows()].filter(
    (version) => version.collectionId === collectionId && version.state.kind === 'COMMITTED',
  );
}

function versionOf(store: Store, versionId: VersionId): Version {
  const version = store.versions.get(versionId);
  if (version === undefined) throw new Error(`there is no version ${versionId}`);
  return version;
}

function stateOf(store: Store, versionId: VersionId): Version['state'] {
  return versionOf(store, versionId).state;
}

function stageOf(store: Store, versionId: VersionId): string {
  const state = stateOf(store, versionId);
  return state.kind === 'PENDING_DELETION' ? state.stage : state.kind;
}

function stored(store: Store, key: string): boolean {
  return store.bucket.blobs.get(key)?.status === 'stored';
}

function sameName(known: object | undefined, given: object): boolean {
  return known === undefined || canonical(known) === canonical(given);
}

function sameSet(told: readonly string[], are: ReadonlySet<string>): boolean {
  return new Set(told).size === are.size && told.every((key) => are.has(key));
}
