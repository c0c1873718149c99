import type { StoreEvent } from '../decider/event.ts';
import type { LogVersion } from '../lifecycle/logging/logging.ts';
import { versionById } from '../store/look-up.ts';
import type { Version } from '../store/version.ts';
import type { VersionId, VersionName } from '../values/names.ts';
import { assert } from '../values/result.ts';
import { type Answer, answered, following } from './answer.ts';
import { isThere, nameAt, undone } from './fetched.ts';
import type { Turn } from './turns.ts';

/** An upload that was begun: the version at that time, and its name. */
export interface Upload {
  readonly version: Version;
  readonly name: VersionName;
  /** Whether nothing is left to upload, since the newest version has the same content (LOG-3). */
  readonly isOver: boolean;
}

/** Begins an upload: the version is PENDING (LOG-5). Refuses as `beginVersion` does. */
export function beginUpload(turn: Turn, upload: Omit<LogVersion, 'type' | 'by'>): Answer<Upload> {
  return following(turn.apply({ type: 'beginVersion', ...upload }), (events) => {
    const { versionId, isOver } = versionIn(events);
    const name = nameAt(turn.store, { versionId, link: null });
    return answered({ version: versionById(turn.store, versionId), name, isOver });
  });
}

/** Commits an upload. Refuses with `not-found` if its beginning was undone; `not-pending` if it is over. */
export function commitUpload(turn: Turn, { version, name }: Upload): Answer<unknown> {
  if (!isThere(turn.store, version)) return undone(name);
  return turn.apply({ type: 'commitVersion', versionId: version.id });
}

function versionIn(events: readonly StoreEvent[]): {
  readonly versionId: VersionId;
  readonly isOver: boolean;
} {
  const described = events.find((event) => event.type === 'versionBegun' || event.type === 'versionReused');
  assert(described !== undefined, 'logging begins a version, or finds one');
  return { versionId: described.versionId, isOver: described.type === 'versionReused' };
}
