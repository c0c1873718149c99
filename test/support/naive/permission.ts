import type { Command } from '../../../src/decider/command.ts';
import { ROLES, type Role, type Who } from '../../../src/store/people.ts';
import type { Settings } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import type { ProjectName, RunName, VersionId, VersionName } from '../../../src/values/names.ts';
import { canonical } from '../stores/canonical-summary.ts';

/** What somebody needs to be, and where: in a project, whose own roles count if it is a registry, or in the team. */
interface Need {
  readonly role: Role;
  readonly where: ProjectName | 'team';
  /** The run that must be theirs, where a member asks (ACL-2). */
  readonly own?: RunName;
}

/** Whether somebody may ask for this at all (ACL-1 to ACL-4), as the rules say it; ALI-7 and TTL-7 come later. */
export function mayAsk(command: Command, store: Store): boolean {
  const by = command.by ?? null;
  const need = needOf(command, store);
  if (by === null || need === null) return true;
  const role = roleOf(store, need.where, by);
  if (role === null || ROLES.indexOf(role) < ROLES.indexOf(need.role)) return false;
  return need.own === undefined || isOwn(store, need.own, by) || roleOf(store, 'team', by) === 'admin';
}

/** Whether somebody may set a TTL (ACL-2, ACL-3, TTL-7). */
export function maySetTtlNaively(store: Store, by: Who): boolean {
  const role = by === null ? 'admin' : roleOf(store, 'team', by);
  return role === 'admin' || (role === 'member' && store.people.membersMaySetTtl);
}

/** The role of somebody in a project, or in the team (ACL-4). */
export function roleOf({ people, projects }: Store, where: ProjectName | 'team', by: string): Role | null {
  if (where !== 'team') {
    for (const [projectId, members] of people.registries.entries()) {
      const known = projects.get(projectId)?.name;
      const same = known?.entity === where.entity && known.project === where.project;
      if (same || (known === undefined && isRegistry(where))) return members.get(by) ?? null;
    }
  }
  return people.team.get(by) ?? null;
}

/** Whether garbage collection may run (GC-6, GC-7). */
export function mayCollect({ deployment, env, bucket }: Settings): boolean {
  const { provider, versioning, softDelete } = bucket;
  const keeps = provider === 'managed' || (provider === 'azure' ? softDelete : versioning);
  const enabled = env.some(({ name, value }) => name === 'GORILLA_ARTIFACT_GC_ENABLED' && value === 'true');
  if (deployment === 'self-managed') return keeps && enabled;
  return deployment !== 'bring-your-own-bucket' || keeps;
}

// Histories know of one registry.
function isRegistry({ entity, project }: ProjectName): boolean {
  return entity === 'team' && project === 'models';
}

function needOf(command: Command, store: Store): Need | null {
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion':
    case 'deleteCollection':
    case 'describeCollection':
    case 'renameCollection':
    case 'changeCollectionType':
    case 'deleteMatching':
      return { role: 'member', where: command.collection };
    case 'logDraft':
      return { role: 'member', where: whereBorn(store, command.base) };
    case 'setFacts':
      return { role: 'member', where: whereBorn(store, command.version) };
    case 'addFiles':
    case 'commitVersion':
    case 'abandonVersion':
      return { role: 'member', where: homeOf(store, command.versionId) };
    case 'deleteVersion': {
      const { target } = command;
      const where = target.by === 'id' ? homeOf(store, target.versionId) : target.name.collection;
      return { role: 'member', where };
    }
    case 'editAliases':
    case 'setTtl':
    case 'restoreVersion':
      return { role: 'member', where: command.version.collection };
    case 'linkVersion':
      return { role: 'member', where: command.to };
    case 'unlinkVersion':
      return { role: 'member', where: command.link.collection };
    case 'useVersion':
    case 'startRun':
    case 'setRunFacts':
      return { role: 'member', where: command.run };
    case 'finishRun':
    case 'deleteRun':
      return { role: 'member', where: command.run, own: command.run };
    case 'deleteProject':
      return { role: 'admin', where: command.project };
    case 'setTeamTtl':
    case 'recoverVersion':
    case 'deleteOutOfBand':
    case 'undeleteOutOfBand':
    case 'changeSettings':
    case 'planBucketFaults':
      return { role: 'admin', where: 'team' };
    default:
      return null;
  }
}

function homeOf(store: Store, versionId: VersionId): ProjectName {
  const version = store.versions.get(versionId);
  const home = version && store.collections.get(version.collectionId)?.name;
  if (home === undefined) throw new Error(`there is no version ${versionId}`);
  return home;
}

// A draft on a link goes to the sequence of its source.
function whereBorn(store: Store, { collection, selector }: VersionName): ProjectName {
  const portfolio = [...store.collections.unorderedRows()].find(
    ({ kind, exists, name }) => kind === 'portfolio' && exists && canonical(name) === canonical(collection),
  );
  const links = [...store.links.unorderedRows()].filter(({ portfolioId }) => portfolioId === portfolio?.id);
  const named = links.find(({ index, aliases }) =>
    selector.kind === 'index'
      ? index === selector.index
      : selector.kind === 'alias' && aliases.some((alias) => alias === selector.alias),
  );
  const resolves = store.settings.latestAfterDelete === 'resolve-newest';
  const isLatest = selector.kind === 'alias' && selector.alias === 'latest';
  const newest = resolves && isLatest ? links.sort((left, right) => right.index - left.index)[0] : undefined;
  const link = named ?? newest;
  return link === undefined ? collection : homeOf(store, link.versionId);
}

// What does not exist belongs to nobody, so that its deletion is refused as not found.
function isOwn(store: Store, { entity, project, run }: RunName, by: string): boolean {
  for (const { name, exists, owner } of store.runs.unorderedRows()) {
    const same = name.entity === entity && name.project === project && name.run === run;
    if (same && exists) return owner === by;
  }
  return true;
}
