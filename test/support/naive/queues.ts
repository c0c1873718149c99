import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import type { VersionId } from '../../../src/values/names.ts';

/** What is wrong with the queues in which versions wait, and with who owns what; counted anew from the versions. */
export function queueViolationsOf(store: Store): readonly string[] {
  return [...queueViolations(store), ...ownerViolations(store)];
}

function queueViolations(store: Store): readonly string[] {
  const { reviewed, released } = store.garbageCollection;
  const versions = [...store.versions.unorderedRows()];
  const queues = { waiting: store.trash, reviewed, released };
  const uploads = versions.flatMap(({ id, state }) => (state.kind === 'PENDING' ? [id] : []));
  const lasting = (version: Version) => (version.ttl.kind === 'lasting' ? version.ttl.seconds : null);
  const inherited = (version: Version) => (version.ttl.kind === 'inherit' ? 0 : null);
  return [
    ...(['waiting', 'reviewed', 'released'] as const).flatMap((stage) => {
      const waiting = versions.flatMap(({ id, state }) =>
        state.kind === 'PENDING_DELETION' && state.stage === stage ? [`${state.trashNumber} ${id}`] : [],
      );
      const queued = [...queues[stage].entries()].map(([trashNumber, id]) => `${trashNumber} ${id}`);
      return unlike(`GC-8: the queue of what is ${stage} has`, queued, waiting);
    }),
    ...unlike('LOG-8: the queue of uploads has', valuesOf(store.uploads), uploads),
    ...unordered('LOG-8: uploads wait', valuesOf(store.uploads), store),
    ...unlike('TTL-2: the queue of own TTLs has', instantsOf(store.expiring), expiring(store, lasting)),
    ...unlike('TTL-3: the queue of the team has', instantsOf(store.inheriting), expiring(store, inherited)),
  ];
}

/** When the TTL of a version is over, or null where it has none (TTL-2, TTL-3). */
export function naiveExpiry(store: Store, { ttl, createdAt }: Version): number | null {
  if (ttl.kind === 'none') return null;
  const lifetime = ttl.kind === 'lasting' ? ttl.seconds : store.people.ttlDefaultSeconds;
  return lifetime === null ? null : createdAt + lifetime;
}

/** Whether the service itself makes artifacts of the type of a version (DEL-17, TTL-8). */
export function isGeneratedNaively(store: Store, { collectionId }: Version): boolean {
  return /^(run_table|code|job|wandb-.*)$/s.test(store.collections.get(collectionId)?.artifactType ?? '');
}

/** The protected aliases that stand on links to a version, wherever they are (ALI-7). */
export function naiveProtections(store: Store, versionId: string): readonly string[] {
  const protections: string[] = [];
  for (const link of store.links.unorderedRows()) {
    if (link.versionId !== versionId) continue;
    const portfolio = store.collections.get(link.portfolioId);
    for (const alias of link.aliases) {
      if (portfolio?.protectedAliases.has(alias) === true) protections.push(`${alias} on ${link.id}`);
    }
  }
  return protections;
}

function expiring(store: Store, lifetime: (version: Version) => number | null): readonly string[] {
  return [...store.versions.unorderedRows()].flatMap((version) => {
    const lasts = lifetime(version);
    const mayExpire =
      version.state.kind === 'COMMITTED' &&
      !isGeneratedNaively(store, version) &&
      naiveProtections(store, version.id).length === 0;
    return mayExpire && lasts !== null ? [`${version.createdAt + lasts} ${version.id}`] : [];
  });
}

function instantsOf(queue: Store['expiring']): readonly string[] {
  return [...queue.entries()].map(([place, id]) => `${Number(place.split('/')[0])} ${id}`);
}

function valuesOf(queue: Store['uploads']): readonly string[] {
  return [...queue.entries()].map(([, id]) => id);
}

function unordered(what: string, queued: readonly string[], store: Store): readonly string[] {
  const begun = queued.map((id) => store.versions.get(id as VersionId)?.createdAt ?? 0);
  return begun.every((at, place) => at >= (begun[place - 1] ?? 0)) ? [] : [`${what} out of order`];
}

// ACL-2, DEL-10, DEL-11: what each run logged and used, and what each project owns, from the other side.
function ownerViolations(store: Store): readonly string[] {
  const edges: string[] = [];
  for (const { id, loggedBy, usedBy } of store.versions.unorderedRows()) {
    if (loggedBy !== null) edges.push(`${loggedBy} logged ${id}`);
    for (const runId of usedBy.keys()) edges.push(`${runId} used ${id}`);
  }
  const reviewList: string[] = [];
  for (const { id, logged, used } of store.runs.unorderedRows()) {
    for (const versionId of logged.keys()) reviewList.push(`${id} logged ${versionId}`);
    for (const versionId of used.keys()) reviewList.push(`${id} used ${versionId}`);
  }
  const owned: string[] = [];
  for (const { name, collections, runs } of store.projects.unorderedRows()) {
    const text = JSON.stringify([name.entity, name.project]);
    for (const id of [...collections.keys(), ...runs.keys()]) owned.push(`${text} owns ${id}`);
  }
  const things = [...store.collections.unorderedRows(), ...store.runs.unorderedRows()].map(
    ({ id, name }) => `${JSON.stringify([name.entity, name.project])} owns ${id}`,
  );
  return [
    ...unlike('DEL-12: the lineage is', reviewList, edges),
    ...unlike('DEL-11: the projects are', owned, things),
  ];
}

/** What is said and is not so, or the other way round, in a sentence; nothing where both are the same. */
export function unlike<Thing>(
  what: string,
  said: readonly Thing[],
  are: readonly Thing[],
): readonly string[] {
  const [left, right] = [said.map(String).sort(), are.map(String).sort()];
  return left.join('\n') === right.join('\n')
    ? []
    : [`${what} [${left.join(', ')}], not [${right.join(', ')}]`];
}
