import { refused } from '../../lifecycle/decision.ts';
import { checkedTtl } from '../../lifecycle/expiry/time-to-live.ts';
import type { ArtifactFacts } from '../../service/fetched.ts';
import { entryAt, type ManifestEntry } from '../../store/manifest.ts';
import { artifactAddress } from '../../store/references/artifact-address.ts';
import { INHERITED, NO_TTL, parseTtl, type TimeToLive } from '../../store/time-to-live.ts';
import type { VersionFacts, VersionStateName } from '../../store/version.ts';
import {
  formatSelector,
  fullCollectionName,
  isAlias,
  nameWithin,
  printable,
  shortVersionName,
  type VersionName,
} from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import type { Bytes, Instant } from '../../values/units.ts';
import { ArtifactNotLoggedError, errorOf, ValueError } from '../errors.ts';
import { textIn, textsIn } from '../input/arguments.ts';
import { ArtifactTTL, type Timedelta } from '../input/timedelta.ts';
import type { ArtifactManifest } from '../public/files.ts';
import { ArtifactStage, type Logged, type Stage } from './artifact-stage.ts';
import { EditedFacts } from './edited-facts.ts';
import { manifestFrom } from './manifest.ts';

/** The part of an artifact that needs no server: what was fetched, and what was edited since. */
export abstract class ArtifactAttributes extends ArtifactStage {
  readonly #collectionName: string;
  readonly #described: EditedFacts;
  #aliases: string[] = [];
  #editedTtl: TimeToLive | null = null;

  constructor(name: string, type: string, stage: Stage, facts: VersionFacts | null = null) {
    super(type, stage);
    this.#collectionName = name;
    this.#described = new EditedFacts(facts);
    if (stage.kind === 'logged') this.#aliases = [...stage.logged.facts.aliases];
  }

  /** Updates what was fetched. Edits that were neither saved nor sent with the upload stay. */
  protected take(logged: Logged): void {
    if (this.stage.kind === 'uploading' && this.stage.ttl === this.#editedTtl) this.#editedTtl = null;
    const known = this.#facts?.aliases ?? [];
    const { aliases, described } = logged.facts;
    this.#described.update(this.#knownFacts, described);
    const removed = known.filter((alias) => !this.#aliases.includes(alias));
    const added = this.#aliases.filter((alias) => !known.includes(alias) && !aliases.includes(alias));
    this.enter({ kind: 'logged', logged });
    this.#list([...aliases.filter((alias) => !removed.includes(alias)), ...added]);
  }

  /** Updates what was fetched after every edit was saved. */
  protected takeSaved(logged: Logged): void {
    this.enter({ kind: 'logged', logged });
    this.#list(logged.facts.aliases);
    this.#described.update(this.#described.now, logged.facts.described);
    this.#editedTtl = null;
  }

  // Keep the same list, because a script may hold a reference to it.
  #list(aliases: readonly string[]): void {
    this.#aliases.splice(0, this.#aliases.length, ...aliases);
  }

  /** The TTL that was set but not saved, or null. */
  protected get editedTtl(): TimeToLive | null {
    return this.#editedTtl;
  }

  /** Its description and metadata, with the edits. Throws `ValueError` for metadata that JSON does not have. */
  protected get editedFacts(): VersionFacts | null {
    return this.#described.now;
  }

  get name(): string {
    return this.#facts === null ? this.#collectionName : nameAndVersion(this.#facts.name);
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
    return this.#facts === null ? this.#collectionName : nameAndVersion(this.#facts.source);
  }

  get sourceQualifiedName(): string {
    return qualified(this.logged('sourceQualifiedName').facts.source);
  }

  get sourceVersion(): string {
    return formatSelector(this.logged('sourceVersion').facts.source.selector);
  }

  get isLink(): boolean {
    return (this.#logged?.address.link ?? null) !== null;
  }

  get state(): VersionStateName {
    return this.#facts?.state ?? 'PENDING';
  }

  get size(): Bytes {
    return this.#entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) as Bytes;
  }

  get digest(): string {
    return this.content.manifest.digest;
  }

  get manifest(): ArtifactManifest {
    return manifestFrom(this.content.manifest);
  }

  refUrl(path: string): string {
    const { address } = this.logged('refUrl');
    if (entryAt(this.content.manifest, textIn(path, 'the path of a file')) === undefined) {
      throw new ValueError(`${printable(this.name)} has no path "${printable(path)}"`);
    }
    return artifactAddress({ versionId: address.versionId, path });
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

  get description(): string | null {
    return this.#described.description;
  }

  set description(description: string | null) {
    this.#described.description = description;
  }

  get metadata(): Record<string, unknown> {
    return this.#described.metadata;
  }

  set metadata(metadata: object | null) {
    this.#described.metadata = metadata;
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
    const ttl = this.#editedTtl ?? this.#facts?.ttl ?? INHERITED;
    switch (ttl.kind) {
      case 'none':
        return null;
      case 'lasting':
        return ttl.seconds;
      case 'inherit':
        if (this.#facts === null || this.#editedTtl !== null) throw new ArtifactNotLoggedError('ttl');
        return this.#facts.teamTtl;
      default:
        return unreachable(ttl);
    }
  }

  set ttl(ttl: Timedelta | ArtifactTTL | null) {
    if (ttl !== null && ttl !== ArtifactTTL.INHERIT && typeof ttl !== 'number') {
      throw new TypeError('a TTL must be a timedelta, null or ArtifactTTL.INHERIT');
    }
    const requested = ttl === null ? NO_TTL : typeof ttl === 'number' ? parseTtl(`${ttl}s`) : INHERITED;
    if (this.#facts !== null && this.isLink) {
      const { name, source } = this.#facts;
      const facts = { link: shortVersionName(name), source: shortVersionName(source) };
      const advice = { type: 'setTtl', version: source, ttl: requested } as const;
      throw errorOf(refused('ttlOnLink', facts, [facts.source]).refusal, [advice]);
    }
    const read = checkedTtl(requested, this.type);
    if (!read.ok) throw errorOf(read.refusal);
    this.#editedTtl = read.ttl;
  }

  get #logged(): Logged | null {
    return this.stage.kind === 'logged' ? this.stage.logged : null;
  }

  get #facts(): ArtifactFacts | null {
    return this.#logged?.facts ?? null;
  }

  // What the service knows, or will know after the upload.
  get #knownFacts(): VersionFacts | null {
    return this.stage.kind === 'uploading' ? this.stage.facts : (this.#facts?.described ?? null);
  }

  get #entries(): readonly ManifestEntry[] {
    return this.content.manifest.entries;
  }
}

function nameAndVersion({ collection, selector }: VersionName): string {
  return nameWithin(collection.collection, selector);
}

function qualified({ collection, selector }: VersionName): string {
  return nameWithin(fullCollectionName(collection), selector);
}
