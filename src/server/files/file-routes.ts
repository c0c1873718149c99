import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import type { Host } from '../host.ts';
import { blobRoutes } from './blob-routes.ts';
import { manifestRoutes } from './manifest-routes.ts';
import { runFileRoutes } from './run-file-routes.ts';

/** The routes of files. Their bodies are raw bytes, with any content type or none, and are read piece by piece. */
export function fileRoutes(host: Host): FastifyPluginCallback {
  return (app: FastifyInstance, _options, done) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    blobRoutes(app, host);
    manifestRoutes(app, host);
    runFileRoutes(app, host);
    done();
  };
}
