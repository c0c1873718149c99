import type { FastifyInstance } from 'fastify';
import { errorBody } from '../authentication.ts';
import { refusalError } from '../graphql/errors.ts';
import type { Host } from '../host.ts';
import { FILE_ROUTES } from './addresses.ts';
import { acceptManifest, manifestFile } from './manifest-file.ts';
import { purposeOf } from './manifest-id.ts';
import { wholeBody } from './whole-body.ts';

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
