import fc from 'fast-check';
import type { Who } from '../../src/store/people.ts';
import { NO_TTL } from '../../src/store/time-to-live.ts';
import { actor, bucketFaults, changes } from './arbitrary-beginnings.ts';
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
import type { Action, Again, Step, StrayCommand, VersionPick } from './history.ts';

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
export const log: fc.Arbitrary<Action> = logOf(entriesThatMayLie, mainly(fc.constant(null), again, 1));
export const honestLog: fc.Arbitrary<Action> = logOf(entries, mainly(fc.constant(null), again, 1));
export const logAgain: fc.Arbitrary<Action> = logOf(entries, again);
export const logLost: fc.Arbitrary<Action> = logOf(
  entries,
  fc.record({ at: pick, among: fc.constant('lacking'), home: often }),
);

const linked = fc.record({ among: fc.constant('linked'), at: pick, via: pick });
const draftOf = (base: fc.Arbitrary<VersionPick>): fc.Arbitrary<Action> =>
  fc.record({
    kind: fc.constant('draft'),
    base,
    add: entries,
    remove: fewPicks,
    removeStrange: mainly(fc.constant(null), path),
    details,
  });
export const draft = draftOf(version);
export const draftOnLink = draftOf(linked);

export const endUpload: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('end upload'),
  how: fc.constantFrom('commitVersion', 'abandonVersion'),
  at: pick,
});

export const editAliases: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('alias'),
  version,
  add: aliases,
  remove: fc.array(alias, { maxLength: 1 }),
  removeBorne: fewPicks,
  protect: fc.constant([]),
});
const held = fc.record({ among: fc.constant('protected'), at: pick, via: fc.constant(0) });
export const protect: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('alias'),
  version: linked,
  add: fc.constant([]),
  remove: fc.constant([]),
  removeBorne: fc.constant([]),
  protect: fc.array(alias, { minLength: 1, maxLength: 2 }),
});

export const link: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('link'),
  version,
  to: portfolio,
  aliases,
  protect: mainly(fc.constant([]), fc.constantFrom(['latest'], ['prod', 'best']), 2),
});
export const unlink: fc.Arbitrary<Action> = fc.record({ kind: fc.constant('unlink'), at: pick });
export const use: fc.Arbitrary<Action> = fc.record({ kind: fc.constant('use'), version, run });

export const deleteVersion: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('delete'),
  version,
  byId: flag,
  deleteAliases: often,
});
export const deleteCollection: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('delete collection'),
  collection: anyCollection,
});
export const deleteAll: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('delete all'),
  collection: anyCollection,
  where: filter,
  deleteAliases: often.map((kept) => !kept),
});

export const deleteRun: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('delete run'),
  run: anyRun,
  artifacts: often,
  byOwner: flag,
});
export const deleteProject: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('delete project'),
  project,
});

const deleted = fc.record({
  among: mainly(fc.constant('deleted'), fc.constant('ever'), 4),
  at: pick,
  via: fc.constant(0),
});
export const restore: fc.Arbitrary<Action> = fc.record({ kind: fc.constant('restore'), version: deleted });
const lacking = fc.record({ among: fc.constant('lacking'), at: pick, via: fc.constant(0) });
const anyFile = fc.record({
  among: fc.constantFrom('ever', 'committed', 'deleted'),
  at: pick,
  via: fc.constant(0),
});
export const changeOutOfBand: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom('bucket delete', 'bucket undelete'),
  version: mainly(anyFile, lacking, 1),
  file: pick,
});

export const recover: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('recover'),
  version: mainly(deleted, lacking, 1),
});

export const setTtl: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('ttl'),
  version: mainly(version, held, 1),
  ttl,
});
export const setTeamTtl: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('team ttl'),
  ttl: mainly(ttl, fc.constant(NO_TTL), 2),
  membersMaySetTtl: fc.option(flag, { nil: null }),
});

export const wait: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('wait'),
  duration,
  withJobs: mainly(fc.constant(true), fc.constant(false), 3),
});
export const changeSwitches: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('change switches'),
  changes,
});

export const planBucketFaults: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('plan bucket faults'),
  faults: bucketFaults,
});

export const comeAstray: fc.Arbitrary<Action> = fc.record({
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
export const planCrash: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('plan crash'),
  afterSteps: crashPoint,
});
const collectWhen = (whenDue: fc.Arbitrary<boolean>) =>
  fc.record({
    kind: fc.constant('collect'),
    whenDue,
    crashes: fc.constant([]),
    meanwhile: fc.constant(null),
  });
export const collect: fc.Arbitrary<Action> = collectWhen(flag);
export const collectDue: fc.Arbitrary<Action> = collectWhen(fc.constant(true));
export const crashedCollect = (meanwhile: fc.Arbitrary<Action>) =>
  fc.record({
    kind: fc.constant('collect'),
    whenDue: mainly(fc.constant(true), fc.constant(false), 5),
    crashes: mainly(fc.tuple(crashPoint), fc.tuple(crashPoint, crashPoint), 1),
    meanwhile: fc.option(step(meanwhile), { freq: 3 }),
  });

/** A deed, and who does it. */
export function step(action: fc.Arbitrary<Action>, who: fc.Arbitrary<Who> = actor): fc.Arbitrary<Step> {
  return fc.tuple(action, who).map(([done, by]) => ({ ...done, by }));
}
