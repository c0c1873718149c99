import type { StoreEvent, StoreEventType } from '../../decider/event.ts';
import type { RuleId } from '../../rules/rules.ts';
import { linkIdOf } from '../../store/link.ts';
import {
  collectionById,
  nameOfCollection,
  nameOfLink,
  nameOfVersion,
  uploadName,
  versionIdAt,
} from '../../store/look-up.ts';
import type { Manifest } from '../../store/manifest.ts';
import { referencesFrom, referencesTo } from '../../store/references/referrers.ts';
import type { Store } from '../../store/store.ts';
import {
  type Alias,
  type CollectionId,
  type ObjectId,
  printable,
  shortVersionName,
  type VersionId,
} from '../../values/names.ts';
import {
  fileReference,
  type Reference,
  type Sentence,
  sentence,
  sentenceOf,
  versionReference,
} from '../sentence.ts';

/** An event in words, with the rule that explains it; null if the event only repeats the step. */
export interface EventDescription {
  readonly sentence: Sentence;
  readonly rule: RuleId | null;
}

/** An event of one type. */
export type EventOf<Type extends StoreEventType> = {
  readonly [Each in Type]: Extract<StoreEvent, { readonly type: Each }>;
}[Type];

/** How to describe each type of event. A missing type does not compile. */
export type Describers = {
  readonly [Type in StoreEventType]: (event: EventOf<Type>, context: DescriptionContext) => EventDescription;
};

/** The most things that a sentence names; the rest are counted. */
export const MOST_NAMED = 4;

/** Names objects by the version and path that first stored them, since readers cannot recognize digests. */
export interface ObjectNames {
  /** By path alone, where the version is clear. */
  readonly short: (ids: readonly ObjectId[]) => Sentence;
  /** By version and path. */
  readonly long: (ids: readonly ObjectId[]) => Sentence;
}

/** What descriptions look up: names in the store after the step, and names of objects. */
export class DescriptionContext {
  readonly after: Store;
  readonly objects: ObjectNames;
  /** Whether an alias that is added now came with a log. */
  readonly justLogged: boolean;
  readonly #begunInStep: ReadonlySet<VersionId>;

  constructor(after: Store, objects: ObjectNames, justLogged: boolean, begunInStep: ReadonlySet<VersionId>) {
    this.after = after;
    this.objects = objects;
    this.justLogged = justLogged;
    this.#begunInStep = begunInStep;
  }

  /** `animals:v0`. */
  version(id: VersionId): Reference {
    return versionReference({ versionId: id, version: nameOfVersion(this.after, id) });
  }

  /** `animals#0`: what earlier steps called a version that is committed now; null if its upload began in this step. */
  uploadOf(id: VersionId): Reference | null {
    if (this.#begunInStep.has(id)) return null;
    return versionReference({ versionId: id, version: shortVersionName(uploadName(this.after, id)) });
  }

  /** What was uploaded, what was already stored (LOG-6), and what it refers to (DEL-18). */
  files({ versionId, manifest, uploaded, alreadyStored }: EventOf<'versionBegun' | 'filesAdded'>): Sentence {
    const parts = [
      ...(uploaded.length > 0 ? [sentence`uploads ${this.objects.short(uploaded)}`] : []),
      ...(alreadyStored.length > 0 ? [sentence`already stored: ${this.objects.short(alreadyStored)}`] : []),
      ...this.pointing(versionId, manifest),
    ];
    return parts.length === 0 ? ['no files to upload'] : sentenceOf(parts, '; ');
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

  /** `refers to animals:v0/cat`: what an alias in an address resolved to (DEL-18). */
  pointing(id: VersionId, manifest: Manifest): readonly Sentence[] {
    const all = [...referencesFrom(id, manifest)];
    if (all.length === 0) return [];
    const named = all.slice(0, MOST_NAMED).map(({ versionId, targetPath: path }): Sentence => {
      return [fileReference({ versionId, version: nameOfVersion(this.after, versionId), path })];
    });
    const rest = all.length - named.length;
    return [sentence`refers to ${sentenceOf(named, ', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
  }

  /** `; index:v0/cat refers to it and dangles now`; empty if nothing refers to a version that is deleted (DEL-18). */
  dangling(id: VersionId): Sentence {
    const named: Sentence[] = [];
    let count = 0;
    for (const { referrerId, path } of referencesTo(this.after, id)) {
      count += 1;
      if (count > MOST_NAMED) continue;
      named.push([
        fileReference({ versionId: referrerId, version: nameOfVersion(this.after, referrerId), path }),
      ]);
    }
    if (count === 0) return [];
    const rest = count - named.length;
    const all = sentence`${sentenceOf(named, ', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    return sentence`; ${all} ${count === 1 ? 'refers to it and dangles' : 'refer to it and dangle'} now`;
  }

  /** `animals:v0` or `prod:v0`: a version or link that an alias points to. */
  member(collectionId: CollectionId, index: number): Reference {
    const collection = collectionById(this.after, collectionId);
    const versionId = collection.kind === 'portfolio' ? undefined : versionIdAt(collection, index);
    return versionId === undefined ? this.link(collectionId, index) : this.version(versionId);
  }
}

/** A user-chosen word in a sentence. */
export function word(text: string, limit = 40): string {
  return text === '' ? '""' : printable(text, limit);
}

/** ` and loses its aliases best, latest`; empty without aliases. */
export function lostAliases(aliases: readonly Alias[]): string {
  if (aliases.length === 0) return '';
  const names = aliases.map((alias) => word(alias)).join(', ');
  return ` and loses its ${aliases.length === 1 ? 'alias' : 'aliases'} ${names}`;
}
