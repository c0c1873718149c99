import type { BucketCall, FaultKind } from '../../../src/bucket/faults.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import { DEFAULT_TYPE } from '../../../src/lifecycle/logging/collection-creation.ts';
import { type CollectionKind, collectionIdOf } from '../../../src/store/artifact-collection.ts';
import { manifestOf } from '../../../src/store/manifest.ts';
import { scopeOf } from '../../../src/store/stored-object.ts';
import { INHERITED, NO_TTL, type TimeToLive } from '../../../src/store/time-to-live.ts';
import type { VersionFacts } from '../../../src/store/version.ts';
import { type CollectionName, fullCollectionName } from '../../../src/values/names.ts';
import { bytesOf, entriesOf, type Files, time } from './builders.ts';
import {
  aliasText,
  collectionId,
  collectionNamed,
  linkId,
  objectId,
  runId,
  runNamed,
  serialNamed,
  versionId,
} from './names.ts';

/** What an upload sends, and what is stored already (LOG-6). */
interface Contents {
  readonly uploaded?: readonly string[];
  readonly alreadyStored?: readonly string[];
}

/** An artifact collection is created: a sequence of the default type, where nothing else is said. */
export function created(
  name: string,
  {
    kind = 'sequence',
    type = DEFAULT_TYPE,
    again = false,
  }: { readonly kind?: CollectionKind; readonly type?: string; readonly again?: boolean } = {},
): StoreEvent {
  return {
    type: 'collectionCreated',
    collectionId: collectionId(name),
    name: collectionNamed(name),
    kind,
    artifactType: type,
    again,
  };
}

/** An upload has begun, of these new contents, and of those that are stored already (LOG-6). */
export function begun(
  version: string,
  files: Files,
  contents: Contents,
  details: {
    readonly aliases?: readonly string[];
    readonly tags?: readonly string[];
    readonly facts?: VersionFacts;
    readonly ttl?: TimeToLive;
  } = {},
): StoreEvent {
  const { collection, serial } = serialNamed(version);
  const sequence = collectionIdOf(collection);
  return {
    type: 'versionBegun',
    versionId: versionId(version),
    collectionId: sequence,
    serial,
    manifest: manifestOf(entriesOf(files)),
    scope: scopeOf('collection', sequence, collection.entity),
    requestedAliases: (details.aliases ?? []).map(aliasText),
    tags: details.tags ?? [],
    facts: details.facts ?? null,
    ttl: details.ttl ?? INHERITED,
    ...objectsIn(collection, contents),
  };
}

/** Files were added to an upload, which now has these. */
export function added(upload: string, files: Files, contents: Contents): StoreEvent {
  return {
    type: 'filesAdded',
    versionId: versionId(upload),
    manifest: manifestOf(entriesOf(files)),
    ...objectsIn(serialNamed(upload).collection, contents),
  };
}

/** A version got its index; by default, the serial of its upload. */
export function committed(version: string, index = serialNamed(version).serial): StoreEvent {
  return { type: 'versionCommitted', versionId: versionId(version), index };
}

export function abandoned(version: string): StoreEvent {
  return { type: 'versionAbandoned', versionId: versionId(version) };
}

export function reused(version: string): StoreEvent {
  return { type: 'versionReused', versionId: versionId(version) };
}

/** An alias is put on a version or a link: `animals:v1` takes `best`, which was on 0 or, null, nowhere. */
export function put(name: string, alias: string, movedFrom: number | null = null): StoreEvent {
  const [collection = '', index = ''] = name.split(':v');
  return {
    type: 'aliasPut',
    collectionId: collectionId(collection),
    alias: aliasText(alias),
    index: Number(index),
    movedFrom,
  };
}

export function taken(name: string, alias: string): StoreEvent {
  const [collection = '', index = ''] = name.split(':v');
  return {
    type: 'aliasRemoved',
    collectionId: collectionId(collection),
    alias: aliasText(alias),
    index: Number(index),
  };
}

export function linked(link: string, version: string): StoreEvent {
  const [portfolio = '', index = ''] = link.split(':v');
  return {
    type: 'versionLinked',
    linkId: linkId(link),
    portfolioId: collectionId(portfolio),
    index: Number(index),
    versionId: versionId(version),
  };
}

export function unlinked(link: string, version: string, aliases: readonly string[]): StoreEvent {
  const [portfolio = '', index = ''] = link.split(':v');
  return {
    type: 'linkRemoved',
    linkId: linkId(link),
    portfolioId: collectionId(portfolio),
    index: Number(index),
    versionId: versionId(version),
    aliases: aliases.map(aliasText),
  };
}

export function lineageOf(
  run: string,
  edge: 'logged' | 'output' | 'used',
  version: string,
  by: string | null = null,
): StoreEvent {
  return {
    type: 'lineageRecorded',
    runId: runId(run),
    run: runNamed(run),
    edge,
    versionId: versionId(version),
    by,
  };
}

/** A version is PENDING_DELETION, and these aliases went with it. */
export function deleted(version: string, ...aliases: readonly string[]): StoreEvent {
  return { type: 'versionDeleted', versionId: versionId(version), aliases: aliases.map(aliasText) };
}

export function collectionGone(name: string): StoreEvent {
  return { type: 'collectionDeleted', collectionId: collectionId(name) };
}

export function runGone(run: string): StoreEvent {
  return { type: 'runDeleted', runId: runId(run) };
}

/** An alias is protected from now on, in this portfolio. */
export function shielded(portfolio: string, alias: string): StoreEvent {
  return { type: 'aliasProtected', collectionId: collectionId(portfolio), alias: aliasText(alias) };
}

export function restored(version: string): StoreEvent {
  return { type: 'versionRestored', versionId: versionId(version) };
}

/** A version is COMMITTED again, and the bucket brought these contents back. */
export function recovered(version: string, ...contents: readonly string[]): StoreEvent {
  const [collection = ''] = version.split(':v');
  return {
    type: 'versionRecovered',
    versionId: versionId(version),
    undeleted: contents.map((content) => objectId(collection, content)),
  };
}

/** Somebody gave a version a TTL: a duration, `none` or `inherit`. */
export function ttlGiven(version: string, ttl: string): StoreEvent {
  return { type: 'ttlSet', versionId: versionId(version), ttl: ttlOf(ttl), cause: 'asked' };
}

/** A version has no TTL any more, since it was linked (TTL-4). */
export function exempted(version: string): StoreEvent {
  return { type: 'ttlSet', versionId: versionId(version), ttl: NO_TTL, cause: 'linked' };
}

/** Somebody who may not set a TTL tried to (TTL-7). */
export function ttlKept(version: string, by: string): StoreEvent {
  return { type: 'ttlKept', versionId: versionId(version), by };
}

/** A TTL as people write it. */
export function ttlOf(text: string): TimeToLive {
  if (text === 'inherit') return INHERITED;
  return text === 'none' ? NO_TTL : { kind: 'lasting', seconds: time(text) };
}

/** A version has expired, and these aliases went with it. */
export function expired(version: string, ...aliases: readonly string[]): StoreEvent {
  return { type: 'versionExpired', versionId: versionId(version), aliases: aliases.map(aliasText) };
}

/** A call to the bucket about some content met a fault. */
export function faulted(
  call: BucketCall,
  fault: FaultKind,
  collection: string,
  content: string,
  size: string,
): StoreEvent {
  return {
    type: 'bucketCallFaulted',
    call,
    fault,
    objectId: objectId(collection, content),
    sizeBytes: bytesOf(size),
  };
}

function objectsIn(collection: CollectionName, { uploaded = [], alreadyStored = [] }: Contents) {
  const holding = (content: string) => objectId(fullCollectionName(collection), content);
  return { uploaded: uploaded.map(holding), alreadyStored: alreadyStored.map(holding) };
}
