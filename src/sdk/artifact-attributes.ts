import { refused } from '../lifecycle/decision.ts';
import { readTtl } from '../lifecycle/time-to-live.ts';
import type { ManifestEntry } from '../store/manifest.ts';
import { INHERITED, type TimeToLive } from '../store/time-to-live.ts';
import type { VersionStateName } from '../store/version.ts';
import {
  formatSelector,
  fullCollectionName,
  isAlias,
  shortVersionName,
  type VersionName,
} from '../values/names.ts';
import type { Bytes, Instant } from '../values/units.ts';
import { flagIn, optionsIn, textsIn } from './arguments.ts';
import type { Address, ArtifactFacts } from './artifact-facts.ts';
import type { Connection } from './connection.ts';
import type { Content, ReferenceDetails } from './content.ts';
import type { Draft } from './draft.ts';
import { ArtifactFinalizedError, ArtifactNotLoggedError, errorOf } from './errors.ts';
import { entryOf, manifestFrom } from './manifest.ts';
import type { ArtifactManifest, ArtifactManifestEntry, NewFile } from './public-api.ts';
import { ArtifactTTL, type Timedelta } from './timedelta.ts';

/** A version or a link as it was fetched, and where it can be asked for again. */
export interface Logged {
  readonly connection: Connection;
  readonly address: Address;
  readonly facts: ArtifactFacts;
}

/** The part of an artifact that asks nobody: what was fetched of it, what was edited since, and the files of a draft. */
export abstract class ArtifactAttributes {
  readonly type: string;
  readonly #collectionName: string;
  readonly #draft: Draft;
  #final = false;
  #logged: Logged | null = null;
  #aliases: string[] = [];
  #editedTtl: TimeToLive | null = null;

  constructor(name: string, type: string, draft: Draft) {
    this.#collectionName = name;
    this.type = type;
    this.#draft = draft;
  }

  /** Where it is, and what was known of it when it was fetched. Throws `ArtifactNotLoggedError`, naming the member. */
  logged(member: string): Logged {
    if (this.#logged === null) throw new ArtifactNotLoggedError(member);
    return this.#logged;
  }

  /** Takes what was fetched just now; what was edited since the last time is gone. */
  protected take(logged: Logged): void {
    this.#logged = logged;
    this.#final = true;
    // The list stays the same one: a script may have kept it.
    this.#aliases.splice(0, this.#aliases.length, ...logged.facts.aliases);
    this.#editedTtl = null;
  }

  /** Takes the draft for its upload, so that nothing can be added to it meanwhile; `release` gives it back. */
  protected finalize(): Draft {
    this.#mustNotBeFinal('Run.logArtifact');
    this.#final = true;
    return this.#draft;
  }

  /** Gives a draft back whose upload was refused. */
  protected release(): void {
    this.#final = false;
  }

  /** The TTL that was set and not saved yet, or null. */
  protected get editedTtl(): TimeToLive | null {
    return this.#editedTtl;
  }

  get name(): string {
    if (this.#logged === null) return this.#collectionName;
    return nameAndVersion(this.#logged.facts.name);
  }

  get id(): string | null {
    return this.#logged?.address.versionId ?? null;
  }

  get entity(): string {
    return this.logged('entity').facts.name.collection.entity;
  }

  get project(): string {
    return this.logged('project').facts.name.collection.project;
  }

  get qualifiedName(): string {
    return qualified(this.logged('qualifiedName').facts.name);
  }

  get version(): string {
    return formatSelector(this.logged('version').facts.name.selector);
  }

  get sourceEntity(): string {
    return this.logged('sourceEntity').facts.source.collection.entity;
  }

  get sourceProject(): string {
    return this.logged('sourceProject').facts.source.collection.project;
  }

  get sourceName(): string {
    return this.#logged === null ? this.#collectionName : nameAndVersion(this.#logged.facts.source);
  }

  get sourceQualifiedName(): string {
    return qualified(this.logged('sourceQualifiedName').facts.source);
  }

  get sourceVersion(): string {
    return formatSelector(this.logged('sourceVersion').facts.source.selector);
  }

  get isLink(): boolean {
    return this.#logged !== null && this.#logged.address.link !== null;
  }

  get state(): VersionStateName {
    return this.#logged?.facts.state ?? 'PENDING';
  }

  get size(): Bytes {
    return this.#entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) as Bytes;
  }

  get digest(): string {
    return (this.#logged?.facts ?? this.#draft).manifest.digest;
  }

  get manifest(): ArtifactManifest {
    return manifestFrom((this.#logged?.facts ?? this.#draft).manifest);
  }

  get fileCount(): number {
    return this.logged('fileCount').facts.manifest.entries.length;
  }

  get createdAt(): Instant {
    return this.logged('createdAt').facts.createdAt;
  }

  get tags(): readonly string[] {
    return this.logged('tags').facts.tags;
  }

  get aliases(): string[] {
    this.logged('aliases');
    return this.#aliases;
  }

  set aliases(aliases: readonly string[]) {
    this.logged('aliases');
    const texts = textsIn(aliases, 'aliases');
    const wrong = texts.find((alias) => !isAlias(alias));
    if (wrong !== undefined) throw errorOf(refused('badAlias', { alias: wrong }).refusal);
    this.#aliases = [...texts];
  }

  get ttl(): Timedelta | null {
    const { kind, ...rest } = this.#editedTtl ?? this.#logged?.facts.ttl ?? INHERITED;
    if (kind === 'none') return null;
    if ('seconds' in rest) return rest.seconds;
    if (this.#logged === null || this.#editedTtl !== null) throw new ArtifactNotLoggedError('ttl');
    return this.#logged.facts.teamTtl;
  }

  set ttl(ttl: Timedelta | ArtifactTTL | null) {
    if (ttl !== null && ttl !== ArtifactTTL.INHERIT && typeof ttl !== 'number') {
      throw new TypeError('a TTL is to be a timedelta, null or ArtifactTTL.INHERIT');
    }
    const text = ttl === null ? 'none' : typeof ttl === 'number' ? `${ttl}s` : 'inherit';
    if (this.#logged !== null && this.#logged.address.link !== null) {
      const { name, source } = this.#logged.facts;
      const facts = { link: shortVersionName(name), source: shortVersionName(source), ttl: text };
      throw errorOf(refused('ttlOnLink', facts, [facts.source]).refusal);
    }
    const read = readTtl(text, this.type);
    if (!read.ok) throw errorOf(read.refusal);
    this.#editedTtl = read.ttl;
  }

  isDraft(): boolean {
    return this.#logged === null;
  }

  addFile(
    path: string,
    content: Content,
    options: { readonly overwrite?: boolean } = {},
  ): ArtifactManifestEntry {
    this.#mustNotBeFinal('Artifact.addFile');
    return entryOf(
      this.#draft.addFile(
        path,
        content,
        flagIn(optionsIn(options, 'overwrite: true').overwrite, 'overwrite'),
      ),
    );
  }

  newFile(path: string, write: (file: NewFile) => void): ArtifactManifestEntry {
    this.#mustNotBeFinal('Artifact.newFile');
    return entryOf(this.#draft.newFile(path, write));
  }

  addDir(files: Iterable<readonly [string, Content]>, options: { readonly name?: string } = {}): void {
    this.#mustNotBeFinal('Artifact.addDir');
    this.#draft.addDir(files, optionsIn(options, "name: 'data'").name ?? null);
  }

  addReference(uri: string, details: ReferenceDetails = {}): readonly ArtifactManifestEntry[] {
    this.#mustNotBeFinal('Artifact.addReference');
    return [entryOf(this.#draft.addReference(uri, details))];
  }

  remove(path: string): void {
    this.#mustNotBeFinal('Artifact.remove');
    this.#draft.remove(path);
  }

  get #entries(): readonly ManifestEntry[] {
    return (this.#logged?.facts ?? this.#draft).manifest.entries;
  }

  #mustNotBeFinal(member: string): void {
    if (this.#final) throw new ArtifactFinalizedError(member);
  }
}

function nameAndVersion({ collection, selector }: VersionName): string {
  return `${collection.collection}:${formatSelector(selector)}`;
}

function qualified({ collection, selector }: VersionName): string {
  return `${fullCollectionName(collection)}:${formatSelector(selector)}`;
}
