import type { LogVersion } from '../../lifecycle/logging/logging.ts';
import { beginUpload, commitUpload, type Upload } from '../../service/uploading.ts';
import type { TimeToLive } from '../../store/time-to-live.ts';
import { printable, type RunName } from '../../values/names.ts';
import type { Connection } from '../connection.ts';
import type { Draft } from './draft.ts';

/** The content and options of an upload. */
export interface Logging extends Pick<LogVersion, 'aliases' | 'tags' | 'facts'> {
  readonly name: string;
  readonly artifactType: string;
  readonly draft: Draft;
  readonly ttl: TimeToLive;
}

/** An upload in progress. */
export interface StartedUpload {
  /** Resolves when the version exists, PENDING (LOG-5). */
  readonly begun: Promise<unknown>;
  /** Resolves when the version can be found. */
  readonly committed: Promise<Upload>;
}

/** Logs an artifact for a run: begins the upload in one turn and commits it in another. */
export function startUpload(connection: Connection, run: RunName, logging: Logging): StartedUpload {
  const { name, artifactType, draft, aliases, tags, facts = null, ttl } = logging;
  const { manifest, contents } = draft;
  const collection = { entity: run.entity, project: run.project, collection: name };
  const { service } = connection;
  const call = service.nextCall();
  const label = `${printable(name)} of the run ${printable(run.run)}`;
  const begun = connection.change(
    `begin ${label}`,
    (turn) => {
      const upload = beginUpload(turn, {
        collection,
        artifactType,
        manifest,
        aliases,
        tags,
        facts,
        run,
        ttl,
      });
      if (upload.ok) for (const [digest, content] of contents) service.contents.set(digest, content);
      return upload;
    },
    call,
  );
  const commit = async (): Promise<Upload> => {
    const upload = await begun;
    if (upload.how !== 'reused') {
      await connection.change(`commit ${label}`, (turn) => commitUpload(turn, upload), call);
    }
    return upload;
  };
  return { begun, committed: commit() };
}
