import type { Instant } from '../values/units.ts';
import type { KeptCopy } from './blob.ts';
import { daysLater, type LifecycleRule } from './policy.ts';

/** When the first rule removes a copy with this many newer noncurrent ones; null if none does (BKT-3). */
export function removalTime(
  rules: readonly LifecycleRule[],
  { since }: Pick<KeptCopy, 'since'>,
  newer: number,
): Instant | null {
  const days = rules.flatMap(({ noncurrentDays = 0, newerCopies = 0 }) =>
    newer >= newerCopies ? [noncurrentDays] : [],
  );
  return days.length === 0 ? null : daysLater(since, Math.min(...days));
}

/** Rules as a story writes them: `[{ newerCopies: 1, noncurrentDays: 30 }]`. */
export function lifecycleText(rules: readonly LifecycleRule[]): string {
  const texts = rules.map((rule) => {
    const conditions = Object.entries(rule).map(([condition, value]) => `${condition}: ${value}`);
    return `{ ${conditions.join(', ')} }`;
  });
  return `[${texts.join(', ')}]`;
}
