import type { ArtifactFacts, Fetched } from '../../service/fetched.ts';
import type { Upload } from '../../service/uploading.ts';
import type { TimeToLive } from '../../store/time-to-live.ts';
import type { VersionFacts } from '../../store/version.ts';
import { unreachable } from '../../values/result.ts';
import type { Connection } from '../connection.ts';
import { enumerable } from '../enumerable.ts';
import { ArtifactFinalizedError, ArtifactNotLoggedError } from '../errors.ts';
import { flagIn, optionsIn } from '../input/arguments.ts';
import type { ArtifactManifestEntry, NewFile } from '../public/files.ts';
import type { Content, ReferenceDetails } from './content.ts';
import type { Draft } from './draft.ts';
import { entryOf } from './manifest.ts';

/** A fetched version or link, and the connection by which it was fetched. */
export interface Logged extends Fetched {
  readonly connection: Connection;
}

/** The stage during an upload: nothing can be added. */
export interface Uploading {
  readonly kind: 'uploading';
  readonly draft: Draft;
  readonly connection: Connection;
  readonly committed: Promise<Upload>;
  /** The description and metadata that are part of the upload. */
  readonly facts: VersionFacts | null;
  /** The TTL that is part of the upload; null if none was set. */
  readonly ttl: TimeToLive | null;
}

/** The stage of an artifact, from draft to logged. */
export type Stage =
  | { readonly kind: 'draft'; readonly draft: Draft }
  | Uploading
  /** Its upload failed: it can be changed and logged again. */
  | { readonly kind: 'failed'; readonly draft: Draft; readonly error: unknown }
  | { readonly kind: 'logged'; readonly logged: Logged };

/** The part of an artifact that knows its stage, and accepts files while that is allowed. */
export abstract class ArtifactStage {
  readonly type: string;
  #stage: Stage;

  constructor(type: string, stage: Stage) {
    this.type = type;
    this.#stage = stage;
    enumerable(this, ['name', 'id', 'state', 'size', 'digest']);
    if (stage.kind === 'logged') this.#showLogged();
  }

  protected get stage(): Stage {
    return this.#stage;
  }

  protected enter(stage: Stage): void {
    const before = this.#stage;
    this.#stage = stage;
    if (stage.kind === 'logged' && before.kind !== 'logged') this.#showLogged();
  }

  /** Its address and what was fetched. Throws `ArtifactNotLoggedError`, naming the member. */
  logged(member: string): Logged {
    if (this.#stage.kind !== 'logged') throw new ArtifactNotLoggedError(member);
    return this.#stage.logged;
  }

  isDraft(): boolean {
    return this.#stage.kind !== 'logged';
  }

  addFile(
    path: string,
    content: Content,
    options: { readonly overwrite?: boolean } = {},
  ): ArtifactManifestEntry {
    const draft = this.open('Artifact.addFile');
    const overwrite = flagIn(optionsIn(options, 'overwrite: true').overwrite, 'overwrite');
    return entryOf(draft.addFile(path, content, overwrite));
  }

  newFile(path: string, write: (file: NewFile) => void): ArtifactManifestEntry {
    return entryOf(this.open('Artifact.newFile').newFile(path, write));
  }

  addDir(files: Iterable<readonly [string, Content]>, options: { readonly name?: string } = {}): void {
    this.open('Artifact.addDir').addDir(files, optionsIn(options, "name: 'data'").name ?? null);
  }

  addReference(uri: string, details: ReferenceDetails = {}): readonly ArtifactManifestEntry[] {
    return [entryOf(this.open('Artifact.addReference').addReference(uri, details))];
  }

  remove(path: string): void {
    this.open('Artifact.remove').remove(path);
  }

  /** The draft, while it may be changed. Throws `ArtifactFinalizedError`, naming the member. */
  protected open(member: string): Draft {
    const stage = this.#stage;
    switch (stage.kind) {
      case 'draft':
      case 'failed':
        return stage.draft;
      case 'uploading':
      case 'logged':
        throw new ArtifactFinalizedError(member);
      default:
        return unreachable(stage);
    }
  }

  /** Its manifest: that of the draft, or what was fetched. */
  protected get content(): Pick<ArtifactFacts, 'manifest'> {
    return this.#stage.kind === 'logged' ? this.#stage.logged.facts : this.#stage.draft;
  }

  #showLogged(): void {
    enumerable(this, ['qualifiedName', 'aliases']);
  }
}
