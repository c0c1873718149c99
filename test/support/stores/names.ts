import { collectionIdOf } from '../../../src/store/artifact-collection.ts';
import { linkIdOf } from '../../../src/store/link.ts';
import { runIdOf } from '../../../src/store/run.ts';
import { objectIdOf, scopeOf } from '../../../src/store/stored-object.ts';
import { versionIdOf } from '../../../src/store/version.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import type {
  Alias,
  CollectionId,
  CollectionName,
  FileName,
  LinkId,
  ObjectId,
  ProjectName,
  RunId,
  RunName,
  VersionId,
  VersionName,
} from '../../../src/values/names.ts';
import {
  isAlias,
  parseCollectionName,
  parseFileName,
  parseProjectName,
  parseRunName,
  parseVersionName,
} from '../../../src/values/names.ts';
import type { Parsed } from '../../../src/values/result.ts';

/** What a parser read; a test that writes what cannot be read is wrong, and stops. */
export function read<Value>(answer: Parsed<Value>, text: string): Value {
  if (!answer.ok) throw new Error(`the test writes "${text}", expected ${answer.expected}`);
  return answer.value;
}

export function collectionNamed(text: string): CollectionName {
  return read(parseCollectionName(text), text);
}

export function versionNamed(text: string): VersionName {
  return read(parseVersionName(text), text);
}

export function fileNamed(text: string): FileName {
  return read(parseFileName(text), text);
}

export function runNamed(text: string): RunName {
  return read(parseRunName(text), text);
}

export function projectNamed(text: string): ProjectName {
  return read(parseProjectName(text), text);
}

/** The id of an artifact collection by its name. */
export function collectionId(text: string): CollectionId {
  return collectionIdOf(collectionNamed(text));
}

/** The id of a version: `animals#1`; by its index, `animals:v0`, where the uploads were committed in their order. */
export function versionId(text: string): VersionId {
  const { collection, serial } = serialNamed(text);
  return versionIdOf(collectionIdOf(collection), serial);
}

/** The sequence and serial of a version, named in one of these ways. */
export function serialNamed(text: string): { readonly collection: CollectionName; readonly serial: number } {
  const { collection, selector } = versionNamed(text);
  if (selector.kind === 'alias') throw new Error(`the test takes "${text}" for an index`);
  return { collection, serial: selector.kind === 'upload' ? selector.serial : selector.index };
}

/** The id of a link by its index in its portfolio: `prod:v0`. */
export function linkId(text: string): LinkId {
  const { collection, index } = indexNamed(text);
  return linkIdOf(collection, index);
}

/** The id of the object of some content in one sequence (LOG-7). */
export function objectId(collection: string, content: string): ObjectId {
  const { entity } = collectionNamed(collection);
  return objectIdOf(scopeOf('collection', collectionId(collection), entity), digestOfName(content));
}

/** The id of the object of some content that a whole entity shares (LOG-7). */
export function sharedObjectId(entity: string, content: string): ObjectId {
  return objectIdOf(scopeOf('entity', collectionId('any'), entity), digestOfName(content));
}

export function runId(text: string): RunId {
  return runIdOf(runNamed(text));
}

/** A text that is an alias. */
export function aliasText(text: string): Alias {
  if (!isAlias(text)) throw new Error(`the test takes "${text}" for an alias`);
  return text;
}

function indexNamed(text: string): { readonly collection: CollectionId; readonly index: number } {
  const { collection, selector } = versionNamed(text);
  if (selector.kind !== 'index') throw new Error(`the test takes "${text}" for an index`);
  return { collection: collectionIdOf(collection), index: selector.index };
}
