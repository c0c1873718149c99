import type { Instant, Seconds } from '../values/units.ts';
import { formatWholeDuration, later, parseDuration } from '../values/units.ts';

/** A version's time to live (TTL-1): the team's default, none, or a number of seconds from its creation. */
export type TimeToLive =
  | { readonly kind: 'inherit' }
  | { readonly kind: 'none' }
  | { readonly kind: 'lasting'; readonly seconds: Seconds };

/** A TTL as requested. An invalid text is kept, so that the store can refuse it with `bad-ttl`. */
export type RequestedTtl = TimeToLive | { readonly kind: 'invalid'; readonly given: string };

/** The team's default, for versions without a TTL of their own (TTL-1). */
export const INHERITED: TimeToLive = Object.freeze({ kind: 'inherit' });
/** No expiry, whatever the team's default (TTL-3). */
export const NO_TTL: TimeToLive = Object.freeze({ kind: 'none' });

/** Parses a TTL (TTL-1): `inherit`, `none`, or a duration longer than 0s, such as `30d`. */
export function parseTtl(given: string): RequestedTtl {
  if (given === 'inherit') return INHERITED;
  if (given === 'none') return NO_TTL;
  const duration = parseDuration(given);
  return duration.ok && duration.value > 0
    ? { kind: 'lasting', seconds: duration.value }
    : { kind: 'invalid', given };
}

/** A TTL as a text that `parseTtl` reads as the same TTL. */
export function formatTtl(ttl: RequestedTtl): string {
  if (ttl.kind === 'invalid') return ttl.given;
  return ttl.kind === 'lasting' ? formatWholeDuration(ttl.seconds) : ttl.kind;
}

/** Whether two TTLs are the same. */
export function isSameTtl(left: RequestedTtl, right: RequestedTtl): boolean {
  return left.kind === right.kind && formatTtl(left) === formatTtl(right);
}

const GENERATED_TYPES: ReadonlySet<string> = new Set(['run_table', 'code', 'job']);
const GENERATED_PREFIX = 'wandb-';

/**
 * Whether the service generates artifacts of this type itself, which take no TTL and never expire (DEL-17, TTL-8):
 * `run_table`, `code`, `job`, and types that start with `wandb-`.
 */
export function isGenerated(artifactType: string): boolean {
  return GENERATED_TYPES.has(artifactType) || artifactType.startsWith(GENERATED_PREFIX);
}

const SYSTEM_MANAGED_TYPES: ReadonlySet<string> = new Set(['wandb-history', 'wandb-events']);

/** Whether the service manages artifacts of this type for a run, so that nobody can delete them (DEL-17). */
export function isSystemManaged(artifactType: string): boolean {
  return SYSTEM_MANAGED_TYPES.has(artifactType);
}

/** When a version expires (TTL-2, TTL-3), or null if it never does. */
export function expiryOf(
  { ttl, createdAt }: { readonly ttl: TimeToLive; readonly createdAt: Instant },
  teamDefault: Seconds | null,
): Instant | null {
  const lifetime = ttl.kind === 'lasting' ? ttl.seconds : ttl.kind === 'inherit' ? teamDefault : null;
  return lifetime === null ? null : later(createdAt, lifetime);
}
