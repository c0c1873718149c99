import type { Why } from '../../insight/why.ts';
import { formatInstant, type Instant } from '../../values/units.ts';

/** The answer of `why` for a document: sizes in bytes, instants as ISO 8601 durations since the beginning. */
export function reportWhy(answer: Why): Readonly<Record<string, unknown>> {
  const instant = (value: Instant | null) => (value === null ? null : formatInstant(value));
  switch (answer.kind) {
    case 'stored':
      return {
        ...answer,
        since: instant(answer.since),
        freedAt: instant(answer.freedAt),
        holders: answer.holders.map((holder) => ({
          ...holder,
          retainedUntil: instant(holder.retainedUntil),
          expiresAt: instant(holder.expiresAt),
        })),
      };
    case 'copy':
      return { ...answer, since: instant(answer.since), keptUntil: instant(answer.keptUntil) };
    case 'gone':
      return { ...answer, since: instant(answer.since) };
    case 'reference':
    case 'no such path':
    case 'not found':
      return { ...answer };
  }
}
