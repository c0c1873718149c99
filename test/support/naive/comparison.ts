import { statusOf } from '../../../src/bucket/blob.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import type { DoingStep } from '../../../src/scenario/language/schema-steps.ts';
import { Performer } from '../../../src/scenario/play/perform.ts';
import { fullNameOfVersion, linkById, versionById } from '../../../src/store/look-up.ts';
import { referencesFrom } from '../../../src/store/references/referrers.ts';
import type { Store } from '../../../src/store/store.ts';
import { objectIdOf, objectsOf, scopeOf } from '../../../src/store/stored-object.ts';
import type { TimeToLive } from '../../../src/store/time-to-live.ts';
import { aliasesOf } from '../../../src/store/version.ts';
import { digestOfName, keyOfName } from '../../../src/values/digest.ts';
import {
  type CollectionId,
  fullCollectionName,
  fullRunName,
  type LinkId,
  type VersionId,
} from '../../../src/values/names.ts';
import { type History, stepOf } from '../histories/history.ts';
import { simulatorFor } from '../histories/play-history.ts';

import { type NaiveFacts, NaiveStore } from './model.ts';

/** The facts of both models, each a line under its own name, so that they are compared and printed alike. */
type Facts = ReadonlyMap<string, string>;

/** The first step after which the two models say different things, with what each says; null where they agree. */
export function differenceBetween(history: History): string | null {
  const naive = new NaiveStore(history.head);
  const simulator = simulatorFor(history);
  const performer = new Performer(simulator, NO_FOLDERS);
  for (const [at, step] of history.steps.entries()) {
    if ('command' in step) continue;
    const { refused } = naive.apply(step);
    const outcome = performer.perform(stepOf(step) as DoingStep);
    const lines = [
      ...differing('refused', String(refused), outcome.ok ? 'null' : outcome.refusal.code),
      ...differences(factsOfNaive(naive.observe()), factsOf(simulator.store)),
    ];
    if (lines.length > 0) return [`after step ${at + 1}, ${JSON.stringify(step)}:`, ...lines].join('\n  ');
  }
  return null;
}

function differing(what: string, naive: string | undefined, real: string | undefined): readonly string[] {
  return naive === real ? [] : [`${what}: naive ${naive}, real ${real}`];
}

function differences(naive: Facts, real: Facts): readonly string[] {
  const keys = [...new Set([...naive.keys(), ...real.keys()])];
  return keys.flatMap((key) => differing(key, naive.get(key), real.get(key)));
}

function factsOfNaive(facts: NaiveFacts): Facts {
  const lines = new Map([['now', `${facts.now}`]]);
  for (const { name, state, aliases, ttl, links } of facts.versions) {
    lines.set(`version ${name}`, versionText(state, aliases, `${ttl}`, links));
  }
  for (const { name, to, state } of facts.references) lines.set(`reference ${name}`, `${to}, ${state}`);
  for (const { name, aliases } of facts.links) lines.set(`link ${name}`, JSON.stringify(aliases));
  for (const { name, kind, type, created, description, tags } of facts.collections) {
    lines.set(`collection ${name}`, collectionText(kind, type, created, description, tags));
  }
  for (const { name, exists, state, created, outputs, used } of facts.runs) {
    lines.set(`run ${name}`, runText(exists, state, created, outputs, used));
  }
  for (const { scope, content, size, status, copies } of facts.objects) {
    const [entity = '', ...place] = scope.split('/');
    const kind = place.length === 0 ? 'entity' : 'collection';
    const real = scopeOf(kind, keyOfName(scope) as CollectionId, entity);
    lines.set(`object ${objectIdOf(real, digestOfName(content))}`, `${[size, status, ...copies]}`);
  }
  lines.set('logical, stored, billed', `${facts.logical}, ${facts.stored}, ${facts.billed}`);
  return lines;
}

function factsOf(store: Store): Facts {
  const lines = new Map([['now', `${store.now}`]]);
  const full = (id: CollectionId, index: number): string => {
    const collection = store.collections.get(id);
    return `${collection === undefined ? '?' : fullCollectionName(collection.name)}:v${index}`;
  };
  const nameOf = (id: VersionId): string => fullNameOfVersion(store, id);
  const nameOfLink = (id: LinkId): string => {
    const link = linkById(store, id);
    return full(link.portfolioId, link.index);
  };
  for (const version of store.versions.unorderedRows()) {
    const { id: versionId, state, scope, manifest, links } = version;
    const text = versionText(state.kind, aliasesOf(version), ttlText(version.ttl), links.map(nameOfLink));
    lines.set(`version ${nameOf(versionId)}`, text);
    for (const { path, versionId: targetId, targetPath } of referencesFrom(versionId, manifest)) {
      const to = `${nameOf(targetId)}/${targetPath}, ${versionById(store, targetId).state.kind}`;
      lines.set(`reference ${nameOf(versionId)}/${path}`, to);
    }
    for (const [id, file] of objectsOf(scope, manifest)) {
      const blob = store.bucket.blobs.get(id);
      const copies = blob?.copies.map(({ kind, since }) => `${kind} since ${since}`) ?? [];
      lines.set(`object ${id}`, `${[file.sizeBytes, statusOf(blob), ...copies]}`);
    }
  }
  for (const { portfolioId, index, aliases } of store.links.unorderedRows()) {
    lines.set(`link ${full(portfolioId, index)}`, JSON.stringify([...aliases].sort()));
  }
  for (const { exists, name, kind, artifactType, createdAt, facts } of store.collections.unorderedRows()) {
    const { description, tags = [] } = facts ?? {};
    const text = collectionText(kind, artifactType, createdAt, description ?? undefined, tags);
    if (exists) lines.set(`collection ${fullCollectionName(name)}`, text);
  }
  const named = (versionIds: Iterable<VersionId>) => Array.from(versionIds, nameOf);
  for (const { id, name, exists, state, logged, used } of store.runs.unorderedRows()) {
    const created = [...logged.keys()].filter((versionId) => versionById(store, versionId).loggedBy === id);
    const text = runText(exists, state.kind, named(created), named(logged.keys()), named(used.keys()));
    lines.set(`run ${fullRunName(name)}`, text);
  }
  const { storedBytes, billedBytes } = store.bucket;
  lines.set('logical, stored, billed', `${store.logicalBytes}, ${storedBytes}, ${billedBytes}`);
  return lines;
}

function collectionText(
  kind: string,
  type: string,
  created: number,
  description: string | undefined,
  tags: readonly string[],
): string {
  return JSON.stringify([kind, type, created, description ?? null, tags]);
}

function runText(
  exists: boolean,
  state: string,
  ...lineage: readonly [created: readonly string[], outputs: readonly string[], used: readonly string[]]
): string {
  return `${exists ? state : 'deleted'}, ${JSON.stringify(lineage.map((versions) => [...versions].sort()))}`;
}

function versionText(
  state: string,
  aliases: readonly string[],
  ttl: string,
  links: readonly string[],
): string {
  return `${state}, aliases ${JSON.stringify([...aliases].sort())}, ttl ${ttl}, links ${JSON.stringify([...links].sort())}`;
}

function ttlText(ttl: TimeToLive): string {
  return ttl.kind === 'lasting' ? `${ttl.seconds}` : ttl.kind;
}
