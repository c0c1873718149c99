import type { z } from 'zod';
import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import { linkIdOf } from '../../store/link.ts';
import { scopeOf } from '../../store/stored-object.ts';
import { INHERITED, NO_TTL, type TimeToLive } from '../../store/time-to-live.ts';
import { type Version, type VersionState, versionFacts, versionIdOf } from '../../store/version.ts';
import { EMPTY_OBJECT } from '../../values/json.ts';
import type { Alias, RunId } from '../../values/names.ts';
import { emptySortedTable, sortedKeysOf } from '../../values/sorted-table.ts';
import { DAY_ZERO, type Instant, later, seconds } from '../../values/units.ts';
import { UnreadableSnapshot } from './format.ts';
import { known, ManifestReader } from './manifest-reader.ts';
import type { VERSION_ROW } from './rows.ts';

type ReadRow = z.output<typeof VERSION_ROW>;

const NONE: readonly never[] = Object.freeze([]);
const NO_RUNS = emptySortedTable<RunId, true>();

/** Reads the rows of versions, each relative to the previous one. */
export class VersionReader {
  readonly manifests = new ManifestReader();
  readonly #collections: readonly ArtifactCollection[];
  readonly #runIds: readonly RunId[];
  #collection: ArtifactCollection | null = null;
  #before: Version | null = null;
  #nextIndex = 0;
  #parts: unknown[] = [];

  /** A reader of versions of these artifact collections and runs, both still growing. */
  constructor(collections: readonly ArtifactCollection[], runIds: readonly RunId[]) {
    this.#collections = collections;
    this.#runIds = runIds;
  }

  /** The version of a row; null if the row is a part of the next one. */
  read(row: ReadRow): Version | null {
    if (row.part !== undefined) {
      this.#parts = this.#parts.concat(row.part);
      return null;
    }
    if (row.in !== undefined) {
      this.#collection = known(this.#collections, row.in);
      this.#before = null;
      this.#nextIndex = 0;
    }
    const collection = this.#collection;
    const before = this.#before;
    if (collection === null)
      throw new UnreadableSnapshot('nonsense', 'a version without an artifact collection');
    const createdAt = later(before?.createdAt ?? DAY_ZERO, seconds(row.after ?? 0));
    const state = stateOf(row, createdAt);
    const hasIndex = state.kind !== 'PENDING' && state.committedAt !== null;
    const index = hasIndex ? (row.index ?? this.#nextIndex) : null;
    if (index !== null && index >= collection.nextIndex) {
      throw new UnreadableSnapshot('nonsense', `a version with the index ${index}`);
    }
    this.#nextIndex = index === null ? this.#nextIndex : index + 1;
    const serial = (before?.serial ?? -1) + 1;
    const sharing = row.shared === true ? 'entity' : 'collection';
    const version: Version = {
      id: versionIdOf(collection.id, serial),
      collectionId: collection.id,
      serial,
      index,
      state,
      manifest: this.manifests.read(row, this.#parts, before?.manifest ?? null),
      scope: scopeOf(sharing, collection.id, collection.name.entity),
      createdAt,
      ttl: ttlOf(row.ttl),
      tags: row.tags ?? NONE,
      facts: versionFacts(row.description ?? null, row.metadata ?? EMPTY_OBJECT, row.historyStep),
      links:
        row.links?.map(([portfolio, at]) => linkIdOf(known(this.#collections, portfolio).id, at)) ?? NONE,
      loggedBy: row.loggedBy === undefined ? null : known(this.#runIds, row.loggedBy),
      usedBy: this.#usersOf(row.usedBy),
    };
    this.#parts = [];
    this.#before = version;
    return version;
  }

  #usersOf(runs: readonly number[] | undefined): Version['usedBy'] {
    return runs === undefined ? NO_RUNS : sortedKeysOf(runs.map((run) => known(this.#runIds, run)));
  }
}

function stateOf(
  { pending, committedAt, aliases, softDeletedNow, closed }: ReadRow,
  createdAt: Instant,
): VersionState {
  if (pending !== undefined) {
    const [uploadNumber, requestedAliases] = pending;
    return { kind: 'PENDING', requestedAliases: requestedAliases as Alias[], uploadNumber };
  }
  if (softDeletedNow !== undefined) {
    const [deletedAt, trashNumber, stage, uploadedAt] = softDeletedNow;
    return { kind: 'PENDING_DELETION', deletedAt, trashNumber, stage, committedAt: uploadedAt };
  }
  if (closed !== undefined) {
    const [closedAt, uploadedAt] = closed;
    return { kind: 'DELETED', closedAt, committedAt: uploadedAt };
  }
  const known = aliases === undefined ? NONE : (aliases as Alias[]);
  return { kind: 'COMMITTED', committedAt: committedAt ?? createdAt, aliases: known };
}

function ttlOf(ttl: ReadRow['ttl']): TimeToLive {
  if (ttl === undefined) return INHERITED;
  return ttl === 'none' ? NO_TTL : { kind: 'lasting', seconds: ttl };
}
