import type { Alias, CollectionId, LinkId, VersionId } from '../values/names.ts';
import type { Instant } from '../values/units.ts';

/** A version born elsewhere, under an index and aliases of the portfolio that it was linked to. */
export interface Link {
  readonly id: LinkId;
  readonly portfolioId: CollectionId;
  readonly index: number;
  readonly versionId: VersionId;
  readonly aliases: readonly Alias[];
  readonly linkedAt: Instant;
}

/** The key of a link, whether or not there is one. */
export function linkIdOf(portfolioId: CollectionId, index: number): LinkId {
  return `${portfolioId}:v${index}` as LinkId;
}
