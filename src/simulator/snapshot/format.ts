import { contentHasher } from '../../values/digest.ts';

/** The name of the format, in the first line of every snapshot. */
export const SNAPSHOT_FORMAT = 'limbo snapshot';
/** The version of the format that is written, and the only one that is read. */
export const SNAPSHOT_VERSION = 2;

/**
 * The sections of a snapshot's body in order; each refers only to earlier ones. A line with the name of a section is
 * followed by its rows, one per line; the last line is `end`.
 */
export const SECTIONS = [
  'store',
  'runs',
  'collections',
  'names',
  'versions',
  'links',
  'outputs',
  'scopes',
  'objects',
  'outOfBand',
  'unreferenced',
  'uploads',
  'trash',
  'reviewed',
  'released',
  'reviewList',
  'expiring',
  'inheriting',
  'clientIds',
  'end',
] as const;
/** A section of a snapshot. */
export type Section = (typeof SECTIONS)[number];

/** The content of the first line. */
export interface SnapshotCounts {
  readonly collections: number;
  readonly versions: number;
  readonly objects: number;
}

/** Why a snapshot cannot be read. */
export class UnreadableSnapshot extends Error {
  readonly reason: 'no snapshot' | 'older' | 'newer' | 'damaged' | 'nonsense';

  constructor(reason: UnreadableSnapshot['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The digest after the body: the base64 MD5 of everything before it. */
export const DIGEST_BYTES = 24;

const BEGINNING = `{"format":"${SNAPSHOT_FORMAT}","version":`;
const LONGEST_HEADER = 200;
const NEWLINE = 0x0a;

/** Whether a file that starts like this is a snapshot, valid or not. */
export function beginsSnapshot(beginning: string): boolean {
  return beginning.startsWith(BEGINNING);
}

/** The first line of a snapshot, with its newline. */
export function snapshotHeader({ collections, versions, objects }: SnapshotCounts): string {
  return `${BEGINNING}${SNAPSHOT_VERSION},"collections":${collections},"versions":${versions},"objects":${objects}}\n`;
}

/** Whether bytes start like a snapshot of any version. */
export function isSnapshotBeginning(bytes: Uint8Array): boolean {
  return asciiOf(bytes.subarray(0, BEGINNING.length)) === BEGINNING;
}

/** A snapshot without its body. */
export interface SnapshotFrame {
  readonly counts: SnapshotCounts;
  readonly headerBytes: number;
  /** The size of the compressed body in bytes. */
  readonly bodyBytes: number;
  /** The digest of everything, which identifies the snapshot. */
  readonly digest: string;
}

/** Reads the first line and verifies the digest, in one pass. Throws `UnreadableSnapshot`. */
export function snapshotFrame(pieces: Iterable<Uint8Array>): SnapshotFrame {
  const hasher = contentHasher();
  let start = new Uint8Array();
  let end = new Uint8Array();
  let length = 0;
  for (const piece of pieces) {
    if (start.length < LONGEST_HEADER) start = joined(start, piece.subarray(0, LONGEST_HEADER));
    length += piece.length;
    const known = joined(end, piece);
    const hashed = Math.max(0, known.length - DIGEST_BYTES);
    hasher.update(known.subarray(0, hashed));
    end = known.slice(hashed);
  }
  const header = headerIn(start);
  const digest = hasher.digest();
  if (digest !== asciiOf(end)) {
    throw new UnreadableSnapshot(
      'damaged',
      'this snapshot is damaged: it was truncated or changed after it was written',
    );
  }
  const headerBytes = header.text.length + 1;
  const bodyBytes = length - headerBytes - DIGEST_BYTES;
  if (header.counts === null || bodyBytes < 0) {
    throw new UnreadableSnapshot('nonsense', 'the header of this snapshot is invalid');
  }
  return { counts: header.counts, headerBytes, bodyBytes, digest };
}

function headerIn(start: Uint8Array): { readonly text: string; readonly counts: SnapshotCounts | null } {
  const newline = start.indexOf(NEWLINE);
  const text = asciiOf(newline < 0 ? start : start.subarray(0, newline));
  const [, version = ''] = /^(\d{1,9}),/.exec(text.slice(BEGINNING.length)) ?? [];
  if (!beginsSnapshot(text) || version === '') {
    throw new UnreadableSnapshot('no snapshot', 'this is not a snapshot');
  }
  if (Number(version) > SNAPSHOT_VERSION) {
    throw new UnreadableSnapshot(
      'newer',
      `this snapshot has format version ${version}, but the newest supported version is ${SNAPSHOT_VERSION}`,
    );
  }
  if (Number(version) < SNAPSHOT_VERSION) {
    throw new UnreadableSnapshot(
      'older',
      `this snapshot has the former format version ${version}, but only version ${SNAPSHOT_VERSION} is supported: run its story again to write a new one`,
    );
  }
  const [, collections, versions, objects] =
    /^\d+,"collections":(\d{1,15}),"versions":(\d{1,15}),"objects":(\d{1,15})\}$/.exec(
      text.slice(BEGINNING.length),
    ) ?? [];
  const counts = { collections: Number(collections), versions: Number(versions), objects: Number(objects) };
  return { text, counts: snapshotHeader(counts) === `${text}\n` ? counts : null };
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

function asciiOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
