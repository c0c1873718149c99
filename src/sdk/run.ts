import { refused } from '../lifecycle/decision.ts';
import { answered, following } from '../service/answer.ts';
import { fetchAt, versionOf } from '../service/fetched.ts';
import { byNameAndIndex, existingRun, lineageListed } from '../service/listing.ts';
import { indexedName, runById } from '../store/look-up.ts';
import {
  defaultFacts,
  heartbeatAt,
  RUNNING,
  type RunFacts,
  type Run as RunRow,
  runIdOf,
} from '../store/run.ts';
import { type Json, jsonObjectOf, jsonValue } from '../values/json.ts';
import { isOwnerName, printable, type RunName } from '../values/names.ts';
import type { Instant } from '../values/units.ts';
import { LimboArtifact } from './artifact/artifact.ts';
import type { Connection } from './connection.ts';
import { errorOf, ValueError } from './errors.ts';
import { flagIn, optionsIn, perPageIn, textIn, textsIn, versionIn } from './input/arguments.ts';
import { FetchedPages } from './pages.ts';
import type { PerPage, SizedPages } from './public/pages.ts';
import type { Artifact, Run } from './public/types.ts';

/** How a run starts. */
export interface RunOptions {
  /** Its id, unique in its project (RUN-1). */
  readonly id?: string;
  /** Its display name; by default its id. */
  readonly name?: string;
  readonly tags?: readonly string[];
  /** Its configuration: a JSON object, or a Map for keys such as `__proto__`. */
  readonly config?: object;
}

type SeenRun = Pick<RunRow, 'name' | 'state' | 'startedAt'> & RunFacts;

interface LogOptions {
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
}

/** A run, as it was when it started or was fetched. */
export class LimboRun implements Run {
  readonly id: string;
  name: string;
  readonly entity: string;
  readonly project: string;
  readonly state: Run['state'];
  tags: readonly string[];
  config: unknown;
  summary: unknown;
  readonly #connection: Connection;
  readonly #runName: RunName;
  readonly #uploads = new Set<Promise<Artifact>>();
  #started: Promise<unknown> = Promise.resolve();
  #createdAt: Instant;
  #heartbeatAt: Instant;

  constructor(connection: Connection, seen: SeenRun) {
    const { name, displayName, state, tags, config, summary } = seen;
    this.#runName = name;
    this.#connection = connection.within({ entity: name.entity, project: name.project });
    this.id = name.run;
    this.name = displayName;
    this.entity = name.entity;
    this.project = name.project;
    this.state = state.kind;
    this.tags = tags;
    this.config = jsonValue(config);
    this.summary = jsonValue(summary);
    this.#createdAt = seen.startedAt;
    this.#heartbeatAt = heartbeatAt(seen, connection.service.store.now);
  }

  #show({ displayName, tags, config, summary }: RunFacts): void {
    this.name = displayName;
    this.tags = tags;
    this.config = jsonValue(config);
    this.summary = jsonValue(summary);
  }

  /** A run that starts, or is resumed, in a turn of its own; `known` are the facts that it has before. */
  static started(
    connection: Connection,
    name: RunName,
    facts: Partial<RunFacts>,
    known: RunFacts & Partial<Pick<RunRow, 'startedAt'>> = defaultFacts(name),
  ): LimboRun {
    const { startedAt = connection.service.store.now } = known;
    const run = new LimboRun(connection, { ...known, ...facts, name, state: RUNNING, startedAt });
    run.#started = connection.change(`start the run ${printable(name.run)}`, (turn) =>
      following(turn.apply({ type: 'startRun', run: name, facts }), () => {
        // The clock may have moved, and another call may have changed the run, since this call.
        const row = runById(turn.store, runIdOf(name));
        run.#show(row);
        run.#createdAt = row.startedAt;
        run.#heartbeatAt = turn.store.now;
        return answered(null);
      }),
    );
    // If the start is refused, so is every other call; `finish` says why.
    run.#started.catch(() => undefined);
    return run;
  }

  get createdAt(): Instant {
    return this.#createdAt;
  }

  get heartbeatAt(): Instant {
    return this.#heartbeatAt;
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

  async finish(options: { readonly exitCode?: number } = {}): Promise<void> {
    const { exitCode = 0 } = optionsIn(options, 'exitCode: 1');
    if (!Number.isInteger(exitCode)) throw new ValueError(`exitCode must be a whole number, not ${exitCode}`);
    const state = exitCode === 0 ? 'finished' : 'failed';
    await this.#started;
    await this.#uploaded();
    await this.#connection.change(`finish the run ${printable(this.id)}`, (turn) =>
      turn.apply({ type: 'finishRun', run: this.#runName, state }),
    );
  }

  async #uploaded(): Promise<void> {
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
    await this.#connection.change(`delete the run ${printable(this.id)}`, (turn) =>
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
      following(versionOf(turn.store, logged), (version) =>
        turn.apply({ type: 'useVersion', version: indexedName(turn.store, version), run: this.#runName }),
      ),
    );
    return artifact;
  }

  #lineage(edge: 'logged' | 'used', options: PerPage): SizedPages<Artifact> {
    const connection = this.#connection;
    return new FetchedPages(connection, perPageIn(options, 100), {
      label: `artifacts ${edge} by the run ${printable(this.id)}`,
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

/** The facts of a run that starts. Throws `ValueError` for a config that is no JSON object. */
export function factsIn({
  name,
  tags,
  config,
}: { readonly [Key in keyof RunOptions]: RunOptions[Key] | undefined }): Partial<RunFacts> {
  return {
    ...(name === undefined ? {} : { displayName: textIn(name, 'the name of a run') }),
    ...(tags === undefined ? {} : { tags: textsIn(tags, 'tags') }),
    ...(config === undefined ? {} : { config: configIn(config) }),
  };
}

/** The id of a run within its project. Throws `ValueError` for an invalid one. */
export function runPartIn(id: unknown): string {
  const text = textIn(id, 'the id of a run');
  if (!isOwnerName(text)) throw errorOf(refused('badOwnerName', { name: text }).refusal);
  return text;
}

function configIn(given: unknown): Json {
  const json = jsonObjectOf(given);
  if (json === null) throw new ValueError('config must be an object of JSON values, or a Map of them');
  return json;
}
