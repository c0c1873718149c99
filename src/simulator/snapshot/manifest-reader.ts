import {
  amendedManifest,
  type FileEntry,
  type Manifest,
  type ManifestEntry,
  manifestOf,
  withExtra,
} from '../../store/manifest.ts';
import type { ContentDigest } from '../../values/digest.ts';
import type { Bytes } from '../../values/units.ts';
import { UnreadableSnapshot } from './format.ts';
import { UNUSUAL_ENTRY } from './rows.ts';

/** The fields of a row that describe a manifest. */
interface ReadFields {
  readonly same?: number | undefined;
  readonly whole?: true | undefined;
  readonly add?: readonly unknown[] | undefined;
  readonly remove?: readonly number[] | undefined;
}

/** Reads manifests. Manifests, paths, and digests that a snapshot mentions once become one object again. */
export class ManifestReader {
  readonly #empty = manifestOf([]);
  readonly #manifests: Manifest[] = [];
  readonly #paths: string[] = [];
  readonly #digests: ContentDigest[] = [];
  readonly #sizes: Bytes[] = [];

  /** The manifest of a row. `parts` are additions from earlier rows, and `base` is the previous manifest. */
  read(fields: ReadFields, parts: readonly unknown[], base: Manifest | null): Manifest {
    if (fields.same !== undefined) return known(this.#manifests, fields.same);
    const add = this.#entries(parts.length === 0 ? (fields.add ?? []) : [...parts, ...(fields.add ?? [])]);
    const remove = new Set(fields.remove?.map((path) => known(this.#paths, path)));
    const from = fields.whole === true || base === null ? this.#empty : base;
    const manifest = amendedManifest(from, add, remove);
    this.#manifests.push(manifest);
    return manifest;
  }

  /** The content with a number. */
  content(number: number): Pick<FileEntry, 'digest' | 'sizeBytes'> {
    return { digest: known(this.#digests, number), sizeBytes: known(this.#sizes, number) };
  }

  #entries(items: readonly unknown[]): readonly ManifestEntry[] {
    const entries: ManifestEntry[] = [];
    for (let at = 0; at < items.length; ) {
      const path = this.#path(items[at]);
      const what = items[at + 1];
      at += 2;
      if (typeof what === 'number') entries.push({ kind: 'file', path, ...this.content(what) });
      else if (typeof what === 'string') {
        entries.push({ kind: 'file', path, ...this.#newContent(what, items[at]) });
        at += 1;
      } else entries.push(this.#unusual(path, what));
    }
    return entries;
  }

  #unusual(path: string, what: unknown): ManifestEntry {
    const read = UNUSUAL_ENTRY.parse(what);
    if (!('content' in read)) {
      const { extra, ...reference } = read;
      return withExtra({ kind: 'reference', path, ...reference }, extra);
    }
    const [content, size] = read.content;
    const file = typeof content === 'number' ? this.content(content) : this.#newContent(content, size);
    return withExtra({ kind: 'file', path, ...file }, read.extra);
  }

  #path(item: unknown): string {
    if (typeof item === 'number') return known(this.#paths, item);
    if (typeof item !== 'string') throw new UnreadableSnapshot('nonsense', 'expected a path');
    this.#paths.push(item);
    return item;
  }

  #newContent(digest: string, sizeBytes: unknown): Pick<FileEntry, 'digest' | 'sizeBytes'> {
    if (typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
      throw new UnreadableSnapshot('nonsense', 'expected a size');
    }
    const content = { digest: digest as ContentDigest, sizeBytes: sizeBytes as Bytes };
    this.#digests.push(content.digest);
    this.#sizes.push(content.sizeBytes);
    return content;
  }
}

/** The entry with a number. Throws `UnreadableSnapshot` if there is none. */
export function known<Value>(values: readonly Value[], number: number): Value {
  const value = values[number];
  if (value === undefined) throw new UnreadableSnapshot('nonsense', `nothing before it has number ${number}`);
  return value;
}
