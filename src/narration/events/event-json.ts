import type { StoreEvent, StoreEventType } from '../../decider/event.ts';
import { collectionById, fullNameOfVersion, runById, uploadName } from '../../store/look-up.ts';
import type { ManifestEntry } from '../../store/manifest.ts';
import type { RunFacts } from '../../store/run.ts';
import type { Store } from '../../store/store.ts';
import { digestOfObjectId } from '../../store/stored-object.ts';
import { EMPTY_OBJECT, jsonValue } from '../../values/json.ts';
import {
  type CollectionId,
  fullCollectionName,
  fullRunName,
  fullVersionName,
  type ObjectId,
  type VersionId,
} from '../../values/names.ts';
import { formatInstant, formatPeriod } from '../../values/units.ts';
import type { EventOf } from './description.ts';

/** The facts of an event by name, with full names instead of internal keys. */
type Facts = Readonly<Record<string, unknown>>;

/** An event as JSON: its type and its facts. */
export interface EventReport extends Facts {
  readonly type: StoreEventType;
}

/** Converts an event to JSON; `after` is the store after its step. */
export function reportEvent(event: StoreEvent, after: Store): EventReport {
  return { type: event.type, ...factsOf(event, new Names(after)) };
}

/** Converts an entry of a manifest to JSON. */
export function entryJson(entry: ManifestEntry): Facts {
  return entry.extra === undefined ? { ...entry } : { ...entry, extra: jsonValue(entry.extra) };
}

function factsOf<Type extends StoreEventType>(event: EventOf<Type>, names: Names): Facts {
  return FACTS[event.type](event, names);
}

class Names {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  readonly version = (id: VersionId) => fullNameOfVersion(this.#store, id);
  readonly upload = (id: VersionId) => fullVersionName(uploadName(this.#store, id));
  readonly collection = (id: CollectionId) => fullCollectionName(collectionById(this.#store, id).name);
  readonly run = (id: Parameters<typeof runById>[1]) => fullRunName(runById(this.#store, id).name);
}

const FACTS: { readonly [Type in StoreEventType]: (event: EventOf<Type>, names: Names) => Facts } = {
  collectionCreated: ({ collectionId, kind, artifactType, again }, { collection }) => ({
    collection: collection(collectionId),
    kind,
    artifactType,
    again,
  }),
  versionBegun: (event, names) => {
    const { description = null, metadata = EMPTY_OBJECT, historyStep = null } = event.facts ?? {};
    return {
      ...contentsAdded(event, names),
      ...(description === null ? {} : { description }),
      ...(metadata === EMPTY_OBJECT ? {} : { metadata: jsonValue(metadata) }),
      ...(historyStep === null ? {} : { historyStep }),
    };
  },
  uploadJoined: ({ versionId, requestedAliases }, { version }) => ({
    version: version(versionId),
    requestedAliases,
  }),
  clientIdsRecorded: ({ versionId, clientIds, announced }, { version }) => ({
    version: version(versionId),
    ids: clientIds.length,
    announced,
  }),
  filesAdded: contentsAdded,
  versionCommitted: ({ versionId }, { version, upload }) => ({
    version: version(versionId),
    upload: upload(versionId),
  }),
  versionReused: versionOnly,
  versionAbandoned: versionOnly,
  aliasPut: ({ collectionId, alias, index, movedFrom }, { collection }) => ({
    collection: collection(collectionId),
    alias,
    index: `v${index}`,
    movedFrom: movedFrom === null ? null : `v${movedFrom}`,
  }),
  aliasRemoved: ({ collectionId, alias, index }, { collection }) => ({
    collection: collection(collectionId),
    alias,
    index: `v${index}`,
  }),
  aliasProtected: ({ collectionId, alias }, { collection }) => ({
    collection: collection(collectionId),
    alias,
  }),
  factsSet: ({ versionId, facts, tags }, { version }) => ({
    version: version(versionId),
    description: facts?.description ?? null,
    metadata: jsonValue(facts?.metadata ?? EMPTY_OBJECT),
    tags,
  }),
  collectionDescribed: ({ collectionId, facts }, { collection }) => ({
    collection: collection(collectionId),
    description: facts?.description ?? null,
    tags: facts?.tags ?? [],
  }),
  collectionRenamed: ({ from, to }) => ({ from: fullCollectionName(from), to: fullCollectionName(to) }),
  collectionTypeChanged: ({ collectionId, from, to }, { collection }) => ({
    collection: collection(collectionId),
    from,
    to,
  }),
  versionLinked: ({ portfolioId, index, versionId }, { collection, version }) => ({
    link: `${collection(portfolioId)}:v${index}`,
    version: version(versionId),
  }),
  linkRemoved: ({ portfolioId, index, versionId, aliases }, { collection, version }) => ({
    link: `${collection(portfolioId)}:v${index}`,
    version: version(versionId),
    aliases,
  }),
  runStarted: ({ run, again, facts }) => ({ run: fullRunName(run), again, ...runFactsJson(facts) }),
  runFactsSet: ({ runId, facts }, { run }) => ({ run: run(runId), ...runFactsJson(facts) }),
  runFinished: ({ runId, state }, { run }) => ({ run: run(runId), state }),
  lineageRecorded: ({ run, edge, versionId }, { version }) => ({
    run: fullRunName(run),
    edge,
    version: version(versionId),
  }),
  versionDeleted: versionAndAliases,
  deletionRefused: ({ versionId, refusal }, { version }) => ({
    version: version(versionId),
    refusal: { ...refusal },
  }),
  collectionDeleted: ({ collectionId }, { collection }) => ({ collection: collection(collectionId) }),
  runDeleted: ({ runId }, { run }) => ({ run: run(runId) }),
  versionRestored: versionOnly,
  versionRecovered: ({ versionId, undeleted }, { version }) => ({
    version: version(versionId),
    undeleted: undeleted.map(digestOfObjectId),
  }),
  ttlSet: ({ versionId, ttl, cause }, { version }) => ({
    version: version(versionId),
    ttl: ttl.kind === 'lasting' ? formatPeriod(ttl.seconds) : ttl.kind,
    cause,
  }),
  ttlKept: ({ versionId, by }, { version }) => ({ version: version(versionId), by }),
  teamTtlSet: ({ ttlDefaultSeconds, membersMaySetTtl }) => ({
    ttlDefault: ttlDefaultSeconds === null ? null : formatPeriod(ttlDefaultSeconds),
    membersMaySetTtl,
  }),
  versionExpired: versionAndAliases,
  settingsChanged: ({ changes }) => ({ changes: { ...changes } }),
  bucketFaultsPlanned: ({ faults }) => ({
    faults: faults.map(({ call, fault, times }) => ({ call, fault, times })),
  }),
  clockMoved: ({ to }) => ({ to: formatInstant(to) }),
  bucketCallFaulted: ({ call, fault, objectId }) => ({ call, fault, digest: digestOfObjectId(objectId) }),
  deletedOutOfBand: digestOnly,
  undeletedOutOfBand: digestOnly,
  copiesDropped: ({ dropped }) => ({
    copies: dropped.map(({ key, kind, left, sizeBytes }) => ({
      digest: digestOfObjectId(key as ObjectId),
      kind,
      left,
      size: sizeBytes,
    })),
  }),
  versionsReviewed: ({ versionIds }, { version }) => ({ versions: versionIds.map(version) }),
  holdsReleased: ({ versionId, stillHeld, unreferenced }, { version }) => ({
    version: version(versionId),
    stillHeld: stillHeld.map(digestOfObjectId),
    unreferenced: unreferenced.map(digestOfObjectId),
  }),
  objectSwept: ({ objectId, freedBytes }) => ({ digest: digestOfObjectId(objectId), freed: freedBytes }),
  objectRetained: ({ objectId, holders }) => ({ digest: digestOfObjectId(objectId), holders }),
  versionClosed: versionOnly,
  garbageCollectionSkipped: ({ runs, refusal }) => ({ runs, refusal: { ...refusal } }),
  crashPlanned: stepsOnly,
  garbageCollectionCrashed: stepsOnly,
  crashForgotten: stepsOnly,
};

function contentsAdded(
  { versionId, manifest, uploaded, alreadyStored }: EventOf<'versionBegun' | 'filesAdded'>,
  { version }: Names,
): Facts {
  return {
    version: version(versionId),
    digest: manifest.digest,
    size: manifest.sizeBytes,
    uploaded: uploaded.map(digestOfObjectId),
    alreadyStored: alreadyStored.map(digestOfObjectId),
  };
}

function versionOnly({ versionId }: { readonly versionId: VersionId }, { version }: Names): Facts {
  return { version: version(versionId) };
}

function versionAndAliases(
  { versionId, aliases }: EventOf<'versionDeleted' | 'versionExpired'>,
  { version }: Names,
): Facts {
  return { version: version(versionId), aliases };
}

function digestOnly({ objectId }: { readonly objectId: ObjectId }): Facts {
  return { digest: digestOfObjectId(objectId) };
}

function stepsOnly({ afterSteps }: { readonly afterSteps: number | null }): Facts {
  return { afterSteps };
}

function runFactsJson({ config, summary, progress, files, ...facts }: Partial<RunFacts>) {
  return {
    ...facts,
    ...(config === undefined ? {} : { config: jsonValue(config) }),
    ...(summary === undefined ? {} : { summary: jsonValue(summary) }),
    ...(progress === undefined ? {} : { progress: jsonValue(progress) }),
    ...(files === undefined ? {} : { files: files.map(entryJson) }),
  };
}
