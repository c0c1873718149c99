import { type FileEntry, isSameEntry, type Manifest, type ManifestEntry } from '../../store/manifest.ts';
import type { ContentDigest, ManifestDigest } from '../../values/digest.ts';
import { byCodePoint } from '../../values/order.ts';
import type { Bytes } from '../../values/units.ts';
import { Numbers } from './numbers.ts';
import type { VersionRow } from './rows.ts';

/** The fields of a version's row that describe its manifest. */
export type ManifestFields = Pick<VersionRow, 'same' | 'whole' | 'add' | 'remove'>;

/** Writes each manifest as the difference from the previous one, or as equal to an earlier one. */
export class ManifestWriter {
  readonly #paths = new Numbers<string>();
  readonly #contents = new Numbers<string>();
  readonly #sizes: Bytes[] = [];
  readonly #numbers = new Numbers<ManifestDigest>();
  readonly #manifests: Manifest[] = [];

  /** The fields of a manifest; `base` is the previous one in its sequence. */
  fieldsOf(manifest: Manifest, base: Manifest | null): ManifestFields {
    const known = this.#numbers.get(manifest.digest);
    // Manifests with one digest may still differ in addresses of references, in extras, or in sizes across sequences.
    if (known !== undefined && isSame(manifest, this.#manifests[known])) return { same: known };
    if (known === undefined) this.#numbers.add(manifest.digest);
    // A variant also gets a number, which nothing refers to.
    else this.#numbers.add(`${manifest.digest} ${this.#numbers.size}` as ManifestDigest);
    this.#manifests.push(manifest);
    const { added, removed } = differences(base?.entries ?? [], manifest.entries);
    const whole = base !== null && added.length + removed.length > manifest.entries.length;
    const entries = whole ? manifest.entries : added;
    return {
      ...(whole ? { whole } : {}),
      ...(entries.length === 0 ? {} : { add: entries.flatMap((entry) => this.#entry(entry)) }),
      ...(whole || removed.length === 0 ? {} : { remove: removed.map(({ path }) => this.#paths.of(path)) }),
    };
  }

  /** The number of a content. */
  contentOf(digest: ContentDigest, sizeBytes: Bytes | null): number {
    const number = this.#contents.of(digest);
    return sizeBytes === null || this.#sizes[number] === sizeBytes
      ? number
      : this.#contents.of(variant(digest, sizeBytes));
  }

  #entry(entry: ManifestEntry): readonly unknown[] {
    const path = this.#paths.get(entry.path);
    if (path === undefined) this.#paths.add(entry.path);
    const first = path ?? entry.path;
    const { extra } = entry;
    if (entry.kind === 'file') {
      const content = this.#content(entry);
      return extra === undefined ? [first, ...content] : [first, { content, extra }];
    }
    const { address, checksum, sizeBytes } = entry;
    return [first, { address, checksum, sizeBytes, ...(extra === undefined ? {} : { extra }) }];
  }

  #content({ digest, sizeBytes }: FileEntry): readonly (string | number)[] {
    const number = this.#contents.get(digest);
    if (number !== undefined && this.#sizes[number] === sizeBytes) return [number];
    // In two sequences that share nothing, one digest can have two sizes.
    const key = number === undefined ? digest : variant(digest, sizeBytes);
    const other = number === undefined ? undefined : this.#contents.get(key);
    if (other !== undefined) return [other];
    this.#contents.add(key);
    this.#sizes.push(sizeBytes);
    return [digest, sizeBytes];
  }
}

function variant(digest: ContentDigest, sizeBytes: Bytes): string {
  return `${digest} ${sizeBytes}`;
}

function differences(
  base: readonly ManifestEntry[],
  entries: readonly ManifestEntry[],
): { readonly added: readonly ManifestEntry[]; readonly removed: readonly ManifestEntry[] } {
  const added: ManifestEntry[] = [];
  const removed: ManifestEntry[] = [];
  let at = 0;
  for (const entry of entries) {
    let old = base[at];
    while (old !== undefined && old !== entry && byCodePoint(old.path, entry.path) < 0) {
      removed.push(old);
      at += 1;
      old = base[at];
    }
    const isThere = old !== undefined && old.path === entry.path;
    if (isThere) at += 1;
    if (old === undefined || !isEqual(old, entry)) added.push(entry);
  }
  return { added, removed: [...removed, ...base.slice(at)] };
}

function isSame(left: Manifest, right: Manifest | undefined): boolean {
  if (left === right) return true;
  if (right === undefined || left.entries.length !== right.entries.length) return false;
  return left.entries.every((entry, at) => {
    const other = right.entries[at];
    return other !== undefined && isEqual(entry, other);
  });
}

function isEqual(left: ManifestEntry, right: ManifestEntry): boolean {
  return isSameEntry(left, right) && left.extra === right.extra;
}
