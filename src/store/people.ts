import type { ProjectId } from '../values/names.ts';
import { emptySortedTable, type SortedTable } from '../values/sorted-table.ts';
import type { Seconds } from '../values/units.ts';

/** The roles in a team or registry (ACL-1 to ACL-4). */
export const ROLES = ['viewer', 'member', 'admin'] as const;
/** A role in a team or registry. */
export type Role = (typeof ROLES)[number];

/** Who acts: a person's name, or null for an admin of the team and of every registry. */
export type Who = string | null;

/** The roles of the members of a team or registry, by name. */
export type Members = SortedTable<string, Role>;

/** The team and the registries: roles, and the settings of the team's admins. */
export interface People {
  readonly team: Members;
  /** The projects that are registries, each with its own roles (ACL-4). */
  readonly registries: SortedTable<ProjectId, Members>;
  /** Whether members may set a TTL (ACL-2, TTL-7). */
  readonly membersMaySetTtl: boolean;
  /** The team's default TTL in seconds, or null (TTL-3). */
  readonly ttlDefaultSeconds: Seconds | null;
}

/** A team without members or registries; only the unnamed admin acts. */
export const NOBODY: People = Object.freeze({
  team: emptySortedTable<string, Role>(),
  registries: emptySortedTable<ProjectId, Members>(),
  membersMaySetTtl: true,
  ttlDefaultSeconds: null,
});

/** A person's role in the team, or null. */
export function teamRole(people: People, who: Who): Role | null {
  return who === null ? 'admin' : (people.team.get(who) ?? null);
}

/** A person's role in a project, or null. In a registry, its own roles count, not those of the team (ACL-4). */
export function roleIn(people: People, projectId: ProjectId, who: Who): Role | null {
  const registry = people.registries.get(projectId);
  if (registry === undefined || who === null) return teamRole(people, who);
  return registry.get(who) ?? null;
}

/** Whether a person may set a TTL: admins always, members if the admins allow it (ACL-2, ACL-3). */
export function maySetTtl(people: People, who: Who): boolean {
  const role = teamRole(people, who);
  return role === 'admin' || (role === 'member' && people.membersMaySetTtl);
}
