import { isKept, isStored } from '../../../src/bucket/bucket.ts';
import type { Link } from '../../../src/store/link.ts';
import { collectionById, runById, versionById } from '../../../src/store/look-up.ts';
import { isProtectedSource } from '../../../src/store/protection.ts';
import type { Store } from '../../../src/store/store.ts';
import { objectsOf } from '../../../src/store/stored-object.ts';
import { aliasesOf, type Version, type VersionStateName } from '../../../src/store/version.ts';
import type {
  CollectionName,
  FileName,
  RunName,
  Selector,
  VersionId,
  VersionName,
} from '../../../src/values/names.ts';
import type { Again, CollectionPick, Nth, RunPick, VersionPick } from './history.ts';
import type { Made } from './play-history.ts';

/** One of what there is: modulo how many there are, so that nearly every pick finds something. */
export function pickOf<Thing>(things: readonly Thing[], at: Nth): Thing | undefined {
  return things[at % Math.max(1, things.length)];
}

/** The artifact collection that a pick means now. */
export function collectionOf(pick: CollectionPick, store: Store, made: Made): CollectionName | undefined {
  if ('name' in pick) return pick.name;
  const exists = made.collectionIds.map((id) => collectionById(store, id)).filter((known) => known.exists);
  return pickOf(exists, pick.at)?.name;
}

/** The run that a pick means now. */
export function runOf(pick: RunPick, store: Store, made: Made): RunName | undefined {
  if ('name' in pick) return pick.name;
  const exists = made.runIds.map((id) => runById(store, id)).filter((known) => known.exists);
  return pickOf(exists, pick.at)?.name;
}

/** One file of the version that a pick means now. */
export function fileOf(pick: VersionPick, at: Nth, store: Store, made: Made): FileName | undefined {
  const found = versionOf(pick, store, made);
  if (found === undefined) return undefined;
  const path = pickOf(versionById(store, found.versionId).manifest.entries, at)?.path;
  return path === undefined ? undefined : { version: found.name, path };
}

/** The version whose content is logged again. */
export function modelOf(again: Again, store: Store, made: Made): Version | undefined {
  const deleted = again.among === 'deleted' ? inState(store, made, 'PENDING_DELETION') : [];
  const lacking = again.among === 'lacking' ? lackingIn(store, made) : [];
  const begunWith = deleted.filter((id) => !isWaiting(versionById(store, id)));
  const among = [begunWith, deleted, lacking, made.versionIds].find((some) => some.length > 0) ?? [];
  const versionId = pickOf(among, again.at);
  return versionId === undefined ? undefined : versionById(store, versionId);
}

function isWaiting({ state }: Version): boolean {
  return state.kind === 'PENDING_DELETION' && state.stage === 'waiting';
}

function lackingIn(store: Store, made: Made): readonly VersionId[] {
  return made.versionIds.filter((id) => lacksFiles(versionById(store, id), store));
}

function lacksFiles({ scope, manifest }: Version, { bucket }: Store): boolean {
  return objectsOf(scope, manifest).some(([id]) => !isStored(bucket, id) && isKept(bucket, id));
}

function wasCommitted({ state }: Version): boolean {
  return 'committedAt' in state && state.committedAt !== null;
}

/** The versions in one state, in the order of their making. */
export function inState(store: Store, made: Made, kind: VersionStateName): readonly VersionId[] {
  return made.versionIds.filter((id) => versionById(store, id).state.kind === kind);
}

/** The version that a pick means now, and a name of it. */
export function versionOf(
  pick: VersionPick,
  store: Store,
  made: Made,
): { readonly versionId: VersionId; readonly name: VersionName } | undefined {
  const link = pick.among === 'linked' ? pickOf(linksOf(store, made), pick.at) : undefined;
  if (link !== undefined) return { versionId: link.versionId, name: nameOfLink(store, link) };
  const among = amongOf(pick.among, store, made);
  const versionId = pickOf(among.length > 0 ? among : made.versionIds, pick.at);
  if (versionId === undefined) return undefined;
  const name = pickOf(namesOf(store, versionId), pick.via);
  return name === undefined ? undefined : { versionId, name };
}

function amongOf(among: VersionPick['among'], store: Store, made: Made): readonly VersionId[] {
  if (among === 'ever') return [];
  if (among === 'protected') {
    const held = made.versionIds.filter((id) => isProtectedSource(store, versionById(store, id)));
    const linked = linksOf(store, made).map(({ versionId }) => versionId);
    if (held.length + linked.length > 0) return held.length > 0 ? held : linked;
  }
  if (among !== 'deleted' && among !== 'lacking') return inState(store, made, 'COMMITTED');
  if (among === 'lacking') {
    const lacking = lackingIn(store, made);
    if (lacking.length > 0) return lacking;
  }
  const deleted = [...inState(store, made, 'PENDING_DELETION'), ...inState(store, made, 'DELETED')];
  const committedOnce = deleted.filter((id) => wasCommitted(versionById(store, id)));
  return committedOnce.length > 0 ? committedOnce : deleted;
}

// Its index first, so that a shrunk step names it so; then its aliases, then its links.
function namesOf(store: Store, versionId: VersionId): readonly VersionName[] {
  const version = versionById(store, versionId);
  const { name: collection } = collectionById(store, version.collectionId);
  const selectors: Selector[] = [
    { kind: 'index', index: version.index },
    ...aliasesOf(version).map((alias): Selector => ({ kind: 'alias', alias })),
  ];
  const links = linksTo(store, version).map((link) => nameOfLink(store, link));
  return [...selectors.map((selector) => ({ collection, selector })), ...links];
}

function linksOf(store: Store, made: Made): readonly Link[] {
  return made.versionIds.flatMap((versionId) => linksTo(store, versionById(store, versionId)));
}

function linksTo(store: Store, version: Version): readonly Link[] {
  return version.links.flatMap((linkId) => store.links.get(linkId) ?? []);
}

function nameOfLink(store: Store, { portfolioId, index }: Link): VersionName {
  return { collection: collectionById(store, portfolioId).name, selector: { kind: 'index', index } };
}
