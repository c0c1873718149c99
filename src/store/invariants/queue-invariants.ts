import type { BlobKey } from '../../bucket/blob.ts';
import { removalTime } from '../../bucket/lifecycle.ts';
import type { VersionId } from '../../values/names.ts';
import { mayExpire } from '../expiry.ts';
import { nameOfVersion } from '../look-up.ts';
import type { Store } from '../store.ts';
import type { Version } from '../version.ts';

/** An entry of a queue. */
type Waiting<Id> = readonly [place: string, id: Id];

/**
 * What is wrong with the queues of versions, one sentence each: garbage collection (GC-1), uploads (LOG-8), and expiry
 * (TTL-2, TTL-3). Recounted from the versions alone.
 */
export function misqueued(store: Store): readonly string[] {
  const versions = [...store.versions.unorderedRows()];
  const { reviewed, released } = store.garbageCollection;
  const differing = (queue: string, queued: readonly Waiting<VersionId>[], place: Placing) =>
    differences(
      queue,
      queued,
      versions.flatMap((version) => waiting(version.id, place(version))),
      (versionId) => (store.versions.has(versionId) ? nameOfVersion(store, versionId) : versionId),
    );
  return [
    ...differing('review', numbered(store.trash.entries()), trashPlace('waiting')),
    ...differing('release', numbered(reviewed.entries()), trashPlace('reviewed')),
    ...differing('close', numbered(released.entries()), trashPlace('released')),
    ...differing('upload', numbered(store.uploads.entries()), uploadPlace),
    ...differing('own-TTL', instants(store.expiring.entries()), (version) =>
      version.ttl.kind === 'lasting' && mayExpire(store, version)
        ? String(version.createdAt + version.ttl.seconds)
        : null,
    ),
    ...differing('inherited-TTL', instants(store.inheriting.entries()), (version) =>
      version.ttl.kind === 'inherit' && mayExpire(store, version) ? String(version.createdAt) : null,
    ),
    ...versions.flatMap((version) => reusable(store, version)),
  ];
}

/** What is wrong with the bucket's queue of kept copies (BKT-3, BKT-4), recounted from its keys and the rules. */
export function misqueuedCopies({ bucket, settings }: Store): readonly string[] {
  const { copies, nextCopyNumber, blobs } = bucket;
  const kept = [...blobs.unorderedRows()].flatMap((blob) =>
    blob.copies.map((copy, at) => {
      const newer = blob.copies.slice(at + 1).filter(({ kind }) => kind === 'noncurrent').length;
      const isNoncurrent = copy.kind === 'noncurrent';
      const until = isNoncurrent ? removalTime(settings.bucket.lifecycle, copy, newer) : copy.until;
      return { key: blob.key, number: copy.number, until };
    }),
  );
  const queued = Array.from(copies.entries(), ([place, key]): Waiting<BlobKey> => [unpadded(place), key]);
  return [
    ...differences(
      'copy',
      queued,
      kept.map(({ key, until, number }) => [`${until ?? 'never'}:${number}`, key]),
    ),
    ...kept
      .filter(({ number }) => number >= nextCopyNumber)
      .map(({ key }) => `the number of a copy of ${key} could be reused`),
  ];
}

function unpadded(place: string): string {
  return place.replace(/\d+/g, (digits) => String(Number(digits)));
}

type Placing = (version: Version) => string | null;

function trashPlace(stage: 'waiting' | 'reviewed' | 'released'): Placing {
  return ({ state }) =>
    state.kind === 'PENDING_DELETION' && state.stage === stage ? String(state.trashNumber) : null;
}

function uploadPlace({ state }: Version): string | null {
  return state.kind === 'PENDING' ? String(state.uploadNumber) : null;
}

// Of two versions with one number, the queue would keep only one.
function reusable(store: Store, { id, state }: Version): readonly string[] {
  const uploading = state.kind === 'PENDING' && state.uploadNumber >= store.nextUploadNumber;
  const softDeletedNow = state.kind === 'PENDING_DELETION' && state.trashNumber >= store.nextTrashNumber;
  return uploading || softDeletedNow ? [`the place of ${nameOfVersion(store, id)} could be reused`] : [];
}

function waiting<Id>(id: Id, place: string | null): readonly Waiting<Id>[] {
  return place === null ? [] : [[place, id]];
}

function numbered<Id>(entries: Iterable<readonly [number, Id]>): readonly Waiting<Id>[] {
  return Array.from(entries, ([number, id]): Waiting<Id> => [String(number), id]);
}

// A place in an expiry queue is an instant followed by the id.
function instants(entries: Iterable<readonly [string, VersionId]>): readonly Waiting<VersionId>[] {
  return Array.from(entries, ([place, id]): Waiting<VersionId> => {
    const [instant, ...rest] = place.split('/');
    return [rest.join('/') === id ? String(Number(instant)) : place, id];
  });
}

function differences<Id extends string>(
  queue: string,
  queued: readonly Waiting<Id>[],
  recounted: readonly Waiting<Id>[],
  name: (id: Id) => string = (id) => id,
): readonly string[] {
  const text = ([place, id]: Waiting<Id>) => `${place} ${id}`;
  const [has, wants] = [new Set(queued.map(text)), new Set(recounted.map(text))];
  return [
    ...recounted
      .filter((one) => !has.has(text(one)))
      .map(([, id]) => `${name(id)} is missing from its place in the ${queue} queue`),
    ...queued
      .filter((one) => !wants.has(text(one)))
      .map(([, id]) => `${name(id)} is in the ${queue} queue, but should not be`),
  ];
}
