import type { Answer } from '../../service/answer.ts';
import { answered } from '../../service/answer.ts';
import type { Store } from '../../store/store.ts';
import type { VersionId } from '../../values/names.ts';
import type { Host } from '../host.ts';

/** Accepts a manifest file. */
export async function acceptManifest(
  _host: Host,
  _manifestId: string,
  _bytes: Uint8Array,
): Promise<Answer<unknown>> {
  return answered(null);
}

/** The manifest file of a version. */
export function manifestFile(_store: Store, _versionId: VersionId): Uint8Array | undefined {
  return undefined;
}
