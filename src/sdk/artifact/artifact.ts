import { type Answer, answered, following } from '../../service/answer.ts';
import { deleteFetched, linkFetched, saveEdits, unlinkFetched } from '../../service/edits.ts';
import { type Fetched, fetchAt, fetchNamed, isThere, undone } from '../../service/fetched.ts';
import { linksTo } from '../../service/lineage.ts';
import type { Service } from '../../service/turns.ts';
import type { Upload } from '../../service/uploading.ts';
import type { Store } from '../../store/store.ts';
import { INHERITED } from '../../store/time-to-live.ts';
import type { VersionFacts } from '../../store/version.ts';
import { fullCollectionName, printable, type RunName, type VersionName } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import type { Connection } from '../connection.ts';
import { ArtifactNotLoggedError, errorOf, ValueError } from '../errors.ts';
import { collectionIn, flagIn, optionsIn, textsIn } from '../input/arguments.ts';
import type { Artifact as PublicArtifact } from '../public/types.ts';
import { ArtifactReading } from './artifact-reading.ts';
import type { Stage, Uploading } from './artifact-stage.ts';
import { checkNameAndType, Draft } from './draft.ts';
import { startUpload } from './upload.ts';

/** What an artifact that a script does not create begins with: its stage, service, description and metadata. */
class Origin {
  readonly stage: Stage;
  readonly service: Service;
  readonly facts: VersionFacts | null;

  constructor(stage: Stage, service: Service, facts: VersionFacts | null) {
    this.stage = stage;
    this.service = service;
    this.facts = facts;
  }
}

/** The implementation of a public artifact, with methods that only other objects of this API call. */
export class LimboArtifact extends ArtifactReading implements PublicArtifact {
  /** The service of a draft that was made from a logged artifact; null if any service will do. */
  readonly #home: Service | null;

  constructor(name: string, type: string, given?: string | null | Origin, metadata?: object | null) {
    // Check only what a script creates: the service has artifacts of its own types.
    if (given instanceof Origin) {
      super(name, type, given.stage, given.facts);
      this.#home = given.service;
      return;
    }
    checkNameAndType(name, type);
    super(name, type, { kind: 'draft', draft: new Draft() });
    this.description = given ?? null;
    this.metadata = metadata ?? null;
    this.#home = null;
  }

  /** A fetched artifact. */
  static fetched(connection: Connection, fetched: Fetched): LimboArtifact {
    const { facts } = fetched;
    const stage: Stage = { kind: 'logged', logged: { connection, ...fetched } };
    const origin = new Origin(stage, connection.service, facts.described);
    return new LimboArtifact(facts.name.collection.collection, facts.artifactType, origin);
  }

  /** The artifact of a name, and of this type if one is given. */
  static named(
    connection: Connection,
    store: Store,
    name: VersionName,
    type: string | null = null,
  ): Answer<LimboArtifact> {
    return following(fetchNamed(store, name, type), (found) =>
      answered(LimboArtifact.fetched(connection, found)),
    );
  }

  /** Throws `ValueError` for an artifact of another simulator. */
  mustBelongTo({ service }: Connection): void {
    if (this.#service === null || this.#service === service) return;
    throw new ValueError(
      `"${printable(this.name)}" is an artifact of another simulator: log the same content there and use that artifact.`,
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
    const [facts, ttl] = [this.editedFacts, this.editedTtl];
    const what = { name: this.name, artifactType: this.type, draft, aliases, tags, facts };
    const { begun, committed } = startUpload(connection, run, { ...what, ttl: ttl ?? INHERITED });
    const uploading: Uploading = { kind: 'uploading', draft, connection, committed, facts, ttl };
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
    const { connection } = this.logged('save');
    textsIn(this.aliases, 'aliases');
    await connection.change(`save ${this.label}`, (turn) => {
      const aliases = textsIn(this.aliases, 'aliases');
      const edits = { aliases, facts: this.editedFacts, ttl: this.editedTtl };
      return following(saveEdits(turn, this.logged('save'), edits), (saved) =>
        answered(this.takeSaved({ connection, ...saved })),
      );
    });
  }

  async delete(options: { readonly deleteAliases?: boolean } = {}): Promise<void> {
    const given = optionsIn(options, 'deleteAliases: true').deleteAliases;
    const deleteAliases = flagIn(given, 'deleteAliases');
    const logged = this.logged('delete');
    const { connection } = logged;
    await connection.change(`delete ${this.label}`, (turn) =>
      following(deleteFetched(turn, logged, deleteAliases), (deleted) =>
        answered(this.take({ connection, ...deleted })),
      ),
    );
  }

  async link(targetPath: string, aliases: readonly string[] = []): Promise<PublicArtifact> {
    const logged = this.logged('link');
    const { connection, address, facts } = logged;
    const to = collectionIn(targetPath, facts.source.collection);
    const given = textsIn(aliases, 'aliases');
    return connection.change(`link ${this.label} to ${printable(fullCollectionName(to))}`, (turn) =>
      following(linkFetched(turn, logged, to, given), (link) => {
        this.take({ connection, ...fetchAt(turn.store, address) });
        return answered(LimboArtifact.fetched(connection, fetchAt(turn.store, link)));
      }),
    );
  }

  async unlink(): Promise<void> {
    const logged = this.logged('unlink');
    const { connection } = logged;
    await connection.change(`unlink ${this.label}`, (turn) =>
      following(unlinkFetched(turn, logged), (unlinked) => answered(this.take({ connection, ...unlinked }))),
    );
  }

  newDraft(): PublicArtifact {
    const { connection, facts } = this.logged('newDraft');
    const stage: Stage = { kind: 'draft', draft: new Draft(facts.manifest) };
    const origin = new Origin(stage, connection.service, this.editedFacts);
    return new LimboArtifact(facts.source.collection.collection, this.type, origin);
  }

  async sourceArtifact(): Promise<PublicArtifact> {
    const { connection, address, facts } = this.logged('sourceArtifact');
    if (address.link === null) return this;
    return this.look('sourceArtifact', `source of ${this.label}`, (store) =>
      LimboArtifact.named(connection, store, facts.source),
    );
  }

  async linkedArtifacts(): Promise<readonly PublicArtifact[]> {
    const { connection, address } = this.logged('linkedArtifacts');
    if (address.link !== null) return [];
    return this.look('linkedArtifacts', `links to ${this.label}`, (store) =>
      answered(
        linksTo(store, address.versionId).map((link) =>
          LimboArtifact.fetched(connection, fetchAt(store, link)),
        ),
      ),
    );
  }

  get #service(): Service | null {
    const { stage } = this;
    if (stage.kind === 'logged') return stage.logged.connection.service;
    return stage.kind === 'uploading' ? stage.connection.service : this.#home;
  }

  #arrive(store: Store, stage: Uploading, { version, name }: Upload): Answer<unknown> {
    // Only once: another call of `wait` must not discard later edits.
    if (this.stage.kind === 'logged') return answered(null);
    if (isThere(store, version)) {
      this.take({ connection: stage.connection, ...fetchAt(store, { versionId: version.id, link: null }) });
      return answered(null);
    }
    const refused = undone(name);
    if (this.stage === stage) {
      this.enter({ kind: 'failed', draft: stage.draft, error: errorOf(refused.refusal) });
    }
    return refused;
  }
}

/** The parameters of `new Artifact(name, type)`; a description and metadata may follow, as in Python. */
export type ArtifactConstructor = new (
  name: string,
  type: string,
  description?: string | null,
  metadata?: object | null,
) => PublicArtifact;

/**
 * An artifact to be logged: `new Artifact('animals', 'dataset')`. Python: `wandb.Artifact`. Throws `ValueError` for an
 * invalid name (LOG-1), for a type that the service reserves (DEL-17), and for metadata that is no JSON object.
 *
 * `toEqual`, `deepStrictEqual` and `JSON.stringify` see its name, type, id, state, size and digest and, once logged, its
 * qualified name and aliases.
 */
export const Artifact: ArtifactConstructor = LimboArtifact;
/** A version, a link to one, or an artifact to be logged. */
export type Artifact = PublicArtifact;
