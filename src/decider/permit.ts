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

/** Checks whether a person may ask for a command. Refuses with `forbidden`. */
export type Permission<Asked> = (command: Asked, store: Store, by: string) => Refused | undefined;

/** For jobs and the clock, which are always permitted. */
export const anybody: Permission<unknown> = () => undefined;

/** Requires a member: viewers change nothing (ACL-1), and registries have their own roles (ACL-4). */
export const memberOf =
  <Asked>(where: (command: Asked, store: Store) => ProjectName): Permission<Asked> =>
  (command, store, by) =>
    needsMember(store, where(command, store), by);

/** Requires a member in the project of an artifact collection. */
export const memberAtCollection = memberOf(
  ({ collection }: { readonly collection: ProjectName }) => collection,
);

/** Requires a member in the project of a run. */
export const memberAtRun = memberOf(({ run }: { readonly run: RunName }) => run);

/** Requires a member in the project of a version given by its id. */
export const memberAtId = memberOf(({ versionId }: { readonly versionId: VersionId }, store) =>
  projectOfVersion(store, versionId),
);

/** Requires a member in the project of a version given by its name. */
export const memberAtName = memberOf(({ version }: { readonly version: VersionName }) => version.collection);

/** Requires a member in the project of the version to delete. */
export const memberAtTarget = memberOf(({ target }: { readonly target: VersionTarget }, store) =>
  target.by === 'name' ? target.name.collection : projectOfVersion(store, target.versionId),
);

/** Requires a member in the project of a draft's sequence; a draft on a link goes to the sequence of its source. */
export const memberAtBase = memberOf(({ base }: { readonly base: VersionName }, store) =>
  projectOfSource(store, base),
);

/** Requires a member in the project of a version; if it is named by a link, in that of its source. */
export const memberAtSource = memberOf(({ version }: { readonly version: VersionName }, store) =>
  projectOfSource(store, version),
);

/** Requires the owner of the run, or an admin (ACL-2). */
export const ownerOfRun: Permission<{ readonly run: RunName }> = ({ run }, store, by) =>
  needsMember(store, run, by) ?? needsOwner(store, run, by);

/** Requires an admin of the project (ACL-3). */
export const adminOfProject: Permission<{ readonly project: ProjectName }> = ({ project }, store, by) =>
  needsAdmin(store, project, by, `delete the project ${shortProjectName(project)}`);

/** Requires an admin of the team (ACL-3). */
export const teamAdmin =
  (action: string): Permission<unknown> =>
  (_, { people }, by) =>
    needsTeamAdmin(people, by, action);

function projectOfSource(store: Store, name: VersionName): ProjectName {
  const version = find(store, name)?.version;
  return version === undefined ? name.collection : projectOfVersion(store, version.id);
}

function projectOfVersion(store: Store, versionId: VersionId): ProjectName {
  return collectionById(store, versionById(store, versionId).collectionId).name;
}

function needsMember({ people }: Store, where: ProjectName, by: string): Refused | undefined {
  const projectId = projectIdOf(where);
  const role = roleIn(people, projectId, by);
  if (role === 'member' || role === 'admin') return undefined;
  return people.registries.has(projectId) ? outsideRegistry(role, where, by) : outsideTeam(role, by);
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
  return role === 'member' ? refused('onlyTeamAdmin', { person: by, action }) : outsideTeam(role, by);
}

// ACL-2: a run belongs to the person who started it; an admin may delete it too.
function needsOwner(store: Store, run: RunName, by: string): Refused | undefined {
  const known = store.runs.get(runIdOf(run));
  if (known?.exists !== true || known.owner === by || teamRole(store.people, by) === 'admin')
    return undefined;
  const owner = known.owner ?? 'an admin';
  return refused('notOwnRun', { person: by, run: shortRunName(run), owner });
}

function outsideTeam(role: Role | null, by: string): Refused {
  return refused(role === null ? 'noTeamRole' : 'teamViewer', { person: by });
}

function outsideRegistry(role: Role | null, where: ProjectName, by: string): Refused {
  const facts = { person: by, registry: shortProjectName(where) };
  return role === null ? refused('noRegistryRole', facts) : refused('registryViewer', facts);
}
