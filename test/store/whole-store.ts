import type { ArtifactCollection } from '../../src/store/artifact-collection.ts';
import type { Link } from '../../src/store/link.ts';
import { collectionById, versionById } from '../../src/store/look-up.ts';
import type { GarbageCollection, Store } from '../../src/store/store.ts';
import type { Version } from '../../src/store/version.ts';
import type { CollectionId, ObjectId } from '../../src/values/names.ts';
import {
  begin,
  bucketDelete,
  clock,
  link,
  log,
  release,
  removeWithAliases,
  review,
  server,
} from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { linkId, objectId, versionId } from '../support/stores/names.ts';

/**
 * Something of everything. Of the animals v0 and v4 are COMMITTED and linked, v1 is released, v2 reviewed, v3 waits,
 * and the upload before v4, #4, is PENDING. Of the plants v0 inherits its TTL and v1 has its own, and somebody deleted their bytes in the
 * bucket, which keeps those of the fern as a noncurrent copy and those of the moss as a soft-deleted one.
 */
export const whole: Store = given(
  server({ bucket: { provider: 'aws', versioning: true } }),
  log('plants', { fern: '1MB' }),
  log('plants', { moss: '2MB' }, { ttl: '30d' }),
  bucketDelete('plants:v0/fern'),
  server({ bucket: { provider: 'azure', versioning: false, softDelete: true } }),
  bucketDelete('plants:v1/moss'),
  log('animals', { cat: '2MB' }),
  log('animals', { cat: '2MB', bat: '1MB' }),
  log('animals', { cat: '2MB', rat: '3MB' }),
  removeWithAliases('animals:v1'),
  removeWithAliases('animals:v2'),
  clock('7d'),
  review,
  release(versionId('animals:v1')),
  log('animals', { dog: '1MB' }),
  removeWithAliases('animals:v3'),
  begin('animals', { cat: '2MB', emu: '1MB' }),
  log('animals', { owl: '4MB' }, { aliases: ['best'] }),
  link('animals:v0', 'models/prod', ['live']),
  link('animals:v4', 'models/prod'),
).store;

/** The same store, corrupted in one place. */
export const amended = {
  store: (changes: Partial<Store>): Store => ({ ...whole, ...changes }),
  collection: (id: CollectionId, change: (collection: ArtifactCollection) => Partial<ArtifactCollection>) => {
    const collection = collectionById(whole, id);
    return amended.store({
      collections: whole.collections.insert(id, { ...collection, ...change(collection) }),
    });
  },
  version: (name: string, changes: Partial<Version>) => {
    const version = versionById(whole, versionId(name));
    return amended.store({ versions: whole.versions.insert(version.id, { ...version, ...changes }) });
  },
  link: (name: string, changes: Partial<Link>) => {
    const known = whole.links.get(linkId(name));
    if (known === undefined) throw new Error(`there is a link ${name}`);
    return amended.store({ links: whole.links.insert(known.id, { ...known, ...changes }) });
  },
  object: (id: ObjectId, holders: number) => {
    const object = whole.objects.get(objectId('animals', 'cat'));
    if (object === undefined) throw new Error('there is a cat');
    return amended.store({ objects: whole.objects.insert(id, { ...object, id, holders }) });
  },
  queues: (changes: Partial<GarbageCollection>) =>
    amended.store({ garbageCollection: { ...whole.garbageCollection, ...changes } }),
  bucket: (changes: Partial<Store['bucket']>) => amended.store({ bucket: { ...whole.bucket, ...changes } }),
} as const;
