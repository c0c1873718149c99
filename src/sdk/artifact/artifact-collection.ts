import { refused } from '../../lifecycle/decision.ts';
import { type Answer, answered, following } from '../../service/answer.ts';
import { fetchAt } from '../../service/fetched.ts';
import {
  artifactsIn,
  byName,
  collectionOfType,
  collectionsOfType,
  newestFirst,
} from '../../service/listing.ts';
import type { ArtifactCollection as StoredCollection } from '../../store/artifact-collection.ts';
import type { Store } from '../../store/store.ts';
import {
  type CollectionId,
  type CollectionName,
  type ProjectName,
  printable,
  shortCollectionName,
} from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import type { Connection } from '../connection.ts';
import { collectionIn, perPageIn } from '../input/arguments.ts';
import { FetchedPages } from '../pages.ts';
import type { PerPage, SizedPages } from '../public/pages.ts';
import type { Artifact, ArtifactCollection, ArtifactType } from '../public/types.ts';
import { LimboArtifact } from './artifact.ts';

/** A fetched artifact collection. */
export class LimboCollection implements ArtifactCollection {
  readonly id: CollectionId;
  readonly entity: string;
  readonly project: string;
  readonly name: string;
  readonly type: string;
  readonly aliases: readonly string[];
  readonly #connection: Connection;
  readonly #isSequence: boolean;

  constructor(connection: Connection, { id, name, artifactType, aliases, kind }: StoredCollection) {
    this.#connection = connection;
    this.id = id;
    this.entity = name.entity;
    this.project = name.project;
    this.name = name.collection;
    this.type = artifactType;
    this.aliases = Object.freeze([...aliases.sortedIds(byCodePoint)]);
    this.#isSequence = kind === 'sequence';
  }

  isSequence(): boolean {
    return this.#isSequence;
  }

  artifacts(options: PerPage = {}): SizedPages<Artifact> {
    return artifactsOf(this.#connection, this.name, perPageIn(options, 50), (store) => this.#now(store));
  }

  versions(options: PerPage = {}): SizedPages<Artifact> {
    return this.artifacts(options);
  }

  async delete(): Promise<void> {
    await this.#connection.change(`delete the artifact collection ${printable(this.name)}`, (turn) =>
      following(this.#now(turn.store), ({ name: collection }) =>
        turn.apply({ type: 'deleteCollection', collection }),
      ),
    );
  }

  // It may have been created again as another one since it was fetched (DEL-3; basis: chosen), or renamed (COL-1).
  #now(store: Store): Answer<StoredCollection> {
    const { entity, project, name: collection, type } = this;
    const name = store.collections.get(this.id)?.name ?? { entity, project, collection };
    return following(collectionOfType(store, name, type), (current) => {
      const fetched = this.#isSequence ? 'sequence' : 'portfolio';
      if (current.kind === fetched) return answered(current);
      return refused('kindChanged', {
        collection: shortCollectionName(current.name),
        current: current.kind,
        fetched,
      });
    });
  }
}

/** The artifacts of an artifact collection, page by page, or those with all of these tags. */
export function artifactsOf(
  connection: Connection,
  name: string,
  perPage: number,
  collection: (store: Store) => Answer<StoredCollection>,
  tags: readonly string[] = [],
): SizedPages<Artifact> {
  return new FetchedPages(connection, perPage, {
    label: `artifacts of ${printable(name)}`,
    keys: (store) => following(collection(store), (found) => answered(artifactsIn(found))),
    compare: newestFirst,
    item: (store, { versionId, link }) => {
      const fetched = fetchAt(store, { versionId, link });
      const matches = tags.every((tag) => fetched.facts.tags.includes(tag));
      return matches ? LimboArtifact.fetched(connection, fetched) : null;
    },
  });
}

/** The artifact collections of a type in a project, page by page. */
export function collectionsIn(
  connection: Connection,
  project: ProjectName,
  type: string,
  perPage: number,
): SizedPages<ArtifactCollection> {
  return new FetchedPages(connection, perPage, {
    label: `artifact collections of the type ${printable(type)}`,
    keys: (store) => collectionsOfType(store, project, type),
    compare: byName,
    item: (store, { id }) => connection.neighbors.collection(connection, store, id),
  });
}

/** Fetches the artifact collection of a name and type. */
export function fetchCollection(
  connection: Connection,
  name: CollectionName,
  type: string,
): Promise<ArtifactCollection> {
  return connection.read(`artifact collection ${printable(name.collection)}`, (store) =>
    following(collectionOfType(store, name, type), ({ id }) =>
      answered(connection.neighbors.collection(connection, store, id)),
    ),
  );
}

/** A type of artifacts in a project. */
export class LimboType implements ArtifactType {
  readonly name: string;
  /** Included so that types of different projects are not equal. */
  readonly project: ProjectName;
  readonly #connection: Connection;

  constructor(connection: Connection, project: ProjectName, name: string) {
    this.#connection = connection;
    this.project = project;
    this.name = name;
  }

  collections(options: PerPage = {}): SizedPages<ArtifactCollection> {
    return collectionsIn(this.#connection, this.project, this.name, perPageIn(options, 50));
  }

  async collection(name: string): Promise<ArtifactCollection> {
    return fetchCollection(this.#connection, collectionIn(name, this.project), this.name);
  }
}
