import type { StoreEvent } from '../../decider/event.ts';
import type { LogVersion } from '../../lifecycle/logging.ts';
import { versionById } from '../../store/look-up.ts';
import type { TimeToLive } from '../../store/time-to-live.ts';
import type { Version } from '../../store/version.ts';
import { printable, type RunName, type VersionId, type VersionName } from '../../values/names.ts';
import { assert } from '../../values/result.ts';
import { isThere, nameAt, undone } from '../artifact-facts.ts';
import type { Connection } from '../connection.ts';
import { errorOf } from '../errors.ts';
import type { Draft } from './draft.ts';

/** The content and options of an upload. */
export interface Logging extends Pick<LogVersion, 'aliases' | 'tags'> {
  readonly name: string;
  readonly artifactType: string;
  readonly draft: Draft;
  readonly ttl: TimeToLive;
}

/** The result of an upload: the version as of its beginning, and its name. */
export interface Uploaded {
  readonly version: Version;
  readonly name: VersionName;
}

/** An upload in progress, and the version that it creates or finds. */
export interface Upload {
  /** Resolves when the version exists, PENDING (LOG-5). */
  readonly begun: Promise<unknown>;
  /** Resolves when the version can be found. */
  readonly committed: Promise<Uploaded>;
}

/** Logs an artifact for a run: begins the upload in one turn and commits it in another. */
export function startUpload(connection: Connection, run: RunName, logging: Logging): Upload {
  const { name, artifactType, draft, aliases, tags, ttl } = logging;
  const { manifest, contents } = draft;
  const collection = { entity: run.entity, project: run.project, collection: name };
  const command = { type: 'beginVersion', collection, artifactType, manifest } as const;
  const call = connection.server.nextCall();
  const label = `${printable(name)} of the run ${printable(run.run)}`;
  const begin = connection.change(
    `begin ${label}`,
    (asking) => {
      const events = asking.ask({ ...command, aliases, tags, run, ttl });
      for (const [digest, content] of contents) connection.server.contents.set(digest, content);
      const { versionId, isOver } = versionIn(events);
      const version = versionById(asking.store, versionId);
      return { version, name: nameAt(asking.store, { versionId, link: null }), isOver };
    },
    call,
  );
  const commit = async (): Promise<Uploaded> => {
    const { version, name, isOver } = await begin;
    if (isOver) return { version, name };
    await connection.change(
      `commit ${label}`,
      ({ store, ask }) => {
        if (!isThere(store, version)) throw errorOf(undone(name));
        ask({ type: 'commitVersion', versionId: version.id });
      },
      call,
    );
    return { version, name };
  };
  return { begun: begin, committed: commit() };
}

// LOG-3: content equal to the newest version is not uploaded again.
function versionIn(events: readonly StoreEvent[]): {
  readonly versionId: VersionId;
  readonly isOver: boolean;
} {
  const described = events.find((event) => event.type === 'versionBegun' || event.type === 'versionReused');
  assert(described !== undefined, 'logging begins a version, or finds one');
  return { versionId: described.versionId, isOver: described.type === 'versionReused' };
}
