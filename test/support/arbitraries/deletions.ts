import fc from 'fast-check';
import type { Store } from '../../../src/store/store.ts';
import { type HistoryStep, stepOf } from '../histories/history.ts';
import type { Plan } from '../histories/resolve.ts';
import { World } from '../histories/world.ts';
import {
  deleteAll,
  deleteCollection,
  deleteProject,
  deleteRun,
  deleteVersion,
  deleteWholeRun,
} from './actions.ts';
import { flag, pick } from './parts.ts';

const deleteLink: fc.Arbitrary<Plan> = pick.map((at) => (world) => {
  const link = world.link(at);
  return link === undefined ? [] : [{ delete: link }];
});
// By its index: what an alias names may depend on what was deleted before.
const deleteByIndex: fc.Arbitrary<Plan> = fc.tuple(pick, flag).map(([at, deleteAliases]) => (world) => {
  const found = world.version({ among: 'committed', at, via: 0 });
  return found === undefined ? [] : [{ delete: found.name, deleteAliases }];
});
const small = fc.oneof({ weight: 4, arbitrary: deleteByIndex }, deleteLink, deleteCollection);

/** Deletions of every kind, some of what a store does not have. */
export const deletions: fc.Arbitrary<readonly Plan[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: deleteVersion }, deleteLink, deleteCollection, deleteRun, deleteProject, {
    weight: 2,
    arbitrary: deleteAll,
  }),
  { minLength: 1, maxLength: 4 },
);

/**
 * Two deletions. A run that is gone with its project no longer names what it logged elsewhere, so that the two are no
 * pair whose order means nothing.
 */
export const deletionPair: fc.Arbitrary<readonly Plan[]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(small, small) },
  fc.tuple(small, deleteProject),
  fc.tuple(small, deleteWholeRun),
  fc.tuple(deleteWholeRun, deleteWholeRun),
  fc.tuple(deleteProject, deleteProject),
);

/** The steps that plans make on one and the same store, none of them played. */
export function stepsOn(store: Store, plans: readonly Plan[]): readonly HistoryStep[] {
  const world = new World({ store });
  return plans
    .flatMap((plan) => [...plan(world)])
    .filter((step) => 'command' in step || stepOf(step) !== null);
}
