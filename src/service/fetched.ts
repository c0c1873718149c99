import { type Refusal, refused } from '../lifecycle/decision.ts';
import { lookUp, notFound } from '../lifecycle/targeting.ts';
import { type Link, linkIdOf } from '../store/link.ts';
import { collectionById, type Found, indexedName, linkNameOf, versionById } from '../store/look-up.ts';
import { isSameUpload, type Manifest } from '../store/manifest.ts';
import type { Store } from '../store/store.ts';
import type { TimeToLive } from '../store/time-to-live.ts';
import { aliasesOf, type Version, type VersionFacts, type VersionStateName } from '../store/version.ts';
import { shortVersionName, type VersionId, type VersionName } from '../values/names.ts';
import type { Instant, Seconds } from '../values/units.ts';
import { type Answer, answered } from './answer.ts';

/** Where an artifact is fetched from: a version in its sequence, or a link in a portfolio. */
export interface Address {
  readonly versionId: VersionId;
  readonly link: Pick<Link, 'portfolioId' | 'index'> | null;
}

/** What is known of an artifact since it was fetched. */
export interface ArtifactFacts {
  /** Its name by index, in the artifact collection that it was fetched from. */
  readonly name: VersionName;
  /** Its name by index, in its own sequence. */
  readonly source: VersionName;
  readonly artifactType: string;
  readonly state: VersionStateName;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** Its description and metadata; null if it has neither. */
  readonly described: VersionFacts | null;
  readonly ttl: TimeToLive;
  /** The TTL of a version that inherits; null if the team has no default. */
  readonly teamTtl: Seconds | null;
  readonly manifest: Manifest;
  readonly createdAt: Instant;
}

/** An artifact that was fetched: where from, and what it was then. */
export interface Fetched {
  readonly address: Address;
  readonly facts: ArtifactFacts;
}

/**
 * Fetches the artifact of a name, of this type if one is given. Refuses with `not-found`; `type-mismatch` for another type
 * (LOG-1).
 */
export function fetchNamed(store: Store, name: VersionName, type: string | null = null): Answer<Fetched> {
  const found = lookUp(store, name);
  if (!found.ok) return found;
  const { artifactType } = found.value.collection;
  if (type !== null && type !== artifactType) {
    return refused('otherTypeAsked', { name: shortVersionName(name), current: artifactType, asked: type });
  }
  return answered(fetchAt(store, addressOf(found.value)));
}

/** Fetches the artifact at an address, in any state; a deleted link has no aliases. */
export function fetchAt(store: Store, address: Address): Fetched {
  const version = versionById(store, address.versionId);
  const { link } = address;
  return {
    address,
    facts: {
      name: nameAt(store, address),
      source: indexedName(store, version),
      artifactType: collectionById(store, version.collectionId).artifactType,
      state: version.state.kind,
      aliases:
        link === null
          ? aliasesOf(version)
          : (store.links.get(linkIdOf(link.portfolioId, link.index))?.aliases ?? []),
      tags: version.tags,
      described: version.facts,
      ttl: version.ttl,
      teamTtl: store.people.ttlDefaultSeconds,
      manifest: version.manifest,
      createdAt: version.createdAt,
    },
  };
}

/** The address of what a name resolves to. */
export function addressOf(found: Found): Address {
  return { versionId: found.version.id, link: found.kind === 'link' ? linkAddress(found.link) : null };
}

/** The address of a link to a version. */
export function linkAddress({ portfolioId, index }: Link): Address['link'] {
  return { portfolioId, index };
}

/** The name of an artifact by index, where it was fetched from. */
export function nameAt(store: Store, { versionId, link }: Address): VersionName {
  if (link === null) return indexedName(store, versionById(store, versionId));
  return linkNameOf(store, link);
}

/**
 * The version of a fetched artifact, in any state. Refuses with `not-found` if the call that made or linked it was undone,
 * even if another version has its name since (DEL-3; basis: chosen).
 */
export function versionOf(store: Store, { address, facts }: Fetched): Answer<Version> {
  const { versionId, link } = address;
  const { name, source, manifest, createdAt } = facts;
  const version = store.versions.get(versionId);
  if (version === undefined) return { ok: false, refusal: notFound(store, source) };
  if (!isThere(store, { id: versionId, manifest, createdAt })) return undone(source);
  const wrong = link === null ? undefined : wrongLink(store, versionId, link, name);
  return wrong === undefined ? answered(version) : { ok: false, refusal: wrong };
}

/** The same, but only if its files can be read. Refuses with `not-found` (DEL-3; basis: chosen). */
export function readableVersion(store: Store, fetched: Fetched): Answer<Version> {
  const version = versionOf(store, fetched);
  if (!version.ok || version.value.state.kind === 'COMMITTED') return version;
  return { ok: false, refusal: notFound(store, fetched.facts.source) };
}

/** Whether a version still exists, in any state, and was not undone. An undone version's id is used again. */
export function isThere(
  store: Store,
  { id, manifest, createdAt }: Pick<Version, 'id' | 'manifest' | 'createdAt'>,
): boolean {
  const version = store.versions.get(id);
  return version !== undefined && isSameUpload(version.manifest, manifest) && version.createdAt === createdAt;
}

function wrongLink(
  store: Store,
  versionId: VersionId,
  { portfolioId, index }: NonNullable<Address['link']>,
  name: VersionName,
): Refusal | undefined {
  const portfolio = store.collections.get(portfolioId);
  if (portfolio === undefined) return notFound(store, name);
  const link = store.links.get(linkIdOf(portfolioId, index));
  const isOther = link !== undefined && link.versionId !== versionId;
  return portfolio.kind !== 'portfolio' || index >= portfolio.nextIndex || isOther
    ? undone(name).refusal
    : undefined;
}

/** The refusal of a call about something that was undone (DEL-3; basis: chosen). */
export function undone(name: VersionName) {
  return refused('versionUndone', { version: shortVersionName(name) });
}
