import { answered, following } from '../service/answer.ts';
import { fetchAt, versionOf } from '../service/fetched.ts';
import { byNameAndIndex, existingRun, lineageListed } from '../service/listing.ts';
import { printable, type RunName } from '../values/names.ts';
import { LimboArtifact } from './artifact/artifact.ts';
import type { Connection } from './connection.ts';
import { ValueError } from './errors.ts';
import { flagIn, optionsIn, perPageIn, textsIn, versionIn } from './input/arguments.ts';
import { FetchedPages } from './pages.ts';
import type { PerPage, SizedPages } from './public/pages.ts';
import type { Artifact, Run } from './public/types.ts';

interface LogOptions {
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
}

/** A run by its name, whether or not it exists in the store. */
export class LimboRun implements Run {
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  readonly project: string;
  readonly #connection: Connection;
  readonly #runName: RunName;
  readonly #uploads = new Set<Promise<Artifact>>();

  constructor(connection: Connection, name: RunName) {
    this.#runName = name;
    this.#connection = connection.within({ entity: name.entity, project: name.project });
    this.id = name.run;
    this.name = name.run;
    this.entity = name.entity;
    this.project = name.project;
  }

  get path(): readonly [entity: string, project: string, id: string] {
    return [this.entity, this.project, this.id];
  }

  logArtifact(artifact: Artifact, options: LogOptions = {}): Promise<Artifact> {
    const begun = this.#log(artifact, options);
    this.#uploads.add(begun);
    return begun;
  }

  async useArtifact(artifactOrName: Artifact | string): Promise<Artifact> {
    if (typeof artifactOrName !== 'string') return this.#useFetched(ownArtifact(artifactOrName));
    const name = versionIn(artifactOrName, this.#runName);
    return this.#connection.change(`use ${printable(artifactOrName)}`, (turn) =>
      following(turn.apply({ type: 'useVersion', version: name, run: this.#runName }), () =>
        LimboArtifact.named(this.#connection, turn.store, name),
      ),
    );
  }

  async finish(): Promise<void> {
    const uploads = [...this.#uploads];
    const ends = await Promise.allSettled(uploads.map(async (begun) => (await begun).wait()));
    for (const upload of uploads) this.#uploads.delete(upload);
    const failed = ends.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  loggedArtifacts(options: PerPage = {}): SizedPages<Artifact> {
    return this.#lineage('logged', options);
  }

  usedArtifacts(options: PerPage = {}): SizedPages<Artifact> {
    return this.#lineage('used', options);
  }

  async delete(options: { readonly deleteArtifacts?: boolean } = {}): Promise<void> {
    const given = optionsIn(options, 'deleteArtifacts: true').deleteArtifacts;
    const artifacts = flagIn(given, 'deleteArtifacts');
    await this.#connection.change(`delete the run ${printable(this.name)}`, (turn) =>
      turn.apply({ type: 'deleteRun', run: this.#runName, artifacts }),
    );
  }

  async #log(artifact: Artifact, options: LogOptions): Promise<Artifact> {
    const draft = ownArtifact(artifact);
    const { aliases = [], tags = [] } = optionsIn(options, "aliases: ['best']");
    const given = { aliases: textsIn(aliases, 'aliases'), tags: textsIn(tags, 'tags') };
    await draft.upload(this.#connection, this.#runName, given);
    return draft;
  }

  async #useFetched(artifact: LimboArtifact): Promise<Artifact> {
    if (artifact.isDraft()) {
      throw new ValueError(
        `Only an artifact that is logged can be used: call run.logArtifact(artifact), and then await artifact.wait().`,
      );
    }
    artifact.mustBelongTo(this.#connection);
    const logged = artifact.logged('name');
    await this.#connection.change(`use ${printable(artifact.name)}`, (turn) =>
      following(versionOf(turn.store, logged), () =>
        turn.apply({ type: 'useVersion', version: logged.facts.source, run: this.#runName }),
      ),
    );
    return artifact;
  }

  #lineage(edge: 'logged' | 'used', options: PerPage): SizedPages<Artifact> {
    const connection = this.#connection;
    return new FetchedPages(connection, perPageIn(options, 100), {
      label: `artifacts ${edge} by the run ${printable(this.name)}`,
      keys: (store) =>
        following(existingRun(store, this.#runName), (run) => answered(lineageListed(store, run, edge))),
      compare: byNameAndIndex,
      item: (store, { versionId, link }) =>
        LimboArtifact.fetched(connection, fetchAt(store, { versionId, link })),
    });
  }
}

function ownArtifact(artifact: Artifact): LimboArtifact {
  if (artifact instanceof LimboArtifact) return artifact;
  throw new TypeError(
    'an artifact must be one of this simulator: new Artifact(name, type), or one that was fetched',
  );
}
