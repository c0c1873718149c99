import type { ArtifactCollection } from '../../../store/artifact-collection.ts';
import { collectionById } from '../../../store/look-up.ts';
import type { Store } from '../../../store/store.ts';
import { INHERITED, NO_TTL, type RequestedTtl } from '../../../store/time-to-live.ts';
import type { Version } from '../../../store/version.ts';
import { type Json, jsonObjectOf, parsedJson } from '../../../values/json.ts';
import { type CollectionId, type CollectionName, printable, type RunName } from '../../../values/names.ts';
import type { Seconds } from '../../../values/units.ts';
import { requestError } from '../errors.ts';
import { keyIn, versionIdIn } from '../ids.ts';

/** What clients may leave out: some send null for it. */
export type Optional<Value> = Value | null | undefined;

/** The arguments of a mutation. */
export interface Input<Fields> {
  readonly input: Fields;
}

/** Where a run is, as inputs say it. */
export interface RunInput {
  readonly entityName: string;
  readonly projectName: string;
  readonly runName: string;
}

/** A tag, of which only the name counts. */
export interface TagInput {
  readonly tagName: string;
}

/** The version that an id names, in any state. Throws a request error if there is none. */
export function versionOf(store: Store, id: string): Version {
  const version = store.versions.get(versionIdIn(id));
  if (version !== undefined) return version;
  throw requestError(`There is no artifact with the id "${printable(id)}".`);
}

/** The artifact collection that an id names, deleted or not. Throws a request error if there is none. */
export function collectionOf(store: Store, id: string): ArtifactCollection {
  const collection = store.collections.get(keyIn('ArtifactCollection', id) as CollectionId);
  if (collection !== undefined) return collection;
  throw requestError(`There is no artifact collection with the id "${printable(id)}".`);
}

/** The name of the sequence of a version. */
export function sequenceOf(store: Store, { collectionId }: Pick<Version, 'collectionId'>): CollectionName {
  return collectionById(store, collectionId).name;
}

/** The name of the run of an input. */
export function runOf({ entityName: entity, projectName: project, runName: run }: RunInput): RunName {
  return { entity, project, run };
}

/** The names of tags, each once. */
export function tagNames(tags: Optional<readonly TagInput[]>): readonly string[] {
  return [...new Set((tags ?? []).map(({ tagName }) => tagName))];
}

const INHERIT = -1;
const DISABLED = -2;

/** The TTL of an input in seconds; -1 inherits, -2 is none. Null if it says nothing. */
export function ttlOf(given: unknown): RequestedTtl | null {
  const seconds = wholeNumber(given, 'ttlDurationSeconds');
  if (seconds === null) return null;
  if (seconds === INHERIT) return INHERITED;
  if (seconds === DISABLED) return NO_TTL;
  return seconds > 0
    ? { kind: 'lasting', seconds: seconds as Seconds }
    : { kind: 'invalid', given: `${seconds}s` };
}

/** An Int64, which arrives as a number or as digits; null if it says nothing. Throws a request error for anything else. */
export function wholeNumber(given: unknown, name: string): number | null {
  if (given === null || given === undefined) return null;
  const number = typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw requestError(`Expected "${name}" to be a whole number.`);
}

/** The metadata of an input, the text of a JSON object; null if it says nothing. Throws a request error for other texts. */
export function metadataOf(text: unknown): Json | null {
  if (text === null || text === undefined) return null;
  const json = typeof text === 'string' ? jsonObjectOf(parsedJson(text)) : null;
  if (json === null) throw requestError('Expected "metadata" to be the text of a JSON object.');
  return json;
}
