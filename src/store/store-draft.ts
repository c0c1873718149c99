import type { GarbageCollection, Store } from './store.ts';

/**
 * A store that is being changed: its tables are open, and its fields can be written to. What is in a table is frozen
 * all the same, and only ever replaced. Whoever reads a store can read a draft.
 */
export type StoreDraft = Writable<Omit<Store, 'garbageCollection'>> & {
  garbageCollection: Writable<GarbageCollection>;
};

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A draft of a store, which itself stays as it was whatever happens to the draft. It costs the same at any size. */
export function draftOf(store: Store): StoreDraft {
  return turned(store, 'opened');
}

/**
 * The store that a draft has become, frozen, with every part of the store before that is still the same; that very
 * store, where nothing was changed. The draft is not to be written to any more.
 */
export function storeOf(draft: StoreDraft, before: Store): Store {
  // To write to what was named field by field takes engines a fraction of what another copy does.
  const after = turned(draft, 'closed');
  after.bucket = sameOr(before.bucket, after.bucket);
  after.garbageCollection = sameOr(before.garbageCollection, after.garbageCollection);
  return sameOr(before, after);
}

function sameOr<Part extends object>(before: Part, after: Part): Part {
  for (const field in after) if (after[field] !== before[field]) return Object.freeze(after);
  return before;
}

function turned(store: Store, way: 'opened' | 'closed'): StoreDraft {
  const { bucket, garbageCollection } = store;
  return {
    now: store.now,
    settings: store.settings,
    people: store.people,
    collections: store.collections[way](),
    versions: store.versions[way](),
    links: store.links[way](),
    projects: store.projects[way](),
    runs: store.runs[way](),
    objects: store.objects[way](),
    bucket: {
      blobs: bucket.blobs[way](),
      storedBytes: bucket.storedBytes,
      billedBytes: bucket.billedBytes,
      noncurrent: bucket.noncurrent[way](),
      softDeleted: bucket.softDeleted[way](),
      nextCopyNumber: bucket.nextCopyNumber,
    },
    bucketFaults: store.bucketFaults,
    outOfBand: store.outOfBand[way](),
    expiring: store.expiring[way](),
    inheriting: store.inheriting[way](),
    uploads: store.uploads[way](),
    nextUploadNumber: store.nextUploadNumber,
    trash: store.trash[way](),
    nextTrashNumber: store.nextTrashNumber,
    garbageCollection: {
      reviewed: garbageCollection.reviewed[way](),
      released: garbageCollection.released[way](),
      unreferenced: garbageCollection.unreferenced[way](),
      reviewList: garbageCollection.reviewList[way](),
      crashAfterSteps: garbageCollection.crashAfterSteps,
    },
    logicalBytes: store.logicalBytes,
    everBegunBytes: store.everBegunBytes,
  };
}
