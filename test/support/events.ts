import type { StoreEvent } from '../../src/decider/event.ts';
import { DEFAULT_TYPE } from '../../src/lifecycle/founding.ts';
import type { CollectionKind } from '../../src/store/artifact-collection.ts';
import { manifestOf } from '../../src/store/manifest.ts';
import { scopeOf } from '../../src/store/stored-object.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';
import { entriesOf, type Files } from './builders.ts';
import {
  aliasText,
  collectionId,
  collectionNamed,
  linkId,
  objectId,
  runId,
  runNamed,
  versionId,
  versionNamed,
} from './names.ts';

/** An artifact collection stands: a new sequence of the default type, where nothing else is said. */
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

/** An upload has begun, of these contents anew, and of those that are stored already (LOG-6). */
export function begun(
  version: string,
  files: Files,
  contents: { readonly uploaded?: readonly string[]; readonly alreadyStored?: readonly string[] },
  details: { readonly aliases?: readonly string[]; readonly tags?: readonly string[] } = {},
): StoreEvent {
  const [collection = '', index = ''] = version.split(':v');
  return {
    type: 'versionBegun',
    versionId: versionId(version),
    collectionId: collectionId(collection),
    index: Number(index),
    manifest: manifestOf(entriesOf(files)),
    scope: scopeOf('collection', collectionId(collection), versionNamed(version).collection.entity),
    requestedAliases: (details.aliases ?? []).map(aliasText),
    tags: details.tags ?? [],
    ttl: INHERITED,
    uploaded: (contents.uploaded ?? []).map((content) => objectId(collection, content)),
    alreadyStored: (contents.alreadyStored ?? []).map((content) => objectId(collection, content)),
  };
}

export function committed(version: string): StoreEvent {
  return { type: 'versionCommitted', versionId: versionId(version) };
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

export function noted(run: string, edge: 'logged' | 'used', version: string): StoreEvent {
  return {
    type: 'lineageNoted',
    runId: runId(run),
    run: runNamed(run),
    edge,
    versionId: versionId(version),
    by: null,
  };
}

/** A version is PENDING_DELETION, and these aliases went with it. */
export function deleted(version: string, ...aliases: readonly string[]): StoreEvent {
  return { type: 'versionDeleted', versionId: versionId(version), aliases: aliases.map(aliasText) };
}

export function collectionGone(name: string): StoreEvent {
  return { type: 'collectionDeleted', collectionId: collectionId(name) };
}
