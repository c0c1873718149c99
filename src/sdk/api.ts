import { refused } from '../lifecycle/decision.ts';
import { answered, following } from '../service/answer.ts';
import { collectionOfType, existingRun, typeIn, typesIn } from '../service/listing.ts';
import type { Service } from '../service/turns.ts';
import { collectionById } from '../store/look-up.ts';
import type { Who } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import { isOwnerName, type ProjectName, printable } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { LimboArtifact } from './artifact/artifact.ts';
import {
  artifactsOf,
  collectionsIn,
  fetchCollection,
  LimboCollection,
  LimboType,
} from './artifact/artifact-collection.ts';
import { Connection, type Neighbors } from './connection.ts';
import { CommError, errorOf, ValueError } from './errors.ts';
import { collectionIn, perPageIn, projectIn, runIn, textIn, textsIn, versionIn } from './input/arguments.ts';
import { FetchedPages } from './pages.ts';
import type { Pages, PerPage, SizedPages } from './public/pages.ts';
import type { Artifact, ArtifactCollection, ArtifactType, Run } from './public/types.ts';
import { LimboRun } from './run.ts';

const NEIGHBORS: Neighbors = {
  run: (connection, row) => new LimboRun(connection, row),
  collection: (connection, store, id) => new LimboCollection(connection, collectionById(store, id)),
};

/**
 * The public API. Python: `wandb.Api`. A name without an entity or a project uses those of the API. A call for something
 * that does not exist, or is not allowed, rejects with `CommError`; an invalid name throws or rejects with `ValueError`.
 */
export class Api {
  readonly #connection: Connection;

  /** Use `simulator.api()` instead. */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Fetches an artifact: `animals:v0`, `project/animals:best`, or `animals` for its `latest`. Python: `Api.artifact`.
   * Rejects with `ValueError` if it is not of the requested type (basis: doc, chosen).
   */
  async artifact(name: string, type?: string | null): Promise<Artifact> {
    const asked = versionIn(name, this.#place);
    const wanted = type === undefined || type === null ? null : textIn(type, 'the name of a type');
    return this.#connection.read(`artifact ${printable(name)}`, (store) =>
      LimboArtifact.named(this.#connection, store, asked, wanted),
    );
  }

  /**
   * Lists the artifacts of an artifact collection, newest first, optionally only those with all of these tags. Python:
   * `Api.artifacts`.
   *
   * Tags are filtered after a page is fetched: `length` counts artifacts without them too, and a page can hold fewer
   * results than `perPage`, or none, even if there are more pages (basis: sdk).
   */
  artifacts(
    typeName: string,
    name: string,
    options: PerPage & { readonly tags?: readonly string[] } = {},
  ): SizedPages<Artifact> {
    const asked = collectionIn(name, this.#place);
    const type = textIn(typeName, 'the name of a type');
    const perPage = perPageIn(options, 50);
    const tags = textsIn(options.tags ?? [], 'tags');
    const collection = (store: Store) => collectionOfType(store, asked, type);
    return artifactsOf(this.#connection, asked.collection, perPage, collection, tags);
  }

  /** The older name of `artifacts`. Python: `Api.artifact_versions`. */
  artifactVersions(typeName: string, name: string, options: PerPage = {}): SizedPages<Artifact> {
    return this.artifacts(typeName, name, options);
  }

  /** Whether `artifact` would find it. Python: `Api.artifact_exists`. */
  async artifactExists(name: string, type?: string | null): Promise<boolean> {
    return found(this.artifact(name, type));
  }

  /** Fetches a type of artifacts in a project. Python: `Api.artifact_type`. */
  async artifactType(typeName: string, project?: string): Promise<ArtifactType> {
    const where = projectIn(project, this.#place);
    const type = textIn(typeName, 'the name of a type');
    return this.#connection.read(`artifact type ${printable(type)}`, (store) =>
      following(typeIn(store, where, type), (known) => answered(this.#type(where, known))),
    );
  }

  /** Lists the types of artifacts in a project, sorted by name. Python: `Api.artifact_types`. */
  artifactTypes(project?: string): Pages<ArtifactType> {
    const where = projectIn(project, this.#place);
    return new FetchedPages(this.#connection, 50, {
      label: `artifact types of ${printable(where.project)}`,
      keys: (store) => typesIn(store, where),
      compare: byCodePoint,
      item: (_store, type): ArtifactType => this.#type(where, type),
    });
  }

  /** Fetches an artifact collection. Python: `Api.artifact_collection`. */
  async artifactCollection(typeName: string, name: string): Promise<ArtifactCollection> {
    const asked = collectionIn(name, this.#place);
    const type = textIn(typeName, 'the name of a type');
    return fetchCollection(this.#connection, asked, type);
  }

  /**
   * Lists the artifact collections of a type in a project, sequences and portfolios, sorted by name. Python:
   * `Api.artifact_collections`.
   */
  artifactCollections(
    projectName: string,
    typeName: string,
    options: PerPage = {},
  ): SizedPages<ArtifactCollection> {
    const where = projectIn(projectName, this.#place);
    const type = textIn(typeName, 'the name of a type');
    return collectionsIn(this.#connection, where, type, perPageIn(options, 50));
  }

  /** Whether `artifactCollection` would find it. Python: `Api.artifact_collection_exists`. */
  async artifactCollectionExists(name: string, type: string): Promise<boolean> {
    return found(this.artifactCollection(type, name));
  }

  /** Fetches a run by its id: `id`, `project/id` or `entity/project/id`. Python: `Api.run`. */
  async run(path: string): Promise<Run> {
    const name = runIn(path, this.#place);
    return this.#connection.read(`run ${printable(path)}`, (store) =>
      following(existingRun(store, name), (known) => answered(NEIGHBORS.run(this.#connection, known))),
    );
  }

  get #place(): ProjectName {
    return this.#connection.place;
  }

  #type(project: ProjectName, name: string): ArtifactType {
    return new LimboType(this.#connection, project, name);
  }
}

/** Connects a person to a server. Throws `ValueError` for an invalid entity or project. */
export function connect(service: Service, who: Who, place: ProjectName): Connection {
  if (who !== null) textIn(who, 'the name of a person');
  for (const name of [place.entity, place.project]) {
    if (!isOwnerName(textIn(name, 'an entity or a project'))) {
      throw errorOf(refused('badOwnerName', { name }).refusal);
    }
  }
  return new Connection(service, who, place, NEIGHBORS);
}

// As in Python, an invalid name counts as not found.
async function found(fetching: Promise<unknown>): Promise<boolean> {
  try {
    await fetching;
    return true;
  } catch (error) {
    if (error instanceof CommError || error instanceof ValueError) return false;
    throw error;
  }
}
