import type { Alias, CollectionId, LinkId, VersionId } from '../values/names.ts';
import type { Instant } from '../values/units.ts';

/** A link in a portfolio to a version of a sequence, with its own index and aliases. */
export interface Link {
  readonly id: LinkId;
  readonly portfolioId: CollectionId;
  readonly index: number;
  readonly versionId: VersionId;
  readonly aliases: readonly Alias[];
  readonly linkedAt: Instant;
}

/** The key of a link, whether or not it exists. */
export function linkIdOf(portfolioId: CollectionId, index: number): LinkId {
  return `${portfolioId}:v${index}` as LinkId;
}
