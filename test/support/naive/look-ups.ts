import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';

/** The versions that hold each object, by the objects' keys (GC-3), read from every manifest. */
export function naiveHolders(store: Store): ReadonlyMap<string, ReadonlySet<string>> {
  const holders = new Map<string, Set<string>>();
  for (const version of store.versions.unorderedRows()) {
    const { state } = version;
    if (state.kind === 'DELETED') continue;
    if (state.kind === 'PENDING_DELETION' && state.stage === 'released') continue;
    for (const key of naiveObjectsOf(version)) {
      holders.set(key, (holders.get(key) ?? new Set()).add(version.id));
    }
  }
  return holders;
}

/** The keys of the objects that a version lists, each once. */
export function naiveObjectsOf(version: Version): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const entry of version.manifest.entries) {
    if (entry.kind === 'file') keys.add(`${version.scope}/${entry.digest}`);
  }
  return keys;
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

/** The protected aliases on links to a version, wherever they are (ALI-7). */
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

/** The versions that a version refers to, by their ids (DEL-18), read from its addresses. */
export function naiveTargets({ manifest }: Version): readonly string[] {
  return manifest.entries.flatMap((entry) => {
    const hex =
      entry.kind === 'reference' ? /^wandb-artifact:\/\/([0-9a-f]+)\//.exec(entry.address)?.[1] : null;
    return typeof hex === 'string' ? [Buffer.from(hex, 'hex').toString()] : [];
  });
}

/** Whether something refers to one of these versions that is not soft-deleted or about to be, as they are (DEL-18). */
export function isReferredToNaively(
  store: Store,
  versionIds: readonly string[],
  deleted = versionIds,
): boolean {
  return [...store.versions.unorderedRows()]
    .filter(({ state }) => state.kind === 'PENDING' || state.kind === 'COMMITTED')
    .filter(({ id }) => !deleted.includes(id))
    .some((version) => naiveTargets(version).some((target) => versionIds.includes(target)));
}
