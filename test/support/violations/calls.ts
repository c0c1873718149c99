import type { Command } from '../../../src/decider/command.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import { isCommand } from '../../../src/simulator/action.ts';
import type { ArtifactCollection } from '../../../src/store/artifact-collection.ts';
import type { Store } from '../../../src/store/store.ts';
import { clientIdKeyOf } from '../../../src/store/version.ts';
import type { Alias, CollectionName, VersionName } from '../../../src/values/names.ts';
import type { Played } from '../histories/play-history.ts';
import { isManaged } from '../naive/format.ts';
import { isReferredToNaively, naiveObjectsOf, naiveProtections, naiveTargets } from '../naive/look-ups.ts';
import { mayAsk, roleOf } from '../naive/permission.ts';
import { canonical } from '../stores/canonical-summary.ts';
import { cascadingViolations, ttlViolations } from './chapters.ts';
import { claims, exists } from './claims.ts';
import { skipViolations, waitViolations } from './waits.ts';

/** What is wrong with how a whole call ended. */
export function callViolations(played: Played): readonly string[] {
  const { call, outcome, before, after } = played;
  const forbidden = isCommand(call)
    ? [...permissionViolations(call, played), ...referenceViolations(played)]
    : [];
  if (!outcome.ok || outcome.events.length === 0) {
    return before === after ? forbidden : ['a call without events made another store'];
  }
  if (call.type === 'collectGarbage') {
    const planned = after.garbageCollection.crashAfterSteps;
    return [
      ...costViolations(before, outcome.events),
      ...claims([['GC-8: a planned crash is used up, whether it happened or not', planned === null]]),
    ];
  }
  if (call.type === 'wait') return [...waitViolations(played), ...skipViolations(played)];
  if (!isCommand(call)) return forbidden;
  return [
    ...forbidden,
    ...commandViolations(call, before, outcome.events),
    ...cascadingViolations(call, before, outcome.events, after),
    ...aliasViolations(call, before, outcome.events, after),
    ...ttlViolations(call, before, outcome.events, after),
  ];
}

// ACL-1 to ACL-4, ALI-7: who may not ask is refused with forbidden, and nobody else is.
function permissionViolations(command: Command, { outcome, before }: Played): readonly string[] {
  const refused = !outcome.ok && outcome.refusal.code === 'forbidden';
  if (!mayAsk(command, before)) return claims([['ACL-1: who may not ask is refused', refused]]);
  if (!refused) return [];
  const by = command.by ?? null;
  const collection = portfolioIn(command);
  const isAdmin = by === null || (collection !== null && roleOf(before, collection, by) === 'admin');
  return claims([
    ['ALI-7: only a touch of a protected alias is forbidden besides', collection !== null && !isAdmin],
  ]);
}

// DEL-18: with hold, no call deletes what something else refers to; and nothing else is refused for that.
function referenceViolations({ outcome, before, after }: Played): readonly string[] {
  const holds = before.settings.artifactReferences === 'hold';
  if (!outcome.ok) {
    const isReference = outcome.refusal.code === 'referred-to';
    const all = [...before.versions.unorderedRows()].map((version) => naiveTargets(version).length);
    return claims([
      ['DEL-18: only references hold up a deletion so', !isReference || (holds && Math.max(0, ...all) > 0)],
    ]);
  }
  const deleted = outcome.events.flatMap((event) =>
    event.type === 'versionDeleted' ? [event.versionId] : [],
  );
  return claims([
    [
      'DEL-18: with hold, nothing refers to what a call deleted',
      !holds || deleted.length === 0 || !isReferredToNaively(after, deleted),
    ],
  ]);
}

// The portfolio whose protected aliases a command may touch.
function portfolioIn(command: Command): CollectionName | null {
  switch (command.type) {
    case 'linkVersion':
      return command.to;
    case 'editAliases':
      return command.version.collection;
    case 'unlinkVersion':
      return command.link.collection;
    case 'deleteVersion':
      return command.target.by === 'name' ? command.target.name.collection : null;
    case 'deleteCollection':
      return command.collection;
    default:
      return null;
  }
}

// GC-10: a run costs what it reviews and what an earlier one left behind, however large the store is.
function costViolations(before: Store, events: readonly StoreEvent[]): readonly string[] {
  const { reviewed, released, unreferenced } = before.garbageCollection;
  const newlyReviewed = events.flatMap((event) =>
    event.type === 'versionsReviewed' ? event.versionIds : [],
  );
  const objects = [...newlyReviewed, ...[...reviewed.entries()].map(([, id]) => id)].reduce((sum, id) => {
    const version = before.versions.get(id);
    return sum + (version === undefined ? 0 : naiveObjectsOf(version).size);
  }, 0);
  const versions = 2 * newlyReviewed.length + 2 * reviewed.size + released.size;
  const crash = 1;
  const bound = 1 + versions + objects + unreferenced.size + crash;
  const calls = events.filter(({ type }) => type === 'bucketCallFaulted').length;
  return events.length - calls <= bound ? [] : [`GC-10: ${events.length} events, at most ${bound}`];
}

function isLiveUpload(store: Store, clientId: string, name: CollectionName): boolean {
  const upload = store.clientIds.get(clientIdKeyOf(clientId));
  const version = upload && store.versions.get(upload.versionId);
  const isLive = version?.state.kind === 'PENDING' || version?.state.kind === 'COMMITTED';
  return isLive && version?.collectionId === exists(store, name)?.id;
}

function commandViolations(
  command: Command,
  before: Store,
  events: readonly StoreEvent[],
): readonly string[] {
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion': {
      const [newest] = membersOf(before, exists(before, command.collection)).slice(-1);
      const begunWith = events.flatMap((event) => (event.type === 'versionBegun' ? [event.manifest] : []));
      // What references point to is a part of the digest, and only events tell it.
      const refers = command.manifest.entries.some(
        (entry) => entry.kind === 'reference' && entry.address.startsWith('wandb-artifact://'),
      );
      const announced = command.type === 'beginVersion' ? command.announced : undefined;
      const named = command.type === 'beginVersion' ? (command.clientIds ?? []) : [];
      const goesOn = named.some((id) => isLiveUpload(before, id, command.collection));
      const equal = refers
        ? begunWith.every(({ digest }) => newest?.digest === digest)
        : newest?.digest === command.manifest.digest;
      const same = goesOn || (announced === undefined ? equal : newest?.digest === announced);
      const reused = events.some(({ type }) => type === 'versionReused' || type === 'uploadJoined');
      const begun = events.filter((event) => event.type === 'versionBegun');
      return claims([
        [
          'LOG-3, LOG-11: only content equal to the newest, or an upload that goes on, makes no version',
          same === reused,
        ],
        ['LOG-1: one version is made, or none', begun.length === (same ? 0 : 1)],
        [
          'ALI-1: no alias asked for is forgotten',
          begun.every((event) => includesAll(event.requestedAliases, command.aliases)),
        ],
        [
          'ALI-8: the tags are those given',
          begun.every((event) => canonical(event.tags) === canonical(command.tags)),
        ],
      ]);
    }
    case 'deleteVersion': {
      const kinds = events.map((event) => event.type);
      const deleted = events.filter((event) => event.type === 'versionDeleted');
      return claims([
        ['DEL-1: one version goes, or one link', deleted.length === 1 || kinds.join() === 'linkRemoved'],
        [
          'DEL-2: no alias goes unasked',
          command.deleteAliases || deleted.every((event) => event.aliases.length === 0),
        ],
      ]);
    }
    case 'deleteMatching': {
      const collection = exists(before, command.collection);
      const members = membersOf(before, collection);
      const { withoutAliases, withAlias, olderThanSeconds, keepLast } = command.where;
      const picked = members
        .slice(0, members.length - Math.min(members.length, keepLast ?? 0))
        .filter(({ aliases }) => !withoutAliases || aliases.length === 0)
        .filter(({ aliases }) => withAlias === null || aliases.some((alias) => alias === withAlias))
        .filter(({ since }) => olderThanSeconds === null || since + olderThanSeconds < before.now);
      const by = command.by ?? null;
      const isAdminThere = by === null || roleOf(before, command.collection, by) === 'admin';
      // DEL-5: of a portfolio only links go; DEL-14: each version of a sequence has an outcome of its own.
      const outcomes = events.filter(
        (event) => event.type !== 'linkRemoved' || collection?.kind === 'portfolio',
      );
      const free = picked.filter(
        ({ aliases, isProtected }) =>
          !(isProtected && !(collection?.kind === 'portfolio' && isAdminThere)) &&
          !(collection?.kind === 'sequence' && aliases.length > 0 && !command.deleteAliases),
      );
      const retained = picked.length - withoutReferredTo(before, free).length;
      const refusals = events.filter((event) => event.type === 'deletionRefused').length;
      return claims([
        ['DEL-14: each that the filter picks has an outcome', outcomes.length === picked.length],
        ['DEL-2, ALI-7, DEL-18: aliases and references hold up a deletion', refusals === retained],
      ]);
    }
    default:
      return [];
  }
}

// ALI-1, ALI-2: what a call gives to a version, or a link, is there afterwards; ALI-5: what it takes is not.
function aliasViolations(
  command: Command,
  before: Store,
  events: readonly StoreEvent[],
  after: Store,
): readonly string[] {
  if (command.type === 'editAliases') {
    const { collection } = command.version;
    const index = memberNamed(before, command.version)?.index;
    const member = membersOf(after, exists(after, collection)).find((other) => other.index === index);
    // An alias that is added and removed at once is removed where it stood, and added where it did not.
    const bore = memberNamed(before, command.version)?.aliases ?? [];
    const removed = command.remove.filter((alias) => bore.includes(alias));
    const added = [...command.add, ...command.protect].filter((alias) => !removed.includes(alias));
    const guarded = exists(after, collection)?.protectedAliases;
    return claims([
      ['ALI-2: what is added is there', includesAll(member?.aliases, added)],
      [
        'ALI-7: what is to be protected is',
        command.protect.every((alias) => removed.includes(alias) || guarded?.has(alias as Alias) === true),
      ],
      ['ALI-5: what is removed is not', removed.every((alias) => member?.aliases.includes(alias) === false)],
    ]);
  }
  const given = aliasesGiven(command, before);
  return events.flatMap((event) => {
    if (event.type !== 'versionCommitted' && event.type !== 'versionReused') return [];
    const state = after.versions.get(event.versionId)?.state;
    const aliases = state?.kind === 'COMMITTED' ? state.aliases : [];
    return claims([
      ['ALI-1: latest and what was given is there', includesAll(aliases, ['latest', ...given])],
    ]);
  });
}

function aliasesGiven(command: Command, before: Store): readonly string[] {
  if (command.type !== 'commitVersion') return 'aliases' in command ? command.aliases : [];
  const { state } = before.versions.get(command.versionId) ?? {};
  return state?.kind === 'PENDING' ? state.requestedAliases : [];
}

function memberNamed(store: Store, { collection, selector }: VersionName): Member | undefined {
  const members = membersOf(store, exists(store, collection));
  if (selector.kind === 'index') return members.find(({ index }) => index === selector.index);
  if (selector.kind === 'upload') return undefined;
  const bearer = members.find(({ aliases }) => aliases.includes(selector.alias));
  const newest = selector.alias === 'latest' ? members.at(-1) : undefined;
  return bearer ?? newest;
}

function includesAll(aliases: readonly string[] | undefined, given: readonly string[]): boolean {
  return given.every((alias) => aliases?.includes(alias));
}

// DEL-18: what can be deleted together, since nothing that stays refers to it.
function withoutReferredTo(store: Store, members: readonly Member[]): readonly Member[] {
  if (store.settings.artifactReferences === 'dangle') return members;
  const ids = members.flatMap(({ id }) => id ?? []);
  const left = members.filter(({ id }) => id === null || !isReferredToNaively(store, [id], ids));
  return left.length === members.length ? left : withoutReferredTo(store, left);
}

interface Member {
  /** Null for a link. */
  readonly id: string | null;
  readonly index: number;
  readonly aliases: readonly string[];
  readonly since: number;
  readonly digest: string | null;
  /** Whether a protected alias holds it (ALI-7), or the service manages it (DEL-17). */
  readonly isProtected: boolean;
}

// The COMMITTED versions of a sequence, or the links of a portfolio, by index.
function membersOf(store: Store, collection: ArtifactCollection | undefined): readonly Member[] {
  const members: Member[] = [];
  if (collection === undefined) return members;
  for (const { id, collectionId, index, state, createdAt, manifest } of store.versions.unorderedRows()) {
    if (collectionId !== collection.id || state.kind !== 'COMMITTED' || index === null) continue;
    const isProtected = isManaged(collection.artifactType) || naiveProtections(store, id).length > 0;
    members.push({
      id,
      index,
      aliases: state.aliases,
      since: createdAt,
      digest: manifest.digest,
      isProtected,
    });
  }
  for (const { portfolioId, index, aliases, linkedAt } of store.links.unorderedRows()) {
    if (portfolioId !== collection.id) continue;
    const isProtected = aliases.some((alias) => collection.protectedAliases.has(alias));
    members.push({ id: null, index, aliases, since: linkedAt, digest: null, isProtected });
  }
  return members.sort((left, right) => left.index - right.index);
}
