import { refused } from '../../lifecycle/decision.ts';
import { type Manifest, type ManifestEntry, manifestOf } from '../../store/manifest.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { isCollectionName, printable } from '../../values/names.ts';
import { errorOf, ValueError } from '../errors.ts';
import { kindOf, textIn } from '../input/arguments.ts';
import type { NewFile } from '../public/files.ts';
import { type Content, fileOf, type ReferenceDetails, referenceOf } from './content.ts';

/** Checks the name and type of a new artifact. Throws `ValueError` (LOG-1, DEL-17; basis: sdk). */
export function checkNameAndType(name: string, type: string): void {
  if (!isCollectionName(textIn(name, 'the name of an artifact'))) {
    throw errorOf(refused('badCollectionName', { name }).refusal);
  }
  if (textIn(type, 'the type of an artifact') === '')
    throw new ValueError('the type of an artifact is not empty');
  if (type === 'job' || type.startsWith('wandb-')) {
    throw new ValueError(
      `The type "${printable(type)}" is kept for what the service itself makes: use another.`,
    );
  }
}

/** The files of an artifact to be logged. */
export class Draft {
  readonly #entries = new Map<string, ManifestEntry>();
  readonly #contents = new Map<ContentDigest, Uint8Array>();
  #manifest: Manifest | null = null;

  /** A draft with the content of a manifest. */
  constructor(base: Manifest | null = null) {
    for (const entry of base?.entries ?? []) this.#entries.set(entry.path, entry);
  }

  /** The manifest of the files added so far. */
  get manifest(): Manifest {
    this.#manifest ??= manifestOf(this.#entries.values());
    return this.#manifest;
  }

  /** The bytes of files by digest, if they were given. */
  get contents(): ReadonlyMap<ContentDigest, Uint8Array> {
    return this.#contents;
  }

  addFile(path: string, given: Content, overwrite: boolean): ManifestEntry {
    const { entry, content } = fileOf(pathIn(path), given);
    this.#add(entry, overwrite);
    if (content !== null) this.#contents.set(entry.digest, content);
    return entry;
  }

  newFile(path: string, write: (file: NewFile) => void): ManifestEntry {
    if (this.#entries.has(pathIn(path)))
      throw new ValueError(`There is a file "${printable(path)}" already.`);
    if (typeof write !== 'function') throw new TypeError(`write must be a function, not ${kindOf(write)}`);
    const pieces: Uint8Array[] = [];
    const answer: unknown = write({ write: (piece) => void pieces.push(pieceIn(piece)) });
    if (answer instanceof Promise) {
      // Nobody else awaits it.
      answer.catch(() => {});
      throw new TypeError('write must be synchronous, but it returned a promise');
    }
    return this.addFile(path, joined(pieces), false);
  }

  addDir(files: Iterable<readonly [string, Content]>, name: string | null): void {
    const folder = name === null ? '' : `${textIn(name, 'the name of a folder')}/`;
    // All or nothing: add them to a copy first.
    const added = new Draft();
    for (const [path, content] of pairsIn(files)) added.addFile(folder + pathIn(path), content, false);
    for (const entry of added.#entries.values()) this.#mustFit(entry);
    for (const entry of added.#entries.values()) this.#add(entry, true);
    for (const [digest, content] of added.#contents) this.#contents.set(digest, content);
  }

  addReference(uri: string, details: ReferenceDetails): ManifestEntry {
    const entry = referenceOf(textIn(uri, 'the address of a reference'), details);
    this.#add(entry, false);
    return entry;
  }

  remove(path: string): void {
    if (!this.#entries.delete(pathIn(path)))
      throw new ValueError(`There is no path "${printable(path)}" to remove.`);
    this.#manifest = null;
  }

  #add(entry: ManifestEntry, overwrite: boolean): void {
    if (!overwrite) this.#mustFit(entry);
    this.#entries.set(entry.path, entry);
    this.#manifest = null;
  }

  #mustFit(entry: ManifestEntry): void {
    const known = this.#entries.get(entry.path);
    if (known === undefined || digestOf(known) === digestOf(entry)) return;
    throw new ValueError(
      `"${printable(entry.path)}" has other content already: remove it first, or add it with { overwrite: true }.`,
    );
  }
}

/** The digest of an entry, as the lines of a manifest show it. */
export function digestOf(entry: ManifestEntry): string {
  return entry.kind === 'file' ? entry.digest : entry.checksum;
}

function pathIn(path: string): string {
  if (textIn(path, 'the path of a file') === '') throw new ValueError('the path of a file is not empty');
  return path;
}

function pieceIn(piece: unknown): Uint8Array {
  if (typeof piece === 'string') return new TextEncoder().encode(piece);
  if (piece instanceof Uint8Array) return new Uint8Array(piece);
  throw new TypeError(`a piece of a file must be a text or bytes, not ${kindOf(piece)}`);
}

function pairsIn(files: Iterable<readonly [string, Content]>): (readonly [string, Content])[] {
  if (typeof files !== 'object' || files === null || !(Symbol.iterator in files)) {
    throw new TypeError(`files must be a Map or an iterable of [path, content] pairs, not ${kindOf(files)}`);
  }
  return Array.from(files, (pair) => {
    if (Array.isArray(pair) && pair.length === 2) return pair;
    throw new TypeError(`each item of files must be a [path, content] pair, not ${kindOf(pair)}`);
  });
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
