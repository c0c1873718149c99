import type { Refusal } from '../../lifecycle/decision.ts';
import type {
  CollectionKind,
  ArtifactCollection as StoredCollection,
} from '../../store/artifact-collection.ts';
import type { Store } from '../../store/store.ts';
import { type ProjectName, printable, shortCollectionName } from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { collectionIn, perPageIn } from '../arguments.ts';
import { factsOf } from '../artifact-facts.ts';
import type { Connection } from '../connection.ts';
import { errorOf } from '../errors.ts';
import { collectionOfType, collectionsOfType, listedIn, newestFirst } from '../listing.ts';
import { FetchedPages } from '../pages.ts';
import type { PerPage, SizedPages } from '../public-pages.ts';
import type { Artifact, ArtifactCollection, ArtifactType } from '../public-types.ts';
import { LimboArtifact } from './artifact.ts';

/** A fetched artifact collection. */
export class LimboCollection implements ArtifactCollection {
  readonly id: string;
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
    const { entity, project, name: collection, type } = this;
    const name = { entity, project, collection };
    return artifactsIn(this.#connection, name, type, perPageIn(options, 50), [], (store) =>
      this.#mustStand(store),
    );
  }

  versions(options: PerPage = {}): SizedPages<Artifact> {
    return this.artifacts(options);
  }

  async delete(): Promise<void> {
    const { entity, project, name: collection } = this;
    await this.#connection.change(
      `delete the artifact collection ${printable(collection)}`,
      ({ store, ask }) => {
        this.#mustStand(store);
        ask({ type: 'deleteCollection', collection: { entity, project, collection } });
      },
    );
  }

  // Another artifact collection may have its name since it was fetched.
  #mustStand(store: Store): void {
    const { entity, project, name: collection, type } = this;
    const { name, kind } = collectionOfType(store, { entity, project, collection }, type);
    const fetched = this.#isSequence ? 'sequence' : 'portfolio';
    if (kind !== fetched) throw errorOf(ofOtherKind(shortCollectionName(name), kind, fetched));
  }
}

/** The artifacts of an artifact collection, page by page, or those with all of these tags. Calls `check` first. */
export function artifactsIn(
  connection: Connection,
  name: { readonly entity: string; readonly project: string; readonly collection: string },
  type: string,
  perPage: number,
  tags: readonly string[] = [],
  check: (store: Store) => void = () => {},
): SizedPages<Artifact> {
  return new FetchedPages(connection, perPage, {
    label: `artifacts of ${printable(name.collection)}`,
    keys: (store) => {
      check(store);
      return listedIn(store, name, type);
    },
    compare: newestFirst,
    item: (store, { versionId, link }) => {
      const address = { versionId, link };
      const facts = factsOf(store, address);
      const matches = tags.every((tag) => facts.tags.includes(tag));
      return matches ? LimboArtifact.fetched(connection, address, facts) : null;
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
    compare: (left, right) => byCodePoint(left.name, right.name),
    item: (store, { id }) => connection.neighbors.collection(connection, store, id),
  });
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
    const asked = collectionIn(name, this.project);
    return this.#connection.read(`artifact collection ${printable(asked.collection)}`, (store) =>
      this.#connection.neighbors.collection(
        this.#connection,
        store,
        collectionOfType(store, asked, this.name).id,
      ),
    );
  }
}

// The artifact collection was undone, or never had versions of its own (DEL-3; basis: chosen).
function ofOtherKind(name: string, stands: CollectionKind, fetched: CollectionKind): Refusal {
  return {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: `${printable(name)} is a ${stands} now, and not the ${fetched} that was fetched.`,
    blockers: [],
  };
}
