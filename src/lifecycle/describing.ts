import type { Who } from '../store/people.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { type VersionFacts, versionFacts } from '../store/version.ts';
import { EMPTY_OBJECT } from '../values/json.ts';
import type { VersionId, VersionName } from '../values/names.ts';
import { accepted, type Decision } from './decision.ts';
import { lookUpVersion } from './targeting.ts';

/** Sets the description, metadata, or tags of a version; what is not given stays. Of a link, those of its source. */
export interface SetFacts {
  readonly type: 'setFacts';
  readonly version: VersionName;
  readonly facts: Partial<Omit<VersionFacts, 'historyStep'>>;
  /** All its tags after the edit (ALI-8). */
  readonly tags?: readonly string[];
  readonly by?: Who;
}

/** The description, metadata, or tags of a version changed. */
export interface FactsSet {
  readonly type: 'factsSet';
  readonly versionId: VersionId;
  /** The new ones; null if there are none. */
  readonly facts: VersionFacts | null;
  /** All its tags from now on. */
  readonly tags: readonly string[];
}

/** Decides an edit of a description, metadata, or tags, which changes no content (LOG-9). Refuses with `not-found`. */
export function decideDescribing(command: SetFacts, store: Store): Decision<FactsSet> {
  const found = lookUpVersion(store, command.version);
  if (!found.ok) return found;
  const { id: versionId, facts: before, tags: tagsBefore } = found.value;
  const { facts, tags = tagsBefore } = command;
  const { description = before?.description ?? null, metadata = before?.metadata ?? EMPTY_OBJECT } = facts;
  const after = versionFacts(description, metadata, before?.historyStep);
  const same =
    after?.description === before?.description &&
    after?.metadata === before?.metadata &&
    JSON.stringify(tags) === JSON.stringify(tagsBefore);
  return accepted(same ? [] : [{ type: 'factsSet', versionId, facts: after, tags }]);
}

/** The evolver of this chapter. */
export const EVOLVE_DESCRIBING: Evolvers<FactsSet> = {
  factsSet: (store, { versionId, facts, tags }) => {
    store.versions = store.versions.amend(versionId, (version) => ({ ...version, facts, tags }));
  },
};
