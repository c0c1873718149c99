import fc from 'fast-check';
import {
  again,
  alias,
  aliases,
  anyCollection,
  artifactType,
  changes,
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
  run,
  sequence,
  settings,
  version,
} from './arbitrary-parts.ts';
import { type Again, History, type Step, type StrayCommand } from './history.ts';

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
});

const link = fc.record({ kind: fc.constant('link'), version, to: portfolio, aliases });
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

const wait = fc.record({
  kind: fc.constant('wait'),
  duration,
  withJobs: mainly(fc.constant(true), fc.constant(false), 3),
});
const changeSwitches = fc.record({ kind: fc.constant('change switches'), changes });

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
const collect = fc.record({
  kind: fc.constant('collect'),
  whenDue: flag,
  crashes: fc.constant([]),
  meanwhile: fc.constant(null),
});
const crashedCollect = fc.record({
  kind: fc.constant('collect'),
  whenDue: often,
  crashes: fc.array(crashPoint, { minLength: 1, maxLength: 2 }),
  meanwhile: fc.option(fc.oneof(comeAstray, logAgain), { freq: 2 }),
});

const USUAL = [
  { weight: 6, arbitrary: draft },
  { weight: 6, arbitrary: endUpload },
  { weight: 6, arbitrary: editAliases },
  { weight: 5, arbitrary: link },
  { weight: 2, arbitrary: unlink },
  { weight: 2, arbitrary: use },
  { weight: 16, arbitrary: deleteVersion },
  { weight: 4, arbitrary: deleteCollection },
  { weight: 6, arbitrary: deleteAll },
  { weight: 7, arbitrary: wait },
  { weight: 3, arbitrary: changeSwitches },
  { weight: 3, arbitrary: collect },
] as const;

const FAULTS = [
  { weight: 12, arbitrary: crashedCollect },
  { weight: 2, arbitrary: planCrash },
  { weight: 4, arbitrary: comeAstray },
] as const;

/** Any one step, faults among them. */
const anyStep: fc.Arbitrary<Step> = fc.oneof({ weight: 20, arbitrary: log }, ...USUAL, ...FAULTS);
const honestStep: fc.Arbitrary<Step> = fc.oneof({ weight: 20, arbitrary: honestLog }, ...USUAL, ...FAULTS);

/** Histories of at most so many steps, in which anything happens. */
export function histories(maxSteps: number): fc.Arbitrary<History> {
  return historiesOf(anyStep, maxSteps);
}

/** The same, in which each content has its one size: whether another is refused depends on what was swept. */
export function honestHistories(maxSteps: number): fc.Arbitrary<History> {
  return historiesOf(honestStep, maxSteps);
}

function historiesOf(step: fc.Arbitrary<Step>, maxLength: number): fc.Arbitrary<History> {
  // Each step may be none, so that it shrinks to none, wherever it stands.
  const steps = fc.array(fc.option(step, { freq: 30 }), { maxLength, size: 'max' });
  // Without the usual bias towards the short, which would seldom come as far as a collection that crashed.
  return fc.noBias(fc.tuple(settings, steps)).map(
    ([switches, some]) =>
      new History(
        switches,
        some.filter((one) => one !== null),
      ),
  );
}
