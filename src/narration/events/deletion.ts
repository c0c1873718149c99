import type { CascadingDeletionEvent } from '../../lifecycle/cascading-deletion.ts';
import type { DeletingEvent } from '../../lifecycle/deleting.ts';
import type { VersionExpired } from '../../lifecycle/expiring.ts';
import type { LinkRemoved } from '../../lifecycle/linking.ts';
import type { VersionRecovered } from '../../lifecycle/recovering.ts';
import type { VersionRestored } from '../../lifecycle/restoring.ts';
import type { TtlEvent } from '../../lifecycle/time-to-live.ts';
import type { RuleId } from '../../rules/rules.ts';
import { mayExpire } from '../../store/expiry.ts';
import { collectionById, runById, versionById } from '../../store/look-up.ts';
import { isProtectedSource } from '../../store/protection.ts';
import type { Store } from '../../store/store.ts';
import { expiryOf, type TimeToLive } from '../../store/time-to-live.ts';
import { shortRunName, type VersionId } from '../../values/names.ts';
import { formatDuration } from '../../values/units.ts';
import { type DescriptionContext, type EventDescription, withoutAliases, word } from './description.ts';

/** An event by which something leaves the store, comes back to it, or gets a time at which it is to leave. */
export type LeavingEvent =
  | DeletingEvent
  | CascadingDeletionEvent
  | LinkRemoved
  | VersionRestored
  | VersionRecovered
  | TtlEvent
  | VersionExpired;

/** Tells it. */
export function describeDeletion(event: LeavingEvent, context: DescriptionContext): EventDescription {
  const { after, objects } = context;
  switch (event.type) {
    case 'linkRemoved':
      return {
        sentence: `the link ${context.collection(event.portfolioId)}:v${event.index} to ${context.version(event.versionId)} is gone`,
        rule: ruleOfRemovedLink(event, after),
      };
    case 'versionDeleted':
      return {
        sentence: `${context.version(event.versionId)} is PENDING_DELETION${withoutAliases(event.aliases)}; its files stay in the bucket`,
        rule: 'DEL-1',
      };
    case 'deletionRefused':
      return { sentence: `refused: ${event.refusal.sentence}`, rule: event.refusal.rule };
    case 'collectionDeleted': {
      const { kind } = collectionById(after, event.collectionId);
      return {
        sentence: `the ${kind} ${context.collection(event.collectionId)} is gone`,
        rule: kind === 'sequence' ? 'DEL-7' : 'DEL-8',
      };
    }
    case 'runDeleted': {
      const { name } = runById(after, event.runId);
      return {
        sentence: `the run ${word(shortRunName(name), 60)} is gone; what it logged and used stays noted`,
        rule: 'DEL-10',
      };
    }
    case 'versionRestored':
      return {
        sentence: `${context.version(event.versionId)} is COMMITTED again, without its former aliases`,
        rule: 'DEL-15',
      };
    case 'versionRecovered': {
      const back =
        event.undeleted.length === 0 ? '' : `: the bucket brings back ${objects.short(event.undeleted)}`;
      return { sentence: `${context.version(event.versionId)} is COMMITTED again${back}`, rule: 'BKT-5' };
    }
    case 'ttlSet': {
      const version = context.version(event.versionId);
      return event.cause === 'linked'
        ? { sentence: `${version} has no TTL any more, since it was linked`, rule: 'TTL-4' }
        : {
            sentence: `${version} has ${ttlText(event.ttl)}${expiryText(after, event.versionId)}`,
            rule: event.ttl.kind === 'lasting' ? 'TTL-2' : 'TTL-3',
          };
    }
    case 'ttlKept': {
      const who = event.by === null ? 'whoever asks' : word(event.by);
      return {
        sentence: `${who} may not set a TTL: that of ${context.version(event.versionId)} stays as it is`,
        rule: 'TTL-7',
      };
    }
    case 'teamTtlSet': {
      const ttl = event.ttlDefaultSeconds === null ? 'none' : formatDuration(event.ttlDefaultSeconds);
      return {
        sentence: `the default TTL of the team is ${ttl}, and members may ${event.membersMaySetTtl ? '' : 'not '}set one`,
        rule: 'TTL-3',
      };
    }
    case 'versionExpired':
      return {
        sentence: `${context.version(event.versionId)} expires: it is PENDING_DELETION${withoutAliases(event.aliases)}`,
        rule: 'TTL-6',
      };
  }
}

function ttlText(ttl: TimeToLive): string {
  switch (ttl.kind) {
    case 'inherit':
      return 'the TTL of the team';
    case 'none':
      return 'no TTL';
    case 'lasting':
      return `a TTL of ${formatDuration(ttl.seconds)}`;
  }
}

function expiryText(after: Store, versionId: VersionId): string {
  const version = versionById(after, versionId);
  const expiry = expiryOf(version, after.people.ttlDefaultSeconds);
  if (isProtectedSource(after, version)) return ', and a protected alias keeps it from expiring';
  if (expiry === null || !mayExpire(after, version)) return ', and does not expire';
  return expiry > after.now
    ? `, and expires at ${formatDuration(expiry)}`
    : ', which is over: it expires in the next scheduled run';
}

// A link goes with its portfolio, with the sequence of its source, with its source, or alone.
function ruleOfRemovedLink(event: LinkRemoved, after: Store): RuleId {
  const source = versionById(after, event.versionId);
  if (!collectionById(after, event.portfolioId).exists) return 'DEL-8';
  if (source.state.kind === 'COMMITTED') return 'DEL-5';
  return collectionById(after, source.collectionId).exists ? 'DEL-13' : 'DEL-7';
}
