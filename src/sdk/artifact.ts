import { refused } from '../lifecycle/decision.ts';
import { lookUp } from '../lifecycle/targeting.ts';
import { collectionIdOf } from '../store/artifact-collection.ts';
import type { Store } from '../store/store.ts';
import { INHERITED, type TimeToLive } from '../store/time-to-live.ts';
import {
  fullCollectionName,
  printable,
  type RunName,
  shortVersionName,
  type VersionId,
} from '../values/names.ts';
import { assert } from '../values/result.ts';
import { collectionIn, flagIn, optionsIn, perPageIn, textIn, textsIn } from './arguments.ts';
import { ArtifactAttributes } from './artifact-attributes.ts';
import {
  type Address,
  type ArtifactFacts,
  addressOf,
  factsOf,
  readableVersion,
  versionOf,
} from './artifact-facts.ts';
import type { Connection } from './connection.ts';
import { downloaded, filesOf, verified } from './download.ts';
import { checkNameAndType, Draft } from './draft.ts';
import { ArtifactNotLoggedError, errorOf } from './errors.ts';
import { lineageOf, linksTo, standingCollectionOf } from './lineage.ts';
import type {
  ArtifactCollection,
  DownloadedFile,
  File,
  PerPage,
  Artifact as PublicArtifact,
  Run,
  SizedPages,
} from './public-api.ts';
import { startUpload } from './upload.ts';

/** The artifact behind the public one, with what only the other objects of this API may call. */
export class LimboArtifact extends ArtifactAttributes implements PublicArtifact {
  #upload: { readonly connection: Connection; readonly committed: Promise<VersionId> } | null = null;

  constructor(name: string, type: string, draft: Draft | null = null) {
    // Only what a script makes anew is checked: the service has artifacts of its own types.
    if (draft === null) checkNameAndType(name, type);
    super(name, type, draft ?? new Draft());
  }

  /** What is at an address now. */
  static fetched(connection: Connection, address: Address, facts: ArtifactFacts): LimboArtifact {
    const name = facts.name.collection.collection;
    const artifact = new LimboArtifact(name, facts.artifactType, new Draft());
    artifact.take({ connection, address, facts });
    return artifact;
  }

  /** Begins the upload of a draft by a run, and goes on with it; what comes of that is told by `wait`. */
  async upload(
    connection: Connection,
    run: RunName,
    { aliases, tags }: { readonly aliases: readonly string[]; readonly tags: readonly string[] },
  ): Promise<void> {
    const draft = this.finalize();
    const ttl = ttlText(this.editedTtl ?? INHERITED);
    const what = { name: this.name, artifactType: this.type, draft, aliases, tags, ttl };
    const { begun, committed } = startUpload(connection, run, what);
    this.#upload = { connection, committed };
    // Who does not wait for an upload is not told of it, as in Python.
    committed.catch(() => {});
    try {
      await begun;
    } catch (error) {
      this.#upload = null;
      this.release();
      throw error;
    }
  }

  async wait(): Promise<PublicArtifact> {
    if (!this.isDraft()) return this;
    if (this.#upload === null) throw new ArtifactNotLoggedError('wait');
    const { connection, committed } = this.#upload;
    const address = { versionId: await committed, link: null };
    const label = labelOf(this);
    const facts = await connection.read(`wait for ${label}`, (store) => {
      if (store.versions.has(address.versionId)) return factsOf(store, address);
      throw errorOf(refused('versionNotFound', { version: label }).refusal);
    });
    this.take({ connection, address, facts });
    return this;
  }

  async save(): Promise<void> {
    const { connection, address, facts } = this.logged('save');
    const wanted = textsIn(this.aliases, 'aliases');
    const add = wanted.filter((alias) => !facts.aliases.includes(alias));
    const remove = facts.aliases.filter((alias) => !wanted.includes(alias));
    const ttl = this.editedTtl;
    await connection.change(`save ${labelOf(this)}`, (asking) => {
      versionOf(asking.store, address, facts);
      if (add.length > 0 || remove.length > 0) {
        asking.ask({ type: 'editAliases', version: facts.name, add, remove, protect: [] });
      }
      if (ttl !== null) asking.ask({ type: 'setTtl', version: facts.name, ttl: ttlText(ttl) });
      this.#fetch(connection, address, asking);
    });
  }

  async delete(options: { readonly deleteAliases?: boolean } = {}): Promise<void> {
    const given = optionsIn(options, 'deleteAliases: true').deleteAliases;
    const deleteAliases = flagIn(given, 'deleteAliases');
    const { connection, address, facts } = this.logged('delete');
    await connection.change(`delete ${labelOf(this)}`, (asking) => {
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
    return connection.change(`link ${labelOf(this)} to ${printable(fullCollectionName(to))}`, (asking) => {
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
    await connection.change(`unlink ${labelOf(this)}`, (asking) => {
      versionOf(asking.store, address, facts);
      asking.ask({ type: 'unlinkVersion', link: facts.name });
      this.#fetch(connection, address, asking);
    });
  }

  newDraft(): PublicArtifact {
    const { facts } = this.logged('newDraft');
    return new LimboArtifact(facts.source.collection.collection, this.type, new Draft(facts.manifest));
  }

  async download({
    pathPrefix = '',
  }: {
    readonly pathPrefix?: string;
  } = {}): Promise<ReadonlyMap<string, DownloadedFile>> {
    const { connection, address, facts } = this.logged('download');
    return connection.read(`download ${labelOf(this)}`, (store) =>
      downloaded(store, connection.server.contents, readableVersion(store, address, facts), {
        name: shortVersionName(facts.name),
        pathPrefix: textIn(pathPrefix, 'pathPrefix'),
      }),
    );
  }

  async verify(): Promise<void> {
    const { connection, address, facts } = this.logged('verify');
    await connection.read(`verify ${labelOf(this)}`, (store) =>
      verified(store, readableVersion(store, address, facts), shortVersionName(facts.name)),
    );
  }

  files(names: readonly string[] | null = null, options: PerPage = {}): SizedPages<File> {
    const { connection, address, facts } = this.logged('files');
    const asked = names === null ? null : new Set(textsIn(names, 'names'));
    return filesOf(connection, perPageIn(options, 50), `files of ${labelOf(this)}`, asked, (store) =>
      readableVersion(store, address, facts),
    );
  }

  async collection(): Promise<ArtifactCollection> {
    const { connection, facts } = this.logged('collection');
    return standingCollectionOf(connection, facts.name.collection);
  }

  async sourceCollection(): Promise<ArtifactCollection> {
    const { connection, facts } = this.logged('sourceCollection');
    return standingCollectionOf(connection, facts.source.collection);
  }

  async sourceArtifact(): Promise<PublicArtifact> {
    const { connection, address, facts } = this.logged('sourceArtifact');
    if (address.link === null) return this;
    return connection.read(`source of ${labelOf(this)}`, (store) => {
      const found = lookUp(store, facts.source);
      if (!found.ok) throw errorOf(found.refusal);
      const source = addressOf(found.value);
      return LimboArtifact.fetched(connection, source, factsOf(store, source));
    });
  }

  async linkedArtifacts(): Promise<readonly PublicArtifact[]> {
    const { connection, address, facts } = this.logged('linkedArtifacts');
    if (address.link !== null) return [];
    return connection.read(`links to ${labelOf(this)}`, (store) => {
      versionOf(store, address, facts);
      return linksTo(store, address.versionId).map((link) =>
        LimboArtifact.fetched(connection, link, factsOf(store, link)),
      );
    });
  }

  async loggedBy(): Promise<Run | null> {
    const { connection, address, facts } = this.logged('loggedBy');
    return connection.read(`run of ${labelOf(this)}`, (store) => {
      const { loggedBy } = lineageOf(store, versionOf(store, address, facts));
      return loggedBy === null ? null : connection.neighbours.run(connection, loggedBy);
    });
  }

  async usedBy(): Promise<readonly Run[]> {
    const { connection, address, facts } = this.logged('usedBy');
    return connection.read(`users of ${labelOf(this)}`, (store) =>
      lineageOf(store, versionOf(store, address, facts)).usedBy.map((name) =>
        connection.neighbours.run(connection, name),
      ),
    );
  }

  #fetch(connection: Connection, address: Address, { store }: { readonly store: Store }): void {
    this.take({ connection, address, facts: factsOf(store, address) });
  }
}

/** What `new Artifact(name, type)` takes. */
export type ArtifactConstructor = new (name: string, type: string) => PublicArtifact;

/**
 * An artifact that is yet to be logged: `new Artifact('animals', 'dataset')`. Python: `wandb.Artifact`. Throws
 * `ValueError` for a name that none can have (LOG-1), and for a type that the service keeps for itself (DEL-17).
 */
export const Artifact: ArtifactConstructor = LimboArtifact;
/** A version, or a link to one, or one that is yet to be logged. */
export type Artifact = PublicArtifact;

function ttlText(ttl: TimeToLive): string {
  return ttl.kind === 'lasting' ? `${ttl.seconds}s` : ttl.kind;
}

function labelOf({ name }: PublicArtifact): string {
  return printable(name);
}
