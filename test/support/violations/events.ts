import type { BucketCall } from '../../../src/bucket/faults.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import { type Action, isCommand } from '../../../src/simulator/action.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import type { ObjectId, VersionId } from '../../../src/values/names.ts';
import {
  isGeneratedNaively,
  naiveExpiry,
  naiveHolders,
  naiveObjectsOf,
  naiveProtections,
} from '../naive/look-ups.ts';
import { mayCollect, roleOf } from '../naive/permission.ts';
import { canonical } from '../stores/canonical-summary.ts';
import { type Claim, claims, kept, sameSet, stateOf, stored, versionOf } from './claims.ts';
import { collectingClaims } from './garbage-collection.ts';

/** The call that caused an event, and the store on which it was decided, or its jobs began. */
export interface Cause {
  readonly call: Action;
  readonly before: Store;
}

/** What is wrong with an event, given the store on which it happens: things that no later store would show. */
export function eventViolations(event: StoreEvent, store: Store, cause: Cause): readonly string[] {
  const all = [
    ...claimsOf(event, store, cause),
    ...collectingClaims(event, store),
    ...deletionClaims(event, store, cause),
  ];
  return claims(all).map((claim) => `${event.type}: ${claim}`);
}

// ALI-7, GC-6: what nothing at all may do.
function deletionClaims(event: StoreEvent, store: Store, { call }: Cause): readonly Claim[] {
  switch (event.type) {
    case 'versionDeleted':
    case 'versionExpired':
      return [
        ['ALI-7: no protected alias held it', naiveProtections(store, event.versionId).length === 0],
        ['DEL-13: its links went before it', versionOf(store, event.versionId).links.length === 0],
        [
          'DEL-2: it takes every alias with it',
          sameSet(event.aliases, new Set(aliasesAt(store, event.versionId))),
        ],
      ];
    case 'linkRemoved': {
      const portfolio = store.collections.get(event.portfolioId);
      const aliases = store.links.get(event.linkId)?.aliases ?? [];
      const by = ('by' in call ? call.by : null) ?? null;
      const isAdmin =
        portfolio !== undefined && (by === null || roleOf(store, portfolio.name, by) === 'admin');
      return [
        [
          'ALI-7: it had no protected alias, or a registry admin removed it',
          isAdmin || !aliases.some((alias) => portfolio?.protectedAliases.has(alias)),
        ],
        ['DEL-5: it takes every alias with it', sameSet(event.aliases, new Set(aliases))],
      ];
    }
    case 'versionsReviewed':
    case 'holdsReleased':
    case 'objectSwept':
    case 'objectRetained':
    case 'versionClosed':
      return [['GC-6: garbage collection may run', mayCollect(store.settings)]];
    default:
      return [];
  }
}

function claimsOf(event: StoreEvent, store: Store, { call, before }: Cause): readonly Claim[] {
  switch (event.type) {
    case 'versionBegun': {
      const listed = new Set(
        event.manifest.entries.flatMap((entry) =>
          entry.kind === 'file' ? [`${event.scope}/${entry.digest}`] : [],
        ),
      );
      const objects = [...event.uploaded, ...event.alreadyStored];
      return [
        [
          'LOG-5: it has no index yet, and a key of its own',
          event.serial === (store.collections.get(event.collectionId)?.nextSerial ?? 0),
        ],
        [
          'LOG-6: each object is uploaded or shared, once',
          sameSet(objects, listed) && objects.length === listed.size,
        ],
        [
          'LOG-6: what is uploaded was not known to be stored',
          !event.uploaded.some((id) => isKnown(before, id)),
        ],
        [
          'GC-8: each upload was made until it went through',
          allDone(before, store, 'put', event.uploaded.length),
        ],
        [
          'LOG-6: what is shared was known to be stored',
          event.alreadyStored.every((id) => isKnown(before, id)),
        ],
      ];
    }
    case 'versionCommitted':
      return [['LOG-5: its upload was not over', stateOf(store, event.versionId).kind === 'PENDING']];
    case 'versionAbandoned': {
      const { createdAt, state } = versionOf(store, event.versionId);
      return [
        ['LOG-5: its upload was not over', state.kind === 'PENDING'],
        [
          'LOG-8: somebody abandoned it, or its time was over',
          isCommand(call) || createdAt + store.settings.abandonAfterSeconds <= store.now,
        ],
      ];
    }
    case 'versionExpired': {
      const version = versionOf(store, event.versionId);
      const expiry = naiveExpiry(store, version);
      return [
        ['TTL-6: it was COMMITTED', version.state.kind === 'COMMITTED'],
        ['TTL-2: its time was over', expiry !== null && expiry <= store.now],
        ['TTL-8: it was of no generated type', !isGeneratedNaively(store, version)],
        ['TTL-6: a scheduled run found it', store.now % store.settings.gcEverySeconds === 0],
      ];
    }
    case 'ttlSet': {
      const version = versionOf(store, event.versionId);
      return [
        ['TTL-1: it is another', canonical(version.ttl) !== canonical(event.ttl)],
        ['TTL-4: a link makes it none', event.cause === 'asked' || event.ttl.kind === 'none'],
        [
          'DEL-17: a generated type takes no TTL',
          event.ttl.kind !== 'lasting' || !isGeneratedNaively(store, version),
        ],
        ['TTL-1: it is positive', event.ttl.kind !== 'lasting' || event.ttl.seconds > 0],
      ];
    }
    case 'factsSet': {
      const version = versionOf(store, event.versionId);
      return [
        ['DEL-3: it could be found', version.state.kind === 'COMMITTED'],
        [
          'LOG-9: they are others',
          canonical([version.facts, version.tags]) !== canonical([event.facts, event.tags]),
        ],
      ];
    }
    case 'collectionDescribed': {
      const collection = store.collections.get(event.collectionId);
      const { tags = [] } = event.facts ?? {};
      return [
        ['DEL-3: it could be found', collection?.exists === true],
        ['COL-3: they are others', canonical(collection?.facts) !== canonical(event.facts)],
        ['COL-3: each tag is there once', new Set(tags).size === tags.length],
      ];
    }
    case 'collectionRenamed': {
      const { collections } = store;
      const holders = [...collections.unorderedRows()].filter(({ name }) => sameName(name, event.to));
      const isRetired = event.to.collection.includes('~');
      return [
        ['COL-1: it says what the name was', sameName(collections.get(event.collectionId)?.name, event.from)],
        ['COL-1: nothing else has the name', holders.length === 0],
        [
          'COL-1: only one that is deleted loses its name',
          collections.get(event.collectionId)?.exists === !isRetired,
        ],
      ];
    }
    case 'collectionTypeChanged': {
      const collection = store.collections.get(event.collectionId);
      const isGenerated = (type: string) => /^(run_table|code|job|wandb-.*)$/s.test(type);
      return [
        [
          'COL-2: it says what the type was',
          collection?.artifactType === event.from && event.from !== event.to,
        ],
        ['COL-2: it is a sequence', collection?.kind === 'sequence' && collection.exists],
        ['COL-2: neither is a generated type', !isGenerated(event.from) && !isGenerated(event.to)],
      ];
    }
    case 'versionRestored': {
      const { state, ...version } = versionOf(store, event.versionId);
      return [
        [
          'DEL-15: nothing of it was released',
          state.kind === 'PENDING_DELETION' && state.stage !== 'released',
        ],
        ['LOG-8: it had been committed', state.kind === 'PENDING_DELETION' && state.committedAt !== null],
        [
          'DEL-15: all its files are there',
          [...naiveObjectsOf({ state, ...version })].every((id) => stored(store, id)),
        ],
      ];
    }
    case 'versionRecovered': {
      const { state, ...version } = versionOf(store, event.versionId);
      return [
        [
          'GC-8: each undeletion was made until it went through',
          allDone(before, store, 'undelete', event.undeleted.length),
        ],
        [
          'BKT-5: each of its objects is there, or a copy of it',
          [...naiveObjectsOf({ state, ...version })].every((id) => kept(store, id)),
        ],
        ['LOG-8: it had been committed', 'committedAt' in state && state.committedAt !== null],
      ];
    }
    case 'runDeleted':
      return [['DEL-10: it existed', store.runs.get(event.runId)?.exists === true]];
    case 'versionReused': {
      const { collectionId, index } = versionOf(store, event.versionId);
      const newer = committedIn(store, collectionId).filter((other) => (other.index ?? -1) > (index ?? -1));
      return [
        ['LOG-3: what is reused is COMMITTED', stateOf(store, event.versionId).kind === 'COMMITTED'],
        ['LOG-3: what is reused is the newest', newer.length === 0],
      ];
    }
    case 'aliasPut': {
      const bore = store.collections.get(event.collectionId)?.aliases.get(event.alias)?.index ?? null;
      return [
        ['ALI-2: it says where the alias was', event.movedFrom === bore],
        ['ALI-2: it moves the alias', event.index !== bore],
      ];
    }
    case 'versionDeleted': {
      const { kind } = stateOf(store, event.versionId);
      return [['DEL-4: it was COMMITTED, or an upload', kind === 'COMMITTED' || kind === 'PENDING']];
    }
    case 'collectionCreated': {
      const known = store.collections.get(event.collectionId);
      return [
        ['DEL-16: it says whether there was one', event.again === (known !== undefined)],
        ['DEL-16: it did not exist', known?.exists !== true],
        ['LOG-1: another name is another collection', sameName(known?.name, event.name)],
      ];
    }
    case 'runStarted':
      return [
        ...runClaims(store, event),
        ['RUN-1: it starts again if it exists', event.again === store.runs.has(event.runId)],
      ];
    case 'runFactsSet':
      return [['RUN-1: the run existed', store.runs.get(event.runId)?.exists === true]];
    case 'runFinished':
      return [['RUN-1: it existed', store.runs.get(event.runId)?.exists === true]];
    case 'lineageRecorded': {
      const isOwn = store.versions.get(event.versionId)?.loggedBy === event.runId;
      return [
        ...runClaims(store, event),
        ['RUN-3: what it logs again is what it did not create', event.edge !== 'output' || !isOwn],
      ];
    }
    case 'collectionDeleted': {
      const collection = store.collections.get(event.collectionId);
      return [
        ['DEL-7: it existed', collection?.exists === true],
        ['DEL-7: nothing is left in it', collection?.listed.size === 0 && collection.uploading.size === 0],
      ];
    }
    default:
      return [];
  }
}

function committedIn(store: Store, collectionId: string): readonly Version[] {
  return [...store.versions.unorderedRows()].filter(
    (version) => version.collectionId === collectionId && version.state.kind === 'COMMITTED',
  );
}

// A call that answers twice went through, and one that meets no fault: then there is none left to be met.
function allDone(before: Store, store: Store, call: BucketCall, calls: number): boolean {
  const left = store.bucketFaults.filter((planned) => planned.call === call).length;
  return left === 0 || timesOf(before, call) - timesOf(store, call) === calls;
}

function timesOf({ bucketFaults }: Store, call: BucketCall): number {
  return bucketFaults
    .filter((planned) => planned.call === call && planned.fault === 'answers twice')
    .reduce((sum, { times }) => sum + times, 0);
}

// LOG-6: what a version holds, or what waits for its sweep and is there still.
function isKnown(store: Store, key: ObjectId): boolean {
  return naiveHolders(store).has(key) || (store.objects.has(key) && stored(store, key));
}

function aliasesAt(store: Store, versionId: VersionId): readonly string[] {
  const state = stateOf(store, versionId);
  return state.kind === 'COMMITTED' ? state.aliases : [];
}

function runClaims(
  store: Store,
  { runId, run }: StoreEvent & { readonly type: 'runStarted' | 'lineageRecorded' },
): readonly Claim[] {
  const known = store.runs.get(runId);
  return [
    ['DEL-12: another name is another run', sameName(known?.name, run)],
    ['RUN-2: it was not deleted', known?.exists !== false],
  ];
}

function sameName(known: object | undefined, given: object): boolean {
  return known === undefined || canonical(known) === canonical(given);
}
