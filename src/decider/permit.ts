import { type Refusal, refused } from '../lifecycle/decision.ts';
import { collectionById, find, versionById } from '../store/look-up.ts';
import { type People, type Role, roleIn, teamRole } from '../store/people.ts';
import { projectIdOf } from '../store/project.ts';
import { runIdOf } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import {
  type ProjectName,
  shortProjectName,
  shortRunName,
  type VersionId,
  type VersionName,
} from '../values/names.ts';
import type { Command } from './command.ts';

type Forbidden = { readonly ok: false; readonly refusal: Refusal };

/**
 * Refuses with `forbidden` what somebody may not ask for, whatever the store would say to it. In the team: a viewer
 * changes nothing (ACL-1; basis: doc), a member deletes only their own runs (ACL-2; basis: doc), and only an admin
 * sets the team's TTL or deletes a project (ACL-3; basis: doc, chosen). In a registry its own roles count (ACL-4;
 * basis: doc). What concerns a TTL or a protected alias is decided with the rest of its chapter.
 */
export function forbidden(command: Command, store: Store): Forbidden | undefined {
  const { by } = command;
  if (by === undefined || by === null) return undefined;
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion':
      return needsMember(store, command.collection, by);
    case 'logDraft':
      return needsMember(store, whereBorn(store, command.base), by);
    case 'commitVersion':
    case 'abandonVersion':
      return needsMember(store, projectOfVersion(store, command.versionId), by);
    case 'editAliases':
    case 'setTtl':
    case 'restoreVersion':
      return needsMember(store, command.version.collection, by);
    case 'useVersion':
      return needsMember(store, command.run, by);
    case 'linkVersion':
      return needsMember(store, command.to, by);
    case 'unlinkVersion':
      return needsMember(store, command.link.collection, by);
    case 'deleteVersion':
      return command.target.by === 'name'
        ? needsMember(store, command.target.name.collection, by)
        : needsMember(store, projectOfVersion(store, command.target.versionId), by);
    case 'deleteCollection':
    case 'deleteMatching':
      return needsMember(store, command.collection, by);
    case 'deleteRun':
      return needsMember(store, command.run, by) ?? needsOwner(store, command.run, by);
    case 'deleteProject':
      return needsAdmin(
        store,
        command.project,
        by,
        `delete the project ${shortProjectName(command.project)}`,
      );
    case 'setTeamTtl':
      return needsTeamAdmin(store.people, by, 'set the default TTL of the team');
    case 'recoverVersion':
    case 'deleteOutOfBand':
    case 'undeleteOutOfBand':
      return needsTeamAdmin(store.people, by, 'work on the bucket');
    case 'changeSettings':
    case 'planBucketFaults':
      return needsTeamAdmin(store.people, by, 'change the switches of the server');
    case 'moveClock':
    case 'dropCopies':
    case 'expireVersions':
    case 'abandonStaleUploads':
    case 'reviewVersions':
    case 'releaseHolds':
    case 'sweepObject':
    case 'closeVersion':
    case 'skipGarbageCollection':
    case 'planCrash':
    case 'crashGarbageCollection':
    case 'forgetCrash':
      return undefined;
  }
}

// A draft on a link is logged to the sequence of its source.
function whereBorn(store: Store, base: VersionName): ProjectName {
  const version = find(store, base)?.version;
  return version === undefined ? base.collection : projectOfVersion(store, version.id);
}

function projectOfVersion(store: Store, versionId: VersionId): ProjectName {
  return collectionById(store, versionById(store, versionId).collectionId).name;
}

function needsMember({ people }: Store, where: ProjectName, by: string): Forbidden | undefined {
  const projectId = projectIdOf(where);
  const role = roleIn(people, projectId, by);
  if (role === 'member' || role === 'admin') return undefined;
  return people.registries.has(projectId)
    ? outsideRegistry(role, where, by)
    : outsideTeam(role, by, 'a member');
}

function needsAdmin(store: Store, where: ProjectName, by: string, action: string): Forbidden | undefined {
  if (!store.people.registries.has(projectIdOf(where))) return needsTeamAdmin(store.people, by, action);
  const role = roleIn(store.people, projectIdOf(where), by);
  if (role === 'admin') return undefined;
  return role === 'member'
    ? refused('onlyRegistryAdmin', { person: by, registry: shortProjectName(where), action })
    : outsideRegistry(role, where, by);
}

function needsTeamAdmin(people: People, by: string, action: string): Forbidden | undefined {
  const role = teamRole(people, by);
  if (role === 'admin') return undefined;
  return role === 'member'
    ? refused('onlyTeamAdmin', { person: by, action })
    : outsideTeam(role, by, 'an admin');
}

// ACL-2: a run is its beginner's, and an admin's to delete.
function needsOwner(
  store: Store,
  run: Extract<Command, { readonly type: 'deleteRun' }>['run'],
  by: string,
): Forbidden | undefined {
  const known = store.runs.get(runIdOf(run));
  if (known?.exists !== true || known.owner === by || teamRole(store.people, by) === 'admin')
    return undefined;
  const owner = known.owner ?? 'an admin';
  return refused('notOwnRun', { person: by, run: shortRunName(run), owner });
}

// `who` is whose call would go through.
function outsideTeam(role: Role | null, by: string, who: 'a member' | 'an admin'): Forbidden {
  const facts = { person: by, who };
  return role === null ? refused('noTeamRole', facts) : refused('teamViewer', facts);
}

function outsideRegistry(role: Role | null, where: ProjectName, by: string): Forbidden {
  const facts = { person: by, registry: shortProjectName(where) };
  return role === null ? refused('noRegistryRole', facts) : refused('registryViewer', facts);
}
