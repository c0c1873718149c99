import type { Alias } from '../values/names.ts';
import type { Link } from './link.ts';
import { collectionById, linkById } from './look-up.ts';
import type { Store } from './store.ts';
import { isSystemManaged } from './time-to-live.ts';
import type { Version } from './version.ts';

/** A link with a protected alias, and that alias. */
export interface Protection {
  readonly link: Link;
  readonly alias: Alias;
}

/** The protected alias of a link, if any (ALI-7). */
export function protectionOfLink(store: Store, link: Link): Protection | undefined {
  const { protectedAliases } = collectionById(store, link.portfolioId);
  const alias = link.aliases.find((one) => protectedAliases.has(one));
  return alias === undefined ? undefined : { link, alias };
}

/** A protected alias on a link to a version, which keeps everybody from deleting the version (ALI-7). */
export function protectionOf(store: Store, version: Version): Protection | undefined {
  for (const linkId of version.links) {
    const protection = protectionOfLink(store, linkById(store, linkId));
    if (protection !== undefined) return protection;
  }
  return undefined;
}

/** Whether nobody can delete a version, since the service manages its type (DEL-17). */
export function isManagedVersion(store: Store, { collectionId }: Version): boolean {
  return isSystemManaged(collectionById(store, collectionId).artifactType);
}

/** Whether a protected alias holds a version (ALI-7). */
export function isProtectedSource(store: Store, version: Version): boolean {
  return protectionOf(store, version) !== undefined;
}
