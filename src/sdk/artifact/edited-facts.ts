import { type VersionFacts, versionFacts } from '../../store/version.ts';
import { EMPTY_OBJECT, type Json, jsonObjectOf, jsonValue } from '../../values/json.ts';
import { ValueError } from '../errors.ts';
import { textIn } from '../input/arguments.ts';

/** The most keys that the metadata of an artifact can have (basis: sdk). */
export const MOST_METADATA_KEYS = 100;

/** The description and metadata of an artifact, as a script edits them. */
export class EditedFacts {
  #description: string | null;
  #metadata: Record<string, unknown>;

  constructor(facts: VersionFacts | null) {
    this.#description = facts?.description ?? null;
    this.#metadata = mutable(facts?.metadata ?? EMPTY_OBJECT);
  }

  get description(): string | null {
    return this.#description;
  }

  set description(given: string | null | undefined) {
    this.#description = textOrNull(given);
  }

  /** Can be edited in place, as in Python. */
  get metadata(): Record<string, unknown> {
    return this.#metadata;
  }

  set metadata(given: object | null | undefined) {
    this.#metadata = mutable(metadataIn(given ?? {}));
  }

  /** The facts as they are now. Throws `ValueError` if the metadata was edited to something that JSON does not have. */
  get now(): VersionFacts | null {
    return versionFacts(this.#description, metadataIn(this.#metadata));
  }

  /** Takes the facts of the service, except those that were edited since they were `before`. */
  update(before: VersionFacts | null, facts: VersionFacts | null): void {
    if (this.#description === (before?.description ?? null)) this.#description = facts?.description ?? null;
    const metadata = jsonObjectOf(this.#metadata);
    // Keep an equal object, because a script may hold a reference to it.
    if (metadata === (before?.metadata ?? EMPTY_OBJECT) && metadata !== (facts?.metadata ?? EMPTY_OBJECT)) {
      this.#metadata = mutable(facts?.metadata ?? EMPTY_OBJECT);
    }
  }
}

function textOrNull(given: string | null | undefined): string | null {
  return given === null || given === undefined ? null : textIn(given, 'the description of an artifact');
}

function metadataIn(given: object): Json {
  const json = jsonObjectOf(given);
  if (json === null) throw new ValueError('metadata must be an object of JSON values, or a Map of them');
  if (Object.keys(mutable(json)).length > MOST_METADATA_KEYS) {
    throw new ValueError(`metadata must not have more than ${MOST_METADATA_KEYS} keys`);
  }
  return json;
}

function mutable(metadata: Json): Record<string, unknown> {
  return Object(jsonValue(metadata));
}
