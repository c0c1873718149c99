import type { Store } from '../../../src/store/store.ts';
import { canonical } from '../stores/canonical-summary.ts';

/** What runs say of versions, and versions of runs, where the two do not agree (DEL-10, DEL-12). */
export function lineageViolations(store: Store): readonly string[] {
  const ofVersions: string[] = [];
  for (const { id, loggedBy, usedBy } of store.versions.unorderedRows()) {
    if (loggedBy !== null) ofVersions.push(`${loggedBy} logged ${id}`);
    for (const runId of usedBy.keys()) ofVersions.push(`${runId} used ${id}`);
  }
  const ofRuns: string[] = [];
  for (const { id, logged, used } of store.runs.unorderedRows()) {
    // RUN-3: what another run created is only an output of this one.
    const created = [...logged.keys()].filter((versionId) => store.versions.get(versionId)?.loggedBy === id);
    for (const versionId of created) ofRuns.push(`${id} logged ${versionId}`);
    for (const versionId of used.keys()) ofRuns.push(`${id} used ${versionId}`);
  }
  const [left, right] = [canonical(ofRuns.sort()), canonical(ofVersions.sort())];
  return left === right ? [] : [`DEL-12: runs say ${left}, and versions ${right}`];
}
