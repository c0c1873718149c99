import fc from 'fast-check';
import { MANAGED_BUCKET } from '../../../src/bucket/policy.ts';
import type { DeletionCommand } from '../../../src/insight/plan-deletions.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import { allVersions } from '../../../src/store/holders.ts';
import { nameOfLink, nameOfVersion } from '../../../src/store/look-up.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import { type Seconds, seconds } from '../../../src/values/units.ts';
import {
  abandon,
  alias,
  begin,
  bucketDelete,
  bucketUndelete,
  commit,
  type Files,
  link,
  log,
  planCrash,
  recover,
  remove,
  removeAll,
  removeCollection,
  removeProject,
  removeRun,
  removeWithAliases,
  restore,
  server,
  setTeamTtl,
  setTtl,
} from '../stores/builders.ts';
import { peopleOf } from '../stores/people.ts';

const DAY = 86_400;
const HOUR = 3_600;
const SEQUENCES = ['animals', 'plants', 'lab/animals', 'rival/demo/animals'];
const CONTENTS: Files = { cat: '2MB', dog: '1MB', rat: '3MB', ant: '1B', nothing: '0B' };
const GC_ON = [{ name: 'GORILLA_ARTIFACT_GC_ENABLED', value: 'true' }];

/** Something that is done to a store; a number picks one of what there is, modulo how many there are. */
export type Act = (simulator: Simulator) => void;

/** A store that can be made again, as often as it is needed. */
export interface MadeStore {
  readonly make: () => Simulator;
  /** Deletions of what it may have. */
  readonly deletionsIn: (store: Store) => readonly DeletionCommand[];
}

const nth = fc.nat({ max: 60 });
const some = fc
  .subarray(Object.entries(CONTENTS), { minLength: 1 })
  .map((entries): Files => Object.fromEntries(entries));
const sequence = fc.constantFrom('animals', 'animals', 'animals', ...SEQUENCES);
const aliases = fc.subarray(['best', 'prod', '__proto__']);
const ttl = fc.constantFrom('inherit', 'none', '1d', '3d', '20d');
const span = fc.constantFrom(0, 1, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 9 * DAY, 40 * DAY).map(seconds);

const logged = fc
  .tuple(fc.constantFrom(log, log, log, begin), sequence, some, aliases, ttl, fc.constantFrom('r1', 'r2'))
  .map(([how, name, files, borne, lasting, run]): Act => {
    const command = how(name, files, { aliases: borne, ttl: lasting, run });
    return (simulator) => void simulator.dispatch(command);
  });

function onVersion(act: (simulator: Simulator, name: string, store: Store) => void): fc.Arbitrary<Act> {
  return nth.map((at) => (simulator) => {
    const name = pickedVersion(simulator.store, at);
    if (name !== undefined) act(simulator, name, simulator.store);
  });
}

const deleted = onVersion((simulator, name) => void simulator.dispatch(removeWithAliases(name)));
const restored = onVersion((simulator, name) => void simulator.dispatch(restore(name)));
const recovered = onVersion((simulator, name) => void simulator.dispatch(recover(name)));
const linked = onVersion((simulator, name) => void simulator.dispatch(link(name, 'models/prod', ['live'])));
const guarded = onVersion((simulator, name) => {
  simulator.dispatch(link(name, 'models/guarded', ['golden']));
  simulator.dispatch(alias('models/guarded:golden', { protect: ['golden'] }));
});
const outOfBand = fc.tuple(nth, fc.constantFrom(...Object.keys(CONTENTS)), fc.boolean()).map(
  ([at, path, away]): Act =>
    (simulator) => {
      const name = pickedVersion(simulator.store, at);
      const act = away ? bucketDelete : bucketUndelete;
      if (name !== undefined) simulator.dispatch(act(`${name}/${path}`));
    },
);
const lastingSet = fc.tuple(nth, ttl).map(
  ([at, lasting]): Act =>
    (simulator) => {
      const name = pickedVersion(simulator.store, at);
      if (name !== undefined) simulator.dispatch(setTtl(name, lasting));
    },
);
const uploadEnded = fc.tuple(nth, fc.constantFrom(commit, abandon)).map(
  ([at, end]): Act =>
    (simulator) => {
      const uploads = [...simulator.store.uploads.entries()];
      const [, versionId] = uploads[at % Math.max(1, uploads.length)] ?? [];
      if (versionId !== undefined) simulator.dispatch(end(versionId));
    },
);
const waited = span.map(
  (duration): Act =>
    (simulator) =>
      void simulator.wait(duration),
);
const crashed = fc.nat({ max: 6 }).map(
  (steps): Act =>
    (simulator) => {
      // Everything that was deleted is due, so that there is something to be interrupted in.
      simulator.dispatch({ type: 'moveClock', bySeconds: simulator.store.settings.retentionSeconds });
      simulator.dispatch(planCrash(steps));
      simulator.collectGarbage();
      simulator.dispatch({ type: 'forgetCrash' });
    },
);
const teamTtl = fc.constantFrom('none', '2d', '15d').map(
  (lasting): Act =>
    (simulator) =>
      void simulator.dispatch(setTeamTtl(lasting)),
);
const switched = fc
  .record({
    retentionSeconds: fc.constantFrom(0, HOUR, 7 * DAY, 20 * DAY).map(seconds),
    sharing: fc.constantFrom('collection', 'entity'),
    noncurrentCopies: fc.constantFrom(0, 1, 2),
    noncurrentDays: fc.constantFrom(1, 30),
  })
  .map(
    ({ retentionSeconds, sharing, ...bucket }): Act =>
      (simulator) =>
        void simulator.dispatch(server({ retentionSeconds, sharing, bucket })),
  );

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 14, arbitrary: logged },
  { weight: 6, arbitrary: deleted },
  { weight: 6, arbitrary: waited },
  { weight: 2, arbitrary: linked },
  { weight: 1, arbitrary: guarded },
  { weight: 2, arbitrary: lastingSet },
  { weight: 2, arbitrary: uploadEnded },
  { weight: 2, arbitrary: restored },
  { weight: 2, arbitrary: recovered },
  { weight: 2, arbitrary: outOfBand },
  { weight: 2, arbitrary: crashed },
  { weight: 1, arbitrary: teamTtl },
  { weight: 1, arbitrary: switched },
);

const policy = {
  noncurrentCopies: fc.constantFrom(0, 1, 2, 3),
  noncurrentDays: fc.constantFrom(1, 5, 30),
  softDeleteDays: fc.constantFrom(1, 7),
};

const served: fc.Arbitrary<Settings> = fc
  .record({
    deployment: fc.constantFrom('shared-cloud', 'bring-your-own-bucket', 'self-managed'),
    provider: fc.constantFrom('aws', 'minio', 'azure'),
    protects: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.boolean() }),
    retentionSeconds: fc.constantFrom(7 * DAY, 0, 1, HOUR, 3 * DAY).map(seconds),
    gcEverySeconds: fc.constantFrom(6 * HOUR, 1, HOUR, DAY, 7 * DAY).map(seconds),
    abandonAfterSeconds: fc.constantFrom(7 * DAY, HOUR).map(seconds),
    sharing: fc.constantFrom('collection', 'entity'),
    ...policy,
  })
  .map(({ deployment, provider, protects, noncurrentCopies, noncurrentDays, softDeleteDays, ...others }) => ({
    ...DEFAULT_SETTINGS,
    ...others,
    deployment,
    env: GC_ON,
    bucket: {
      ...MANAGED_BUCKET,
      noncurrentCopies,
      noncurrentDays,
      softDeleteDays,
      ...(deployment === 'shared-cloud'
        ? {}
        : {
            provider,
            versioning: protects && provider !== 'azure',
            softDelete: protects && provider === 'azure',
          }),
    },
  }));

const deletion: fc.Arbitrary<(store: Store) => DeletionCommand> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(nth, fc.boolean()).map(
      ([at, deleteAliases]) =>
        (store: Store) =>
          remove(pickedVersion(store, at, listedVersions(store)) ?? 'animals:v0', { deleteAliases }),
    ),
  },
  {
    weight: 1,
    arbitrary: nth.map((at) => (store: Store) => remove(pickedLink(store, at) ?? 'models/prod:v0')),
  },
  { weight: 2, arbitrary: sequence.map((name) => () => removeCollection(name)) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('r1', 'r2'), fc.boolean()).map(
      ([run, artifacts]) =>
        () =>
          removeRun(run, { artifacts }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('demo', 'lab', 'nowhere').map((name) => () => removeProject(name)),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        sequence,
        fc.record({
          withoutAliases: fc.boolean(),
          withAlias: fc.constantFrom(null, null, 'latest', '__proto__'),
          olderThanSeconds: fc.oneof(fc.constant(null), span),
          keepLast: fc.constantFrom(null, null, 0, 1, 2),
        }),
        fc.boolean(),
      )
      .map(
        ([name, where, deleteAliases]) =>
          () =>
            removeAll(name, where, { deleteAliases }),
      ),
  },
);

/** Stores with shared content in every state, on all kinds of servers and buckets, with deletions to be planned. */
export const madeStores: fc.Arbitrary<MadeStore> = fc
  // Without the usual bias towards the short, which would seldom have anything to delete.
  .noBias(
    fc.record({
      settings: served,
      ttlDefaultSeconds: fc.constantFrom<(Seconds | null)[]>(null, null, seconds(10 * DAY)),
      acts: fc.array(act, { maxLength: 30, size: 'max' }),
      deletions: fc.array(deletion, { minLength: 1, maxLength: 4 }),
      by: fc.constantFrom(null, null, null, null, null, 'bob', 'bob', 'vera'),
    }),
  )
  .map(({ settings, ttlDefaultSeconds, acts, deletions, by }) => ({
    make: () => {
      const people = peopleOf({ team: { bob: 'member', vera: 'viewer' }, ttlDefaultSeconds });
      const simulator = new Simulator(settings, people);
      for (const one of acts) one(simulator);
      return simulator;
    },
    deletionsIn: (store) => deletions.map((one) => ({ ...one(store), by })),
  }));

function listedVersions(store: Store): readonly Version[] {
  const listed = allVersions(store).filter(({ state }) => state.kind === 'COMMITTED');
  return listed.length > 0 ? listed : allVersions(store);
}

function pickedVersion(store: Store, at: number, versions = allVersions(store)): string | undefined {
  const version = versions[at % Math.max(1, versions.length)];
  return version === undefined ? undefined : nameOfVersion(store, version.id);
}

function pickedLink(store: Store, at: number): string | undefined {
  const names = [...store.links.unorderedRows()].map((row) => nameOfLink(store, row)).sort();
  return names[at % Math.max(1, names.length)];
}
