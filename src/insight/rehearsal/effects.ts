import type { StoreEvent } from '../../decider/event.ts';
import { collectionById, nameOfCollection, nameOfLink, nameOfVersion, runById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { type CollectionId, shortCollectionName, shortRunName } from '../../values/names.ts';
import { eventsOf, type Script } from './script.ts';

/** The kinds of changes, in the order in which a report shows them. */
export const EFFECT_KINDS = [
  'versions logged',
  'versions deleted',
  'versions restored',
  'versions edited',
  'versions used',
  'aliases added',
  'aliases removed',
  'links added',
  'links removed',
  'TTLs set',
  'runs started',
  'runs edited',
  'runs deleted',
  'artifact collections created',
  'artifact collections edited',
  'artifact collections deleted',
] as const;
/** One of the kinds of changes. */
export type EffectKind = (typeof EFFECT_KINDS)[number];

/** What a script changed: for each kind of which there is anything, the names in order. */
export type ScriptEffects = ReadonlyMap<EffectKind, readonly string[]>;

/** What a script changed, from the events that it caused. What it did to one thing several times is there once. */
export function effectsOfScript(script: Script): ScriptEffects {
  const all = eventsOf(script).flatMap((event) => effectsOf(event, script));
  const namesOf = (kind: EffectKind) => [
    ...new Set(all.flatMap(([other, name]) => (other === kind ? [name] : []))),
  ];
  return new Map(
    EFFECT_KINDS.map((kind) => [kind, namesOf(kind)] as const).filter(([, names]) => names.length > 0),
  );
}

type Effect = readonly [EffectKind, string];

function effectsOf(event: StoreEvent, { start, final: store }: Script): readonly Effect[] {
  switch (event.type) {
    case 'versionCommitted':
      return [['versions logged', nameOfVersion(store, event.versionId)]];
    case 'versionDeleted':
      return gone('versions deleted', nameOfVersion(store, event.versionId), event.aliases);
    case 'versionRestored':
      return [['versions restored', nameOfVersion(store, event.versionId)]];
    case 'factsSet':
      return [['versions edited', nameOfVersion(store, event.versionId)]];
    case 'lineageRecorded':
      return event.edge === 'used' ? [['versions used', nameOfVersion(store, event.versionId)]] : [];
    case 'aliasPut':
      return [['aliases added', aliasName(store, event)]];
    case 'aliasRemoved':
      return [['aliases removed', aliasName(store, event)]];
    case 'versionLinked':
      return [['links added', nameOfLink(store, event)]];
    case 'linkRemoved':
      return gone('links removed', nameOfLink(store, event), event.aliases);
    case 'ttlSet':
      return [['TTLs set', nameOfVersion(store, event.versionId)]];
    case 'runStarted':
      return event.again ? [] : [['runs started', shortRunName(event.run)]];
    case 'runFactsSet':
      // A run that the script started sends its facts all the time.
      return start.runs.get(event.runId)?.exists === true
        ? [['runs edited', shortRunName(runById(store, event.runId).name)]]
        : [];
    case 'runDeleted':
      return [['runs deleted', shortRunName(runById(store, event.runId).name)]];
    case 'collectionCreated':
      return [['artifact collections created', nameOfCollection(store, event.collectionId)]];
    case 'collectionDescribed':
    case 'collectionRenamed':
    case 'collectionTypeChanged':
      return [['artifact collections edited', nameOfCollection(store, event.collectionId)]];
    case 'collectionDeleted':
      return [['artifact collections deleted', nameOfCollection(store, event.collectionId)]];
    default:
      return [];
  }
}

// With a version or a link go its aliases.
function gone(kind: EffectKind, name: string, aliases: readonly string[]): readonly Effect[] {
  return [[kind, name], ...aliases.map((alias): Effect => ['aliases removed', `${alias} of ${name}`])];
}

function aliasName(
  store: Store,
  {
    collectionId,
    alias,
    index,
  }: { readonly collectionId: CollectionId; readonly alias: string; readonly index: number },
): string {
  return `${alias} of ${shortCollectionName(collectionById(store, collectionId).name)}:v${index}`;
}
