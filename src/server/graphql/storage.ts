import { isStored } from '../../bucket/bucket.ts';
import { versionsOf } from '../../store/holders.ts';
import type { Project } from '../../store/project.ts';
import type { Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import { holdsObjects } from '../../store/version.ts';
import type { ObjectId } from '../../values/names.ts';
import { type Bytes, NO_BYTES } from '../../values/units.ts';

/** The bytes in the bucket that the versions of some projects hold, each object once. Walks these versions. */
export function storedBytes(store: Store, projects: Iterable<Project | undefined>): Bytes {
  const counted = new Set<ObjectId>();
  let sum = NO_BYTES;
  for (const project of projects) {
    for (const collectionId of project?.collections.keys() ?? []) {
      for (const version of versionsOf(store, collectionId).filter(holdsObjects)) {
        for (const [objectId, { sizeBytes }] of objectsOf(version.scope, version.manifest)) {
          if (counted.has(objectId) || !isStored(store.bucket, objectId)) continue;
          counted.add(objectId);
          sum = (sum + sizeBytes) as Bytes;
        }
      }
    }
  }
  return sum;
}
