import { type Refusal, refused } from '../lifecycle/decision.ts';
import { notFound } from '../lifecycle/targeting.ts';
import { type Link, linkIdOf } from '../store/link.ts';
import { collectionById, type Found, versionById } from '../store/look-up.ts';
import type { Manifest } from '../store/manifest.ts';
import type { Store } from '../store/store.ts';
import type { TimeToLive } from '../store/time-to-live.ts';
import { aliasesOf, type Version, type VersionStateName } from '../store/version.ts';
import { type CollectionName, shortVersionName, type VersionId, type VersionName } from '../values/names.ts';
import type { Instant, Seconds } from '../values/units.ts';
import { errorOf } from './errors.ts';

/** Where an artifact was fetched from: a version in its sequence, or a link in a portfolio. */
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
  readonly ttl: TimeToLive;
  /** The TTL of a version that inherits; null if the team has no default. */
  readonly teamTtl: Seconds | null;
  readonly manifest: Manifest;
  readonly createdAt: Instant;
}

/** The address of the version or link that a name resolved to. */
export function addressOf(found: Found): Address {
  return found.kind === 'version'
    ? { versionId: found.version.id, link: null }
    : { versionId: found.version.id, link: linkAddress(found.link) };
}

/** The address of a link to a version. */
export function linkAddress({ portfolioId, index }: Link): Address['link'] {
  return { portfolioId, index };
}

/** The name of an artifact by index, where it was fetched from. */
export function nameAt(store: Store, { versionId, link }: Address): VersionName {
  const { collectionId, index } =
    link === null ? versionById(store, versionId) : { ...link, collectionId: link.portfolioId };
  return indexed(collectionById(store, collectionId).name, index);
}

/** Fetches an artifact in any state; a deleted link has no aliases. */
export function factsOf(store: Store, address: Address): ArtifactFacts {
  const version = versionById(store, address.versionId);
  const born = collectionById(store, version.collectionId);
  const { link } = address;
  const aliases =
    link === null
      ? aliasesOf(version)
      : (store.links.get(linkIdOf(link.portfolioId, link.index))?.aliases ?? []);
  return {
    name: nameAt(store, address),
    source: indexed(born.name, version.index),
    artifactType: born.artifactType,
    state: version.state.kind,
    aliases,
    tags: version.tags,
    ttl: version.ttl,
    teamTtl: store.people.ttlDefaultSeconds,
    manifest: version.manifest,
    createdAt: version.createdAt,
  };
}

/**
 * The version of an artifact, in any state. Throws `not-found` if the call that made or linked it was undone, even if
 * another version has its name since.
 */
export function versionOf(
  store: Store,
  { versionId, link }: Address,
  { name, source, manifest, createdAt }: ArtifactFacts,
): Version {
  const version = store.versions.get(versionId);
  if (version === undefined) throw errorOf(notFound(store, source));
  if (!isThere(store, { id: versionId, manifest, createdAt })) throw errorOf(undone(source));
  if (link !== null) mustBeLinkTo(store, versionId, link, name);
  return version;
}

/**
 * Whether a version still exists, in any state, and was not undone. An undone version's id is used again, but no two
 * uploads share a manifest object.
 */
export function isThere(
  store: Store,
  { id, manifest, createdAt }: Pick<Version, 'id' | 'manifest' | 'createdAt'>,
): boolean {
  const version = store.versions.get(id);
  return version !== undefined && version.manifest === manifest && version.createdAt === createdAt;
}

function mustBeLinkTo(
  store: Store,
  versionId: VersionId,
  { portfolioId, index }: NonNullable<Address['link']>,
  name: VersionName,
): void {
  const portfolio = store.collections.get(portfolioId);
  if (portfolio === undefined) throw errorOf(notFound(store, name));
  const link = store.links.get(linkIdOf(portfolioId, index));
  const isOther = link !== undefined && link.versionId !== versionId;
  if (portfolio.kind !== 'portfolio' || index >= portfolio.nextIndex || isOther) throw errorOf(undone(name));
}

/** Throws: the call that made what was fetched was undone (DEL-3; basis: chosen). */
export function undone(name: VersionName): Refusal {
  return refused('versionUndone', { version: shortVersionName(name) }).refusal;
}

/** The same, but only if its files can be read (DEL-3; basis: chosen). */
export function readableVersion(store: Store, address: Address, facts: ArtifactFacts): Version {
  const version = versionOf(store, address, facts);
  if (version.state.kind !== 'COMMITTED') throw errorOf(notFound(store, facts.source));
  return version;
}

function indexed(collection: CollectionName, index: number): VersionName {
  return { collection, selector: { kind: 'index', index } };
}
