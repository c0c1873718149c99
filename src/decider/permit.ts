import { type Refused, refused } from '../lifecycle/decision.ts';
import type { VersionTarget } from '../lifecycle/targeting.ts';
import { collectionById, find, versionById } from '../store/look-up.ts';
import { type People, type Role, roleIn, teamRole } from '../store/people.ts';
import { projectIdOf } from '../store/project.ts';
import { runIdOf } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import {
  type ProjectName,
  type RunName,
  shortProjectName,
  shortRunName,
  type VersionId,
  type VersionName,
} from '../values/names.ts';

/** Who may ask for a command: refuses with `forbidden` what somebody may not, whatever the store would say to it. */
export type Permission<Asked> = (command: Asked, store: Store, by: string) => Refused | undefined;

/** Jobs and the clock ask for what nobody is refused. */
export const anybody: Permission<unknown> = () => undefined;

/** In the team a viewer changes nothing (ACL-1; basis: doc); in a registry its own roles count (ACL-4; basis: doc). */
export const memberOf =
  <Asked>(where: (command: Asked, store: Store) => ProjectName): Permission<Asked> =>
  (command, store, by) =>
    needsMember(store, where(command, store), by);

/** A member, where the artifact collection, or run, is. */
export const memberAtCollection = memberOf(
  ({ collection }: { readonly collection: ProjectName }) => collection,
);

/** A member, where the version was born that an id means. */
export const memberAtId = memberOf(({ versionId }: { readonly versionId: VersionId }, store) =>
  projectOfVersion(store, versionId),
);

/** A member, where the name of a version says. */
export const memberAtName = memberOf(({ version }: { readonly version: VersionName }) => version.collection);

/** A member, where the version is, or was born, that a deletion is about. */
export const memberAtTarget = memberOf(({ target }: { readonly target: VersionTarget }, store) =>
  target.by === 'name' ? target.name.collection : projectOfVersion(store, target.versionId),
);

/** A member where a draft goes: a draft on a link is logged to the sequence of its source. */
export const memberAtBase = memberOf(({ base }: { readonly base: VersionName }, store) => {
  const version = find(store, base)?.version;
  return version === undefined ? base.collection : projectOfVersion(store, version.id);
});

/** A member deletes only their own runs (ACL-2; basis: doc). */
export const ownerOfRun: Permission<{ readonly run: RunName }> = ({ run }, store, by) =>
  needsMember(store, run, by) ?? needsOwner(store, run, by);

/** Only an admin deletes a project (ACL-3; basis: chosen). */
export const adminOfProject: Permission<{ readonly project: ProjectName }> = ({ project }, store, by) =>
  needsAdmin(store, project, by, `delete the project ${shortProjectName(project)}`);

/** Only an admin of the team does such a thing (ACL-3; basis: doc, chosen). */
export const teamAdmin =
  (action: string): Permission<unknown> =>
  (_, { people }, by) =>
    needsTeamAdmin(people, by, action);

function projectOfVersion(store: Store, versionId: VersionId): ProjectName {
  return collectionById(store, versionById(store, versionId).collectionId).name;
}

function needsMember({ people }: Store, where: ProjectName, by: string): Refused | undefined {
  const projectId = projectIdOf(where);
  const role = roleIn(people, projectId, by);
  if (role === 'member' || role === 'admin') return undefined;
  return people.registries.has(projectId)
    ? outsideRegistry(role, where, by)
    : outsideTeam(role, by, 'a member');
}

function needsAdmin(store: Store, where: ProjectName, by: string, action: string): Refused | undefined {
  if (!store.people.registries.has(projectIdOf(where))) return needsTeamAdmin(store.people, by, action);
  const role = roleIn(store.people, projectIdOf(where), by);
  if (role === 'admin') return undefined;
  return role === 'member'
    ? refused('onlyRegistryAdmin', { person: by, registry: shortProjectName(where), action })
    : outsideRegistry(role, where, by);
}

function needsTeamAdmin(people: People, by: string, action: string): Refused | undefined {
  const role = teamRole(people, by);
  if (role === 'admin') return undefined;
  return role === 'member'
    ? refused('onlyTeamAdmin', { person: by, action })
    : outsideTeam(role, by, 'an admin');
}

// ACL-2: a run is its beginner's, and an admin's to delete.
function needsOwner(store: Store, run: RunName, by: string): Refused | undefined {
  const known = store.runs.get(runIdOf(run));
  if (known?.exists !== true || known.owner === by || teamRole(store.people, by) === 'admin')
    return undefined;
  const owner = known.owner ?? 'an admin';
  return refused('notOwnRun', { person: by, run: shortRunName(run), owner });
}

// `who` is whose call would go through.
function outsideTeam(role: Role | null, by: string, who: 'a member' | 'an admin'): Refused {
  const facts = { person: by, who };
  return role === null ? refused('noTeamRole', facts) : refused('teamViewer', facts);
}

function outsideRegistry(role: Role | null, where: ProjectName, by: string): Refused {
  const facts = { person: by, registry: shortProjectName(where) };
  return role === null ? refused('noRegistryRole', facts) : refused('registryViewer', facts);
}
