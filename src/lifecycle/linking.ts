import { withLists, withoutAliases } from '../store/artifact-collection.ts';
import { type Link, linkIdOf } from '../store/link.ts';
import { collectionById, linkById, nameOfLink, nameOfVersion } from '../store/look-up.ts';
import { roleIn, type Who } from '../store/people.ts';
import { isInRegistry, projectIdOf } from '../store/project.ts';
import { type Protection, protectionOfLink } from '../store/protection.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { NO_TTL } from '../store/time-to-live.ts';
import {
  type Alias,
  type CollectionId,
  type CollectionName,
  type LinkId,
  shortCollectionName,
  type VersionId,
  type VersionName,
} from '../values/names.ts';
import { type AliasPut, aliasesPut, checkedAliases, protectedFrom, withLatest } from './aliasing.ts';
import { accepted, type Decision, type Refusal, type Refused, refused } from './decision.ts';
import { requeueExpiry } from './expiry/expiry-queue.ts';
import type { TtlSet } from './expiry/time-to-live.ts';
import { type CollectionCreated, placeFor } from './logging/collection-creation.ts';
import { lookUp, lookUpVersion } from './targeting.ts';

/** Links a version to a portfolio, which the first link creates. */
export interface LinkVersion {
  readonly type: 'linkVersion';
  readonly version: VersionName;
  readonly to: CollectionName;
  readonly aliases: readonly string[];
  readonly by?: Who;
}

/** Removes a link from its portfolio; its source stays. */
export interface UnlinkVersion {
  readonly type: 'unlinkVersion';
  readonly link: VersionName;
  readonly by?: Who;
}

/** The commands of this chapter. */
export type LinkingCommand = LinkVersion | UnlinkVersion;

/** A version was linked to a portfolio, at its own index there. */
export interface VersionLinked {
  readonly type: 'versionLinked';
  readonly linkId: LinkId;
  readonly portfolioId: CollectionId;
  readonly index: number;
  readonly versionId: VersionId;
}

/** A link was removed, with its aliases. */
export interface LinkRemoved {
  readonly type: 'linkRemoved';
  readonly linkId: LinkId;
  readonly portfolioId: CollectionId;
  readonly index: number;
  readonly versionId: VersionId;
  readonly aliases: readonly Alias[];
}

/** The events of this chapter. */
export type LinkingEvent = VersionLinked | LinkRemoved;

type LinkingDecision = Decision<LinkingEvent | CollectionCreated | AliasPut | TtlSet>;

/**
 * Decides linking and unlinking. Linking to a registry sets the source's TTL to none, and unlinking does not bring it back
 * (TTL-4). Linking again to the same portfolio only adds aliases. Refuses with `not-found`, `bad-name`, `bad-alias`,
 * `type-mismatch`, `not-a-portfolio`; `not-a-link` for unlinking a version (DEL-6); `forbidden` because of a protected
 * alias (ALI-7).
 */
export function decideLinking(command: LinkingCommand, store: Store): LinkingDecision {
  return command.type === 'linkVersion' ? decideLink(command, store) : decideUnlink(command, store);
}

function decideLink(command: LinkVersion, store: Store): LinkingDecision {
  const source = lookUpVersion(store, command.version);
  if (!source.ok) return source;
  const { artifactType } = collectionById(store, source.value.collectionId);
  const placed = placeFor(store, command.to, 'portfolio', artifactType);
  if (!placed.ok) return placed;
  const { collection, created } = placed.place;
  const checked = checkedAliases(command.aliases);
  if (!checked.ok) return checked;
  const aliases = withLatest(checked.aliases);
  const existing = source.value.links
    .map((linkId) => linkById(store, linkId))
    .find((link) => link.portfolioId === collection.id);
  const put = existing === undefined ? aliases : checked.aliases;
  const forbidden = protectedFrom(store, collection, command.by ?? null, put);
  if (forbidden !== undefined) return forbidden;
  if (existing !== undefined) return accepted([...aliasesPut(collection, existing.index, checked.aliases)]);
  const index = collection.nextIndex;
  const linked: VersionLinked = {
    type: 'versionLinked',
    linkId: linkIdOf(collection.id, index),
    portfolioId: collection.id,
    index,
    versionId: source.value.id,
  };
  const isExempted = isInRegistry(store, collection.name) && source.value.ttl.kind !== 'none';
  const exempted: readonly TtlSet[] = isExempted
    ? [{ type: 'ttlSet', versionId: source.value.id, ttl: NO_TTL, cause: 'linked' }]
    : [];
  return accepted<LinkingEvent | CollectionCreated | AliasPut | TtlSet>([
    ...created,
    linked,
    ...exempted,
    ...aliasesPut(collection, index, aliases),
  ]);
}

function decideUnlink(command: UnlinkVersion, store: Store): Decision<LinkRemoved> {
  const found = lookUp(store, command.link);
  if (!found.ok) return found;
  if (found.value.kind === 'link') return decideRemoval(store, found.value.link, command.by);
  return refused('notALink', {
    version: nameOfVersion(store, found.value.version.id),
    collection: shortCollectionName(found.value.collection.name),
  });
}

/** Decides the removal of a link. Refuses with `forbidden` as `forbiddenRemoval` does. */
export function decideRemoval(store: Store, link: Link, by: Who = null): Decision<LinkRemoved> {
  return forbiddenRemoval(store, [link], by, nameOfLink(store, link)) ?? accepted([linkRemoved(link)]);
}

/**
 * Refuses with `forbidden` the removal of links with protected aliases by anyone but an admin of their registry (ALI-7,
 * ACL-4). `deleted` is what would be deleted, for the message.
 */
export function forbiddenRemoval(
  store: Store,
  links: readonly Link[],
  by: Who,
  deleted: string,
): Refused | undefined {
  if (by === null) return undefined;
  const protections = links
    .flatMap((link) => protectionOfLink(store, link) ?? [])
    .filter(({ link }) => {
      const { name } = collectionById(store, link.portfolioId);
      return roleIn(store.people, projectIdOf(name), by) !== 'admin';
    });
  const [first] = protections;
  if (first === undefined) return undefined;
  const facts = { person: by, deleted, alias: first.alias, link: nameOfLink(store, first.link) };
  return refused(
    'protectedLink',
    facts,
    protections.map((protection) => protectionText(store, protection)),
  );
}

/** The refusal of a deletion of source versions because of protected aliases: it describes one and names all (ALI-7). */
export function protectedRefusal(
  store: Store,
  first: Protection,
  deleted: string,
  others: readonly Protection[] = [],
): { readonly ok: false; readonly refusal: Refusal } {
  const blockers = [first, ...others].map((protection) => protectionText(store, protection));
  return refused(
    'protectedAlias',
    { deleted, alias: first.alias, link: nameOfLink(store, first.link) },
    blockers,
  );
}

/** A protected alias as a refusal names it among its blockers: `models/prod:v0 (live)`. */
export function protectionText(store: Store, { link, alias }: Protection): string {
  return `${nameOfLink(store, link)} (${alias})`;
}

/** The event that removes a link. */
export function linkRemoved(link: Link): LinkRemoved {
  const { id: linkId, portfolioId, index, versionId, aliases } = link;
  return { type: 'linkRemoved', linkId, portfolioId, index, versionId, aliases };
}

/** The events that remove every link to a version, which go with it (DEL-7, DEL-13). */
export function linksRemoved(store: Store, linkIds: readonly LinkId[]): readonly LinkRemoved[] {
  return linkIds.map((linkId) => linkRemoved(linkById(store, linkId)));
}

/** The evolvers of this chapter. */
export const EVOLVE_LINKING: Evolvers<LinkingEvent> = {
  versionLinked: (store, event) => {
    const { now } = store;
    store.links = store.links.insert(event.linkId, {
      id: event.linkId,
      portfolioId: event.portfolioId,
      index: event.index,
      versionId: event.versionId,
      aliases: [],
      linkedAt: now,
    });
    store.collections = store.collections.amend(event.portfolioId, (portfolio) =>
      withLists(portfolio, {
        nextIndex: event.index + 1,
        listed: portfolio.listed.insert(event.index, event.versionId),
      }),
    );
    store.versions = store.versions.amend(event.versionId, (version) => ({
      ...version,
      links: [...version.links, event.linkId],
    }));
  },
  linkRemoved: (store, event) => {
    store.links = store.links.remove(event.linkId);
    store.collections = store.collections.amend(event.portfolioId, (portfolio) =>
      withLists(portfolio, {
        listed: portfolio.listed.remove(event.index),
        aliases: withoutAliases(portfolio.aliases, event.aliases),
      }),
    );
    store.versions = store.versions.amend(event.versionId, (version) => ({
      ...version,
      links: version.links.filter((linkId) => linkId !== event.linkId),
    }));
    requeueExpiry(store, event.versionId);
  },
};
