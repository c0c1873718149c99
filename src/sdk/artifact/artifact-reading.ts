import { printable, shortVersionName } from '../../values/names.ts';
import { optionsIn, perPageIn, textIn, textsIn } from '../arguments.ts';
import { readableVersion, versionOf } from '../artifact-facts.ts';
import { existingCollectionOf, lineageOf } from '../lineage.ts';
import type { DownloadedFile, File } from '../public-files.ts';
import type { PerPage, SizedPages } from '../public-pages.ts';
import type { ArtifactCollection, Run } from '../public-types.ts';
import { ArtifactAttributes } from './artifact-attributes.ts';
import { downloaded, filesOf, verified } from './download.ts';

/** The part of an artifact that only reads: its files, its artifact collections and its runs. */
export abstract class ArtifactReading extends ArtifactAttributes {
  /** Its name, for messages. */
  protected get label(): string {
    return printable(this.name);
  }

  async download(
    options: { readonly pathPrefix?: string } = {},
  ): Promise<ReadonlyMap<string, DownloadedFile>> {
    const { pathPrefix = '' } = optionsIn(options, "pathPrefix: 'data/'");
    const { connection, address, facts } = this.logged('download');
    return connection.read(`download ${this.label}`, (store) =>
      downloaded(store, connection.server.contents, readableVersion(store, address, facts), {
        name: shortVersionName(facts.name),
        pathPrefix: textIn(pathPrefix, 'pathPrefix'),
      }),
    );
  }

  async verify(): Promise<void> {
    const { connection, address, facts } = this.logged('verify');
    await connection.read(`verify ${this.label}`, (store) =>
      verified(store, readableVersion(store, address, facts), shortVersionName(facts.name)),
    );
  }

  files(names: readonly string[] | null = null, options: PerPage = {}): SizedPages<File> {
    const { connection, address, facts } = this.logged('files');
    const asked = names === null ? null : new Set(textsIn(names, 'names'));
    return filesOf(connection, perPageIn(options, 50), `files of ${this.label}`, asked, (store) =>
      readableVersion(store, address, facts),
    );
  }

  async collection(): Promise<ArtifactCollection> {
    const { connection, address, facts } = this.logged('collection');
    return existingCollectionOf(connection, facts.name.collection, (store) =>
      versionOf(store, address, facts),
    );
  }

  async sourceCollection(): Promise<ArtifactCollection> {
    const { connection, address, facts } = this.logged('sourceCollection');
    return existingCollectionOf(connection, facts.source.collection, (store) =>
      versionOf(store, address, facts),
    );
  }

  async loggedBy(): Promise<Run | null> {
    const { connection, address, facts } = this.logged('loggedBy');
    return connection.read(`run of ${this.label}`, (store) => {
      const { loggedBy } = lineageOf(store, versionOf(store, address, facts));
      return loggedBy === null ? null : connection.neighbors.run(connection, loggedBy);
    });
  }

  async usedBy(): Promise<readonly Run[]> {
    const { connection, address, facts } = this.logged('usedBy');
    return connection.read(`users of ${this.label}`, (store) =>
      lineageOf(store, versionOf(store, address, facts)).usedBy.map((name) =>
        connection.neighbors.run(connection, name),
      ),
    );
  }
}
