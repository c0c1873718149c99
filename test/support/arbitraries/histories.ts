import fc from 'fast-check';
import { History, type Step } from '../histories/history.ts';
import {
  changeOutOfBand,
  changeSwitches,
  collect,
  collectDue,
  comeAstray,
  crashedCollect,
  deleteAll,
  deleteCollection,
  deleteProject,
  deleteRun,
  deleteVersion,
  draft,
  draftOnLink,
  editAliases,
  endUpload,
  honestLog,
  link,
  log,
  logAgain,
  logLost,
  planBucketFaults,
  planCrash,
  protect,
  recover,
  restore,
  setTeamTtl,
  setTtl,
  step,
  unlink,
  use,
  wait,
} from './actions.ts';
import { anyActor, beginning } from './beginnings.ts';

/** At most how many steps a history has, where a property can afford it. */
export const USUAL_STEPS = 50;

const USUAL = [
  { weight: 6, arbitrary: draft },
  { weight: 4, arbitrary: endUpload },
  { weight: 6, arbitrary: editAliases },
  { weight: 1, arbitrary: protect },
  { weight: 6, arbitrary: link },
  { weight: 2, arbitrary: unlink },
  { weight: 5, arbitrary: use },
  { weight: 16, arbitrary: deleteVersion },
  { weight: 3, arbitrary: deleteCollection },
  { weight: 6, arbitrary: deleteAll },
  { weight: 2, arbitrary: deleteRun },
  { weight: 1, arbitrary: deleteProject },
  { weight: 5, arbitrary: setTtl },
  { weight: 1, arbitrary: setTeamTtl },
  { weight: 9, arbitrary: wait },
  { weight: 3, arbitrary: changeSwitches },
  { weight: 3, arbitrary: collect },
] as const;

const COMING_BACK = [
  { weight: 5, arbitrary: crashedCollect(fc.oneof(comeAstray, logAgain, restore, recover)) },
  { weight: 5, arbitrary: restore },
  { weight: 6, arbitrary: recover },
  { weight: 4, arbitrary: changeOutOfBand },
] as const;

const FAULTS = [
  { weight: 6, arbitrary: crashedCollect(fc.oneof(comeAstray, logAgain)) },
  { weight: 2, arbitrary: planCrash },
  { weight: 6, arbitrary: planBucketFaults },
  { weight: 4, arbitrary: comeAstray },
] as const;

// Two of the chapters get histories of their own, too: what is rare among everything is frequent among a few things.
const OF_THE_BUCKET = [
  { weight: 14, arbitrary: honestLog },
  { weight: 10, arbitrary: logLost },
  { weight: 16, arbitrary: deleteVersion },
  { weight: 4, arbitrary: deleteAll },
  { weight: 12, arbitrary: collectDue },
  { weight: 2, arbitrary: restore },
  { weight: 12, arbitrary: recover },
  { weight: 20, arbitrary: changeOutOfBand },
  { weight: 4, arbitrary: wait },
  { weight: 4, arbitrary: changeSwitches },
  { weight: 6, arbitrary: planBucketFaults },
] as const;
const AMONG_PEOPLE = [
  { weight: 6, arbitrary: draftOnLink },
  { weight: 16, arbitrary: log },
  { weight: 4, arbitrary: endUpload },
  { weight: 6, arbitrary: editAliases },
  { weight: 2, arbitrary: protect },
  { weight: 12, arbitrary: link },
  { weight: 8, arbitrary: use },
  { weight: 14, arbitrary: setTtl },
  { weight: 3, arbitrary: setTeamTtl },
  { weight: 12, arbitrary: wait },
  { weight: 4, arbitrary: deleteVersion },
  { weight: 4, arbitrary: deleteAll },
  { weight: 6, arbitrary: deleteRun },
  { weight: 3, arbitrary: restore },
] as const;

const anyStep = step(fc.oneof({ weight: 22, arbitrary: log }, ...USUAL, ...COMING_BACK, ...FAULTS));
const steadyStep = step(fc.oneof({ weight: 22, arbitrary: honestLog }, ...USUAL, ...FAULTS));

/** Histories of at most so many steps, in which anything happens. */
export function histories(maxSteps: number): fc.Arbitrary<History> {
  return fc.oneof(
    { weight: 4, arbitrary: historiesOf(anyStep, maxSteps) },
    { weight: 2, arbitrary: historiesOf(step(fc.oneof(...OF_THE_BUCKET), fc.constant(null)), maxSteps) },
    { weight: 1, arbitrary: historiesOf(step(fc.oneof(...AMONG_PEOPLE), anyActor), maxSteps) },
  );
}

/**
 * The same, in which what is refused does not depend on what was swept: each content has its one size, and nothing
 * that was deleted is brought back.
 */
export function steadyHistories(maxSteps: number): fc.Arbitrary<History> {
  return historiesOf(steadyStep, maxSteps);
}

/** The same as any, without what no scenario can say: a clock that passes its jobs by, and commands come astray. */
export function tellableHistories(maxSteps: number): fc.Arbitrary<History> {
  return histories(maxSteps).map(
    (history) => new History(history.beginning, history.steps.flatMap(tellable)),
  );
}

function tellable(described: Step): readonly Step[] {
  if (described.kind === 'stray') return [];
  if (described.kind === 'wait') return [{ ...described, withJobs: true }];
  if (described.kind !== 'collect') return [described];
  const [meanwhile = null] = described.meanwhile === null ? [] : tellable(described.meanwhile);
  return [{ ...described, whenDue: false, meanwhile }];
}

function historiesOf(oneStep: fc.Arbitrary<Step>, maxLength: number): fc.Arbitrary<History> {
  // Each step may be none, so that it shrinks to none, wherever it stands.
  const steps = fc.array(fc.option(oneStep, { freq: 30 }), {
    minLength: Math.floor(maxLength / 2),
    maxLength,
    size: 'max',
  });
  // Without the usual bias towards the short, which would seldom come as far as a collection that crashed.
  return fc.noBias(fc.tuple(beginning, steps)).map(
    ([begun, some]) =>
      new History(
        begun,
        some.filter((one) => one !== null),
      ),
  );
}
