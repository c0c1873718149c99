import type { RuleId } from '../../rules/rules.ts';
import { nameOfCollection, nameOfVersion } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import {
  type Alias,
  type CollectionId,
  type ObjectId,
  printable,
  type VersionId,
} from '../../values/names.ts';

/** An event in words, with the rule that explains it; null where it is what the step says already. */
export interface EventDescription {
  readonly sentence: string;
  readonly rule: RuleId | null;
}

/** How many things of one kind a sentence names; the rest are counted. */
export const MOST_NAMED = 4;

/** The names of objects, by what brought them into the store: a digest would mean nothing to a reader. */
export interface ObjectNames {
  /** By their paths, where the version is clear. */
  readonly short: (ids: readonly ObjectId[]) => string;
  /** By the version and path that brought it in. */
  readonly long: (ids: readonly ObjectId[]) => string;
}

/** What the sentences of an event are made with: the store after its step, and the names of what it speaks of. */
export class DescriptionContext {
  readonly after: Store;
  readonly objects: ObjectNames;

  constructor(after: Store, objects: ObjectNames) {
    this.after = after;
    this.objects = objects;
  }

  /** `animals:v0`, as it was born. */
  version(id: VersionId): string {
    return nameOfVersion(this.after, id);
  }

  /** `animals`. */
  collection(id: CollectionId): string {
    return nameOfCollection(this.after, id);
  }
}

/** A word that a user chose, within a sentence. */
export function word(text: string, limit = 40): string {
  return text === '' ? '""' : printable(text, limit);
}

/** `, without best, latest`; nothing where there are none. */
export function withoutAliases(aliases: readonly Alias[]): string {
  return aliases.length === 0 ? '' : `, without ${aliases.map((alias) => word(alias)).join(', ')}`;
}
