import type { StoreEvent, StoreEventType } from '../../decider/event.ts';
import { collectionById, fullNameOfVersion, runById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { digestOfObjectId } from '../../store/stored-object.ts';
import type { TimeToLive } from '../../store/time-to-live.ts';
import {
  type CollectionId,
  fullCollectionName,
  fullRunName,
  type ObjectId,
  type VersionId,
} from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatInstant, formatPeriod } from '../../values/units.ts';

/** A fact of an event, as documents carry it. */
export type ReportedFact =
  | string
  | number
  | boolean
  | null
  | readonly unknown[]
  | { readonly [key: string]: unknown };

/** An event as documents carry it: its kind, and its facts by name, with full names in the place of our keys. */
export interface EventReport {
  readonly type: StoreEventType;
  readonly [fact: string]: ReportedFact;
}

/** Writes an event for a document; `after` is the store after its step. */
export function reportEvent(event: StoreEvent, after: Store): EventReport {
  const { type } = event;
  const version = (id: VersionId) => fullNameOfVersion(after, id);
  const collection = (id: CollectionId) => fullCollectionName(collectionById(after, id).name);
  const digests = (ids: readonly ObjectId[]) => ids.map(digestOfObjectId);
  switch (event.type) {
    case 'collectionCreated':
      return {
        type,
        collection: collection(event.collectionId),
        kind: event.kind,
        artifactType: event.artifactType,
        again: event.again,
      };
    case 'versionBegun':
      return {
        type,
        version: version(event.versionId),
        digest: event.manifest.digest,
        size: event.manifest.sizeBytes,
        uploaded: digests(event.uploaded),
        alreadyStored: digests(event.alreadyStored),
      };
    case 'versionCommitted':
    case 'versionReused':
    case 'versionAbandoned':
    case 'versionClosed':
    case 'versionRestored':
      return { type, version: version(event.versionId) };
    case 'aliasPut':
      return {
        type,
        collection: collection(event.collectionId),
        alias: event.alias,
        index: `v${event.index}`,
        movedFrom: event.movedFrom === null ? null : `v${event.movedFrom}`,
      };
    case 'aliasRemoved':
      return {
        type,
        collection: collection(event.collectionId),
        alias: event.alias,
        index: `v${event.index}`,
      };
    case 'versionLinked':
      return {
        type,
        link: `${collection(event.portfolioId)}:v${event.index}`,
        version: version(event.versionId),
      };
    case 'linkRemoved':
      return {
        type,
        link: `${collection(event.portfolioId)}:v${event.index}`,
        version: version(event.versionId),
        aliases: event.aliases,
      };
    case 'lineageRecorded':
      return { type, run: fullRunName(event.run), edge: event.edge, version: version(event.versionId) };
    case 'versionDeleted':
    case 'versionExpired':
      return { type, version: version(event.versionId), aliases: event.aliases };
    case 'deletionRefused':
      return { type, version: version(event.versionId), refusal: { ...event.refusal } };
    case 'collectionDeleted':
      return { type, collection: collection(event.collectionId) };
    case 'runDeleted':
      return { type, run: fullRunName(runById(after, event.runId).name) };
    case 'aliasProtected':
      return { type, collection: collection(event.collectionId), alias: event.alias };
    case 'versionRecovered':
      return { type, version: version(event.versionId), undeleted: digests(event.undeleted) };
    case 'ttlSet':
      return { type, version: version(event.versionId), ttl: ttlText(event.ttl), cause: event.cause };
    case 'ttlKept':
      return { type, version: version(event.versionId), by: event.by };
    case 'teamTtlSet': {
      const { ttlDefaultSeconds, membersMaySetTtl } = event;
      const ttlDefault = ttlDefaultSeconds === null ? null : formatPeriod(ttlDefaultSeconds);
      return { type, ttlDefault, membersMaySetTtl };
    }
    case 'bucketFaultsPlanned':
      return { type, faults: event.faults.map(({ call, fault, times }) => ({ call, fault, times })) };
    case 'bucketCallFaulted':
      return { type, call: event.call, fault: event.fault, digest: digestOfObjectId(event.objectId) };
    case 'deletedOutOfBand':
    case 'undeletedOutOfBand':
      return { type, digest: digestOfObjectId(event.objectId) };
    case 'copiesDropped':
      return {
        type,
        copies: event.dropped.map(({ key, kind, sizeBytes }) => ({
          digest: digestOfObjectId(key as ObjectId),
          kind,
          size: sizeBytes,
        })),
      };
    case 'garbageCollectionSkipped':
      return { type, runs: event.runs, refusal: { ...event.refusal } };
    case 'settingsChanged':
      return { type, changes: { ...event.changes } };
    case 'clockMoved':
      return { type, to: formatInstant(event.to) };
    case 'versionsReviewed':
      return { type, versions: event.versionIds.map(version) };
    case 'holdsReleased':
      return {
        type,
        version: version(event.versionId),
        stillHeld: digests(event.stillHeld),
        unreferenced: digests(event.unreferenced),
      };
    case 'objectSwept':
      return { type, digest: digestOfObjectId(event.objectId), freed: event.freedBytes };
    case 'objectRetained':
      return { type, digest: digestOfObjectId(event.objectId), holders: event.holders };
    case 'crashPlanned':
    case 'garbageCollectionCrashed':
    case 'crashForgotten':
      return { type, afterSteps: event.afterSteps };
    default:
      return unreachable(event);
  }
}

function ttlText(ttl: TimeToLive): string {
  return ttl.kind === 'lasting' ? formatPeriod(ttl.seconds) : ttl.kind;
}
