import { versionById } from '../store/look-up.ts';
import type { Run } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import { fullRunName, type RunId, type VersionId } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import { type Address, linkAddress } from './fetched.ts';

/** The runs in a version's lineage; deleted runs can no longer be fetched (DEL-12; basis: chosen). */
export interface Lineage {
  readonly loggedBy: Run | null;
  readonly usedBy: readonly Run[];
}

/** The run that logged a version and the runs that used it, the latter by name. */
export function lineageOf(store: Store, { loggedBy, usedBy }: Version): Lineage {
  const exists = (id: RunId): readonly Run[] => {
    const run = store.runs.get(id);
    return run?.exists === true ? [run] : [];
  };
  return {
    loggedBy: (loggedBy === null ? undefined : exists(loggedBy)[0]) ?? null,
    usedBy: [...usedBy.keys()]
      .flatMap(exists)
      .sort((left, right) => byCodePoint(fullRunName(left.name), fullRunName(right.name))),
  };
}

/** The links to a version, in the order of linking. */
export function linksTo(store: Store, versionId: VersionId): readonly Address[] {
  return versionById(store, versionId).links.flatMap((linkId) => {
    const link = store.links.get(linkId);
    return link === undefined ? [] : [{ versionId, link: linkAddress(link) }];
  });
}
