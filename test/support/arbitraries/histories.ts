import fc from 'fast-check';
import type { History } from '../histories/history.ts';
import { historyOf, type Plan } from '../histories/resolve.ts';
import {
  addFiles,
  beginNamed,
  by,
  changeOutOfBand,
  changeSettings,
  changeType,
  collect,
  collectDue,
  crashedCollect,
  deleteAll,
  deleteCollection,
  deleteProject,
  deleteRun,
  deleteRunThatLogsAgain,
  deleteVersion,
  describe,
  describeCollection,
  describeRun,
  draft,
  draftOnLink,
  editAliases,
  endUpload,
  finishRun,
  honestLog,
  link,
  log,
  logAgain,
  logLost,
  planBucketFaults,
  planCrash,
  protect,
  recover,
  rename,
  restore,
  setTeamTtl,
  setTtl,
  startRun,
  unlink,
  unplannedStep,
  use,
  wait,
} from './actions.ts';
import { anyActor, head } from './beginnings.ts';

/** At most how many plans a history has, where a property can afford it. */
export const USUAL_STEPS = 50;

const USUAL = [
  [6, draft],
  [4, endUpload],
  [3, addFiles],
  [5, beginNamed],
  [6, editAliases],
  [1, protect],
  [2, describe],
  [1, describeCollection],
  [4, rename],
  [2, changeType],
  [6, link],
  [2, unlink],
  [5, use],
  [2, startRun],
  [1, describeRun],
  [2, finishRun],
  [16, deleteVersion],
  [3, deleteCollection],
  [6, deleteAll],
  [2, deleteRun],
  [1, deleteProject],
  [5, setTtl],
  [1, setTeamTtl],
  [9, wait],
  [3, changeSettings],
  [3, collect],
] as const satisfies readonly Weighted[];

const COMING_BACK = [
  [5, crashedCollect(fc.oneof(unplannedStep, logAgain, restore, recover))],
  [5, restore],
  [6, recover],
  [4, changeOutOfBand],
] as const satisfies readonly Weighted[];

const FAULTS = [
  [6, crashedCollect(fc.oneof(unplannedStep, logAgain))],
  [2, planCrash],
  [6, planBucketFaults],
  [4, unplannedStep],
] as const satisfies readonly Weighted[];

// Two of the chapters get histories of their own, too: what is rare among everything is frequent among a few things.
const OF_THE_BUCKET = [
  [14, honestLog],
  [10, logLost],
  [16, deleteVersion],
  [4, deleteAll],
  [12, collectDue],
  [2, restore],
  [12, recover],
  [20, changeOutOfBand],
  [4, wait],
  [4, changeSettings],
  [6, planBucketFaults],
] as const satisfies readonly Weighted[];
const AMONG_PEOPLE = [
  [6, draftOnLink],
  [16, log],
  [4, endUpload],
  [6, editAliases],
  [2, protect],
  [3, describe],
  [1, describeCollection],
  [2, rename],
  [2, changeType],
  [12, link],
  [6, unlink],
  [8, use],
  [4, startRun],
  [2, describeRun],
  [4, finishRun],
  [4, deleteRunThatLogsAgain],
  [14, setTtl],
  [3, setTeamTtl],
  [12, wait],
  [4, deleteVersion],
  [4, deleteAll],
  [9, deleteRun],
  [9, logAgain],
  [3, restore],
] as const satisfies readonly Weighted[];

const anyPlan = by(oneOf([22, log], ...USUAL, ...COMING_BACK, ...FAULTS));
const steadyPlan = by(oneOf([22, honestLog], ...USUAL, ...FAULTS));

/** Histories of at most so many plans, in which anything happens. */
export function histories(maxPlans: number): fc.Arbitrary<History> {
  return fc.oneof(
    { weight: 4, arbitrary: historiesOf(anyPlan, maxPlans) },
    { weight: 2, arbitrary: bucketHistories(maxPlans) },
    { weight: 1, arbitrary: historiesOf(by(oneOf(...AMONG_PEOPLE), anyActor), maxPlans) },
  );
}

/** The same, mostly about what the bucket keeps of what is deleted. */
export function bucketHistories(maxPlans: number): fc.Arbitrary<History> {
  return historiesOf(oneOf(...OF_THE_BUCKET), maxPlans);
}

/**
 * The same, in which what is refused does not depend on what was swept: each content has its one size, and nothing
 * that was deleted is brought back.
 */
export function steadyHistories(maxPlans: number): fc.Arbitrary<History> {
  return historiesOf(steadyPlan, maxPlans);
}

type Weighted = readonly [weight: number, arbitrary: fc.Arbitrary<Plan>];

function oneOf(...plans: readonly Weighted[]): fc.Arbitrary<Plan> {
  return fc.oneof(...plans.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

function historiesOf(plan: fc.Arbitrary<Plan>, maxLength: number): fc.Arbitrary<History> {
  // Each plan may be none, so that it shrinks to none, wherever it is.
  const plans = fc.array(fc.option(plan, { freq: 30 }), {
    minLength: Math.floor(maxLength / 2),
    maxLength,
    size: 'max',
  });
  // Without the usual bias towards the short, which would seldom come as far as a collection that crashed.
  return fc.noBias(fc.tuple(head, plans)).map(([begun, some]) =>
    historyOf(
      begun,
      some.filter((one) => one !== null),
    ),
  );
}
