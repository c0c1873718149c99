import { versionsOf } from '../../store/holders.ts';
import { collectionById, linkById, versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { scopeOf } from '../../store/stored-object.ts';
import type { Version, VersionFacts } from '../../store/version.ts';
import { EMPTY_OBJECT } from '../../values/json.ts';
import type { CollectionId, RunId, ScopeId, VersionId } from '../../values/names.ts';
import { assert } from '../../values/result.ts';
import type { SortedTable } from '../../values/sorted-table.ts';
import { ManifestWriter } from './manifests.ts';
import type { Numbers } from './numbers.ts';
import type { VersionRow } from './rows.ts';

/** The numbers of a snapshot's artifact collections. */
export type CollectionNumbers = Numbers<CollectionId>;
/** The numbers of its runs. */
export type RunNumbers = Numbers<RunId>;

const MOST_ADDED = 30_000;

/** Writes the versions of a store, and everything that refers to them. */
export class SnapshotVersions {
  /** The manifests of the versions written so far. */
  readonly manifests = new ManifestWriter();
  /** The scopes of the versions written so far: an artifact collection, or the name of an entity. */
  readonly scopes = new Map<ScopeId, CollectionId | { readonly entity: string }>();
  readonly #store: Store;
  readonly #runs: RunNumbers;
  readonly #collections: CollectionNumbers;

  constructor(store: Store, runs: RunNumbers, collections: CollectionNumbers) {
    this.#store = store;
    this.#runs = runs;
    this.#collections = collections;
  }

  /** Every version, by artifact collection, in order of upload. */
  *rows(): Generator<VersionRow> {
    let written = 0;
    let before: Version | null = null;
    for (const collectionId of this.#collections.keys()) {
      let nextIndex = 0;
      for (const version of versionsOf(this.#store, collectionId)) {
        const row = this.#row(version, before, nextIndex);
        yield* inParts(row);
        before = version;
        nextIndex = version.index === null ? nextIndex : version.index + 1;
        written += 1;
      }
    }
    assert(written === this.#store.versions.size, 'every version is in its artifact collection');
  }

  /** The number of an artifact collection. */
  numberOf(collectionId: CollectionId): number {
    return this.#collections.of(collectionId);
  }

  /** The place of a version: the number of its artifact collection, and its serial. */
  place(versionId: VersionId): readonly [number, number] {
    const { collectionId, serial } = versionById(this.#store, versionId);
    return [this.numberOf(collectionId), serial];
  }

  /** The versions of a list. */
  *listed(list: SortedTable<VersionId, true>): Generator<readonly unknown[]> {
    for (const versionId of list.keys()) yield this.place(versionId);
  }

  /** The versions of a numbered queue. */
  *queued(queue: SortedTable<number, VersionId>): Generator<readonly unknown[]> {
    for (const [number, versionId] of queue.entries()) yield [number, ...this.place(versionId)];
  }

  /** The versions of an expiry queue, each with the part of its place before the id. */
  *expiring(queue: SortedTable<string, VersionId>): Generator<readonly unknown[]> {
    for (const [key, versionId] of queue.entries()) {
      assert(key.endsWith(versionId), 'a place in a queue of expiry ends with the id');
      yield [key.slice(0, -versionId.length), ...this.place(versionId)];
    }
  }

  #row(version: Version, before: Version | null, nextIndex: number): VersionRow {
    const { collectionId, index, ttl, tags, facts, links, loggedBy, usedBy, createdAt } = version;
    const previous = before?.collectionId === collectionId ? before : null;
    const after = createdAt - (previous?.createdAt ?? 0);
    return {
      ...(previous === null ? { in: this.numberOf(collectionId) } : {}),
      ...(index === null || index === nextIndex ? {} : { index }),
      ...(after === 0 ? {} : { after }),
      ...stateFields(version),
      ...this.manifests.fieldsOf(version.manifest, previous?.manifest ?? null),
      ...this.#scopeFields(version),
      ...(ttl.kind === 'inherit' ? {} : { ttl: ttl.kind === 'none' ? ttl.kind : ttl.seconds }),
      ...(tags.length === 0 ? {} : { tags: [...tags] }),
      ...(facts === null ? {} : factFields(facts)),
      ...(links.length === 0
        ? {}
        : {
            links: links.map((linkId): [number, number] => {
              const link = linkById(this.#store, linkId);
              return [this.numberOf(link.portfolioId), link.index];
            }),
          }),
      ...(loggedBy === null ? {} : { loggedBy: this.#runs.of(loggedBy) }),
      ...(usedBy.size === 0 ? {} : { usedBy: Array.from(usedBy.keys(), (runId) => this.#runs.of(runId)) }),
    };
  }

  #scopeFields({ scope, collectionId }: Version): Pick<VersionRow, 'shared'> {
    if (scope === scopeOf('collection', collectionId, '')) {
      this.scopes.set(scope, collectionId);
      return {};
    }
    const { entity } = collectionById(this.#store, collectionId).name;
    assert(
      scope === scopeOf('entity', collectionId, entity),
      'objects are shared in a sequence or an entity',
    );
    this.scopes.set(scope, { entity });
    return { shared: true };
  }
}

function factFields({ description, metadata, historyStep }: VersionFacts): VersionRow {
  return {
    ...(description === null ? {} : { description }),
    ...(metadata === EMPTY_OBJECT ? {} : { metadata }),
    ...(historyStep === null ? {} : { historyStep }),
  };
}

function stateFields({ state, createdAt }: Version): VersionRow {
  switch (state.kind) {
    case 'PENDING':
      return { pending: [state.uploadNumber, [...state.requestedAliases]] };
    case 'COMMITTED':
      return {
        ...(state.committedAt === createdAt ? {} : { committedAt: state.committedAt }),
        ...(state.aliases.length === 0 ? {} : { aliases: [...state.aliases] }),
      };
    case 'PENDING_DELETION':
      return { softDeletedNow: [state.deletedAt, state.trashNumber, state.stage, state.committedAt] };
    case 'DELETED':
      return { closed: [state.closedAt, state.committedAt] };
  }
}

// A line must fit into one string, however many files a version has.
function* inParts(row: VersionRow): Generator<VersionRow> {
  const { add } = row;
  if (add === undefined || add.length <= MOST_ADDED) {
    yield row;
    return;
  }
  let at = 0;
  for (; at + MOST_ADDED < add.length; at += MOST_ADDED) yield { part: add.slice(at, at + MOST_ADDED) };
  yield { ...row, add: add.slice(at) };
}
