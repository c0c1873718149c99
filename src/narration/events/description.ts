import type { StoreEvent, StoreEventType } from '../../decider/event.ts';
import type { RuleId } from '../../rules/rules.ts';
import { linkIdOf } from '../../store/link.ts';
import { collectionById, nameOfCollection, nameOfLink, nameOfVersion } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { versionIdOf } from '../../store/version.ts';
import {
  type Alias,
  type CollectionId,
  type ObjectId,
  printable,
  type VersionId,
} from '../../values/names.ts';
import { type Reference, type Sentence, versionReference } from '../sentence.ts';

/** An event in words, with the rule that explains it; null where the event only repeats the step. */
export interface EventDescription {
  readonly sentence: Sentence;
  readonly rule: RuleId | null;
}

/** An event of one type. */
export type EventOf<Type extends StoreEventType> = {
  readonly [Each in Type]: Extract<StoreEvent, { readonly type: Each }>;
}[Type];

/** For each type of event, how to put it into words. A type that is missing does not compile. */
export type Describers = {
  readonly [Type in StoreEventType]: (event: EventOf<Type>, context: DescriptionContext) => EventDescription;
};

/** How many things of one kind a sentence names; the rest are counted. */
export const MOST_NAMED = 4;

/** Names objects by what brought them into the store, since a digest means nothing to a reader. */
export interface ObjectNames {
  /** By their paths, where the version is clear. */
  readonly short: (ids: readonly ObjectId[]) => Sentence;
  /** By the version and path that brought them in. */
  readonly long: (ids: readonly ObjectId[]) => Sentence;
}

/** What describers look up: names in the store after the step, and of objects. */
export class DescriptionContext {
  readonly after: Store;
  readonly objects: ObjectNames;
  /** Whether an alias that is put now came with a log. */
  readonly justLogged: boolean;

  constructor(after: Store, objects: ObjectNames, justLogged: boolean) {
    this.after = after;
    this.objects = objects;
    this.justLogged = justLogged;
  }

  /** `animals:v0`. */
  version(id: VersionId): Reference {
    return versionReference({ versionId: id, version: nameOfVersion(this.after, id) });
  }

  /** `animals`. */
  collection(id: CollectionId): Reference {
    return { kind: 'collection', id, text: printable(nameOfCollection(this.after, id), 400) };
  }

  /** `prod:v0`: a link of a portfolio. */
  link(portfolioId: CollectionId, index: number): Reference {
    const text = printable(nameOfLink(this.after, { portfolioId, index }), 400);
    return { kind: 'link', id: linkIdOf(portfolioId, index), text };
  }

  /** `animals:v0`, or `prod:v0`: what an alias of a collection can point to. */
  member(collectionId: CollectionId, index: number): Reference {
    return collectionById(this.after, collectionId).kind === 'portfolio'
      ? this.link(collectionId, index)
      : this.version(versionIdOf(collectionId, index));
  }
}

/** A word that a user chose, within a sentence. */
export function word(text: string, limit = 40): string {
  return text === '' ? '""' : printable(text, limit);
}

/** ` and loses its aliases best, latest`; nothing where there are none. */
export function lostAliases(aliases: readonly Alias[]): string {
  if (aliases.length === 0) return '';
  const names = aliases.map((alias) => word(alias)).join(', ');
  return ` and loses its ${aliases.length === 1 ? 'alias' : 'aliases'} ${names}`;
}
