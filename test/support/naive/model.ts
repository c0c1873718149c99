import {
  compact,
  type ServerBlock,
  type StoryFile,
  type StoryHead,
  type StoryStep,
} from '../histories/story-step.ts';
import {
  checkAliases,
  contentText,
  filesOf,
  fullName,
  fullProject,
  type Item,
  isManaged,
  type Manifest,
  manifestOf,
  projectOf,
  Refused,
  readTtl,
  refuse,
  sameContent,
  seconds,
  type Ttl,
  takesNoTtl,
} from './format.ts';
import { NaiveBucket } from './model-bucket.ts';

/**
 * A second, naive model of the store, written from the rules alone: plain lists, loops, and everything recounted each
 * time. It shares no code with src; where the two disagree, one of them has misread a rule.
 */

type State = 'PENDING' | 'COMMITTED' | 'PENDING_DELETION' | 'DELETED';

interface Collection {
  name: string;
  /** What its objects are kept under: its first name, with a number where others had the same first name. */
  readonly key: string;
  kind: 'sequence' | 'portfolio';
  type: string;
  exists: boolean;
  created: number;
  description: string | undefined;
  tags: readonly string[];
}

interface Run {
  readonly name: string;
  readonly owner: string | undefined;
  exists: boolean;
  state: string;
  readonly outputs: Set<Version>;
  readonly used: Set<Version>;
}

interface Version {
  sequence: Collection;
  serial: number;
  /** None before the commit (LOG-5). */
  index: number | undefined;
  state: State;
  manifest: Manifest;
  scope: string;
  aliases: Set<string>;
  atCommit: readonly string[];
  ttl: Ttl;
  run: Run | undefined;
  created: number;
  deleted: number;
  everCommitted: boolean;
}

/** What the bucket has of the object behind a content. */
interface ObjectFact {
  readonly scope: string;
  readonly content: string;
  readonly size: number;
  readonly status: string;
  /** What the bucket keeps of deleted bytes, the oldest first. */
  readonly copies: readonly string[];
}

interface Link {
  portfolio: Collection;
  index: number;
  created: number;
  version: Version;
  aliases: Set<string>;
  exists: boolean;
}

/** The name of the artifact collection in that of a version. */
function beforeLabel(name: string): string {
  return name.split(/[:#]/)[0] ?? '';
}

function nameOf({ sequence, serial, index }: Version): string {
  return index === undefined ? `${sequence.name}#${serial}` : `${sequence.name}:v${index}`;
}

/** All facts of a store, in plain data. */
export interface NaiveFacts {
  readonly now: number;
  readonly versions: readonly {
    readonly name: string;
    readonly state: State;
    readonly aliases: readonly string[];
    readonly ttl: Ttl;
    readonly links: readonly string[];
  }[];
  /** Each reference into the store, what it points to, and the state of that. */
  readonly references: readonly { readonly name: string; readonly to: string; readonly state: State }[];
  readonly links: readonly { readonly name: string; readonly aliases: readonly string[] }[];
  readonly collections: readonly Omit<Collection, 'key' | 'exists'>[];
  readonly runs: readonly {
    readonly name: string;
    readonly exists: boolean;
    readonly state: string;
    readonly created: readonly string[];
    readonly outputs: readonly string[];
    readonly used: readonly string[];
  }[];
  readonly objects: readonly ObjectFact[];
  readonly logical: number;
  readonly stored: number;
  readonly billed: number;
}

interface Target {
  readonly version: Version;
  readonly path: string;
}

/** The paths of a manifest that refer to other versions. */
function pathsTo(manifest: Manifest): { readonly path: string; readonly target: Target }[] {
  return [...manifest].flatMap(([path, item]) =>
    'target' in item ? [{ path, target: item.target as Target }] : [],
  );
}

/** The naive store: steps go in, facts come out. */
export class NaiveStore {
  #now = 0;
  #server: ServerBlock;
  #teamTtl: Ttl;
  #membersMaySetTtl: boolean;
  readonly #head: StoryHead;
  readonly #collections: Collection[] = [];
  /** Every name that a deleted artifact collection lost to another one. */
  readonly #lost: string[] = [];
  readonly #versions: Version[] = [];
  readonly #links: Link[] = [];
  #protected: { portfolio: Collection; alias: string }[] = [];
  readonly #ids = new Map<string, Version>();
  readonly #uploads = new Map<string, { readonly version: Version; readonly digest: string | undefined }>();
  readonly #runs: Run[] = [];
  readonly #bucket = new NaiveBucket();

  constructor(head: StoryHead) {
    this.#head = head;
    const { deployment = 'shared-cloud', bucket = {}, ...server } = head.server ?? {};
    const provider = bucket.provider ?? (deployment.endsWith('cloud') ? 'managed' : 'aws');
    this.#server = { ...server, deployment, bucket: { softDelete: provider === 'gcp', ...bucket, provider } };
    this.#teamTtl = readTtl(head.team?.ttlDefault ?? 'none', []);
    this.#membersMaySetTtl = head.team?.membersMaySetTtl ?? true;
  }

  /** Plays one step. A refusal changes nothing. */
  apply(step: StoryStep | string): { readonly refused: string | null } {
    try {
      this.#play(typeof step === 'string' ? { [step]: 'now' } : step);
      return { refused: null };
    } catch (error) {
      if (error instanceof Refused) return { refused: error.message };
      throw error;
    }
  }

  /** All the facts that the two models are compared by. */
  observe(): NaiveFacts {
    const sum = (list: readonly { readonly size: number }[]): number =>
      list.reduce((total, { size }) => total + size, 0);
    const objects = new Map<string, ObjectFact>();
    for (const { scope, manifest } of this.#versions) {
      for (const { content, size } of filesOf(manifest)) {
        const status = this.#bucket.status(scope, content);
        const copies = this.#bucket.kept(scope, content);
        objects.set(JSON.stringify([scope, content]), { scope, content, size, status, copies });
      }
    }
    return {
      now: this.#now,
      versions: this.#versions.map((version) => ({
        name: nameOf(version),
        state: version.state,
        aliases: [...version.aliases].sort(),
        ttl: version.ttl,
        links: this.#linksTo(version).map((link) => `${link.portfolio.name}:v${link.index}`),
      })),
      references: this.#versions.flatMap((version) =>
        pathsTo(version.manifest).map(({ path, target }) => ({
          name: `${nameOf(version)}/${path}`,
          to: `${nameOf(target.version)}/${target.path}`,
          state: target.version.state,
        })),
      ),
      links: this.#links
        .filter((link) => link.exists)
        .map((link) => ({
          name: `${link.portfolio.name}:v${link.index}`,
          aliases: [...link.aliases].sort(),
        })),
      collections: this.#collections
        .filter((one) => one.exists)
        .map(({ key: _key, exists: _exists, ...collection }) => collection),
      runs: this.#runs.map(({ name, exists, state, outputs, used }) => ({
        name,
        exists,
        state,
        created: [...outputs].filter((one) => one.run?.name === name).map(nameOf),
        outputs: [...outputs].map(nameOf),
        used: [...used].map(nameOf),
      })),
      objects: [...objects.values()],
      logical: sum(
        this.#versions.filter((one) => one.state === 'COMMITTED').flatMap((one) => filesOf(one.manifest)),
      ),
      stored: sum(this.#bucket.copies.filter((copy) => copy.kind === 'stored')),
      billed: sum(this.#bucket.copies),
    };
  }

  #play(step: StoryStep): void {
    const { as } = step;
    if (step.log !== undefined) this.#log(step, step.log, manifestOf(step.files ?? {}));
    else if (step.begin !== undefined) this.#log(step, step.begin, manifestOf(step.files ?? {}));
    else if (step.upload !== undefined) this.#addFiles(step, step.upload);
    else if (step.commit !== undefined) this.#endUpload(step, step.commit);
    else if (step.abandon !== undefined) this.#endUpload(step, step.abandon);
    else if (step.draft !== undefined) this.#draft(step, step.draft);
    else if (step.use !== undefined) this.#use(step, step.use);
    else if (step['start run'] !== undefined) this.#startRun(step, step['start run']);
    else if (step['describe run'] !== undefined) this.#describeRun(step, step['describe run']);
    else if (step['finish run'] !== undefined)
      this.#finishRun(step, step['finish run'], step.state ?? 'finished');
    else if (step.alias !== undefined) this.#alias(step, step.alias);
    // LOG-9: it changes nothing that a rule reads, but not everybody may.
    else if (step.describe !== undefined) this.#ownVersion(step, step.describe);
    else if (step['describe collection'] !== undefined)
      this.#describeCollection(step, step['describe collection']);
    else if (step['rename collection'] !== undefined)
      this.#renameCollection(step, step['rename collection'], step.to ?? '');
    else if (step['collection type'] !== undefined)
      this.#changeType(step, step['collection type'], step.is ?? '');
    else if (step.delete !== undefined) this.#delete(step, step.delete);
    else if (step['delete collection'] !== undefined) this.#deleteCollection(step, step['delete collection']);
    else if (step['delete run'] !== undefined) this.#deleteRun(step, step['delete run']);
    else if (step['delete project'] !== undefined) this.#deleteProject(step, step['delete project']);
    else if (step['delete all'] !== undefined) this.#deleteAll(step, step['delete all']);
    else if (step.restore !== undefined) this.#restore(step, step.restore);
    else if (step.recover !== undefined) this.#recover(step, step.recover);
    else if (step.link !== undefined) this.#link(step, step.link, step.to ?? '');
    else if (step.unlink !== undefined) this.#unlink(step, step.unlink);
    else if (step['team ttl'] !== undefined) {
      this.#team(as, 'admin');
      this.#teamTtl = readTtl(step['team ttl'], []);
      this.#membersMaySetTtl = step.membersMaySetTtl ?? this.#membersMaySetTtl;
    } else if (step.wait !== undefined) this.#wait(this.#now + seconds(step.wait));
    else if (step.collect !== undefined) this.#collectNow();
    else if (step['bucket delete'] !== undefined) this.#changeOutOfBand(step, step['bucket delete']);
    else if (step['bucket undelete'] !== undefined) this.#undelete(step, step['bucket undelete']);
    else if (step.server !== undefined) this.#change(step, step.server);
    else if (step.ttl !== undefined) this.#ttl(step, step.ttl);
  }

  // People

  #rank(role: string | undefined): number {
    return ['viewer', 'member', 'admin'].indexOf(role ?? 'nobody');
  }

  #team(as: string | undefined, least: string): void {
    this.#need(as, this.#head.team?.members, least);
  }

  /** In a registry its own roles count, elsewhere those of the team (ACL-4). */
  #may(name: string, as: string | undefined, least: string): void {
    this.#need(as, this.#registry(name) ?? this.#head.team?.members, least);
  }

  #need(as: string | undefined, roles: Readonly<Record<string, string>> = {}, least: string): void {
    const role = as !== undefined && Object.hasOwn(roles, as) ? roles[as] : undefined;
    if (as !== undefined && this.#rank(role) < this.#rank(least)) refuse('forbidden');
  }

  #registry(name: string): Readonly<Record<string, string>> | undefined {
    const registries = Object.entries(this.#head.registries ?? {});
    return registries.find(([project]) => fullProject(project) === projectOf(name))?.[1];
  }

  #maySetTtl(as: string | undefined): boolean {
    if (as === undefined || this.#head.team?.members?.[as] === 'admin') return true;
    return this.#membersMaySetTtl;
  }

  // Looking up

  #collection(name: string): Collection {
    const found = this.#collections.find((one) => one.name === fullName(name) && one.exists);
    return found ?? refuse('not-found');
  }

  #linksTo(version: Version): Link[] {
    return this.#links.filter((link) => link.exists && link.version === version);
  }

  #committed(sequence: Collection): Version[] {
    return this.#versions
      .filter((one) => one.sequence === sequence && one.state === 'COMMITTED')
      .sort((left, right) => (left.index ?? 0) - (right.index ?? 0));
  }

  #linksIn(portfolio: Collection): Link[] {
    return this.#links.filter((one) => one.exists && one.portfolio === portfolio);
  }

  #find(text: string): Link | Version {
    return this.#lookFor(text) ?? refuse('not-found');
  }

  #lookFor(text: string): Link | Version | undefined {
    const [name = '', label = 'latest'] = text.includes('#') ? text.split('#') : text.split(':');
    const collection = this.#collections.find((one) => one.name === fullName(name) && one.exists);
    if (collection === undefined) return undefined;
    const members = [...this.#linksIn(collection), ...this.#committed(collection)];
    const named = members.find((one) =>
      text.includes('#')
        ? 'serial' in one && label === `${one.serial}`
        : label === `v${one.index}` || one.aliases.has(label),
    );
    const resolves = this.#server.latestAfterDelete === 'resolve-newest' && label === 'latest';
    return named ?? (resolves ? members.at(-1) : undefined);
  }

  #source(text: string): Version {
    const found = this.#find(text);
    return 'version' in found ? found.version : found;
  }

  /** By index, in whatever state it is. */
  #ever(text: string): Version {
    const named = (one: Version): boolean =>
      fullName(text) === nameOf(one) || fullName(text) === `${one.sequence.name}#${one.serial}`;
    return this.#versions.find(named) ?? this.#source(text);
  }

  #isHeld(version: Version): boolean {
    return this.#linksTo(version).some((link) => this.#hasProtected(link));
  }

  #hasProtected(link: Link): boolean {
    return [...link.aliases].some((alias) => this.#isProtected(link.portfolio, alias));
  }

  /** ALI-7, ACL-4: whether a protected alias keeps somebody from removing a link. */
  #isKeptFrom(as: string | undefined, link: Link): boolean {
    if (as === undefined || !this.#hasProtected(link)) return false;
    return this.#registry(link.portfolio.name)?.[as] !== 'admin';
  }

  #isProtected(portfolio: Collection, alias: string): boolean {
    return this.#protected.some((one) => one.portfolio === portfolio && one.alias === alias);
  }

  // Logging

  #log(step: StoryStep, name: string, written: Manifest): void {
    this.#may(name, step.as, 'member');
    const existing = this.#collections.find((one) => one.name === fullName(name));
    const exists = existing?.exists ? existing : undefined;
    if (exists?.kind === 'portfolio' || this.#registry(name) !== undefined) refuse('not-a-sequence');
    const type = step.type ?? exists?.type ?? 'dataset';
    if (exists && exists.type !== type) refuse('type-mismatch');
    checkAliases(step.aliases ?? []);
    this.#checkRun(step.run);
    const ttl = readTtl(step.ttl ?? 'inherit', ['inherit']);
    if (typeof ttl === 'number' && takesNoTtl(type)) refuse('bad-ttl');
    const known = [...this.#versions.map((one) => one.manifest), written].flatMap(filesOf);
    for (const one of filesOf(written)) {
      if (known.some(({ content, size }) => content === one.content && size !== one.size))
        refuse('content-conflict');
    }
    // What a draft keeps of its base is resolved already, and may dangle.
    const manifest = new Map(
      [...written].map(([path, item]) => [path, 'target' in item ? item : this.#resolved(item)]),
    );
    const { announced = contentText(manifest) } = step;
    const digest = announced === 'none' ? undefined : announced;
    const latest = exists && this.#committed(exists).at(-1);
    const isLatest = latest !== undefined && contentText(latest.manifest) === digest;
    const found = this.#upload(step, exists, digest) ?? (isLatest ? latest : undefined);
    if (found !== undefined) {
      this.#goOn(step, found, manifest);
      this.#name(step, found, digest);
      return;
    }
    const sequence = existing ?? this.#newCollection(name);
    this.#create(sequence, 'sequence', type);
    const run = this.#begin(step.run, step.as);
    const scope = this.#server.sharing === 'entity' ? (sequence.name.split('/')[0] ?? '') : sequence.key;
    for (const { content, size } of filesOf(manifest)) {
      if (!this.#isStoredFor(scope, content)) this.#bucket.put(scope, content, size, this.#server);
    }
    const version: Version = {
      sequence,
      serial: this.#versions.filter((one) => one.sequence === sequence).length,
      index: undefined,
      state: 'PENDING',
      manifest,
      scope,
      aliases: new Set(),
      atCommit: step.aliases ?? [],
      ttl: this.#maySetTtl(step.as) ? ttl : 'inherit',
      run,
      created: this.#now,
      deleted: 0,
      everCommitted: false,
    };
    this.#versions.push(version);
    run?.outputs.add(version);
    this.#name(step, version, digest);
    if (step.begin === undefined) this.#commit(version);
  }

  /** LOG-11: the upload that the ids of a begin name. */
  #upload(
    step: StoryStep,
    sequence: Collection | undefined,
    digest: string | undefined,
  ): Version | undefined {
    let found: Version | undefined;
    for (const id of step['client ids'] ?? []) {
      if (id === '' || /\p{Cs}/u.test(id)) refuse('bad-name');
      const upload = this.#uploads.get(id);
      const isLive = upload?.version.state === 'PENDING' || upload?.version.state === 'COMMITTED';
      if (upload === undefined || !isLive || upload.version.sequence !== sequence) continue;
      const both = [upload.digest, digest];
      if (!both.includes(undefined) && upload.digest !== digest) refuse('client-id-conflict');
      if (found !== undefined && found !== upload.version) refuse('client-id-conflict');
      found = upload.version;
    }
    return found;
  }

  #name(step: StoryStep, version: Version, digest: string | undefined): void {
    if (step.id !== undefined) this.#ids.set(step.id, version);
    for (const id of step['client ids'] ?? []) {
      if (this.#uploads.get(id)?.version !== version) this.#uploads.set(id, { version, digest });
    }
  }

  /** LOG-3, LOG-11: a log that makes no version. */
  #goOn(step: StoryStep, found: Version, manifest: Manifest): void {
    if (found.state === 'PENDING') {
      this.#add(found, manifest);
      found.atCommit = [...found.atCommit, ...(step.aliases ?? [])];
    } else {
      if (manifest.size > 0 && !sameContent(found.manifest, manifest)) refuse('not-pending');
      // LOG-3, read as: `latest` is among the aliases given, as it always is in ALI-1.
      this.#move(['latest', ...(step.aliases ?? [])], found, this.#committed(found.sequence));
    }
    this.#begin(step.run, step.as)?.outputs.add(found);
  }

  /** DEL-18: what a reference into the store points to now; a reference to a reference points to what that one does. */
  #resolved(item: Item): Item {
    if ('content' in item) return item;
    if ('target' in item) {
      const { version } = item.target as Target;
      return version.state === 'COMMITTED' ? item : refuse('not-found');
    }
    const [, name = '', path = ''] = /^wandb-artifact:\/\/([^:#]*[:#][^/]*)\/(.*)$/s.exec(item.ref) ?? [];
    if (!item.ref.startsWith('wandb-artifact://')) return item;
    const version = this.#source(name);
    const found = version.manifest.get(path) ?? refuse('not-found');
    return 'target' in found ? this.#resolved(found) : { target: { version, path }, item: found };
  }

  /** DEL-18: refuses what would delete some versions and leave something that refers to them. */
  #checkReferences(deleted: readonly Version[]): void {
    if (deleted.some((version) => this.#isReferredTo(version, deleted))) refuse('referred-to');
  }

  /** DEL-18: the versions of these that can be deleted together, leaving nothing that refers to one. */
  #withoutReferredTo(versions: readonly Version[]): readonly Version[] {
    const free = versions.filter((version) => !this.#isReferredTo(version, versions));
    return free.length === versions.length ? free : this.#withoutReferredTo(free);
  }

  #isReferredTo(version: Version, deleted: readonly Version[]): boolean {
    if (this.#server.artifactReferences !== 'hold') return false;
    return this.#versions
      .filter((one) => (one.state === 'COMMITTED' || one.state === 'PENDING') && !deleted.includes(one))
      .some((one) => pathsTo(one.manifest).some(({ target }) => target.version === version));
  }

  #newCollection(name: string): Collection {
    const first = fullName(name);
    const others = this.#collections.filter(({ key }) => key.split('#')[0] === first).length;
    const created: Collection = {
      name: first,
      key: others === 0 ? first : `${first}#${others}`,
      kind: 'sequence',
      type: '',
      exists: false,
      created: 0,
      description: undefined,
      tags: [],
    };
    this.#collections.push(created);
    return created;
  }

  /** Creates it, or creates it again after its deletion (DEL-16, COL-3). */
  #create(collection: Collection, kind: Collection['kind'], type: string): void {
    if (!collection.exists) {
      Object.assign(collection, { created: this.#now, description: undefined, tags: [] });
    }
    Object.assign(collection, { kind, type, exists: true });
  }

  #indexesGiven(collection: Collection): number {
    const versions = this.#versions.filter((one) => one.sequence === collection && one.index !== undefined);
    return versions.length + this.#links.filter((one) => one.portfolio === collection).length;
  }

  #isStoredFor(scope: string, content: string): boolean {
    return this.#versions.some(
      (one) =>
        one.scope === scope &&
        one.state !== 'DELETED' &&
        filesOf(one.manifest).some((file) => file.content === content),
    );
  }

  #draft(step: StoryStep, base: string): void {
    const found = this.#ownVersion(step, base);
    const manifest = new Map(found.manifest);
    for (const path of new Set(step.remove)) if (!manifest.delete(path)) refuse('not-found');
    for (const [path, item] of manifestOf((step.add ?? {}) as Readonly<Record<string, StoryFile>>)) {
      manifest.set(path, item);
    }
    this.#log(step, found.sequence.name, manifest);
  }

  /** The version of a name, of a link its source, which a member may log to or describe. */
  #ownVersion(step: StoryStep, name: string): Version {
    const named = this.#lookFor(name);
    const born = named !== undefined && 'version' in named ? named.version : named;
    this.#may(born?.sequence.name ?? beforeLabel(name), step.as, 'member');
    return born ?? refuse('not-found');
  }

  #byId(id: string): Version {
    return this.#ids.get(id) ?? refuse('not-found');
  }

  #addFiles(step: StoryStep, id: string): void {
    const version = this.#byId(id);
    this.#may(version.sequence.name, step.as, 'member');
    if (version.state !== 'PENDING') refuse('not-pending');
    this.#checkRun(step.run);
    const added = new Map(
      [...manifestOf(step.files ?? {})].map(([path, item]) => [path, this.#resolved(item)]),
    );
    this.#add(version, added);
    this.#begin(step.run, step.as)?.outputs.add(version);
  }

  #add(version: Version, added: Manifest): void {
    for (const [path, item] of added) {
      const there = version.manifest.get(path);
      const both = [there, item].map((one) => one && new Map([['', one]]));
      if (there !== undefined && !sameContent(both[0] as Manifest, both[1] as Manifest))
        refuse('content-conflict');
    }
    for (const [path, item] of added) {
      if ('content' in item && !this.#isStoredFor(version.scope, item.content)) {
        this.#bucket.put(version.scope, item.content, item.size, this.#server);
      }
      version.manifest.set(path, item);
    }
  }

  /** Commits or abandons. Committing what is committed changes nothing. */
  #endUpload(step: StoryStep, id: string): void {
    const version = this.#byId(id);
    this.#may(version.sequence.name, step.as, 'member');
    if (step.commit !== undefined && version.state === 'COMMITTED') return;
    if (version.state !== 'PENDING') refuse('not-pending');
    if (step.commit === undefined) this.#softDelete(version);
    else this.#commit(version);
  }

  #commit(version: Version): void {
    const index = this.#indexesGiven(version.sequence);
    Object.assign(version, { state: 'COMMITTED', everCommitted: true, index });
    this.#move(['latest', ...version.atCommit], version, this.#committed(version.sequence));
  }

  #move<T extends { aliases: Set<string> }>(aliases: readonly string[], to: T, among: readonly T[]): void {
    for (const alias of aliases) {
      for (const one of among) one.aliases.delete(alias);
      to.aliases.add(alias);
    }
  }

  #use(step: StoryStep, name: string): void {
    this.#may(step.run ?? '', step.as, 'member');
    this.#checkRun(step.run);
    const version = this.#source(name);
    this.#begin(step.run, step.as)?.used.add(version);
  }

  #checkRun(run: string | undefined): void {
    if (this.#runNamed(run)?.exists === false) refuse('run-deleted');
  }

  #runNamed(run: string | undefined): Run | undefined {
    return this.#runs.find(({ name }) => run !== undefined && name === fullName(run));
  }

  #begin(name: string | undefined, owner: string | undefined): Run | undefined {
    const known = this.#runNamed(name);
    if (name === undefined || known !== undefined) return known;
    const run = {
      name: fullName(name),
      owner,
      exists: true,
      state: 'running',
      outputs: new Set<Version>(),
      used: new Set<Version>(),
    };
    this.#runs.push(run);
    return run;
  }

  #startRun(step: StoryStep, name: string): void {
    this.#may(name, step.as, 'member');
    this.#checkRun(name);
    Object.assign(this.#begin(name, step.as) ?? {}, { state: 'running' });
    if (step.state !== undefined && step.state !== 'running') this.#finishRun(step, name, step.state);
  }

  // RUN-1: it changes nothing that a rule reads, but the run must exist, and not everybody may.
  #describeRun(step: StoryStep, name: string): void {
    this.#may(name, step.as, 'member');
    if (this.#runNamed(name)?.exists !== true) refuse('not-found');
  }

  #ownRun(step: StoryStep, name: string): Run {
    this.#may(name, step.as, 'member');
    const run = this.#runNamed(name);
    if (run === undefined || !run.exists) refuse('not-found');
    if (run.owner !== step.as) this.#team(step.as, 'admin');
    return run;
  }

  #finishRun(step: StoryStep, name: string, state: string): void {
    const run = this.#ownRun(step, name);
    if (this.#server.runHistoryArtifacts && run.state === 'running') {
      const [project, id] = [projectOf(run.name), run.name.split('/').at(-1)];
      const manifest: Manifest = new Map();
      manifest.set('0000.parquet', { content: `${run.name} ended at ${this.#now}`, size: 10_000 });
      this.#log(
        compact({ as: step.as, run: name, type: 'wandb-history' }),
        `${project}/run-${id}-history`,
        manifest,
      );
    }
    run.state = state;
  }

  // Artifact collections

  #describeCollection(step: StoryStep, name: string): void {
    this.#may(name, step.as, 'member');
    const collection = this.#collection(name);
    collection.description = step.description ?? collection.description;
    collection.tags = [...new Set(step.tags ?? collection.tags)];
  }

  #renameCollection(step: StoryStep, name: string, to: string): void {
    this.#may(name, step.as, 'member');
    const collection = this.#collection(name);
    const wanted = `${projectOf(collection.name)}/${to}`;
    if (wanted === collection.name) return;
    if (!/^[a-z0-9_.-]{1,128}$/i.test(to)) refuse('bad-name');
    const other = this.#collections.find((one) => one.name === wanted);
    if (other?.exists) refuse('name-taken');
    if (other !== undefined) {
      this.#lost.push(wanted);
      other.name = `${wanted}~${this.#lost.filter((lost) => lost === wanted).length}`;
    }
    collection.name = wanted;
  }

  #changeType(step: StoryStep, name: string, type: string): void {
    this.#may(name, step.as, 'member');
    const collection = this.#collection(name);
    if (collection.kind === 'portfolio') refuse('not-a-sequence');
    if (collection.type === type) return;
    if (takesNoTtl(collection.type) || takesNoTtl(type)) refuse('reserved-type');
    collection.type = type;
  }

  // Aliases and links

  #alias(step: StoryStep, name: string): void {
    this.#may(beforeLabel(name), step.as, 'member');
    const found = this.#find(name);
    const { remove = [], protect = [] } = step;
    const add = [...((step.add ?? []) as readonly string[]), ...protect];
    checkAliases([...add, ...remove.filter((alias) => /^v[0-9]+$/.test(alias))]);
    if ('version' in found) {
      const touched = [...add, ...remove.filter((alias) => found.aliases.has(alias))];
      if (protect.length > 0 && this.#registry(found.portfolio.name) === undefined) refuse('not-a-registry');
      if (protect.length > 0 || touched.some((alias) => this.#isProtected(found.portfolio, alias))) {
        this.#may(found.portfolio.name, step.as, 'admin');
      }
      this.#move(
        add,
        found,
        this.#links.filter((one) => one.portfolio === found.portfolio),
      );
      for (const alias of protect) this.#protected.push({ portfolio: found.portfolio, alias });
    } else {
      if (protect.length > 0) refuse('not-a-link');
      this.#move(add, found, this.#committed(found.sequence));
    }
    for (const alias of remove) found.aliases.delete(alias);
  }

  #link(step: StoryStep, name: string, to: string): void {
    this.#may(to, step.as, 'member');
    const version = this.#source(name);
    const existing = this.#collections.find((one) => one.name === fullName(to));
    const exists = existing?.exists ? existing : undefined;
    if (exists?.kind === 'sequence') refuse('not-a-portfolio');
    if (exists && exists.type !== version.sequence.type) refuse('type-mismatch');
    const { aliases = [] } = step;
    checkAliases(aliases);
    const already = this.#linksTo(version).some((link) => link.portfolio === exists);
    const put = already ? aliases : ['latest', ...aliases];
    if (exists && put.some((alias) => this.#isProtected(exists, alias))) this.#may(to, step.as, 'admin');
    const portfolio = existing ?? this.#newCollection(to);
    this.#create(portfolio, 'portfolio', version.sequence.type);
    const all = this.#links.filter((one) => one.portfolio === portfolio);
    const again = all.find((one) => one.exists && one.version === version);
    const link = again ?? {
      portfolio,
      index: this.#indexesGiven(portfolio),
      created: this.#now,
      version,
      aliases: new Set<string>(),
      exists: true,
    };
    if (again === undefined) this.#links.push(link);
    // TTL-4, read as: a new link into a registry. Linking again to the same portfolio only puts aliases.
    if (again === undefined && this.#registry(to) !== undefined) version.ttl = 'none';
    this.#move(put, link, all);
  }

  #unlink(step: StoryStep, name: string): void {
    this.#may(beforeLabel(name), step.as, 'member');
    const found = this.#find(name);
    if (!('version' in found)) refuse('not-a-link');
    if (this.#isKeptFrom(step.as, found)) refuse('forbidden');
    this.#drop(found);
  }

  #drop(link: Link): void {
    Object.assign(link, { exists: false, aliases: new Set() });
  }

  #ttl(step: StoryStep, name: string): void {
    this.#may(beforeLabel(name), step.as, 'member');
    const found = this.#find(name);
    if ('version' in found) refuse('is-a-link');
    const ttl = readTtl(step.is ?? '', ['inherit']);
    if (typeof ttl === 'number' && takesNoTtl(found.sequence.type)) refuse('bad-ttl');
    if (this.#maySetTtl(step.as)) found.ttl = ttl;
  }

  // Deleting

  #softDelete(version: Version): void {
    Object.assign(version, { state: 'PENDING_DELETION', deleted: this.#now, aliases: new Set() });
    for (const link of this.#linksTo(version)) this.#drop(link);
  }

  #delete(step: StoryStep, name: string): void {
    const found = /[:#]/.test(name) ? undefined : this.#byId(name);
    if (found === undefined) this.#may(beforeLabel(name), step.as, 'member');
    const target = found ?? this.#find(name);
    if ('version' in target) {
      this.#unlink(step, name);
      return;
    }
    this.#may(target.sequence.name, step.as, 'member');
    if (target.state !== 'COMMITTED') refuse('not-committed');
    if (isManaged(target.sequence.type)) refuse('system-managed');
    if (this.#isHeld(target)) refuse('protected-alias');
    this.#checkReferences([target]);
    if (target.aliases.size > 0 && !step.deleteAliases) refuse('has-aliases');
    this.#softDelete(target);
  }

  #softDeleteAll(versions: readonly Version[], isChecked = false): void {
    const live = versions.filter((one) => one.state === 'COMMITTED' || one.state === 'PENDING');
    if (live.some((one) => this.#isHeld(one))) refuse('protected-alias');
    if (!isChecked) this.#checkReferences(live);
    for (const version of live) this.#softDelete(version);
  }

  #fell(collection: Collection, as: string | undefined, whole = false): void {
    const links = this.#linksIn(collection);
    if (collection.kind === 'sequence' && !whole && isManaged(collection.type)) refuse('system-managed');
    if (links.some((one) => this.#isKeptFrom(as, one))) refuse('forbidden');
    this.#softDeleteAll(
      this.#versions.filter((one) => one.sequence === collection),
      whole,
    );
    for (const link of links) this.#drop(link);
    collection.exists = false;
    // ALI-7 says nothing of it: what is protected is forgotten with its portfolio.
    this.#protected = this.#protected.filter((one) => one.portfolio !== collection);
  }

  #deleteCollection(step: StoryStep, name: string): void {
    this.#may(name, step.as, 'member');
    this.#fell(this.#collection(name), step.as);
  }

  #deleteRun(step: StoryStep, run: string): void {
    const found = this.#ownRun(step, run);
    const logged = this.#versions.filter((one) => one.run === found);
    if (step.artifacts) this.#softDeleteAll(logged.filter((one) => !isManaged(one.sequence.type)));
    found.exists = false;
  }

  #deleteProject(step: StoryStep, project: string): void {
    this.#may(`${project}/x`, step.as, 'admin');
    const isInside = (name: string) => projectOf(name) === fullProject(project);
    const inside = this.#collections.filter(({ exists, name }) => exists && isInside(name));
    const runs = this.#runs.filter(({ exists, name }) => exists && isInside(name));
    if (inside.length + runs.length === 0) refuse('not-found');
    const held = this.#links.filter(
      (one) => one.exists && this.#hasProtected(one) && inside.includes(one.version.sequence),
    );
    if (held.length > 0) refuse('protected-alias');
    this.#checkReferences(
      this.#versions.filter(
        ({ sequence, state }) => inside.includes(sequence) && (state === 'COMMITTED' || state === 'PENDING'),
      ),
    );
    for (const collection of inside) this.#fell(collection, step.as, true);
    for (const run of runs) run.exists = false;
  }

  #deleteAll(step: StoryStep, name: string): void {
    this.#may(name, step.as, 'member');
    const collection = this.#collection(name);
    const { where = {} } = step;
    const members: (Version | Link)[] =
      collection.kind === 'portfolio' ? this.#linksIn(collection) : this.#committed(collection);
    const picked: Version[] = [];
    for (const one of members.slice(0, Math.max(0, members.length - (where['keep last'] ?? 0)))) {
      if (where.without !== undefined && one.aliases.size > 0) continue;
      if (where.with !== undefined && !one.aliases.has(where.with)) continue;
      if (where['older than'] !== undefined && this.#now - one.created <= seconds(where['older than']))
        continue;
      if ('version' in one) {
        if (!this.#isKeptFrom(step.as, one)) this.#drop(one);
      } else if (isManaged(one.sequence.type)) {
        // DEL-17: nobody deletes it.
      } else if (!this.#isHeld(one) && (one.aliases.size === 0 || step.deleteAliases)) {
        picked.push(one);
      }
    }
    for (const one of this.#withoutReferredTo(picked)) this.#softDelete(one);
  }

  #restore(step: StoryStep, name: string): void {
    this.#may(beforeLabel(name), step.as, 'member');
    const version = this.#ever(name);
    if (version.state === 'COMMITTED') return;
    if (version.state !== 'PENDING_DELETION' || !version.everCommitted) refuse('not-restorable');
    this.#checkNameIsFree(version);
    const files = filesOf(version.manifest);
    // The rules do not say so: a restore that would leave a version without its bytes is refused like a recovery.
    if (files.some(({ content }) => this.#bucket.status(version.scope, content) !== 'stored'))
      refuse('objects-missing');
    this.#raise(version);
  }

  /** DEL-15 says nothing of it: a name that has become a portfolio's is not a sequence's to stand under. */
  #checkNameIsFree({ sequence }: Version): void {
    if (sequence.kind === 'portfolio') refuse('not-restorable');
  }

  #raise(version: Version): void {
    version.state = 'COMMITTED';
    this.#create(version.sequence, 'sequence', version.sequence.type);
  }

  #recover(step: StoryStep, name: string): void {
    this.#team(step.as, 'admin');
    const version = this.#ever(name);
    if (!version.everCommitted) refuse('not-restorable');
    this.#checkNameIsFree(version);
    const files = filesOf(version.manifest);
    if (files.some(({ content }) => this.#bucket.of(version.scope, content).length === 0))
      refuse('objects-missing');
    for (const { content } of files) this.#bucket.reinstate(version.scope, content);
    this.#raise(version);
  }

  // Time and garbage collection

  #wait(end: number): void {
    const every = seconds(this.#server.gcEvery ?? '6h');
    while (this.#now < end) {
      const jobs = (Math.floor(this.#now / every) + 1) * every;
      this.#now = Math.min(end, jobs, this.#bucket.nextDrop(this.#server));
      this.#bucket.drop(this.#server, this.#now);
      if (this.#now === jobs) this.#jobs();
    }
  }

  #jobs(): void {
    for (const version of this.#versions.filter((one) => one.state === 'COMMITTED')) {
      const ttl = version.ttl === 'inherit' ? this.#teamTtl : version.ttl;
      if (typeof ttl !== 'number' || takesNoTtl(version.sequence.type) || this.#isHeld(version)) continue;
      if (version.created + ttl <= this.#now) this.#softDelete(version);
    }
    const abandonAfter = seconds(this.#server.abandonAfter ?? '7d');
    for (const version of this.#versions.filter((one) => one.state === 'PENDING')) {
      if (version.created + abandonAfter <= this.#now) this.#softDelete(version);
    }
    if (this.#missing() === undefined) this.#collect();
  }

  #collectNow(): void {
    const missing = this.#missing();
    if (missing !== undefined) refuse(missing);
    this.#collect();
  }

  #collect(): void {
    const retention = seconds(this.#server.retention ?? '7d');
    const due = this.#versions.filter(
      (one) => one.state === 'PENDING_DELETION' && one.deleted + retention <= this.#now,
    );
    for (const version of due) version.state = 'DELETED';
    for (const { scope, manifest } of due) {
      for (const { content } of filesOf(manifest)) {
        if (this.#isStoredFor(scope, content)) continue;
        this.#bucket.remove(scope, content, this.#server, this.#now);
      }
    }
  }

  #missing(): string | undefined {
    const { deployment = 'shared-cloud', env = {} } = this.#server;
    if (deployment.endsWith('cloud')) return undefined;
    const switchedOn = deployment !== 'self-managed' || env['GORILLA_ARTIFACT_GC_ENABLED'] === 'true';
    if (!switchedOn) return 'gc-not-enabled';
    const { provider, versioning, softDelete } = this.#server.bucket ?? {};
    if (provider === 'managed') return undefined;
    return (provider === 'azure' ? softDelete : versioning) ? undefined : 'bucket-not-protected';
  }

  #change(step: StoryStep, server: ServerBlock): void {
    this.#team(step.as, 'admin');
    const before = this.#server.bucket ?? {};
    const moved = server.bucket?.provider !== undefined && server.bucket.provider !== before.provider;
    const usual = moved ? { softDelete: server.bucket?.provider === 'gcp' } : {};
    const bucket = { ...before, ...usual, ...server.bucket };
    const changed: ServerBlock = {
      ...this.#server,
      ...server,
      bucket,
      env: { ...this.#server.env, ...server.env },
    };
    const { provider = '' } = bucket;
    if (bucket.versioning && ['azure', 'managed'].includes(provider)) refuse('bad-setting');
    if (bucket.softDelete && !['azure', 'gcp'].includes(provider)) refuse('bad-setting');
    const { softDeleteDays = 7 } = bucket;
    if (bucket.softDelete && provider === 'gcp' && (softDeleteDays < 7 || softDeleteDays > 90))
      refuse('bad-setting');
    if (provider === 'managed' && !changed.deployment?.endsWith('cloud')) refuse('bad-setting');
    this.#server = changed;
    this.#bucket.drop(changed, this.#now);
  }

  #object(text: string): [scope: string, content: string] {
    const slash = text.indexOf('/', text.search(/[:#]/));
    const version = this.#ever(text.slice(0, slash));
    const item = version.manifest.get(text.slice(slash + 1));
    return item !== undefined && 'content' in item ? [version.scope, item.content] : refuse('not-found');
  }

  #changeOutOfBand(step: StoryStep, text: string): void {
    this.#team(step.as, 'admin');
    this.#bucket.remove(...this.#object(text), this.#server, this.#now);
  }

  #undelete(step: StoryStep, text: string): void {
    this.#team(step.as, 'admin');
    const [scope, content] = this.#object(text);
    if (this.#bucket.of(scope, content).length === 0) refuse('objects-missing');
    this.#bucket.reinstate(scope, content);
  }
}
