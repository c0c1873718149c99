import { lookUp } from '../../lifecycle/targeting.ts';
import { collectionIdOf } from '../../store/artifact-collection.ts';
import type { Store } from '../../store/store.ts';
import { INHERITED } from '../../store/time-to-live.ts';
import { fullCollectionName, printable, type RunName } from '../../values/names.ts';
import { assert, unreachable } from '../../values/result.ts';
import { collectionIn, flagIn, optionsIn, textIn, textsIn } from '../arguments.ts';
import {
  type Address,
  type ArtifactFacts,
  addressOf,
  factsOf,
  isThere,
  undone,
  versionOf,
} from '../artifact-facts.ts';
import type { Connection } from '../connection.ts';
import { ArtifactNotLoggedError, errorOf, ValueError } from '../errors.ts';
import { linksTo } from '../lineage.ts';
import type { Artifact as PublicArtifact } from '../public-types.ts';
import type { Server } from '../server.ts';
import { ArtifactReading } from './artifact-reading.ts';
import type { Stage, Uploading } from './artifact-stage.ts';
import { checkNameAndType, Draft } from './draft.ts';
import { startUpload, type Uploaded } from './upload.ts';

/** An artifact that exists on a server: its address and its connection. */
class Origin {
  readonly stage: Stage;
  readonly server: Server;

  constructor(stage: Stage, server: Server) {
    this.stage = stage;
    this.server = server;
  }
}

/** The implementation of a public artifact, with methods that only other objects of this API call. */
export class LimboArtifact extends ArtifactReading implements PublicArtifact {
  /** The server of a draft that was made from a logged artifact; null if any server will do. */
  readonly #home: Server | null;

  constructor(name: string, type: string, given?: string | null | Origin) {
    // Check only what a script creates: the service has artifacts of its own types.
    if (given instanceof Origin) {
      super(name, type, given.stage);
      this.#home = given.server;
      return;
    }
    checkNameAndType(name, type);
    textIn(given ?? '', 'the description of an artifact');
    super(name, type, { kind: 'draft', draft: new Draft() });
    this.#home = null;
  }

  /** The artifact at an address. */
  static fetched(connection: Connection, address: Address, facts: ArtifactFacts): LimboArtifact {
    const stage: Stage = { kind: 'logged', logged: { connection, address, facts } };
    const origin = new Origin(stage, connection.server);
    return new LimboArtifact(facts.name.collection.collection, facts.artifactType, origin);
  }

  /** Throws `ValueError` for an artifact of another simulator. */
  mustBelongTo({ server }: Connection): void {
    if (this.#server === null || this.#server === server) return;
    throw new ValueError(
      `"${printable(this.name)}" is an artifact of another simulator: log one of the same content there, and use that.`,
    );
  }

  /** Starts to upload a draft for a run and continues in the background; `wait` reports the result. */
  async upload(
    connection: Connection,
    run: RunName,
    { aliases, tags }: { readonly aliases: readonly string[]; readonly tags: readonly string[] },
  ): Promise<void> {
    const draft = this.open('Run.logArtifact');
    this.mustBelongTo(connection);
    const ttl = this.editedTtl;
    const what = { name: this.name, artifactType: this.type, draft, aliases, tags };
    const { begun, committed } = startUpload(connection, run, { ...what, ttl: ttl ?? INHERITED });
    const uploading: Uploading = { kind: 'uploading', draft, connection, committed, ttl };
    this.enter(uploading);
    // As in Python, a failed upload is reported only to those who wait for it.
    committed.catch((error: unknown) => {
      if (this.stage === uploading) this.enter({ kind: 'failed', draft, error });
    });
    try {
      await begun;
    } catch (error) {
      this.enter({ kind: 'draft', draft });
      throw error;
    }
  }

  async wait(): Promise<PublicArtifact> {
    const { stage } = this;
    switch (stage.kind) {
      case 'logged':
        return this;
      case 'draft':
        throw new ArtifactNotLoggedError('wait');
      case 'failed':
        throw stage.error;
      case 'uploading': {
        const uploaded = await stage.committed;
        const label = `wait for ${this.label}`;
        await stage.connection.read(label, (store) => this.#arrive(store, stage, uploaded));
        return this;
      }
      default:
        return unreachable(stage);
    }
  }

  /** Sends the edits when its turn comes, so that edits made before then are included. */
  async save(): Promise<void> {
    const { connection, address, facts } = this.logged('save');
    textsIn(this.aliases, 'aliases');
    await connection.change(`save ${this.label}`, (asking) => {
      const { aliases } = this.logged('save').facts;
      const wanted = textsIn(this.aliases, 'aliases');
      const add = wanted.filter((alias) => !aliases.includes(alias));
      const remove = aliases.filter((alias) => !wanted.includes(alias));
      const ttl = this.editedTtl;
      versionOf(asking.store, address, facts);
      if (add.length > 0 || remove.length > 0) {
        asking.ask({ type: 'editAliases', version: facts.name, add, remove, protect: [] });
      }
      if (ttl !== null) asking.ask({ type: 'setTtl', version: facts.name, ttl });
      this.takeSaved({ connection, address, facts: factsOf(asking.store, address) });
    });
  }

  async delete(options: { readonly deleteAliases?: boolean } = {}): Promise<void> {
    const given = optionsIn(options, 'deleteAliases: true').deleteAliases;
    const deleteAliases = flagIn(given, 'deleteAliases');
    const { connection, address, facts } = this.logged('delete');
    await connection.change(`delete ${this.label}`, (asking) => {
      const version = versionOf(asking.store, address, facts);
      asking.ask({
        type: 'deleteVersion',
        target:
          address.link === null ? { by: 'id', versionId: version.id } : { by: 'name', name: facts.name },
        deleteAliases,
      });
      this.#fetch(connection, address, asking);
    });
  }

  async link(targetPath: string, aliases: readonly string[] = []): Promise<PublicArtifact> {
    const { connection, address, facts } = this.logged('link');
    const to = collectionIn(targetPath, facts.source.collection);
    const given = textsIn(aliases, 'aliases');
    return connection.change(`link ${this.label} to ${printable(fullCollectionName(to))}`, (asking) => {
      versionOf(asking.store, address, facts);
      asking.ask({ type: 'linkVersion', version: facts.source, to, aliases: given });
      const link = linksTo(asking.store, address.versionId).find(
        (other) => other.link?.portfolioId === collectionIdOf(to),
      );
      this.#fetch(connection, address, asking);
      assert(link !== undefined, 'a version that was linked has the link');
      return LimboArtifact.fetched(connection, link, factsOf(asking.store, link));
    });
  }

  async unlink(): Promise<void> {
    const { connection, address, facts } = this.logged('unlink');
    await connection.change(`unlink ${this.label}`, (asking) => {
      versionOf(asking.store, address, facts);
      asking.ask({ type: 'unlinkVersion', link: facts.name });
      this.#fetch(connection, address, asking);
    });
  }

  newDraft(): PublicArtifact {
    const { connection, facts } = this.logged('newDraft');
    const stage: Stage = { kind: 'draft', draft: new Draft(facts.manifest) };
    const origin = new Origin(stage, connection.server);
    return new LimboArtifact(facts.source.collection.collection, this.type, origin);
  }

  async sourceArtifact(): Promise<PublicArtifact> {
    const { connection, address, facts } = this.logged('sourceArtifact');
    if (address.link === null) return this;
    return connection.read(`source of ${this.label}`, (store) => {
      versionOf(store, address, facts);
      const found = lookUp(store, facts.source);
      if (!found.ok) throw errorOf(found.refusal);
      const source = addressOf(found.value);
      return LimboArtifact.fetched(connection, source, factsOf(store, source));
    });
  }

  async linkedArtifacts(): Promise<readonly PublicArtifact[]> {
    const { connection, address, facts } = this.logged('linkedArtifacts');
    if (address.link !== null) return [];
    return connection.read(`links to ${this.label}`, (store) => {
      versionOf(store, address, facts);
      return linksTo(store, address.versionId).map((link) =>
        LimboArtifact.fetched(connection, link, factsOf(store, link)),
      );
    });
  }

  get #server(): Server | null {
    const { stage } = this;
    if (stage.kind === 'logged') return stage.logged.connection.server;
    return stage.kind === 'uploading' ? stage.connection.server : this.#home;
  }

  #arrive(store: Store, stage: Uploading, { version, name }: Uploaded): void {
    // Only once: another call of `wait` must not discard later edits.
    if (this.stage.kind === 'logged') return;
    if (isThere(store, version)) {
      this.#fetch(stage.connection, { versionId: version.id, link: null }, { store });
      return;
    }
    const error = errorOf(undone(name));
    if (this.stage === stage) this.enter({ kind: 'failed', draft: stage.draft, error });
    throw error;
  }

  #fetch(connection: Connection, address: Address, { store }: { readonly store: Store }): void {
    this.take({ connection, address, facts: factsOf(store, address) });
  }
}

/** The parameters of `new Artifact(name, type)`; a description may follow, as in Python, and is not kept. */
export type ArtifactConstructor = new (
  name: string,
  type: string,
  description?: string | null,
) => PublicArtifact;

/**
 * An artifact to be logged: `new Artifact('animals', 'dataset')`. Python: `wandb.Artifact`. Throws `ValueError` for an
 * invalid name (LOG-1) and for a type that the service reserves (DEL-17).
 *
 * `toEqual`, `deepStrictEqual` and `JSON.stringify` see its name, type, id, state, size and digest and, once logged, its
 * qualified name and aliases.
 */
export const Artifact: ArtifactConstructor = LimboArtifact;
/** A version, a link to one, or an artifact to be logged. */
export type Artifact = PublicArtifact;
