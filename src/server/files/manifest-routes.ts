import type { FastifyInstance } from 'fastify';
import { refusalError } from '../graphql/errors.ts';
import type { Host } from '../host.ts';
import { errorBody } from '../http-errors.ts';
import { FILE_ROUTES } from './addresses.ts';
import { acceptManifest, manifestFile } from './manifest-file.ts';
import { purposeOf } from './manifest-id.ts';

const LARGEST_MANIFEST_BYTES = 256_000_000;

/** The routes of manifest files: upload and download without a key, as for other files. */
export function manifestRoutes(app: FastifyInstance, host: Host): void {
  app.put<{ Params: ManifestParams }>(FILE_ROUTES.manifest, async (request, reply) => {
    const content = await wholeBody(request.raw, LARGEST_MANIFEST_BYTES);
    if (content === null) {
      return reply.code(413).send(errorBody(`A manifest has at most ${LARGEST_MANIFEST_BYTES} bytes.`));
    }
    const accepted = await acceptManifest(host, request.params.manifest, content);
    if (accepted.ok) return reply.send();
    const { message } = refusalError(accepted, host.store);
    return reply.code(accepted.refusal.code === 'forbidden' ? 403 : 400).send(errorBody(message));
  });

  app.get<{ Params: ManifestParams }>(FILE_ROUTES.manifest, async (request, reply) => {
    const purpose = purposeOf(request.params.manifest);
    const content = purpose && manifestFile(host, purpose.versionId);
    if (content === undefined) return reply.code(404).send(errorBody('There is no such manifest.'));
    return reply.type('application/json').send(content);
  });
}

interface ManifestParams {
  readonly manifest: string;
}

// Null if there are more bytes than `most`.
async function wholeBody(pieces: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > most) return null;
    read.push(piece);
  }
  return Buffer.concat(read);
}
