import type { Who } from '../store/people.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { type VersionFacts, versionFacts } from '../store/version.ts';
import { EMPTY_OBJECT } from '../values/json.ts';
import type { VersionId, VersionName } from '../values/names.ts';
import { accepted, type Decision } from './decision.ts';
import { lookUpVersion } from './targeting.ts';

/** Sets the description or metadata of a version; what is not given stays. Of a link, those of its source. */
export interface SetFacts {
  readonly type: 'setFacts';
  readonly version: VersionName;
  readonly facts: Partial<VersionFacts>;
  readonly by?: Who;
}

/** The description or metadata of a version changed; these are the new ones, null if there are none. */
export interface FactsSet {
  readonly type: 'factsSet';
  readonly versionId: VersionId;
  readonly facts: VersionFacts | null;
}

/** Decides an edit of a description or metadata, which changes no content (LOG-9). Refuses with `not-found`. */
export function decideDescribing({ version, facts }: SetFacts, store: Store): Decision<FactsSet> {
  const found = lookUpVersion(store, version);
  if (!found.ok) return found;
  const { id: versionId, facts: before } = found.value;
  const { description = before?.description ?? null, metadata = before?.metadata ?? EMPTY_OBJECT } = facts;
  const after = versionFacts(description, metadata);
  const same = after?.description === before?.description && after?.metadata === before?.metadata;
  return accepted(same ? [] : [{ type: 'factsSet', versionId, facts: after }]);
}

/** The evolver of this chapter. */
export const EVOLVE_DESCRIBING: Evolvers<FactsSet> = {
  factsSet: (store, { versionId, facts }) => {
    store.versions = store.versions.amend(versionId, (version) => ({ ...version, facts }));
  },
};
