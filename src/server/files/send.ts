import type { FastifyReply, FastifyRequest } from 'fastify';
import { isStored } from '../../bucket/bucket.ts';
import { objectIdOf } from '../../store/stored-object.ts';
import type { ContentDigest } from '../../values/digest.ts';
import type { ScopeId } from '../../values/names.ts';
import type { Host } from '../host.ts';
import { errorBody } from '../http-errors.ts';

/** Answers with the file that a version stores in this scope: 404 if the bucket lacks it, or only its size is known. */
export function sendObject(
  host: Host,
  scope: ScopeId,
  digest: ContentDigest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> | FastifyReply {
  if (!isStored(host.store.bucket, objectIdOf(scope, digest))) {
    return reply
      .code(404)
      .send(errorBody('The bucket does not store this file: it was deleted, or never added.'));
  }
  return sendContent(host, digest, request, reply);
}

/** Answers with the bytes of a digest, or the range that is asked for: 404 if they are not known. */
export async function sendContent(
  { contents }: Host,
  digest: ContentDigest,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const sizeBytes = contents.sizeOf(digest);
  if (sizeBytes === undefined) {
    return reply
      .code(404)
      .send(errorBody('Only the size of this file is known: it was not uploaded to this server.'));
  }
  const range = rangeIn(headers.range, sizeBytes);
  if (range === null) {
    return reply
      .code(416)
      .header('content-range', `bytes */${sizeBytes}`)
      .send(errorBody('The file ends before this range.'));
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes };
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${sizeBytes}`);
  return reply
    .header('accept-ranges', 'bytes')
    .header('content-length', end - start)
    .header('x-content-type-options', 'nosniff')
    .type('application/octet-stream')
    .send(await contents.read(digest, start, end));
}

// Undefined for the whole file, null for a range that it does not have. Several ranges at once get the whole file, and so
// does any range of an empty one, of which clients ask for `0-`.
function rangeIn(
  header: string | undefined,
  sizeBytes: number,
): { readonly start: number; readonly end: number } | null | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '' || sizeBytes === 0) return undefined;
  const start = first === '' ? Math.max(sizeBytes - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  return start < end ? { start, end } : null;
}
