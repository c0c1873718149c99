import { accepted } from '../../lifecycle/decision.ts';
import { versionsOf } from '../../store/holders.ts';
import { versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import { holdsObjects, type Version } from '../../store/version.ts';
import type { ObjectId } from '../../values/names.ts';
import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';
import { isReviewed, releaseOf } from '../release.ts';
import { sweepUnasked } from './sweep-unasked.ts';

/** Checks only the previous and the next version for a file, so it deletes files that skip a version (breaks GC-2). */
export const ASKS_NEIGHBORS_ONLY: Collector = {
  ...REFERENCE_COUNTING,
  release: ({ versionId }, store) => {
    const version = versionById(store, versionId);
    if (!isReviewed(version)) return accepted([]);
    const neighbors = neighborsOf(store, version);
    return accepted([releaseOf(version, (objectId) => neighbors.some((other) => lists(other, objectId)))]);
  },
  // It checks again before it deletes, as a correct one does, but again only the neighbors.
  sweep: (command, store) => {
    const isHeld = Array.from(store.garbageCollection.released.entries(), ([, id]) => versionById(store, id))
      .filter((released) => lists(released, command.objectId))
      .some((released) => neighborsOf(store, released).some((other) => lists(other, command.objectId)));
    return isHeld ? REFERENCE_COUNTING.sweep(command, store) : sweepUnasked(command, store);
  },
};

function neighborsOf(store: Store, version: Version): readonly Version[] {
  const others = versionsOf(store, version.collectionId).filter(holdsObjects);
  const before = others.filter(({ serial }) => serial < version.serial).at(-1);
  const after = others.find(({ serial }) => serial > version.serial);
  return [before, after].filter((other) => other !== undefined);
}

function lists({ scope, manifest }: Version, objectId: ObjectId): boolean {
  return objectsOf(scope, manifest).some(([id]) => id === objectId);
}
