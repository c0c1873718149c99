import { type BucketPolicy, PROVIDERS } from '../../bucket/policy.ts';
import type { Command } from '../../decider/command.ts';
import { missingRequirements } from '../../gc/requirements.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import {
  collectionById,
  existingCollection,
  find,
  indexedName,
  versionAt,
  versionById,
} from '../../store/look-up.ts';
import type { Members, Who } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import { INHERITED, NO_TTL, parseTtl } from '../../store/time-to-live.ts';
import { aliasesOf } from '../../store/version.ts';
import { type CollectionName, DEFAULT_PROJECT, type VersionName } from '../../values/names.ts';
import { type Action, isCommand } from '../action.ts';
import { withoutBlockers } from './unblocking.ts';

type Alternatives = Iterable<readonly Action[]>;
type CommandOf<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;

/** What could be done instead of a refused action, the most likely first. Nothing of it has been tried. */
export function alternatives(action: Action, refusal: Refusal, store: Store): Alternatives {
  switch (refusal.code) {
    case 'gc-not-enabled':
    case 'bucket-not-protected':
      return [[...missingRequirements(store.settings).map(({ repair }) => repair), action]];
    default:
      return isCommand(action) ? commandsInstead(action, refusal, store) : [];
  }
}

function commandsInstead(command: Command, { code, blockers }: Refusal, store: Store): Alternatives {
  switch (code) {
    case 'bad-ttl':
      return withValidTtl(command);
    case 'bad-setting':
      return onAnotherBucket(command, blockers.includes('softDeleteDays'));
    case 'type-mismatch':
    case 'not-a-sequence':
    case 'not-a-portfolio':
      return elsewhere(command, store);
    case 'name-taken':
      return command.type === 'renameCollection' ? underFreeName(command, store) : [];
    case 'has-aliases':
      return command.type === 'deleteVersion' ? [[withAliases(command, store)]] : [];
    case 'protected-alias':
    case 'referred-to':
      return withoutBlockers(command, store);
    case 'not-a-link':
      return command.type === 'unlinkVersion' ? deletion(command, store) : [];
    case 'is-a-link':
      return command.type === 'setTtl' ? onTheSource(command, store) : [];
    case 'forbidden':
      return admins(store).map((by) => [{ ...command, by }]);
    case 'not-found':
      return onceItExists(command, store);
    case 'not-committed':
      return command.type === 'deleteVersion' && command.target.by === 'id'
        ? [[{ type: 'abandonVersion', versionId: command.target.versionId, by: command.by ?? null }]]
        : [];
    case 'not-restorable':
    case 'objects-missing':
      return command.type === 'restoreVersion' || command.type === 'recoverVersion'
        ? otherRestorations(command, store)
        : [];
    case 'gc-not-enabled':
    case 'bucket-not-protected':
    case 'bad-name':
    case 'bad-alias':
    case 'bad-manifest':
    case 'not-a-registry':
    case 'reserved-type':
    case 'run-deleted':
    case 'system-managed':
    case 'content-conflict':
    case 'client-id-conflict':
    case 'not-pending':
    case 'too-large':
      return [];
  }
}

// By its name, as people know the version.
function withAliases(command: CommandOf<'deleteVersion'>, store: Store): Command {
  const { target } = command;
  const name = target.by === 'name' ? target.name : indexedName(store, versionById(store, target.versionId));
  return { ...command, target: { by: 'name', name }, deleteAliases: true };
}

// A person with a name comes first: in a story with people the unnamed admin is hardly who is meant.
function admins({ people: { team, registries } }: Store): readonly Who[] {
  const adminAmong = (members: Members) => [...members.entries()].find(([, role]) => role === 'admin')?.[0];
  const named = [team, ...Array.from(registries.entries(), ([, members]) => members)].map(adminAmong);
  return [...new Set(named.filter((name) => name !== undefined)), null];
}

/** `base`, or the first of `base-2`, `base-3`, … that no artifact collection of the project has. */
function freeName(store: Store, place: CollectionName, base: string): CollectionName {
  for (let number = 1; ; number += 1) {
    const name = { ...place, collection: number === 1 ? base : `${base}-${number}` };
    if (existingCollection(store, name) === undefined) return name;
  }
}

function underFreeName(command: CommandOf<'renameCollection'>, store: Store): Alternatives {
  const { collection: to } = freeName(store, command.collection, command.to);
  return [[{ ...command, to }]];
}

function withValidTtl(command: Command): Alternatives {
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion':
    case 'logDraft':
      return [[{ ...command, ttl: parseTtl('30d') }], [{ ...command, ttl: INHERITED }]];
    case 'setTtl':
      return [[{ ...command, ttl: parseTtl('30d') }]];
    case 'setTeamTtl':
      return [[{ ...command, ttl: NO_TTL }], [{ ...command, ttl: parseTtl('30d') }]];
    default:
      return [];
  }
}

function onAnotherBucket(command: Command, isAboutDays: boolean): Alternatives {
  if (command.type !== 'changeSettings') return [];
  const { changes } = command;
  // The managed bucket is the last resort: only the operator of a cloud deployment has it.
  const providers = [...PROVIDERS.filter((provider) => provider !== 'managed'), 'managed' as const];
  const others: readonly Partial<BucketPolicy>[] = isAboutDays
    ? [{ softDeleteDays: 7 }, { softDelete: false }]
    : providers.map((provider) => ({ provider }));
  return others.map((other) => [
    { ...command, changes: { ...changes, bucket: { ...changes.bucket, ...other } } },
  ]);
}

function* elsewhere(command: Command, store: Store): Generator<readonly Action[]> {
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion': {
      const { collection: name } = command;
      const existing = existingCollection(store, name);
      if (existing !== undefined) yield [{ ...command, artifactType: existing.artifactType }];
      yield* loggedElsewhere(command, name, store);
      yield* loggedElsewhere(command, { ...name, project: DEFAULT_PROJECT }, store);
      break;
    }
    case 'linkVersion':
      yield [{ ...command, to: freeName(store, command.to, 'another-name') }];
      break;
    default:
      break;
  }
}

// A portfolio has no versions of its own: the version is logged beside it, and linked.
function* loggedElsewhere(
  command: CommandOf<'logVersion' | 'beginVersion'>,
  place: CollectionName,
  store: Store,
): Generator<readonly Action[]> {
  const { collection: to, by = null } = command;
  const collection = freeName(store, place, 'another-name');
  const logged = { ...command, collection } as const;
  const version: VersionName = { collection, selector: { kind: 'index', index: 0 } };
  if (command.type === 'logVersion') yield [logged, { type: 'linkVersion', version, to, aliases: [], by }];
  yield [logged];
}

function deletion({ link, by = null }: CommandOf<'unlinkVersion'>, store: Store): Alternatives {
  const found = find(store, link);
  if (found === undefined) return [];
  const deleteAliases = aliasesOf(found.version).length > 0;
  return [[{ type: 'deleteVersion', target: { by: 'name', name: link }, deleteAliases, by }]];
}

function onTheSource(command: CommandOf<'setTtl'>, store: Store): Alternatives {
  const found = find(store, command.version);
  return found === undefined ? [] : [[{ ...command, version: indexedName(store, found.version) }]];
}

function onceItExists(command: Command, store: Store): Alternatives {
  const name = sourceIn(command);
  const version = name && versionAt(store, name);
  if (name === undefined || version === undefined) return [];
  switch (version.state.kind) {
    case 'PENDING':
      return [[{ type: 'commitVersion', versionId: version.id, by: command.by ?? null }, command]];
    case 'PENDING_DELETION':
      return [[{ type: 'restoreVersion', version: name }, command]];
    case 'DELETED':
      return [[{ type: 'recoverVersion', version: name }, command]];
    case 'COMMITTED':
      return [];
  }
}

// A deletion is not among them: nobody restores a version in order to delete it.
function sourceIn(command: Command): VersionName | undefined {
  switch (command.type) {
    case 'editAliases':
    case 'linkVersion':
    case 'useVersion':
    case 'setTtl':
    case 'setFacts':
      return command.version;
    case 'logDraft':
      return command.base;
    default:
      return undefined;
  }
}

// A line with more files than this is no longer read.
const MOST_FILES = 10;

function* otherRestorations(
  { type, version: name, ...asked }: CommandOf<'restoreVersion' | 'recoverVersion'>,
  store: Store,
): Generator<readonly Action[]> {
  const version = versionAt(store, name);
  if (version === undefined) return;
  const by = ('by' in asked ? asked.by : null) ?? null;
  if (version.state.kind === 'PENDING') yield [{ type: 'commitVersion', versionId: version.id, by }];
  if (type === 'restoreVersion') yield [{ type: 'recoverVersion', version: name, by }];
  const { manifest, tags, facts, ttl } = versionById(store, version.id);
  if (manifest.entries.length > MOST_FILES) return;
  const { name: collection, artifactType: typeBefore, exists } = collectionById(store, version.collectionId);
  const artifactType = exists ? null : typeBefore;
  yield [
    { type: 'logVersion', collection, artifactType, manifest, aliases: [], tags, facts, run: null, ttl, by },
  ];
}
