import type { ProjectId } from '../values/names.ts';
import { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
import type { Seconds } from '../values/units.ts';

/** What somebody may do in the team, or in a registry (ACL-1 to ACL-4; basis: doc). */
export const ROLES = ['viewer', 'member', 'admin'] as const;
/** One of them. */
export type Role = (typeof ROLES)[number];

/** Who acts: a person by name, or null for an admin of the team and of every registry. */
export type Who = string | null;

/** The members of a team or a registry, by name; a name is chosen by a user, and so no key of an object. */
export type Members = SortedTable<string, Role>;

/** The team and the registries: who has which role, and what the team's admins have settled. */
export interface People {
  readonly team: Members;
  /** The projects that are registries, with roles of their own (ACL-4; basis: doc). */
  readonly registries: SortedTable<ProjectId, Members>;
  /** Whether members may set a TTL (ACL-2, TTL-7; basis: doc). */
  readonly membersMaySetTtl: boolean;
  /** The team's default TTL in seconds, null where it has none (TTL-3; basis: doc). */
  readonly ttlDefaultSeconds: Seconds | null;
}

/** A team of nobody, without registries, in which whoever acts is an admin. */
export const NOBODY: People = Object.freeze({
  team: emptySortedTable<string, Role>(),
  registries: emptySortedTable<ProjectId, Members>(),
  membersMaySetTtl: true,
  ttlDefaultSeconds: null,
});

/** The role of somebody in the team, or null where they have none. */
export function teamRole(people: People, who: Who): Role | null {
  return who === null ? 'admin' : (people.team.get(who) ?? null);
}

/**
 * The role of somebody in a project, or null: in a registry it is the registry's own, and the role in the team
 * counts for nothing there (ACL-4; basis: doc).
 */
export function roleIn(people: People, projectId: ProjectId, who: Who): Role | null {
  const registry = people.registries.get(projectId);
  if (registry === undefined || who === null) return teamRole(people, who);
  return registry.get(who) ?? null;
}

/** Whether somebody may set a TTL: an admin always, a member where the admins allow it (ACL-2, ACL-3; basis: doc). */
export function maySetTtl(people: People, who: Who): boolean {
  const role = teamRole(people, who);
  return role === 'admin' || (role === 'member' && people.membersMaySetTtl);
}
