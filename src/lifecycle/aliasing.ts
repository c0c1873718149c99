import type { Draft } from 'immer';
import type { ArtifactCollection } from '../store/artifact-collection.ts';
import { linkIdOf } from '../store/link.ts';
import { aliasIndex, collectionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import { versionIdOf } from '../store/version.ts';
import { type Alias, type CollectionId, isAlias, LATEST, type VersionName } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { assert } from '../values/result.ts';
import { accepted, type Decision, type Refusal, refused } from './decision.ts';
import { lookUp } from './targeting.ts';

/** Puts aliases on a version, or a link, and removes others: all of it or, when one is refused, nothing. */
export interface EditAliases {
  readonly type: 'editAliases';
  readonly version: VersionName;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** An alias names this index of an artifact collection from now on, and no longer the one that it was on. */
export interface AliasPut {
  readonly type: 'aliasPut';
  readonly collectionId: CollectionId;
  readonly alias: Alias;
  readonly index: number;
  readonly movedFrom: number | null;
}

/** An alias no longer names anything in an artifact collection. */
export interface AliasRemoved {
  readonly type: 'aliasRemoved';
  readonly collectionId: CollectionId;
  readonly alias: Alias;
  readonly index: number;
}

/** Everything that can be asked for in this chapter. */
export type AliasingCommand = EditAliases;
/** Everything that can happen in this chapter. */
export type AliasingEvent = AliasPut | AliasRemoved;

/**
 * Decides an edit of aliases (ALI-2, ALI-5; basis: doc). Refused: `not-found`; `bad-alias` for what cannot be
 * an alias (ALI-4; basis: sdk, chosen) and for the removal of an index (ALI-3; basis: doc, chosen).
 */
export function decideAliasing(command: AliasingCommand, store: Store): Decision<AliasingEvent> {
  const found = lookUp(store, command.version);
  if (!found.ok) return found;
  const checked = checkedAliases(command.add);
  if (!checked.ok) return checked;
  const indexLike = command.remove.find((alias) => /^v\d+$/.test(alias));
  if (indexLike !== undefined) return refused('indexIsNoAlias', { alias: indexLike });
  const { collection } = found.value;
  const index = found.value.kind === 'link' ? found.value.link.index : found.value.version.index;
  const removed = command.remove.filter((alias): alias is Alias => aliasIndex(collection, alias) === index);
  const kept = checked.aliases.filter((alias) => !removed.includes(alias));
  return accepted<AliasingEvent>([
    ...aliasesPut(collection, index, kept),
    ...[...new Set(removed)].map(
      (alias): AliasRemoved => ({ type: 'aliasRemoved', collectionId: collection.id, alias, index }),
    ),
  ]);
}

/** The aliases of a command, each once. Refused with `bad-alias` (ALI-4; basis: sdk, chosen). */
export function checkedAliases(
  texts: readonly string[],
):
  | { readonly ok: true; readonly aliases: readonly Alias[] }
  | { readonly ok: false; readonly refusal: Refusal } {
  const aliases: Alias[] = [];
  for (const text of new Set(texts)) {
    if (!isAlias(text)) return refused('badAlias', { alias: text });
    aliases.push(text);
  }
  return { ok: true, aliases };
}

/** The events that put aliases on an index, leaving out those that are there already (ALI-2; basis: doc). */
export function aliasesPut(
  collection: Pick<ArtifactCollection, 'id' | 'aliases'>,
  index: number,
  aliases: readonly Alias[],
): readonly AliasPut[] {
  return aliases.flatMap((alias): AliasPut[] => {
    const movedFrom = aliasIndex(collection, alias) ?? null;
    if (movedFrom === index) return [];
    return [{ type: 'aliasPut', collectionId: collection.id, alias, index, movedFrom }];
  });
}

/** The aliases that logging and linking put on what is new: `latest` first, then those given (ALI-1; basis: doc). */
export function withLatest(aliases: readonly Alias[]): readonly Alias[] {
  return [LATEST, ...aliases.filter((alias) => alias !== LATEST)];
}

/** Plays an event of this chapter on the draft of a store. */
export function evolveAliasing(store: Draft<Store>, event: AliasingEvent): void {
  switch (event.type) {
    case 'aliasPut':
      if (event.movedFrom !== null) takeFrom(store, event.collectionId, event.movedFrom, event.alias);
      giveTo(store, event.collectionId, event.index, event.alias);
      return;
    case 'aliasRemoved':
      takeFrom(store, event.collectionId, event.index, event.alias);
      return;
  }
}

function giveTo(store: Draft<Store>, collectionId: CollectionId, index: number, alias: Alias): void {
  store.collections = store.collections.amend(collectionId, (collection) => {
    collection.aliases = collection.aliases.insert(alias, { index });
  });
  rewriteAliases(store, collectionId, index, (aliases) => [...aliases, alias].sort(byCodePoint));
}

function takeFrom(store: Draft<Store>, collectionId: CollectionId, index: number, alias: Alias): void {
  store.collections = store.collections.amend(collectionId, (collection) => {
    collection.aliases = collection.aliases.remove(alias);
  });
  rewriteAliases(store, collectionId, index, (aliases) => aliases.filter((other) => other !== alias));
}

// The bearer keeps its own list too, so that a deletion need not look through the collection's aliases.
function rewriteAliases(
  store: Draft<Store>,
  collectionId: CollectionId,
  index: number,
  rewrite: (aliases: readonly Alias[]) => Alias[],
): void {
  if (collectionById(store, collectionId).kind === 'portfolio') {
    store.links = store.links.amend(linkIdOf(collectionId, index), (link) => {
      link.aliases = rewrite(link.aliases);
    });
    return;
  }
  store.versions = store.versions.amend(versionIdOf(collectionId, index), (version) => {
    assert(version.state.kind === 'COMMITTED', 'only a COMMITTED version bears aliases');
    version.state.aliases = rewrite(version.state.aliases);
  });
}
