import type { Instant, Seconds } from '../values/units.ts';
import { later } from '../values/units.ts';

/** A version's time to live (TTL-1; basis: doc, sdk): the team's default, none, or so many seconds from its creation. */
export type TimeToLive =
  | { readonly kind: 'inherit' }
  | { readonly kind: 'none' }
  | { readonly kind: 'lasting'; readonly seconds: Seconds };

/** The team's default, which is what a version has that was given nothing (TTL-1). */
export const INHERITED: TimeToLive = Object.freeze({ kind: 'inherit' });
/** Exempt from expiry, whatever the team's default (TTL-3). */
export const NO_TTL: TimeToLive = Object.freeze({ kind: 'none' });

const GENERATED_TYPES: ReadonlySet<string> = new Set(['run_table', 'code', 'job']);
const GENERATED_PREFIX = 'wandb-';

/**
 * Whether the service itself makes artifacts of this type, which take no TTL and never expire (DEL-17, TTL-8; basis:
 * doc, sdk): `run_table`, `code`, `job`, and whatever begins with `wandb-`, such as `wandb-history`.
 */
export function isGenerated(artifactType: string): boolean {
  return GENERATED_TYPES.has(artifactType) || artifactType.startsWith(GENERATED_PREFIX);
}

/** When a version's time to live is over (TTL-2, TTL-3; basis: doc), or null where it has none. */
export function expiryOf(
  { ttl, createdAt }: { readonly ttl: TimeToLive; readonly createdAt: Instant },
  teamDefault: Seconds | null,
): Instant | null {
  const lifetime = ttl.kind === 'lasting' ? ttl.seconds : ttl.kind === 'inherit' ? teamDefault : null;
  return lifetime === null ? null : later(createdAt, lifetime);
}
