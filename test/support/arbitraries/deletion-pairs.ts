import fc from 'fast-check';
import type { Command } from '../../../src/decider/command.ts';
import type { Store } from '../../../src/store/store.ts';
import type { VersionName } from '../../../src/values/names.ts';
import { committedAt, existingAt, indexNameOf } from '../histories/same-past.ts';
import { anyRun, flag, pick, project } from './parts.ts';

type Deletion = (store: Store) => readonly Command[];

/** The deletion of a version, or of a link, by its name. */
export function deletionOf(name: VersionName, deleteAliases = true): Command {
  return { type: 'deleteVersion', target: { by: 'name', name }, deleteAliases };
}

const ofVersion = fc.tuple(pick, flag).map(
  ([at, deleteAliases]): Deletion =>
    (store) => {
      const version = committedAt(store, at);
      return version === undefined ? [] : [deletionOf(indexNameOf(store, version), deleteAliases)];
    },
);

const ofLink = pick.map(
  (at): Deletion =>
    (store) => {
      const links = [...store.links.unorderedRows()].sort((left, right) => (left.id < right.id ? -1 : 1));
      const link = links[at % Math.max(1, links.length)];
      if (link === undefined) return [];
      return [deletionOf(indexNameOf(store, { collectionId: link.portfolioId, index: link.index }))];
    },
);

const ofCollection = pick.map(
  (at): Deletion =>
    (store) => {
      const collection = existingAt(store, at);
      return collection === undefined ? [] : [{ type: 'deleteCollection', collection: collection.name }];
    },
);

const ofProject = project.map(
  (name): Deletion =>
    () => [{ type: 'deleteProject', project: name }],
);

const ofRun = anyRun.map(
  (run): Deletion =>
    (store) => {
      if ('name' in run) return [{ type: 'deleteRun', run: run.name, artifacts: true }];
      const runs = [...store.runs.unorderedRows()]
        .filter(({ exists }) => exists)
        .sort((left, right) => (left.id < right.id ? -1 : 1));
      const name = runs[run.at % Math.max(1, runs.length)]?.name;
      return name === undefined ? [] : [{ type: 'deleteRun', run: name, artifacts: true }];
    },
);

const small = fc.oneof({ weight: 4, arbitrary: ofVersion }, ofLink, ofCollection);

/**
 * Two deletions of what a store holds. A run that is gone with its project no longer names what it logged elsewhere, so
 * that the two are no pair whose order means nothing.
 */
export const deletionPair: fc.Arbitrary<(store: Store) => readonly Command[]> = fc
  .oneof(
    { weight: 4, arbitrary: fc.tuple(small, small) },
    fc.tuple(small, ofProject),
    fc.tuple(small, ofRun),
    fc.tuple(ofRun, ofRun),
    fc.tuple(ofProject, ofProject),
  )
  .map(([first, second]) => (store) => [...first(store), ...second(store)]);
