import type { FastifyInstance } from 'fastify';
import { appFor } from '../../../src/server/app.ts';
import { Contents } from '../../../src/server/files/contents.ts';
import { Host } from '../../../src/server/host.ts';
import { Users } from '../../../src/server/users.ts';
import { DEFAULT_SETTINGS } from '../../../src/store/settings.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { digestOfManifestText } from '../../../src/values/digest.ts';
import { DEFAULT_ENTITY, DEFAULT_PROJECT } from '../../../src/values/names.ts';
import { byCodePoint } from '../../../src/values/order.ts';
import { time } from '../stores/builders.ts';
import { digestOfText } from './digest-of-text.ts';

/** A server without sockets, and its clients. */
export class Wire {
  readonly host: Host;
  readonly #app: FastifyInstance;

  constructor(start: Store = emptyStore()) {
    this.host = new Host(start, new Contents(), new Users(DEFAULT_ENTITY, start.people.team.keys()));
    this.#app = appFor(this.host);
  }

  /** A member of the team, or its admin. */
  member(username = 'admin'): Client {
    const key = this.host.users.keys.get(username);
    if (key === undefined) throw new Error(`there is no user ${username}`);
    return this.#client(key, DEFAULT_ENTITY);
  }

  /** A user with an entity of its own, who asks about this entity; about that one, unless said. */
  stranger(entity?: string): Client {
    const key = `stranger-${'0'.repeat(40)}`;
    return this.#client(key, entity ?? this.host.users.withKey(key).entity);
  }

  #client(key: string, entity: string): Client {
    return new Client((request) => this.#app.inject(request), key, entity);
  }
}

/** A server whose uploads nobody abandons, and a client that may do everything. */
export function served() {
  const settings = { ...DEFAULT_SETTINGS, abandonAfterSeconds: time('365d') };
  const wire = new Wire(emptyStore(settings));
  return { wire, host: wire.host, client: wire.member() };
}

/** Lets retention pass, and runs garbage collection to its end. */
export function collect(wire: Wire): Promise<void> {
  return wire.host.turn('collect', (turn) => {
    for (const action of [{ type: 'wait', duration: time('30d') }, { type: 'collectGarbage' }] as const) {
      const played = turn.apply(action);
      if (!played.ok) throw new Error(played.refusal.sentence);
    }
  });
}

/** A request of a client. */
export interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: Buffer | object;
}

/** Sends a request, and answers with the response. */
export type Send = (request: Sent) => Promise<{ readonly statusCode: number; readonly body: string }>;

/** What a GraphQL request was answered. */
export interface Reply<Data> {
  readonly status: number;
  readonly data?: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** How a version is logged. */
export interface Logging {
  readonly project?: string;
  readonly type?: string;
  readonly run?: string;
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  readonly ttl?: number;
  readonly manifest?: 'FULL' | 'INCREMENTAL' | 'PATCH';
  readonly distributedID?: string;
  readonly clientID?: string;
}

/** An upload that was begun. */
export interface Begun {
  readonly id: string;
  readonly state: string;
  /** The version to amend; null for none. */
  readonly base: string | null;
}

/** Files as tests write them: their text by path, or their entries as a manifest file writes them. */
export type Texts = Readonly<Record<string, string>>;

/** A client, with the documents of these tests. */
export class Client {
  readonly entity: string;
  readonly #send: Send;
  readonly #key: string;

  constructor(send: Send, key: string, entity: string) {
    this.#send = send;
    this.#key = key;
    this.entity = entity;
  }

  /** Sends a document. */
  async ask<Data>(query: string, variables: object = {}): Promise<Reply<Data>> {
    const payload = { query, variables };
    const { statusCode, body } = await this.#send({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: basic(this.#key) },
      payload,
    });
    return { status: statusCode, ...(JSON.parse(body) as Omit<Reply<Data>, 'status'>) };
  }

  /** Sends a mutation with one input, and answers what it returns. Throws the message of an error. */
  async change<Result = unknown>(
    field: string,
    type: string,
    input: object,
    selection = '',
  ): Promise<Result> {
    const document = `mutation ($input: ${type}!) { result: ${field}(input: $input) ${selection} }`;
    const { data, errors } = await this.ask<{ readonly result: Result }>(document, { input });
    if (data === undefined) throw new Error(errors?.[0]?.message ?? 'no answer');
    return data.result;
  }

  /** Uploads bytes. */
  async put(
    url: string,
    content: string | Uint8Array,
  ): Promise<{ readonly status: number; readonly body: string }> {
    const payload = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
    const { statusCode, body } = await this.#send({ method: 'PUT', url: pathOf(url), payload });
    return { status: statusCode, body };
  }

  /** Downloads bytes. */
  async get(url: string): Promise<{ readonly status: number; readonly body: string }> {
    const { statusCode, body } = await this.#send({ method: 'GET', url: pathOf(url) });
    return { status: statusCode, body };
  }

  /** Begins an upload of content with this digest. */
  async begin(name: string, digest: string, logging: Logging = {}): Promise<Begun> {
    const { project = DEFAULT_PROJECT, type = 'dataset', run = 'run-1', aliases = [], tags = [] } = logging;
    const input = {
      entityName: this.entity,
      projectName: project,
      artifactTypeName: type,
      artifactCollectionName: name,
      runName: run,
      digest,
      aliases: ['latest', ...aliases].map((alias) => ({ artifactCollectionName: name, alias })),
      tags: tags.map((tagName) => ({ tagName })),
      ttlDurationSeconds: logging.ttl ?? null,
      clientID: logging.clientID ?? null,
      distributedID: logging.distributedID ?? null,
      enableDigestDeduplication: true,
    };
    const selection = '{ artifact { id state artifactSequence { latestArtifact { id } } } }';
    const { artifact } = await this.change<{ readonly artifact: CreatedArtifact }>(
      'createArtifact',
      'CreateArtifactInput',
      input,
      selection,
    );
    const { id, state, artifactSequence } = artifact;
    return { id, state, base: artifactSequence.latestArtifact?.id ?? null };
  }

  /** Asks where to put files, and puts those that the server does not have. Answers the paths that were uploaded. */
  async upload(id: string, files: Texts): Promise<readonly string[]> {
    const artifactFiles = Object.entries(files).map(([name, text]) => {
      return { artifactID: id, name, md5: digestOfText(text), uploadPartsInput: [] };
    });
    const selection = '{ files { edges { node { uploadUrl artifact { id } } } } }';
    const { files: answered } = await this.change<{ readonly files: FileUploads }>(
      'createArtifactFiles',
      'CreateArtifactFilesInput',
      { artifactFiles, storageLayout: 'V2' },
      selection,
    );
    const uploaded: string[] = [];
    for (const [index, [path, text]] of Object.entries(files).entries()) {
      const url = answered.edges[index]?.node.uploadUrl ?? null;
      if (url === null) continue;
      uploaded.push(path);
      await this.mustPut(url, text);
    }
    return uploaded;
  }

  /** Says where the manifest file of an upload goes. */
  async manifestUrl(id: string, { manifest = 'FULL', base = null }: ManifestOf = {}): Promise<string> {
    const input = {
      artifactID: id,
      baseArtifactID: base,
      name: 'wandb_manifest.json',
      digest: '',
      entityName: this.entity,
      projectName: DEFAULT_PROJECT,
      runName: 'run-1',
      type: manifest,
    };
    const { artifactManifest } = await this.change<{ readonly artifactManifest: ManifestUpload }>(
      'createArtifactManifest',
      'CreateArtifactManifestInput',
      input,
      '{ artifactManifest { id file { uploadUrl } } }',
    );
    return artifactManifest.file.uploadUrl;
  }

  /** Commits an upload. */
  async commit(id: string): Promise<unknown> {
    return this.change(
      'commitArtifact',
      'CommitArtifactInput',
      { artifactID: id },
      '{ artifact { id digest } }',
    );
  }

  /** Deletes a version. */
  async delete(id: string, deleteAliases = false): Promise<unknown> {
    const input = { artifactID: id, deleteAliases };
    return this.change('deleteArtifact', 'DeleteArtifactInput', input, '{ artifact { id state } }');
  }

  /** Links a version to a portfolio. */
  async link(id: string, portfolio: string, { project = DEFAULT_PROJECT, aliases = [] }: Linking = {}) {
    const input = {
      artifactID: id,
      artifactPortfolioName: portfolio,
      entityName: this.entity,
      projectName: project,
      aliases: aliases.map((alias) => ({ artifactCollectionName: portfolio, alias })),
    };
    const selection = '{ versionIndex artifactMembership { id versionIndex } }';
    return this.change('linkArtifact', 'LinkArtifactInput', input, selection);
  }

  /** Adds aliases to a version in an artifact collection, or removes them there. */
  async alias(
    edit: 'addAliases' | 'deleteAliases',
    id: string,
    collection: string,
    aliases: readonly string[],
  ) {
    const place = {
      entityName: this.entity,
      projectName: DEFAULT_PROJECT,
      artifactCollectionName: collection,
    };
    const input = { artifactID: id, aliases: aliases.map((alias) => ({ ...place, alias })) };
    const type = edit === 'addAliases' ? 'AddAliasesInput' : 'DeleteAliasesInput';
    return this.change(edit, type, input, '{ success }');
  }

  /** Logs files as clients do, and answers the id of the version. */
  async log(name: string, files: Texts, logging: Logging = {}): Promise<string> {
    const { id, state, base } = await this.begin(name, digestOfTexts(files), logging);
    if (state === 'COMMITTED') return id;
    await this.upload(id, files);
    const { manifest = 'FULL' } = logging;
    await this.mustPut(await this.manifestUrl(id, { manifest, base }), manifestFileOf(files, id));
    if (manifest !== 'PATCH') await this.commit(id);
    return id;
  }

  /** The version or link of a name, as clients read it; null if there is none. */
  async fetch(name: string, project: string = DEFAULT_PROJECT): Promise<Fetched | null> {
    const query = `query ($entity: String!, $project: String!, $name: String!) {
      project(entityName: $entity, name: $project) { artifactCollectionMembership(name: $name) {
        versionIndex aliases { alias } artifactCollection { __typename id name }
        artifact { id state digest description metadata ttlDurationSeconds ttlIsInherited historyStep
          tags { name } currentManifest { file { directUrl } } }
        files { edges { node { name directUrl } } }
      } } }`;
    const { data } = await this.ask<Fetching>(query, { entity: this.entity, project, name });
    return data?.project?.artifactCollectionMembership ?? null;
  }

  /** The texts of the files of a version, by path; the status for a file that cannot be downloaded. */
  async texts(name: string): Promise<Readonly<Record<string, string | number>>> {
    const fetched = await this.fetch(name);
    const texts: Record<string, string | number> = {};
    for (const { node } of fetched?.files.edges ?? []) {
      const { status, body } = await this.get(node.directUrl);
      texts[node.name] = status === 200 ? body : status;
    }
    return texts;
  }

  /** Uploads bytes that must be taken. */
  async mustPut(url: string, content: string): Promise<void> {
    const { status, body } = await this.put(url, content);
    if (status !== 200) throw new Error(`${status}: ${body}`);
  }
}

/** A membership, as these tests read it. */
export interface Fetched {
  readonly versionIndex: number | null;
  readonly aliases: readonly { readonly alias: string }[];
  readonly artifactCollection: { readonly __typename: string; readonly id: string; readonly name: string };
  readonly artifact: {
    readonly id: string;
    readonly state: string;
    readonly digest: string;
    readonly description: string | null;
    readonly metadata: string | null;
    readonly ttlDurationSeconds: number;
    readonly ttlIsInherited: boolean;
    readonly historyStep: number | null;
    readonly tags: readonly { readonly name: string }[];
    readonly currentManifest: { readonly file: { readonly directUrl: string } } | null;
  };
  readonly files: {
    readonly edges: readonly { readonly node: { readonly name: string; readonly directUrl: string } }[];
  };
}

interface Fetching {
  readonly project: { readonly artifactCollectionMembership: Fetched | null } | null;
}

interface Linking {
  readonly project?: string;
  readonly aliases?: readonly string[];
}

interface ManifestOf {
  readonly manifest?: Logging['manifest'];
  readonly base?: string | null;
}

interface CreatedArtifact {
  readonly id: string;
  readonly state: string;
  readonly artifactSequence: { readonly latestArtifact: { readonly id: string } | null };
}

interface FileUploads {
  readonly edges: readonly {
    readonly node: { readonly uploadUrl: string | null; readonly artifact: { readonly id: string } };
  }[];
}

interface ManifestUpload {
  readonly id: string;
  readonly file: { readonly uploadUrl: string };
}

/** The header `authorization` of a client with this key. */
export function basic(key: string): string {
  return `Basic ${Buffer.from(`api:${key}`).toString('base64')}`;
}

/** A manifest file for files that were uploaded for a version. */
export function manifestFileOf(files: Texts, birthArtifactID?: string): string {
  const contents = Object.entries(files).map(([path, text]) => {
    return [path, { digest: digestOfText(text), size: Buffer.byteLength(text), birthArtifactID }] as const;
  });
  return JSON.stringify({ version: 1, contents: Object.fromEntries(contents) });
}

/** A manifest file with one entry. */
export function manifestOfEntry(path: string, entry: object): string {
  return JSON.stringify({ version: 1, contents: { [path]: entry } });
}

/** The digest of a version with these files (LOG-9). */
export function digestOfTexts(files: Texts): string {
  const lines = Object.entries(files)
    .sort(([left], [right]) => byCodePoint(left, right))
    .map(([path, text]) => `${path}:${digestOfText(text)}\n`);
  return digestOfManifestText(`wandb-artifact-manifest-v1\n${lines.join('')}`);
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
