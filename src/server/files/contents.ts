import type { ContentDigest } from '../../values/digest.ts';

/** The bytes of files, by digest. */
export class Contents {
  readonly #inMemory = new Map<ContentDigest, Uint8Array>();

  /** Whether the bytes of this digest are known. */
  has(digest: ContentDigest): boolean {
    return this.#inMemory.has(digest);
  }

  /** The bytes of this digest, or undefined. */
  async get(digest: ContentDigest): Promise<Uint8Array | undefined> {
    return this.#inMemory.get(digest);
  }

  /** Keeps bytes. */
  async put(digest: ContentDigest, bytes: Uint8Array): Promise<void> {
    this.#inMemory.set(digest, bytes);
  }
}
