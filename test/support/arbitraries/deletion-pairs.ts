import fc from 'fast-check';
import type { Store } from '../../../src/store/store.ts';
import { shortCollectionName, shortRunName } from '../../../src/values/names.ts';
import { committedAt, existingAt, indexNameOf } from '../histories/same-past.ts';
import type { StoryStep } from '../histories/story-step.ts';
import { anyRun, flag, pick, project } from './parts.ts';

type Deletion = (store: Store) => readonly StoryStep[];

const ofVersion = fc.tuple(pick, flag).map(
  ([at, deleteAliases]): Deletion =>
    (store) => {
      const version = committedAt(store, at);
      return version === undefined ? [] : [{ delete: indexNameOf(store, version), deleteAliases }];
    },
);

const ofLink = pick.map(
  (at): Deletion =>
    (store) => {
      const links = [...store.links.unorderedRows()].sort((left, right) => (left.id < right.id ? -1 : 1));
      const link = links[at % Math.max(1, links.length)];
      if (link === undefined) return [];
      return [{ delete: indexNameOf(store, { collectionId: link.portfolioId, index: link.index }) }];
    },
);

const ofCollection = pick.map(
  (at): Deletion =>
    (store) => {
      const collection = existingAt(store, at);
      return collection === undefined ? [] : [{ 'delete collection': shortCollectionName(collection.name) }];
    },
);

const ofProject = project.map(
  (name): Deletion =>
    () => [{ 'delete project': name }],
);

const ofRun = anyRun.map(
  (run): Deletion =>
    (store) => {
      if (typeof run === 'string') return [{ 'delete run': run, artifacts: true }];
      const runs = [...store.runs.unorderedRows()]
        .filter(({ exists }) => exists)
        .sort((left, right) => (left.id < right.id ? -1 : 1));
      const name = runs[run % Math.max(1, runs.length)]?.name;
      return name === undefined ? [] : [{ 'delete run': shortRunName(name), artifacts: true }];
    },
);

const small = fc.oneof({ weight: 4, arbitrary: ofVersion }, ofLink, ofCollection);

/**
 * Two deletions of what a store holds. A run that is gone with its project no longer names what it logged elsewhere, so
 * that the two are no pair whose order means nothing.
 */
export const deletionPair: fc.Arbitrary<Deletion> = fc
  .oneof(
    { weight: 4, arbitrary: fc.tuple(small, small) },
    fc.tuple(small, ofProject),
    fc.tuple(small, ofRun),
    fc.tuple(ofRun, ofRun),
    fc.tuple(ofProject, ofProject),
  )
  .map(([first, second]) => (store) => [...first(store), ...second(store)]);
