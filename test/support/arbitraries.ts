import fc from 'fast-check';
import type { Actor } from '../../src/store/people.ts';
import { actor, beginning, bucketFaults, changes } from './arbitrary-beginnings.ts';
import {
  again,
  alias,
  aliases,
  anyCollection,
  anyRun,
  artifactType,
  details,
  duration,
  entries,
  entriesThatMayLie,
  fewPicks,
  filter,
  flag,
  mainly,
  often,
  path,
  pick,
  portfolio,
  project,
  run,
  sequence,
  ttl,
  version,
} from './arbitrary-parts.ts';
import { type Again, type Deed, History, type Step, type StrayCommand } from './history.ts';

/** At most how many steps a history has, where a property can afford it. */
export const USUAL_STEPS = 50;

const crashPoint = mainly(fc.integer({ min: 1, max: 6 }), fc.nat({ max: 12 }), 2);

const logOf = <Files>(files: fc.Arbitrary<Files>, model: fc.Arbitrary<Again | null>) =>
  fc.record({
    kind: fc.constant('log'),
    committed: mainly(fc.constant(true), fc.constant(false), 2),
    collection: sequence,
    artifactType,
    entries: files,
    again: model,
    details,
  });
const log = logOf(entriesThatMayLie, mainly(fc.constant(null), again, 1));
const honestLog = logOf(entries, mainly(fc.constant(null), again, 1));
const logAgain = logOf(entries, again);

const draft = fc.record({
  kind: fc.constant('draft'),
  base: version,
  add: entries,
  remove: fewPicks,
  removeStrange: mainly(fc.constant(null), path),
  details,
});

const endUpload = fc.record({
  kind: fc.constant('end upload'),
  how: fc.constantFrom('commitVersion', 'abandonVersion'),
  at: pick,
});

const editAliases = fc.record({
  kind: fc.constant('alias'),
  version,
  add: aliases,
  remove: fc.array(alias, { maxLength: 1 }),
  removeBorne: fewPicks,
  protect: fc.constant([]),
});
const linked = fc.record({ among: fc.constant('linked'), at: pick, via: pick });
const held = fc.record({ among: fc.constant('protected'), at: pick, via: fc.constant(0) });
const protect = fc.record({
  kind: fc.constant('alias'),
  version: linked,
  add: fc.constant([]),
  remove: fc.constant([]),
  removeBorne: fc.constant([]),
  protect: fc.array(alias, { minLength: 1, maxLength: 2 }),
});

const link = fc.record({
  kind: fc.constant('link'),
  version,
  to: portfolio,
  aliases,
  protect: mainly(fc.constant([]), fc.constantFrom(['latest'], ['prod', 'best']), 2),
});
const unlink = fc.record({ kind: fc.constant('unlink'), at: pick });
const use = fc.record({ kind: fc.constant('use'), version, run });

const deleteVersion = fc.record({
  kind: fc.constant('delete'),
  version,
  byId: flag,
  deleteAliases: often,
});
const deleteCollection = fc.record({ kind: fc.constant('delete collection'), collection: anyCollection });
const deleteAll = fc.record({
  kind: fc.constant('delete all'),
  collection: anyCollection,
  where: filter,
  deleteAliases: often.map((kept) => !kept),
});

const deleteRun = fc.record({
  kind: fc.constant('delete run'),
  run: anyRun,
  artifacts: often,
  byOwner: flag,
});
const deleteProject = fc.record({ kind: fc.constant('delete project'), project });

const deleted = fc.record({
  among: mainly(fc.constant('deleted'), fc.constant('ever'), 4),
  at: pick,
  via: fc.constant(0),
});
const restore = fc.record({ kind: fc.constant('restore'), version: deleted });
const lacking = fc.record({ among: fc.constant('lacking'), at: pick, via: fc.constant(0) });
const anyFile = fc.record({
  among: fc.constantFrom('ever', 'committed', 'deleted'),
  at: pick,
  via: fc.constant(0),
});
const tamper = fc.record({
  kind: fc.constantFrom('bucket delete', 'bucket undelete'),
  version: mainly(anyFile, lacking, 1),
  file: pick,
});

const recover = fc.record({ kind: fc.constant('recover'), version: mainly(deleted, lacking, 1) });

const setTtl = fc.record({ kind: fc.constant('ttl'), version: mainly(version, held, 1), ttl });
const setTeamTtl = fc.record({
  kind: fc.constant('team ttl'),
  ttl: mainly(ttl, fc.constant('none'), 2),
  membersMaySetTtl: fc.option(flag),
});

const wait = fc.record({
  kind: fc.constant('wait'),
  duration,
  withJobs: mainly(fc.constant(true), fc.constant(false), 3),
});
const changeSwitches = fc.record({ kind: fc.constant('change switches'), changes });

const planBucketFaults = fc.record({ kind: fc.constant('plan bucket faults'), faults: bucketFaults });

const comeAstray = fc.record({
  kind: fc.constant('stray'),
  what: fc.constantFrom<StrayCommand[]>(
    'closeVersion',
    'releaseHolds',
    'sweepObject',
    'reviewVersions',
    'crashGarbageCollection',
    'forgetCrash',
  ),
  at: pick,
});
const planCrash = fc.record({ kind: fc.constant('plan crash'), afterSteps: crashPoint });
const collectWhen = (whenDue: fc.Arbitrary<boolean>) =>
  fc.record({
    kind: fc.constant('collect'),
    whenDue,
    crashes: fc.constant([]),
    meanwhile: fc.constant(null),
  });
const collect = collectWhen(flag);
const collectDue = collectWhen(fc.constant(true));
const crashedCollect = (meanwhile: fc.Arbitrary<Deed>) =>
  fc.record({
    kind: fc.constant('collect'),
    whenDue: mainly(fc.constant(true), fc.constant(false), 5),
    crashes: mainly(fc.tuple(crashPoint), fc.tuple(crashPoint, crashPoint), 1),
    meanwhile: fc.option(step(meanwhile), { freq: 3 }),
  });

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
  { weight: 4, arbitrary: tamper },
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
  { weight: 8, arbitrary: logAgain },
  { weight: 16, arbitrary: deleteVersion },
  { weight: 4, arbitrary: deleteAll },
  { weight: 12, arbitrary: collectDue },
  { weight: 2, arbitrary: restore },
  { weight: 12, arbitrary: recover },
  { weight: 20, arbitrary: tamper },
  { weight: 4, arbitrary: wait },
  { weight: 4, arbitrary: changeSwitches },
  { weight: 6, arbitrary: planBucketFaults },
] as const;
const AMONG_PEOPLE = [
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
    { weight: 1, arbitrary: historiesOf(step(fc.oneof(...OF_THE_BUCKET), fc.constant(null)), maxSteps) },
    { weight: 1, arbitrary: historiesOf(step(fc.oneof(...AMONG_PEOPLE)), maxSteps) },
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

function tellable(told: Step): readonly Step[] {
  if (told.kind === 'stray') return [];
  if (told.kind === 'wait') return [{ ...told, withJobs: true }];
  if (told.kind !== 'collect') return [told];
  const [meanwhile = null] = told.meanwhile === null ? [] : tellable(told.meanwhile);
  return [{ ...told, whenDue: false, meanwhile }];
}

function step(deed: fc.Arbitrary<Deed>, who: fc.Arbitrary<Actor> = actor): fc.Arbitrary<Step> {
  return fc.tuple(deed, who).map(([done, by]) => ({ ...done, by }));
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
