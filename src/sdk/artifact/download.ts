import { isStored } from '../../bucket/bucket.ts';
import { type Refusal, refused } from '../../lifecycle/decision.ts';
import type { Action } from '../../simulator/action.ts';
import { firstToSucceed } from '../../simulator/advice.ts';
import { indexedName } from '../../store/look-up.ts';
import type { FileEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import { objectIdOf } from '../../store/stored-object.ts';
import type { Version } from '../../store/version.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { byCodePoint } from '../../values/order.ts';
import type { Connection } from '../connection.ts';
import { errorOf, messageOf, ValueError } from '../errors.ts';
import { FetchedPages } from '../pages.ts';
import type { DownloadedFile, File } from '../public-files.ts';
import type { SizedPages } from '../public-pages.ts';
import { entryOf } from './manifest.ts';

/** Reads the files whose paths start with a prefix. Throws `CommError` if the bucket lacks one (BKT-6; basis: doc). */
export function downloaded(
  store: Store,
  contents: ReadonlyMap<ContentDigest, Uint8Array>,
  version: Version,
  { name, pathPrefix }: { readonly name: string; readonly pathPrefix: string },
): ReadonlyMap<string, DownloadedFile> {
  const missing = missingPaths(store, version).filter((path) => path.startsWith(pathPrefix));
  if (missing.length > 0) throw errorOf(filesMissing(name, missing), recovery(store, version));
  const entries = version.manifest.entries.filter(({ path }) => path.startsWith(pathPrefix));
  return new Map(
    entries.map((entry) => {
      const content = entry.kind === 'file' ? contents.get(entry.digest) : undefined;
      // A copy, so that changing the downloaded bytes does not change the stored ones.
      const copy = content === undefined ? null : new Uint8Array(content);
      return [entry.path, { ...entryOf(entry), content: copy }];
    }),
  );
}

/** Throws `ValueError` unless the bucket has every file of a version. */
export function verified(store: Store, version: Version, name: string): void {
  const missing = missingPaths(store, version);
  if (missing.length === 0) return;
  const refusal = filesMissing(name, missing);
  const advice = recovery(store, version);
  throw new ValueError(messageOf(refusal, advice), refusal, advice);
}

/** The stored files of a version, or those with these names, page by page. */
export function filesOf(
  connection: Connection,
  perPage: number,
  label: string,
  names: ReadonlySet<string> | null,
  read: (store: Store) => Version,
): SizedPages<File> {
  return new FetchedPages<FileEntry, File>(connection, perPage, {
    label,
    keys: (store) => filesIn(read(store)).filter(({ path }) => names === null || names.has(path)),
    compare: (left, right) => byCodePoint(left.path, right.path),
    item: (_store, { path, sizeBytes, digest }) => ({ name: path, size: sizeBytes, md5: digest }),
  });
}

// They were deleted out of band (BKT-6).
function filesMissing(version: string, paths: readonly string[]): Refusal {
  return refused('filesUnreadable', { version, paths: paths.join(', ') }, paths).refusal;
}

function recovery(store: Store, version: Version): readonly Action[] {
  return firstToSucceed([[{ type: 'recoverVersion', version: indexedName(store, version) }]], store);
}

function filesIn(version: Version): readonly FileEntry[] {
  return version.manifest.entries.filter((entry) => entry.kind === 'file');
}

function missingPaths(store: Store, version: Version): readonly string[] {
  return filesIn(version)
    .filter(({ digest }) => !isStored(store.bucket, objectIdOf(version.scope, digest)))
    .map(({ path }) => path);
}
