import fc from 'fast-check';
import { type BucketCall, type BucketFault, FAULT_KINDS } from '../../../src/bucket/faults.ts';
import { type BucketPolicy, MANAGED_BUCKET } from '../../../src/bucket/policy.ts';
import { ENABLING_VARIABLE } from '../../../src/gc/requirements.ts';
import type { SettingsChanges } from '../../../src/lifecycle/operating.ts';
import { type People, ROLES, type Who } from '../../../src/store/people.ts';
import { DEPLOYMENTS, type Settings, type Variable } from '../../../src/store/settings.ts';
import { seconds } from '../../../src/values/units.ts';
import type { Beginning } from '../histories/history.ts';
import { peopleOf } from '../stores/people.ts';
import { DAY, flag, HOUR, mainly, often } from './parts.ts';
import { ODD_TEXTS } from './texts.ts';

/** The one registry that there may be: the project to which histories link. */
export const REGISTRY = 'models';

const copies = {
  noncurrentCopies: fc.constantFrom(2, 1, 1, 3, 0),
  noncurrentDays: fc.constantFrom(30, 1, 3, 8),
  softDeleteDays: fc.constantFrom(7, 1, 3, 20),
};
const mostlyTrue = mainly(fc.constant(true), fc.constant(false), 4);
const ownBucket = fc.oneof(
  fc.record({ provider: fc.constantFrom('aws', 'gcp', 'minio'), versioning: mostlyTrue }),
  fc.record({ provider: fc.constant('azure'), softDelete: mostlyTrue }),
);
/** A bucket that is one, of every provider, protected or not. */
const bucket: fc.Arbitrary<BucketPolicy> = fc
  .record({ ...copies, own: fc.option(ownBucket, { freq: 4 }) })
  .map(({ own, ...days }) => ({ ...MANAGED_BUCKET, ...days, ...own }));

const variable = (...values: readonly [string, ...string[]]): fc.Arbitrary<readonly Variable[]> =>
  fc.constantFrom(...values).map((value) => [{ name: ENABLING_VARIABLE, value }]);
const env: fc.Arbitrary<readonly Variable[]> = fc.oneof(
  { weight: 6, arbitrary: variable('true') },
  { weight: 1, arbitrary: variable('false', 'TRUE', '') },
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS).map((name) => [{ name, value: 'true' }]) },
);

const switches = {
  deployment: mainly(fc.constant('shared-cloud'), fc.constantFrom(...DEPLOYMENTS), 1),
  retentionSeconds: fc.constantFrom(7 * DAY, 0, 1, HOUR, DAY, 30 * DAY).map(seconds),
  gcEverySeconds: fc.constantFrom(6 * HOUR, HOUR / 6, HOUR, DAY, 7 * DAY).map(seconds),
  abandonAfterSeconds: fc.constantFrom(7 * DAY, 14 * DAY, DAY, HOUR, 0).map(seconds),
  sharing: fc.constantFrom('collection', 'entity'),
  latestAfterDelete: fc.constantFrom('absent', 'resolve-newest'),
  collector: fc.constant('reference-counting'),
} satisfies {
  readonly [Switch in Exclude<keyof Settings, 'env' | 'bucket'>]: fc.Arbitrary<Settings[Switch]>;
};

/** The switches of a server: the whole configuration is drawn, too. */
const settings: fc.Arbitrary<Settings> = fc.record({ ...switches, env, bucket }).map((drawn) => {
  const brought = drawn.deployment === 'bring-your-own-bucket' || drawn.deployment === 'self-managed';
  return brought && drawn.bucket.provider === 'managed'
    ? { ...drawn, bucket: { ...drawn.bucket, provider: 'aws' } }
    : drawn;
});

const bucketChanges: fc.Arbitrary<Partial<BucketPolicy>> = fc.oneof(
  { weight: 6, arbitrary: fc.record(copies, { requiredKeys: [] }) },
  { weight: 4, arbitrary: fc.constant({ noncurrentCopies: 0 }) },
  { weight: 2, arbitrary: fc.constantFrom({ versioning: true }, { softDelete: true }) },
  { weight: 1, arbitrary: fc.constantFrom({ versioning: false }, { softDelete: false }) },
  { weight: 2, arbitrary: bucket },
);
const { deployment, ...others } = switches;
/** Switches that an operator changes, to what is no such bucket now and then. */
export const changes: fc.Arbitrary<SettingsChanges> = fc.oneof(
  { weight: 3, arbitrary: fc.record(others, { requiredKeys: [] }) },
  { weight: 4, arbitrary: fc.record({ bucket: bucketChanges }) },
  { weight: 1, arbitrary: fc.record({ deployment, env, bucket }, { requiredKeys: [] }) },
);

/** What goes wrong with the next calls to the bucket. */
export const bucketFaults: fc.Arbitrary<readonly BucketFault[]> = fc.array(
  fc.record({
    call: fc.constantFrom<BucketCall[]>('delete', 'delete', 'put', 'undelete'),
    fault: fc.constantFrom(...FAULT_KINDS),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 3 },
);

const ANYBODY = ['ann', 'bob', 'vera', 'rita', '__proto__'] as const;

const somebody = fc.constantFrom<Who[]>('ann', 'bob', 'bob', 'rita', 'rita', 'vera', '__proto__');
/** Who takes a step: mostly somebody who may do everything. */
export const actor: fc.Arbitrary<Who> = mainly(fc.constant(null), somebody, 5);
/** The same, less often. */
export const anyActor: fc.Arbitrary<Who> = mainly(fc.constant(null), somebody, 1);

const role = fc.constantFrom(...ROLES);
const roleOrNone = fc.option(role, { freq: 3 });
/** A team with one of each role, a registry with anybody in it, and a default TTL or none. */
const people: fc.Arbitrary<People> = fc
  .record({
    odd: role,
    inRegistry: fc.tuple(...ANYBODY.map(() => roleOrNone)),
    registry: often,
    membersMaySetTtl: flag,
    ttlDefaultSeconds: mainly(fc.constant(null), fc.constantFrom(20 * DAY, 8 * DAY, DAY).map(seconds), 2),
  })
  .map(({ odd, inRegistry, registry, membersMaySetTtl, ttlDefaultSeconds }) =>
    peopleOf({
      team: [
        ['ann', 'admin'],
        ['bob', 'member'],
        ['vera', 'viewer'],
        ['__proto__', odd],
      ],
      registries: registry
        ? {
            [REGISTRY]: ANYBODY.flatMap((name, at) => {
              const drawn = inRegistry[at] ?? (name === 'rita' ? 'admin' : null);
              return drawn === null ? [] : [[name, drawn] as const];
            }),
          }
        : {},
      membersMaySetTtl,
      ttlDefaultSeconds,
    }),
  );

/** How a history begins. */
export const beginning: fc.Arbitrary<Beginning> = fc.record({
  settings,
  people,
  bucketFaults: mainly(fc.constant([]), bucketFaults, 2),
});
