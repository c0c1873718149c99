import type { FastifyInstance, FastifyRequest } from 'fastify';
import { scopeOf } from '../../store/stored-object.ts';
import type { ContentDigest } from '../../values/digest.ts';
import type { CollectionId, VersionId } from '../../values/names.ts';
import { userOf } from '../authentication.ts';
import { versionIdIn } from '../graphql/ids.ts';
import type { Host } from '../host.ts';
import { errorBody, unauthorized } from '../http-errors.ts';
import { digestInAddress, FILE_ROUTES, versionInAddress } from './addresses.ts';
import { sendObject } from './send.ts';

/**
 * The routes of the files of versions: upload and download without a key, since the address is given out to those who may,
 * and download by name with one.
 */
export function blobRoutes(app: FastifyInstance, host: Host): void {
  app.put<{ Params: BlobParams }>(FILE_ROUTES.blob, async (request, reply) => {
    const { version, digest } = blobIn(host, request.params);
    if (version === undefined || digest === undefined) return reply.code(404).send(errorBody(NO_VERSION));
    const received = await host.contents.receive(request.raw, digest);
    return received === null
      ? reply.code(400).send(errorBody('The bytes that arrived have another MD5 than was announced.'))
      : reply.send();
  });

  app.get<{ Params: BlobParams }>(FILE_ROUTES.blob, async (request, reply) => {
    const { version, digest } = blobIn(host, request.params);
    if (version === undefined || digest === undefined) return reply.code(404).send(errorBody(NO_VERSION));
    return sendObject(host, version.scope, digest, request, reply);
  });

  app.get('/artifactsV2/*', async (request, reply) => {
    if (userOf(host, request) === undefined) return unauthorized(reply);
    const { versionId, digest } = namedIn(request);
    const version = host.store.versions.get(versionId);
    if (version === undefined || digest === undefined) return reply.code(404).send(errorBody(NO_VERSION));
    return sendObject(host, version.scope, digest, request, reply);
  });

  // The older layout, in which an entity shares its objects (LOG-7).
  app.get<{ Params: { entity: string; hexDigest: string } }>(
    '/artifacts/:entity/:hexDigest',
    async (request, reply) => {
      if (userOf(host, request) === undefined) return unauthorized(reply);
      const { entity, hexDigest } = request.params;
      const digest = digestInAddress(hexDigest);
      if (digest === undefined) return reply.code(404).send(errorBody(NO_VERSION));
      return sendObject(host, scopeOf('entity', NO_COLLECTION, entity), digest, request, reply);
    },
  );
}

interface BlobParams {
  readonly version: string;
  readonly hexDigest: string;
}

// Nothing of a collection enters the scope of an entity.
const NO_COLLECTION = '' as CollectionId;
const NO_VERSION = 'There is no version with this file.';

function blobIn({ store }: Host, { version, hexDigest }: BlobParams) {
  return { version: store.versions.get(versionInAddress(version)), digest: digestInAddress(hexDigest) };
}

// region/entity/project/collection/[artifact id/]id of the version that uploaded it/hexMd5/name. Clients do not encode the
// name, so it can be cut off or empty.
function namedIn({ url }: FastifyRequest): {
  readonly versionId: VersionId;
  readonly digest: ContentDigest | undefined;
} {
  const parts = url
    .replace(/[?#].*$/s, '')
    .split('/')
    .slice(2);
  const isNamed = parts.length === 7 || parts.length === 8;
  const [birthId = '', hexDigest = ''] = isNamed ? parts.slice(-3) : [];
  return { versionId: versionIdIn(decodeURIComponent(birthId)), digest: digestInAddress(hexDigest) };
}
