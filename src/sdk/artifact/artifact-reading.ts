import { lookUpCollection } from '../../lifecycle/targeting.ts';
import { type Answer, answered, following } from '../../service/answer.ts';
import { readableVersion, versionOf } from '../../service/fetched.ts';
import { lineageOf } from '../../service/lineage.ts';
import { filesAmong, followableEntries, readableEntries } from '../../service/reading.ts';
import { type FileEntry, isArtifactReference, type ManifestEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { type CollectionName, fullCollectionName, printable } from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { messageOf, ValueError } from '../errors.ts';
import { optionsIn, perPageIn, textIn, textsIn } from '../input/arguments.ts';
import { FetchedPages } from '../pages.ts';
import type { DownloadedFile, File } from '../public/files.ts';
import type { PerPage, SizedPages } from '../public/pages.ts';
import type { ArtifactCollection, Run } from '../public/types.ts';
import { ArtifactAttributes } from './artifact-attributes.ts';
import { digestOf } from './draft.ts';
import { entryOf } from './manifest.ts';

/** The part of an artifact that only reads: its files, its artifact collections and its runs. */
export abstract class ArtifactReading extends ArtifactAttributes {
  /** Its name, for messages. */
  protected get label(): string {
    return printable(this.name);
  }

  /** Reads the store about its version, in any state. Throws `ArtifactNotLoggedError`, naming the member. */
  protected look<Value>(
    member: string,
    label: string,
    look: (store: Store, version: Version) => Answer<Value>,
  ): Promise<Value> {
    const logged = this.logged(member);
    return logged.connection.read(label, (store) =>
      following(versionOf(store, logged), (version) => look(store, version)),
    );
  }

  async download(
    options: { readonly pathPrefix?: string } = {},
  ): Promise<ReadonlyMap<string, DownloadedFile>> {
    const { pathPrefix = '' } = optionsIn(options, "pathPrefix: 'data/'");
    const prefix = textIn(pathPrefix, 'pathPrefix');
    const logged = this.logged('download');
    const { contents } = logged.connection.service;
    return logged.connection.read(`download ${this.label}`, (store) => {
      const readable = following(readableVersion(store, logged), (version) =>
        following(readableEntries(store, version, logged.facts.name, prefix), (entries) =>
          followableEntries(store, logged.facts.name, entries),
        ),
      );
      return following(readable, (entries) =>
        answered(
          new Map(
            entries.map((entry) => {
              const content = isOutside(entry) ? undefined : contents.get(digestOf(entry) as ContentDigest);
              // A copy, so that changing the downloaded bytes does not change the stored ones.
              const copy = content === undefined ? null : new Uint8Array(content);
              return [entry.path, { ...entryOf(entry), content: copy }];
            }),
          ),
        ),
      );
    });
  }

  async verify(): Promise<void> {
    const logged = this.logged('verify');
    const { name } = logged.facts;
    const read = await logged.connection.read(`verify ${this.label}`, (store) =>
      following(readableVersion(store, logged), (version) => answered(readableEntries(store, version, name))),
    );
    // Python: the SDK itself compares the files, and raises a ValueError.
    if (!read.ok) throw new ValueError(messageOf(read.refusal, read.advice), read.refusal, read.advice);
  }

  files(names: readonly string[] | null = null, options: PerPage = {}): SizedPages<File> {
    const logged = this.logged('files');
    const asked = names === null ? null : new Set(textsIn(names, 'names'));
    return new FetchedPages<FileEntry, File>(logged.connection, perPageIn(options, 50), {
      label: `files of ${this.label}`,
      keys: (store) =>
        following(readableVersion(store, logged), ({ manifest }) =>
          answered(filesAmong(manifest.entries).filter(({ path }) => asked?.has(path) !== false)),
        ),
      compare: (left, right) => byCodePoint(left.path, right.path),
      item: (_store, { path, sizeBytes, digest }) => ({ name: path, size: sizeBytes, md5: digest }),
    });
  }

  async collection(): Promise<ArtifactCollection> {
    return this.#collection('collection', this.logged('collection').facts.name.collection);
  }

  async sourceCollection(): Promise<ArtifactCollection> {
    return this.#collection('sourceCollection', this.logged('sourceCollection').facts.source.collection);
  }

  async loggedBy(): Promise<Run | null> {
    const { connection } = this.logged('loggedBy');
    return this.look('loggedBy', `run of ${this.label}`, (store, version) => {
      const { loggedBy } = lineageOf(store, version);
      return answered(loggedBy && connection.neighbors.run(connection, loggedBy));
    });
  }

  async usedBy(): Promise<readonly Run[]> {
    const { connection } = this.logged('usedBy');
    return this.look('usedBy', `users of ${this.label}`, (store, version) =>
      answered(lineageOf(store, version).usedBy.map((run) => connection.neighbors.run(connection, run))),
    );
  }

  #collection(member: string, name: CollectionName): Promise<ArtifactCollection> {
    const { connection } = this.logged(member);
    return this.look(member, `artifact collection ${printable(fullCollectionName(name))}`, (store) =>
      following(lookUpCollection(store, name), ({ id }) =>
        answered(connection.neighbors.collection(connection, store, id)),
      ),
    );
  }
}

// The checksum of a reference to another artifact is the digest of the file there.
function isOutside(entry: ManifestEntry): boolean {
  return entry.kind === 'reference' && !isArtifactReference(entry);
}
