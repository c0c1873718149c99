import type { BucketFault } from '../../bucket/faults.ts';
import type { Refused } from '../../lifecycle/decision.ts';
import {
  startingSettings as beginningWith,
  type SettingsChanges,
  wrongBucket,
} from '../../lifecycle/operation/operating.ts';
import { wrongFaults, wrongSettings } from '../../lifecycle/operation/setting-checks.ts';
import { type Members, type People, ROLES, type Role } from '../../store/people.ts';
import { projectIdOf } from '../../store/project.ts';
import type { Settings } from '../../store/settings.ts';
import { type ProjectId, type ProjectName, printable } from '../../values/names.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import { errorOf, ValueError } from '../errors.ts';
import { projectIn } from './arguments.ts';
import { copied } from './copied.ts';
import type { Timedelta } from './timedelta.ts';

/** People and their roles: a Map or pairs, or a plain object unless somebody is called `__proto__`. */
export type Roles = Iterable<readonly [person: string, role: Role]> | Readonly<Record<string, Role>>;

/** The team at the start of a simulation (ACL-1 to ACL-3; basis: doc). */
export interface Team {
  /** The members of the team and their roles. */
  readonly members?: Roles;
  /** The team's default TTL; null, the default, for none. */
  readonly ttlDefault?: Timedelta | null;
  /** Whether members may set a TTL; true by default. */
  readonly membersMaySetTtl?: boolean;
}

/** The registries, each with its own people and roles (ACL-4; basis: doc): a Map, pairs or a plain object. */
export type Registries =
  | Iterable<readonly [registry: string, members: Roles]>
  | Readonly<Record<string, Roles>>;

/**
 * The settings of a server, with defaults for those left out. A bucket of the operator's own is on AWS by default (basis:
 * chosen). Throws `ValueError` for invalid settings and for anything that is not a bucket.
 */
export function startingSettings(changes: SettingsChanges): Settings {
  mustNotBe(wrongSettings(changes));
  // The store freezes its settings, and a script may change its own later.
  const settings = beginningWith(copied(changes));
  mustNotBe(wrongBucket(settings));
  return settings;
}

/** The planned faults of the bucket. Throws `ValueError` unless it is a list of faults. */
export function bucketFaultsIn(given: readonly BucketFault[]): readonly BucketFault[] {
  mustNotBe(wrongFaults(given));
  return given;
}

/** The people of a simulation as the store keeps them. Throws `ValueError` for invalid people or roles. */
export function peopleOf(team: Team, registries: Registries, place: ProjectName): People {
  mustBeTeam(team);
  const { members = [], ttlDefault = null, membersMaySetTtl = true } = team;
  if (ttlDefault !== null) mustBeSeconds('ttlDefault', ttlDefault, 1);
  if (typeof membersMaySetTtl !== 'boolean') {
    throw new ValueError(
      `membersMaySetTtl must be true or false, not ${printable(String(membersMaySetTtl))}`,
    );
  }
  return {
    team: membersOf(members),
    registries: pairsOf(registries, 'the registries').reduce(
      (all, [name, roles]) => all.insert(projectIdOf(projectIn(name, place)), membersOf(roles)),
      emptySortedTable<ProjectId, Members>(),
    ),
    membersMaySetTtl,
    ttlDefaultSeconds: ttlDefault,
  };
}

/** The full names of the registries, which the store knows only by key. */
export function registryNames(registries: Registries, place: ProjectName): readonly ProjectName[] {
  return pairsOf(registries, 'the registries').map(([name]) => projectIn(name, place));
}

const TEAM: readonly string[] = ['members', 'ttlDefault', 'membersMaySetTtl'] satisfies (keyof Team)[];

function membersOf(roles: Roles): Members {
  return pairsOf(roles, 'people').reduce((all, [person, role]) => {
    if (ROLES.includes(role)) return all.insert(person, role);
    throw new ValueError(`Unknown role "${printable(String(role))}": use ${ROLES.join(', ')}`);
  }, emptySortedTable<string, Role>());
}

function mustNotBe(wrong: Refused | undefined): void {
  if (wrong !== undefined) throw errorOf(wrong.refusal);
}

function mustBeTeam(given: object): void {
  if (typeof given !== 'object' || given === null) throw new ValueError('the team must be an object');
  const strange = Object.keys(given).find((key) => !TEAM.includes(key));
  if (strange === undefined) return;
  throw new ValueError(`unknown team setting "${printable(strange)}": use ${TEAM.join(', ')}`);
}

function mustBeSeconds(name: string, given: number, least: number): void {
  if (Number.isSafeInteger(given) && given >= least) return;
  throw new ValueError(`${name} must be a timedelta of at least ${least}s, not ${printable(String(given))}`);
}

type Named<Value> = Iterable<readonly [string, Value]> | Readonly<Record<string, Value>>;

function pairsOf<Value>(given: Named<Value>, what: string): readonly (readonly [string, Value])[] {
  if (typeof given !== 'object' || given === null) {
    throw new ValueError(`${what} must be given by name: a Map, pairs, or an object`);
  }
  const pairs: readonly unknown[] = Symbol.iterator in given ? [...given] : Object.entries(given);
  if (
    pairs.every(
      (pair): pair is readonly [string, Value] => Array.isArray(pair) && typeof pair[0] === 'string',
    )
  ) {
    return pairs;
  }
  throw new ValueError(`${what} must be given by name, as [name, value] pairs`);
}
