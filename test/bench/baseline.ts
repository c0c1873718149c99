import type { Command } from '../../src/decider/command.ts';
import type { EditAliases } from '../../src/lifecycle/aliasing.ts';
import { checkedTtl } from '../../src/lifecycle/expiry/time-to-live.ts';
import type { LogVersion } from '../../src/lifecycle/logging/logging.ts';
import { INHERITED, isGenerated, type RequestedTtl, type TimeToLive } from '../../src/store/time-to-live.ts';
import {
  type CollectionName,
  isAlias,
  isCollectionName,
  isOwnerName,
  LATEST,
  type VersionName,
} from '../../src/values/names.ts';
import type { BaselineSequence, BaselineVersion } from './baseline-records.ts';
import { BaselineVersions } from './baseline-versions.ts';
import { Earliest } from './earliest.ts';

/**
 * The same store written as quick as JavaScript can be: plain maps of records that are written to in place, without
 * events, history or an old store to go back to. It takes the same commands and does the same work for them, and keeps
 * the same figures, counts and queues. It knows no people, links, runs, uploads in two parts or bucket that keeps copies.
 */
export class Baseline {
  readonly versions = new BaselineVersions();
  readonly #owners = new Map<string, Map<string, Map<string, BaselineSequence>>>();
  readonly #expiring = new Earliest<BaselineVersion>();
  readonly #inheriting = new Earliest<BaselineVersion>();
  #teamTtlSeconds: number | null = null;

  /** Every sequence. */
  *sequences(): Generator<BaselineSequence> {
    for (const projects of this.#owners.values()) {
      for (const sequences of projects.values()) yield* sequences.values();
    }
  }

  /** Plays one command, and says whether it was accepted. */
  dispatch(command: Command): boolean {
    switch (command.type) {
      case 'logVersion':
        return this.#log(command);
      case 'editAliases':
        return this.#editAliases(command);
      case 'deleteVersion':
        return command.target.by === 'name' && this.#delete(command.target.name, command.deleteAliases);
      case 'restoreVersion':
        return this.#restore(command.version);
      case 'setTtl':
        return this.#setTtl(command.version, command.ttl);
      case 'setTeamTtl':
        return this.#setTeamTtl(command.ttl);
      case 'expireVersions':
        return this.#expire();
      case 'moveClock':
        this.versions.now += command.bySeconds;
        return true;
      default:
        throw new Error(`the baseline does not know ${command.type}`);
    }
  }

  /** The version of a name, where it can be found. */
  find({ collection, selector }: VersionName): BaselineVersion | undefined {
    const sequence = this.#sequenceOf(collection);
    if (selector.kind === 'alias') return sequence?.aliases.get(selector.alias);
    const version = selector.kind === 'index' ? sequence?.versions[selector.index] : undefined;
    return version?.state === 'COMMITTED' ? version : undefined;
  }

  /** The version of a name in whatever state. */
  at({ collection, selector }: VersionName): BaselineVersion | undefined {
    const sequence = this.#sequenceOf(collection);
    if (selector.kind === 'alias') return sequence?.aliases.get(selector.alias);
    return selector.kind === 'index' ? sequence?.versions[selector.index] : undefined;
  }

  #sequenceOf({ entity, project, collection }: CollectionName): BaselineSequence | undefined {
    return this.#owners.get(entity)?.get(project)?.get(collection);
  }

  #log(command: LogVersion): boolean {
    const known = this.#sequenceOf(command.collection);
    const artifactType = command.artifactType ?? known?.artifactType ?? 'dataset';
    if (known !== undefined && known.artifactType !== artifactType) return false;
    if (known === undefined && !mayBeNamed(command.collection)) return false;
    if (!command.aliases.every(isAlias)) return false;
    const read = checkedTtl(command.ttl, artifactType);
    if (!read.ok) return false;
    if (known !== undefined && this.versions.conflicts(known, command.manifest)) return false;
    let version = known?.newest ?? null;
    if (version?.manifest.digest !== command.manifest.digest || version === null) {
      version = this.versions.add(known ?? this.#found(command.collection, artifactType), command.manifest);
      version.ttl = read.ttl;
      this.#awaitExpiry(version);
    }
    for (const alias of new Set([LATEST, ...command.aliases])) put(version, alias);
    return true;
  }

  #found(name: CollectionName, artifactType: string): BaselineSequence {
    const sequence: BaselineSequence = {
      name,
      artifactType,
      generated: isGenerated(artifactType),
      versions: [],
      aliases: new Map(),
      objects: new Map(),
      newest: null,
    };
    const projects = this.#owners.get(name.entity) ?? new Map<string, Map<string, BaselineSequence>>();
    const sequences = projects.get(name.project) ?? new Map<string, BaselineSequence>();
    this.#owners.set(name.entity, projects.set(name.project, sequences.set(name.collection, sequence)));
    return sequence;
  }

  #editAliases({ version: name, add, remove, protect }: EditAliases): boolean {
    const version = this.find(name);
    if (version === undefined || protect.length > 0 || !add.every(isAlias)) return false;
    if (remove.some((alias) => /^v\d+$/.test(alias))) return false;
    const removed = [...new Set(remove)].filter((alias) => version.sequence.aliases.get(alias) === version);
    for (const alias of add) if (!removed.includes(alias)) put(version, alias);
    for (const alias of removed) takeOff(version, alias);
    return true;
  }

  #delete(name: VersionName, deleteAliases: boolean): boolean {
    const version = this.find(name);
    if (version === undefined || (version.aliases.length > 0 && !deleteAliases)) return false;
    this.versions.softDelete(version);
    return true;
  }

  #restore(name: VersionName): boolean {
    const version = this.at(name);
    if (version === undefined || version.state === 'DELETED') return false;
    if (version.state === 'COMMITTED') return true;
    if (!this.versions.areStored(version)) return false;
    this.versions.reinstate(version);
    this.#awaitExpiry(version);
    return true;
  }

  #setTtl(name: VersionName, requested: RequestedTtl): boolean {
    const version = this.find(name);
    if (version === undefined) return false;
    const read = checkedTtl(requested, version.sequence.artifactType);
    if (!read.ok) return false;
    version.ttl = read.ttl;
    this.#awaitExpiry(version);
    return true;
  }

  #setTeamTtl(requested: RequestedTtl): boolean {
    const read = checkedTtl(requested, null);
    if (!read.ok || read.ttl.kind === 'inherit') return false;
    this.#teamTtlSeconds = read.ttl.kind === 'lasting' ? read.ttl.seconds : null;
    return true;
  }

  // What no longer waits is left in its heap, and passed over when its time has come.
  #awaitExpiry(version: BaselineVersion): void {
    if (version.sequence.generated) return;
    if (version.ttl.kind === 'inherit' && !version.inherits) {
      version.inherits = true;
      this.#inheriting.push(version.createdAt, version);
    }
    const expiresAt = ownExpiry(version, version.ttl);
    if (expiresAt === null || expiresAt === version.expiresAt) return;
    version.expiresAt = expiresAt;
    this.#expiring.push(expiresAt, version);
  }

  #expire(): boolean {
    const { versions } = this;
    while (this.#expiring.time <= versions.now) {
      const { time } = this.#expiring;
      const version = this.#expiring.pop();
      if (version?.expiresAt === time) version.expiresAt = null;
      if (version?.state === 'COMMITTED' && ownExpiry(version, version.ttl) === time)
        versions.softDelete(version);
    }
    if (this.#teamTtlSeconds === null) return true;
    while (this.#inheriting.time + this.#teamTtlSeconds <= versions.now) {
      const version = this.#inheriting.pop();
      if (version === undefined) break;
      version.inherits = false;
      if (version.state === 'COMMITTED' && version.ttl === INHERITED) versions.softDelete(version);
    }
    return true;
  }
}

function ownExpiry({ createdAt }: BaselineVersion, ttl: TimeToLive): number | null {
  return ttl.kind === 'lasting' ? createdAt + ttl.seconds : null;
}

function mayBeNamed({ entity, project, collection }: CollectionName): boolean {
  return isOwnerName(entity) && isOwnerName(project) && isCollectionName(collection);
}

function put(version: BaselineVersion, alias: string): void {
  const { aliases } = version.sequence;
  const before = aliases.get(alias);
  if (before === version) return;
  if (before !== undefined) takeOff(before, alias);
  aliases.set(alias, version);
  version.aliases.push(alias);
}

function takeOff(version: BaselineVersion, alias: string): void {
  version.sequence.aliases.delete(alias);
  version.aliases.splice(version.aliases.indexOf(alias), 1);
}
