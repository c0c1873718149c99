import type { VersionClosed } from '../../gc/close.ts';
import type { CrashEvent } from '../../gc/crash.ts';
import type { HoldsReleased } from '../../gc/release.ts';
import type { VersionsReviewed } from '../../gc/review.ts';
import type { GarbageCollectionSkipped } from '../../gc/skip.ts';
import type { SweepEvent } from '../../gc/sweep.ts';
import { formatSize } from '../../values/units.ts';
import { ruleOfDeleting } from './bucket.ts';
import { type DescriptionContext, type EventDescription, MOST_NAMED } from './description.ts';

/** An event of garbage collection. */
export type CollectingEvent =
  | VersionsReviewed
  | HoldsReleased
  | SweepEvent
  | VersionClosed
  | GarbageCollectionSkipped
  | CrashEvent;

/** Tells it. */
export function describeGarbageCollection(
  event: CollectingEvent,
  context: DescriptionContext,
): EventDescription {
  const { after, objects } = context;
  switch (event.type) {
    case 'versionsReviewed': {
      const names = event.versionIds.map((id) => context.version(id));
      return { sentence: `garbage collection reviews ${versionsText(names)}`, rule: 'GC-1' };
    }
    case 'holdsReleased': {
      const kept =
        event.stillHeld.length === 0 ? '' : `; others still hold ${objects.short(event.stillHeld)}`;
      return { sentence: `${context.version(event.versionId)} releases its files${kept}`, rule: 'GC-2' };
    }
    case 'objectSwept': {
      const rule = ruleOfDeleting(after.settings.bucket);
      const object = objects.long([event.objectId]);
      return event.freedBytes === 0
        ? { sentence: `${object} is in the bucket no more: there is nothing to free`, rule }
        : {
            sentence: `${object} is deleted from the bucket: ${formatSize(event.freedBytes)} freed${LEFT_BEHIND[rule]}`,
            rule,
          };
    }
    case 'objectRetained': {
      const held = event.holders === 1 ? 'a version holds' : `${event.holders} versions hold`;
      return { sentence: `${objects.long([event.objectId])} is spared: ${held} it again`, rule: 'GC-3' };
    }
    case 'versionClosed':
      return { sentence: `${context.version(event.versionId)} is DELETED`, rule: 'GC-2' };
    case 'garbageCollectionSkipped': {
      const runs =
        event.runs === 1
          ? 'a scheduled garbage collection does'
          : `${event.runs} scheduled garbage collections do`;
      return { sentence: `${runs} not run. ${event.refusal.sentence}`, rule: event.refusal.rule };
    }
    case 'crashPlanned':
      return {
        sentence: `the next garbage collection will crash after ${stepsText(event.afterSteps)}`,
        rule: null,
      };
    case 'garbageCollectionCrashed':
      return {
        sentence: `garbage collection crashes${event.afterSteps === null ? '' : ` after ${stepsText(event.afterSteps)}`}; the next run goes on from here`,
        rule: 'GC-8',
      };
    case 'crashForgotten':
      return {
        sentence: `garbage collection was over before it could crash after ${stepsText(event.afterSteps)}`,
        rule: 'GC-8',
      };
  }
}

const LEFT_BEHIND = {
  'BKT-1': '',
  'BKT-2': '; a noncurrent copy stays, and is billed',
  'BKT-3': '',
  'BKT-4': '; the bucket keeps it as soft-deleted, and it is billed',
} as const;

function stepsText(count: number): string {
  return count === 1 ? '1 step' : `${count} steps`;
}

function versionsText(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return rest > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more versions` : names.join(', ');
}
