import { type BeginVersion, versionLogged } from '../lifecycle/logging/logging.ts';
import { versionById } from '../store/look-up.ts';
import type { Version } from '../store/version.ts';
import type { VersionName } from '../values/names.ts';
import { assert } from '../values/result.ts';
import { type Answer, answered, following } from './answer.ts';
import { isThere, nameAt, undone } from './fetched.ts';
import type { Turn } from './turns.ts';

/** An upload that was begun: the version at that time, and its name. */
export interface Upload {
  readonly version: Version;
  readonly name: VersionName;
  /** Whether its version is new, has the same content as what is logged (LOG-3, LOG-11), or was PENDING already (LOG-11). */
  readonly how: 'new' | 'reused' | 'joined';
}

const HOW = { versionBegun: 'new', versionReused: 'reused', uploadJoined: 'joined' } as const;

/** Begins an upload, or continues the one that its client ids name. Refuses as `beginVersion` does. */
export function beginUpload(turn: Turn, upload: Omit<BeginVersion, 'type' | 'by'>): Answer<Upload> {
  return following(turn.apply({ type: 'beginVersion', ...upload }), (events) => {
    const logged = versionLogged(events);
    assert(logged !== undefined, 'logging begins a version, or finds one');
    const { versionId, type } = logged;
    const name = nameAt(turn.store, { versionId, link: null });
    return answered({ version: versionById(turn.store, versionId), name, how: HOW[type] });
  });
}

/** Commits an upload. Refuses with `not-found` if its beginning was undone; `not-pending` if it is over. */
export function commitUpload(
  turn: Turn,
  { version, name }: Pick<Upload, 'version' | 'name'>,
): Answer<unknown> {
  if (!isThere(turn.store, version)) return undone(name);
  return turn.apply({ type: 'commitVersion', versionId: version.id });
}
