/** The bytes of a body that must be read as a whole; null if there are more than `most`. */
export async function wholeBody(pieces: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > most) return null;
    read.push(piece);
  }
  return Buffer.concat(read);
}
