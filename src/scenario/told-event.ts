import type { FaultKind } from '../bucket/faults.ts';
import type { BucketPolicy } from '../bucket/policy.ts';
import type { StoreEvent } from '../decider/event.ts';
import type { RuleId } from '../rules/rules.ts';
import { collectionById, nameOfCollection, nameOfVersion, runById, versionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import { objectsOf } from '../store/stored-object.ts';
import { expiryOf, type TimeToLive } from '../store/time-to-live.ts';
import type { VersionId } from '../values/names.ts';
import { type ObjectId, printable, shortRunName } from '../values/names.ts';
import { unreachable } from '../values/result.ts';
import { formatDuration, formatSize } from '../values/units.ts';
import { faultTexts, switchTexts } from './settings-of.ts';

/** An event in words, with the rule that explains it; null where it is what the step says already. */
export interface ToldEvent {
  readonly sentence: string;
  readonly rule: RuleId | null;
}

/**
 * Tells events to people. It remembers by which path each object came into the store, since a digest would mean
 * nothing to a reader; so it is to be told every event of a story, in order.
 */
export class Teller {
  readonly #paths = new Map<ObjectId, ObjectLabel>();
  #justLogged = false;

  /** Tells one event; `after` is the store after its step, in which what the event names is looked up. */
  tell(event: StoreEvent, after: Store): ToldEvent {
    if (event.type === 'versionBegun') this.#learn(event, after);
    if (event.type !== 'aliasPut') {
      this.#justLogged = event.type === 'versionCommitted' || event.type === 'versionReused';
    }
    return tell(event, after, this.#justLogged, {
      short: (ids) => this.#named(ids, (label) => label.path),
      long: (ids) => this.#named(ids, (label) => `${label.version}/${label.path}`),
    });
  }

  #learn(event: Extract<StoreEvent, { readonly type: 'versionBegun' }>, after: Store): void {
    const version = nameOfVersion(after, event.versionId);
    for (const [objectId, file] of objectsOf(event.scope, event.manifest)) {
      if (this.#paths.has(objectId)) continue;
      this.#paths.set(objectId, { version, path: file.path || '""', size: formatSize(file.sizeBytes) });
    }
  }

  #named(ids: readonly ObjectId[], nameOf: (label: ObjectLabel) => string): string {
    const named = ids.slice(0, MOST_NAMED).map((id) => {
      const label = this.#paths.get(id);
      return label === undefined ? id : `${printable(nameOf(label), 60)} ${label.size}`;
    });
    const rest = ids.length - named.length;
    return rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
  }
}

/** Where an object came into the store. */
interface ObjectLabel {
  readonly version: string;
  readonly path: string;
  readonly size: string;
}

interface ObjectNames {
  /** By their paths, where the version is clear. */
  readonly short: (ids: readonly ObjectId[]) => string;
  /** By the version and path that brought it in. */
  readonly long: (ids: readonly ObjectId[]) => string;
}

const MOST_NAMED = 4;

function tell(event: StoreEvent, after: Store, justLogged: boolean, objects: ObjectNames): ToldEvent {
  const version = (id: VersionId) => nameOfVersion(after, id);
  switch (event.type) {
    case 'collectionCreated': {
      const again = event.again ? ' again, and its indexes go on' : '';
      const sentence = `${nameOfCollection(after, event.collectionId)} is a ${event.kind} of type ${printable(event.artifactType, 40)}${again}`;
      return { sentence, rule: event.again ? 'DEL-16' : 'LOG-1' };
    }
    case 'versionBegun': {
      const parts = [
        ...(event.uploaded.length > 0 ? [`uploads ${objects.short(event.uploaded)}`] : []),
        ...(event.alreadyStored.length > 0 ? [`already stored: ${objects.short(event.alreadyStored)}`] : []),
      ];
      const files = parts.length === 0 ? 'no files to upload' : parts.join('; ');
      return { sentence: `${version(event.versionId)} is PENDING: ${files}`, rule: 'LOG-6' };
    }
    case 'versionCommitted':
      return { sentence: `${version(event.versionId)} is COMMITTED`, rule: 'LOG-5' };
    case 'versionReused':
      return {
        sentence: `nothing is created: the content is that of ${version(event.versionId)}`,
        rule: 'LOG-3',
      };
    case 'versionAbandoned':
      return {
        sentence: `${version(event.versionId)} is PENDING_DELETION: its upload was given up`,
        rule: 'LOG-8',
      };
    case 'aliasPut': {
      const from = event.movedFrom === null ? '' : `, no longer v${event.movedFrom}`;
      return {
        sentence: `${printable(event.alias, 40)} names v${event.index} of ${nameOfCollection(after, event.collectionId)}${from}`,
        rule: justLogged && event.movedFrom === null ? 'ALI-1' : 'ALI-2',
      };
    }
    case 'aliasRemoved':
      return {
        sentence: `${printable(event.alias, 40)} no longer names v${event.index} of ${nameOfCollection(after, event.collectionId)}`,
        rule: 'ALI-5',
      };
    case 'aliasProtected':
      return {
        sentence: `${printable(event.alias, 40)} is protected in ${nameOfCollection(after, event.collectionId)}: it holds its link and the source of it`,
        rule: 'ALI-7',
      };
    case 'versionLinked':
      return {
        sentence: `${nameOfCollection(after, event.portfolioId)}:v${event.index} links to ${version(event.versionId)}`,
        rule: null,
      };
    case 'linkRemoved':
      return {
        sentence: `the link ${nameOfCollection(after, event.portfolioId)}:v${event.index} to ${version(event.versionId)} is gone`,
        rule: ruleOfRemovedLink(event, after),
      };
    case 'lineageNoted':
      return {
        sentence: `${printable(shortRunName(event.run), 60)} ${event.edge} ${version(event.versionId)}`,
        rule: null,
      };
    case 'versionDeleted': {
      const aliases =
        event.aliases.length === 0
          ? ''
          : `, without ${event.aliases.map((a) => printable(a, 40)).join(', ')}`;
      return {
        sentence: `${version(event.versionId)} is PENDING_DELETION${aliases}; its files stay in the bucket`,
        rule: 'DEL-1',
      };
    }
    case 'deletionRefused':
      return { sentence: `refused: ${event.refusal.sentence}`, rule: event.refusal.rule };
    case 'collectionDeleted': {
      const { kind } = collectionById(after, event.collectionId);
      return {
        sentence: `the ${kind} ${nameOfCollection(after, event.collectionId)} is gone`,
        rule: kind === 'sequence' ? 'DEL-7' : 'DEL-8',
      };
    }
    case 'runDeleted':
      return {
        sentence: `the run ${printable(shortRunName(runById(after, event.runId).name), 60)} is gone; what it logged and used stays noted`,
        rule: 'DEL-10',
      };
    case 'versionRestored':
      return {
        sentence: `${version(event.versionId)} is COMMITTED again, without its former aliases`,
        rule: 'DEL-15',
      };
    case 'versionRecovered': {
      const back =
        event.undeleted.length === 0 ? '' : `: the bucket brings back ${objects.short(event.undeleted)}`;
      return { sentence: `${version(event.versionId)} is COMMITTED again${back}`, rule: 'BKT-5' };
    }
    case 'ttlSet':
      return {
        sentence:
          event.cause === 'linked'
            ? `${version(event.versionId)} has no TTL any more, since it was linked`
            : `${version(event.versionId)} has ${ttlText(event.ttl)}${expiryText(after, event.versionId)}`,
        rule: event.cause === 'linked' ? 'TTL-4' : 'TTL-2',
      };
    case 'ttlKept':
      return {
        sentence: `${printable(event.by ?? 'whoever asks', 40)} may not set a TTL: that of ${version(event.versionId)} stays as it is`,
        rule: 'TTL-7',
      };
    case 'teamTtlSet':
      return {
        sentence: `the default TTL of the team is ${event.ttlDefaultSeconds === null ? 'none' : formatDuration(event.ttlDefaultSeconds)}, and members may ${event.membersMaySetTtl ? '' : 'not '}set one`,
        rule: 'TTL-3',
      };
    case 'versionExpired': {
      const aliases =
        event.aliases.length === 0
          ? ''
          : `, without ${event.aliases.map((a) => printable(a, 40)).join(', ')}`;
      return {
        sentence: `${version(event.versionId)} expires: it is PENDING_DELETION${aliases}`,
        rule: 'TTL-6',
      };
    }
    case 'bucketFaultsPlanned':
      return {
        sentence:
          event.faults.length === 0
            ? 'nothing goes wrong with the bucket any more'
            : `the bucket is in trouble: ${faultTexts(event.faults).join('; ')}`,
        rule: null,
      };
    case 'bucketCallFaulted':
      return {
        sentence: `${FAULTS[event.fault]}: ${event.call} ${objects.long([event.objectId])}`,
        rule: 'GC-8',
      };
    case 'deletedBehindTheStore':
      return {
        sentence: `${objects.long([event.objectId])} is deleted in the bucket itself; the store is not told`,
        rule: 'BKT-6',
      };
    case 'undeletedBehindTheStore':
      return {
        sentence: `${objects.long([event.objectId])} is brought back in the bucket itself`,
        rule: ruleOfCopies(after.settings.bucket),
      };
    case 'copiesDropped': {
      const names = objects.long(event.dropped.map(({ key }) => key as ObjectId));
      const size = event.dropped.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      return {
        sentence: `the bucket drops its ${event.dropped.length === 1 ? 'copy' : 'copies'} of ${names}: ${formatSize(size)} less to pay for`,
        rule: event.dropped.some(({ kind }) => kind === 'noncurrent') ? 'BKT-3' : 'BKT-4',
      };
    }
    case 'garbageCollectionSkipped': {
      const runs =
        event.runs === 1
          ? 'a scheduled garbage collection does'
          : `${event.runs} scheduled garbage collections do`;
      return { sentence: `${runs} not run. ${event.refusal.sentence}`, rule: event.refusal.rule };
    }
    case 'settingsChanged':
      return { sentence: `the server has ${switchTexts(event.changes).join(', ')}`, rule: null };
    case 'clockMoved':
      return { sentence: `it is ${formatDuration(event.to)} since the beginning`, rule: null };
    case 'versionsReviewed':
      return {
        sentence: `garbage collection reviews ${versionsText(event.versionIds.map(version))}`,
        rule: 'GC-1',
      };
    case 'holdsReleased': {
      const kept =
        event.stillHeld.length === 0 ? '' : `; others still hold ${objects.short(event.stillHeld)}`;
      return { sentence: `${version(event.versionId)} releases its files${kept}`, rule: 'GC-2' };
    }
    case 'objectSwept': {
      const rule = ruleOfCopies(after.settings.bucket);
      const object = objects.long([event.objectId]);
      return event.freedBytes === 0
        ? { sentence: `${object} is in the bucket no more: there is nothing to free`, rule }
        : {
            sentence: `${object} is deleted from the bucket: ${formatSize(event.freedBytes)} freed${LEFT_BEHIND[rule]}`,
            rule,
          };
    }
    case 'objectSpared':
      return {
        sentence: `${objects.long([event.objectId])} is spared: ${event.holders === 1 ? 'a version holds' : `${event.holders} versions hold`} it again`,
        rule: 'GC-3',
      };
    case 'versionClosed':
      return { sentence: `${version(event.versionId)} is DELETED`, rule: 'GC-2' };
    case 'crashPlanned':
      return {
        sentence: `the next garbage collection will crash after ${steps(event.afterSteps)}`,
        rule: null,
      };
    case 'garbageCollectionCrashed':
      return {
        sentence: `garbage collection crashes after ${steps(event.afterSteps)}; the next run goes on from here`,
        rule: 'GC-8',
      };
    case 'crashForgotten':
      return {
        sentence: `garbage collection was over before it could crash after ${steps(event.afterSteps)}`,
        rule: 'GC-8',
      };
    default:
      return unreachable(event);
  }
}

const FAULTS: Readonly<Record<FaultKind, string>> = {
  fails: 'the bucket fails a call',
  'answers twice': 'the bucket carries a call out twice',
  'answers late': 'the bucket carries a call out, and its answer comes too late',
};

const LEFT_BEHIND = {
  'BKT-1': '',
  'BKT-2': '; a noncurrent copy stays, and is billed',
  'BKT-3': '',
  'BKT-4': '; the bucket keeps it as soft-deleted, and it is billed',
} as const;

// BKT-3 where the lifecycle rule leaves no copy at all.
function ruleOfCopies(policy: BucketPolicy): keyof typeof LEFT_BEHIND {
  if (policy.softDelete) return 'BKT-4';
  if (!policy.versioning) return 'BKT-1';
  return policy.noncurrentCopies === 0 ? 'BKT-3' : 'BKT-2';
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
  const expiry = expiryOf(versionById(after, versionId), after.people.ttlDefaultSeconds);
  if (expiry === null) return ', and does not expire';
  return expiry > after.now
    ? `, and expires at ${formatDuration(expiry)}`
    : ', which is over: it expires in the next scheduled run';
}

function steps(count: number): string {
  return count === 1 ? '1 step' : `${count} steps`;
}

function versionsText(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return rest > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more versions` : names.join(', ');
}

// A link goes with its portfolio, with the sequence of its source, with its source, or alone.
function ruleOfRemovedLink(
  event: Extract<StoreEvent, { readonly type: 'linkRemoved' }>,
  after: Store,
): RuleId {
  const source = versionById(after, event.versionId);
  if (!collectionById(after, event.portfolioId).standing) return 'DEL-8';
  if (source.state.kind === 'COMMITTED') return 'DEL-5';
  return collectionById(after, source.collectionId).standing ? 'DEL-13' : 'DEL-7';
}
