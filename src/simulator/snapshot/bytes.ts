import { Deflate, Inflate } from 'fflate';
import { contentHasher } from '../../values/digest.ts';
import { type SnapshotFrame, UnreadableSnapshot } from './format.ts';

// A JavaScript compressor: the platform's own gives different bytes by version and processor.
const LEVEL = 6;
const PIECE_CHARACTERS = 65_536;

/**
 * The bytes of a snapshot in pieces: its header, the compressed lines of its body, and a digest of everything. Equal
 * lines give equal bytes on every machine.
 */
export function* packed(header: string, lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const hasher = contentHasher();
  const compressed: Uint8Array[] = [];
  const deflate = new Deflate({ level: LEVEL }, (piece) => compressed.push(piece));
  const ready = function* () {
    for (const piece of compressed.splice(0)) {
      hasher.update(piece);
      yield piece;
    }
  };
  compressed.push(encoder.encode(header));
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < PIECE_CHARACTERS) continue;
    deflate.push(encoder.encode(text));
    text = '';
    yield* ready();
  }
  deflate.push(encoder.encode(text), true);
  yield* ready();
  yield encoder.encode(hasher.digest());
}

/** The lines of a snapshot's body. Throws `UnreadableSnapshot` if they were not packed by `packed`. */
export function* unpacked(
  pieces: Iterable<Uint8Array>,
  { headerBytes, bodyBytes }: SnapshotFrame,
): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let inflated: Uint8Array[] = [];
  const inflate = new Inflate((piece) => inflated.push(piece));
  let rest = '';
  const linesIn = (compressed: Uint8Array, last: boolean): readonly string[] => {
    try {
      inflate.push(compressed, last);
      for (const piece of inflated) rest += decoder.decode(piece, { stream: true });
      inflated = [];
    } catch {
      throw new UnreadableSnapshot('nonsense', 'this snapshot cannot be decompressed');
    }
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    return lines;
  };
  let at = 0;
  for (const piece of pieces) {
    const body = piece.subarray(Math.max(0, headerBytes - at), Math.max(0, headerBytes + bodyBytes - at));
    at += piece.length;
    if (body.length > 0) yield* linesIn(body, at >= headerBytes + bodyBytes);
  }
  if (rest !== '') throw new UnreadableSnapshot('nonsense', 'this snapshot ends in the middle of a line');
}
