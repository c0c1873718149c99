import type { LinkRemoved } from '../../lifecycle/linking.ts';
import type { RuleId } from '../../rules/rules.ts';
import { mayExpire } from '../../store/expiry.ts';
import { collectionById, runById, versionById } from '../../store/look-up.ts';
import { isProtectedSource } from '../../store/protection.ts';
import type { Store } from '../../store/store.ts';
import { expiryOf, type TimeToLive } from '../../store/time-to-live.ts';
import type { VersionId } from '../../values/names.ts';
import { formatDay, formatDuration } from '../../values/units.ts';
import { sentence } from '../sentence.ts';
import { type Describers, lostAliases, word } from './description.ts';
import { runReference } from './logging.ts';

/** Describes deletion, restoring and time to live. */
export const DESCRIBE_DELETION = {
  linkRemoved: (event, context) => ({
    sentence: sentence`link ${context.link(event.portfolioId, event.index)} to ${context.version(event.versionId)} is removed`,
    rule: ruleOfRemovedLink(event, context.after),
  }),
  versionDeleted: ({ versionId, aliases }, context) => ({
    sentence: sentence`${context.version(versionId)} is PENDING_DELETION${lostAliases(aliases)}; its files stay in the bucket${context.dangling(versionId)}`,
    rule: 'DEL-1',
  }),
  deletionRefused: ({ refusal }) => ({ sentence: [`refused: ${refusal.sentence}`], rule: refusal.rule }),
  collectionDeleted: ({ collectionId }, context) => {
    const { kind } = collectionById(context.after, collectionId);
    return {
      sentence: sentence`${kind} ${context.collection(collectionId)} is deleted`,
      rule: kind === 'sequence' ? 'DEL-7' : 'DEL-8',
    };
  },
  runDeleted: ({ runId }, { after }) => ({
    sentence: sentence`run ${runReference(runById(after, runId).name)} is deleted; the record of what it logged and used is kept`,
    rule: 'DEL-10',
  }),
  versionRestored: ({ versionId }, context) => ({
    sentence: sentence`${context.version(versionId)} is COMMITTED again, without its former aliases`,
    rule: 'DEL-15',
  }),
  versionRecovered: ({ versionId, undeleted }, context) => {
    const files =
      undeleted.length === 0 ? '' : sentence`: the bucket restores ${context.objects.short(undeleted)}`;
    return { sentence: sentence`${context.version(versionId)} is COMMITTED again${files}`, rule: 'BKT-5' };
  },
  ttlSet: ({ versionId, ttl, cause }, context) => {
    const version = context.version(versionId);
    return cause === 'linked'
      ? { sentence: sentence`${version} no longer has a TTL, because it was linked`, rule: 'TTL-4' }
      : {
          sentence: sentence`${version} has ${ttlText(ttl)}${expiryText(context.after, versionId)}`,
          rule: ttl.kind === 'lasting' ? 'TTL-2' : 'TTL-3',
        };
  },
  ttlKept: ({ versionId, by }, context) => ({
    sentence: sentence`${by === null ? 'the caller' : word(by)} is not allowed to set a TTL; the TTL of ${context.version(versionId)} is unchanged`,
    rule: 'TTL-7',
  }),
  teamTtlSet: ({ ttlDefaultSeconds, membersMaySetTtl }) => {
    const ttl =
      ttlDefaultSeconds === null ? 'no default TTL' : `a default TTL of ${formatDuration(ttlDefaultSeconds)}`;
    return {
      sentence: [`the team has ${ttl}; members may ${membersMaySetTtl ? '' : 'not '}set a TTL`],
      rule: 'TTL-3',
    };
  },
  versionExpired: ({ versionId, aliases }, context) => ({
    sentence: sentence`${context.version(versionId)} expires: it is PENDING_DELETION${lostAliases(aliases)}${context.dangling(versionId)}`,
    rule: 'TTL-6',
  }),
} as const satisfies Partial<Describers>;

function ttlText(ttl: TimeToLive): string {
  switch (ttl.kind) {
    case 'inherit':
      return 'the default TTL of the team';
    case 'none':
      return 'no TTL';
    case 'lasting':
      return `a TTL of ${formatDuration(ttl.seconds)}`;
  }
}

function expiryText(after: Store, versionId: VersionId): string {
  const version = versionById(after, versionId);
  const expiry = expiryOf(version, after.people.ttlDefaultSeconds);
  if (isProtectedSource(after, version)) return ', but a protected alias keeps it from expiring';
  if (expiry === null || !mayExpire(after, version)) return ' and does not expire';
  return expiry > after.now
    ? ` and expires on ${formatDay(expiry, after.begins)}`
    : ', which has passed: it expires in the next scheduled run';
}

// A link is deleted with its portfolio, with the collection of its source, with its source, or alone.
function ruleOfRemovedLink(event: LinkRemoved, after: Store): RuleId {
  const source = versionById(after, event.versionId);
  if (!collectionById(after, event.portfolioId).exists) return 'DEL-8';
  if (source.state.kind === 'COMMITTED') return 'DEL-5';
  return collectionById(after, source.collectionId).exists ? 'DEL-13' : 'DEL-7';
}
