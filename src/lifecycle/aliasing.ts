import { type ArtifactCollection, withLists } from '../store/artifact-collection.ts';
import { linkIdOf } from '../store/link.ts';
import { aliasIndex, collectionById, linkById, nameOfVersion } from '../store/look-up.ts';
import { roleIn, type Who } from '../store/people.ts';
import { isInRegistry, projectIdOf } from '../store/project.ts';
import type { Evolvers, Store, StoreDraft } from '../store/store.ts';
import { inState } from '../store/version.ts';
import {
  type Alias,
  type CollectionId,
  isAlias,
  LATEST,
  shortCollectionName,
  type VersionName,
} from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { assert } from '../values/result.ts';
import { accepted, type Decision, type Refusal, refused } from './decision.ts';
import { requeueExpiry } from './expiry/expiry-queue.ts';
import { lookUp } from './targeting.ts';

/** Adds and removes aliases of a version or link. If one of them is refused, nothing changes. */
export interface EditAliases {
  readonly type: 'editAliases';
  readonly version: VersionName;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Aliases to add to a link as protected aliases (ALI-7). */
  readonly protect: readonly string[];
  readonly by?: Who;
}

/** An alias now names this index of an artifact collection; `movedFrom` is the index that it named before. */
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

/** An alias became protected in a registry collection (ALI-7). */
export interface AliasProtected {
  readonly type: 'aliasProtected';
  readonly collectionId: CollectionId;
  readonly alias: Alias;
}

/** The commands of this chapter. */
export type AliasingCommand = EditAliases;
/** The events of this chapter. */
export type AliasingEvent = AliasPut | AliasRemoved | AliasProtected;

/**
 * Decides an edit of aliases (ALI-2, ALI-5). Refuses with `not-found`; `bad-alias` for an invalid alias (ALI-4) or the
 * removal of an index (ALI-3); `not-a-link` for a protected alias on a version, `not-a-registry` for one
 * elsewhere; `forbidden` for protected aliases without the permission (ALI-7).
 */
export function decideAliasing(command: AliasingCommand, store: Store): Decision<AliasingEvent> {
  const found = lookUp(store, command.version);
  if (!found.ok) return found;
  const checked = checkedAliases([...command.add, ...command.protect]);
  if (!checked.ok) return checked;
  const protect = checkedAliases(command.protect);
  if (!protect.ok) return protect;
  const indexLike = command.remove.find((alias) => /^v\d+$/.test(alias));
  if (indexLike !== undefined) return refused('indexIsNoAlias', { alias: indexLike });
  const { collection } = found.value;
  if (protect.aliases.length > 0 && found.value.kind === 'version') {
    return refused('protectingNoLink', { version: nameOfVersion(store, found.value.version.id) });
  }
  if (protect.aliases.length > 0 && !isInRegistry(store, collection.name)) {
    return refused('protectingOutside', { collection: shortCollectionName(collection.name) });
  }
  const { index } = found.value;
  const removed = command.remove.filter((alias): alias is Alias => aliasIndex(collection, alias) === index);
  const kept = checked.aliases.filter((alias) => !removed.includes(alias));
  const forbidden = protectedFrom(
    store,
    collection,
    command.by ?? null,
    [...kept, ...removed],
    protect.aliases,
  );
  if (forbidden !== undefined) return forbidden;
  return accepted<AliasingEvent>([
    ...aliasesPut(collection, index, kept),
    ...[...new Set(removed)].map(
      (alias): AliasRemoved => ({ type: 'aliasRemoved', collectionId: collection.id, alias, index }),
    ),
    ...protect.aliases
      .filter((alias) => !collection.protectedAliases.has(alias) && !removed.includes(alias))
      .map((alias): AliasProtected => ({ type: 'aliasProtected', collectionId: collection.id, alias })),
  ]);
}

/** Refuses with `forbidden` a change of protected aliases by anyone but an admin of the registry (ALI-7, ACL-4). */
export function protectedFrom(
  store: Store,
  collection: Pick<ArtifactCollection, 'id' | 'name' | 'protectedAliases'>,
  by: Who,
  touched: readonly Alias[],
  protect: readonly Alias[] = [],
): { readonly ok: false; readonly refusal: Refusal } | undefined {
  const alias = protect[0] ?? touched.find((other) => collection.protectedAliases.has(other));
  if (alias === undefined || by === null) return undefined;
  if (roleIn(store.people, projectIdOf(collection.name), by) === 'admin') return undefined;
  const facts = { alias, person: by, collection: shortCollectionName(collection.name) };
  return refused('aliasProtected', facts, [alias]);
}

/** The valid aliases of a command, without duplicates. Refuses with `bad-alias` (ALI-4). */
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

/** The events that put aliases on an index, except those that are already there (ALI-2). */
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

/** The aliases of a new version or link: `latest`, then the given ones (ALI-1). */
export function withLatest(aliases: readonly Alias[]): readonly Alias[] {
  return [LATEST, ...aliases.filter((alias) => alias !== LATEST)];
}

/** The evolvers of this chapter. */
export const EVOLVE_ALIASING: Evolvers<AliasingEvent> = {
  aliasPut: (store, { collectionId, alias, index, movedFrom }) => {
    store.collections = store.collections.amend(collectionId, (collection) =>
      withLists(collection, { aliases: collection.aliases.insert(alias, { index }) }),
    );
    rewriteAliases(store, collectionId, [
      ...(movedFrom === null ? [] : [[movedFrom, without(alias)] as const]),
      [index, (aliases) => (aliases.length === 0 ? [alias] : [...aliases, alias].sort(byCodePoint))],
    ]);
  },
  aliasRemoved: (store, { collectionId, alias, index }) => {
    store.collections = store.collections.amend(collectionId, (collection) =>
      withLists(collection, { aliases: collection.aliases.remove(alias) }),
    );
    rewriteAliases(store, collectionId, [[index, without(alias)]]);
  },
  aliasProtected: (store, { collectionId, alias }) => {
    store.collections = store.collections.amend(collectionId, (collection) => ({
      ...collection,
      protectedAliases: collection.protectedAliases.insert(alias, true),
    }));
    const index = aliasIndex(collectionById(store, collectionId), alias);
    const link = index === undefined ? undefined : store.links.get(linkIdOf(collectionId, index));
    if (link !== undefined) requeueExpiry(store, link.versionId);
  },
};

type Rewrite = (aliases: readonly Alias[]) => readonly Alias[];

const without =
  (alias: Alias): Rewrite =>
  (aliases) =>
    aliases.filter((other) => other !== alias);

// Versions and links keep their own list too, so that a deletion need not search the collection's aliases.
function rewriteAliases(
  store: StoreDraft,
  collectionId: CollectionId,
  rewrites: readonly (readonly [index: number, rewrite: Rewrite])[],
): void {
  const { kind: collectionKind, listed } = collectionById(store, collectionId);
  if (collectionKind === 'portfolio') {
    for (const [index, rewrite] of rewrites) {
      const id = linkIdOf(collectionId, index);
      store.links = store.links.amend(id, (link) => ({ ...link, aliases: rewrite(link.aliases) }));
      requeueExpiry(store, linkById(store, id).versionId);
    }
    return;
  }
  const given = rewrites.map(([index, rewrite]) => {
    const versionId = listed.get(index);
    assert(versionId !== undefined, 'only a listed version has aliases');
    return [versionId, rewrite] as const;
  });
  store.versions = store.versions.putAll(given, (version, rewrite) => {
    assert(version?.state.kind === 'COMMITTED', 'only a COMMITTED version has aliases');
    const { kind, committedAt, aliases } = version.state;
    return inState(version, { kind, committedAt, aliases: rewrite(aliases) });
  });
}
