import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { ContentDigest } from '../../values/digest.ts';
import { type Bytes, bytes } from '../../values/units.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** What was received: its digest and size. */
export interface Received {
  readonly digest: ContentDigest;
  readonly sizeBytes: Bytes;
}

// In memory, or in a file that is named by the digest.
interface Kept {
  readonly sizeBytes: Bytes;
  readonly inMemory: Uint8Array | null;
}

// What is more goes into files.
const DEFAULT_MAX_BYTES = bytes(4_000_000_000);

/** The bytes of files, by digest: in memory, and beyond a limit in a temporary folder until `close`. */
export class Contents {
  readonly #maxBytes: Bytes;
  readonly #kept = new Map<ContentDigest, Kept>();
  #folder: Promise<string> | null = null;
  #bytesInMemory = 0;

  /** Keeps at most so many bytes in memory, unfinished uploads included. */
  constructor(maxBytes: Bytes = DEFAULT_MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Whether the bytes of this digest are known. */
  has(digest: ContentDigest): boolean {
    return this.#kept.has(digest);
  }

  /** The size of what is kept; undefined if it is not known. */
  sizeOf(digest: ContentDigest): Bytes | undefined {
    return this.#kept.get(digest)?.sizeBytes;
  }

  /** How many bytes are in memory. */
  get bytesInMemory(): number {
    return this.#bytesInMemory;
  }

  /** The bytes of this digest, or undefined. */
  async get(digest: ContentDigest): Promise<Uint8Array | undefined> {
    const kept = this.#kept.get(digest);
    if (kept === undefined) return undefined;
    return kept.inMemory ?? readFile(await this.#fileOf(digest));
  }

  /** The bytes from `start` up to and without `end`, which must be known. */
  async read(digest: ContentDigest, start: number, end: number): Promise<Uint8Array | Readable> {
    const inMemory = this.#kept.get(digest)?.inMemory;
    if (inMemory !== null && inMemory !== undefined) return inMemory.subarray(start, end);
    if (start === end) return new Uint8Array();
    return createReadStream(await this.#fileOf(digest), { start, end: end - 1 });
  }

  /** Keeps bytes that the caller has in memory. */
  async put(digest: ContentDigest, content: Uint8Array): Promise<void> {
    await this.receive([content], digest);
  }

  /**
   * Keeps bytes that arrive in pieces. Null, and nothing is kept, if their digest is not the expected one. Throws what the
   * source throws, and then keeps nothing either.
   */
  async receive(
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    expected: ContentDigest | null,
  ): Promise<Received | null> {
    const hash = createHash('md5');
    const upload = new Upload();
    let sizeBytes = 0;
    try {
      for await (const piece of pieces) {
        hash.update(piece);
        sizeBytes += piece.length;
        if (upload.file === null && this.#bytesInMemory + piece.length > this.#maxBytes) {
          await upload.spill(path.join(await this.#inFolder(), `upload-${randomUUID()}`));
          this.#bytesInMemory -= upload.bytesInMemory;
          upload.bytesInMemory = 0;
        }
        await upload.add(piece);
        if (upload.file === null) {
          upload.bytesInMemory += piece.length;
          this.#bytesInMemory += piece.length;
        }
      }
      const digest = hash.digest('base64') as ContentDigest;
      const received = { digest, sizeBytes: bytes(sizeBytes) };
      if (expected !== null && digest !== expected) return null;
      if (this.#kept.has(digest)) return received;
      await this.#keep(received, upload);
      return received;
    } finally {
      // What was kept is no longer the upload's.
      this.#bytesInMemory -= upload.bytesInMemory;
      await upload.discard();
    }
  }

  /** Forgets everything and removes the temporary folder. */
  async close(): Promise<void> {
    this.#kept.clear();
    this.#bytesInMemory = 0;
    const folder = await this.#folder;
    this.#folder = null;
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }

  async #keep({ digest, sizeBytes }: Received, upload: Upload): Promise<void> {
    const inMemory = upload.file === null ? upload.take() : null;
    if (inMemory === null) await upload.moveTo(await this.#fileOf(digest));
    this.#kept.set(digest, { sizeBytes, inMemory });
  }

  async #fileOf(digest: ContentDigest): Promise<string> {
    return path.join(await this.#inFolder(), Buffer.from(digest, 'base64').toString('hex'));
  }

  #inFolder(): Promise<string> {
    this.#folder ??= temporaryFolder();
    return this.#folder;
  }
}

// The pieces of one upload: in memory, until they go into a file.
class Upload {
  bytesInMemory = 0;
  file: { readonly handle: FileHandle; readonly name: string } | null = null;
  #pieces: Uint8Array[] = [];

  async add(piece: Uint8Array): Promise<void> {
    if (this.file === null) this.#pieces.push(piece);
    else await this.file.handle.writeFile(piece);
  }

  async spill(name: string): Promise<void> {
    const handle = await open(name, 'wx');
    this.file = { handle, name };
    for (const piece of this.#pieces) await handle.writeFile(piece);
    this.#pieces = [];
  }

  take(): Uint8Array {
    this.bytesInMemory = 0;
    return Buffer.concat(this.#pieces);
  }

  async moveTo(name: string): Promise<void> {
    if (this.file === null) return;
    const { handle, name: before } = this.file;
    this.file = null;
    await handle.close();
    await rename(before, name);
  }

  async discard(): Promise<void> {
    this.#pieces = [];
    if (this.file === null) return;
    await this.file.handle.close();
    await rm(this.file.name, { force: true });
  }
}
