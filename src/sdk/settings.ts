import { type SettingsChanges, withChanges, wrongBucket } from '../lifecycle/operating.ts';
import { type Members, type People, ROLES, type Role } from '../store/people.ts';
import { projectIdOf } from '../store/project.ts';
import { DEFAULT_SETTINGS, type Settings } from '../store/settings.ts';
import { type ProjectId, type ProjectName, printable } from '../values/names.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { projectIn } from './arguments.ts';
import { errorOf, ValueError } from './errors.ts';
import type { Timedelta } from './timedelta.ts';

/** People and their roles: a Map, or pairs; a plain object too, where nobody is called `__proto__`. */
export type Roles = Iterable<readonly [person: string, role: Role]> | Readonly<Record<string, Role>>;

/** The team, as it is when the simulation begins (ACL-1 to ACL-3; basis: doc). */
export interface Team {
  readonly members?: Roles;
  /** The default TTL of the team; null, the default, where it has none. */
  readonly ttlDefault?: Timedelta | null;
  /** Whether members may set a TTL, which is true by default. */
  readonly membersMaySetTtl?: boolean;
}

/** The registries, each with people and roles of its own (ACL-4; basis: doc): a Map, or pairs, or a plain object. */
export type Registries =
  | Iterable<readonly [registry: string, members: Roles]>
  | Readonly<Record<string, Roles>>;

/**
 * The switches of a server: what is left out has its default. Where the operator brings the bucket and does not say from
 * whom, it is one of AWS (basis: chosen). Throws `ValueError` for a bucket that is no such bucket.
 */
export function startingSettings(changes: SettingsChanges): Settings {
  const named = withChanges(DEFAULT_SETTINGS, changes);
  const brought = named.deployment === 'bring-your-own-bucket' || named.deployment === 'self-managed';
  const settings =
    brought && changes.bucket?.provider === undefined
      ? withChanges(named, { bucket: { provider: 'aws' } })
      : named;
  const wrong = wrongBucket(settings);
  if (wrong !== undefined) throw errorOf(wrong.refusal);
  for (const name of ['retentionSeconds', 'gcEverySeconds', 'abandonAfterSeconds'] as const) {
    mustBeSeconds(name, settings[name], name === 'gcEverySeconds' ? 1 : 0);
  }
  return settings;
}

/** The people of a simulation, as the store keeps them. */
export function peopleOf(team: Team, registries: Registries, place: ProjectName): People {
  const { ttlDefault = null } = team;
  if (ttlDefault !== null) mustBeSeconds('ttlDefault', ttlDefault, 1);
  return {
    team: membersOf(team.members ?? []),
    registries: pairsOf(registries).reduce(
      (all, [name, members]) => all.insert(projectIdOf(projectIn(name, place)), membersOf(members)),
      emptySortedTable<ProjectId, Members>(),
    ),
    membersMaySetTtl: team.membersMaySetTtl ?? true,
    ttlDefaultSeconds: ttlDefault,
  };
}

function membersOf(roles: Roles): Members {
  return pairsOf(roles).reduce((all, [person, role]) => {
    if (ROLES.includes(role)) return all.insert(person, role);
    throw new ValueError(`"${printable(String(role))}" is no role: one is ${ROLES.join(', ')}`);
  }, emptySortedTable<string, Role>());
}

function mustBeSeconds(name: string, given: number, least: number): void {
  if (Number.isSafeInteger(given) && given >= least) return;
  throw new ValueError(`${name} is a timedelta of at least ${least}s, and not ${printable(String(given))}`);
}

function pairsOf<Value>(
  given: Iterable<readonly [string, Value]> | Readonly<Record<string, Value>>,
): readonly (readonly [string, Value])[] {
  return isIterable(given) ? [...given] : Object.entries(given);
}

function isIterable<Value>(
  given: Iterable<readonly [string, Value]> | Readonly<Record<string, Value>>,
): given is Iterable<readonly [string, Value]> {
  return Symbol.iterator in given;
}
