import fc from 'fast-check';
import { BUCKET_CALLS, FAULT_KINDS } from '../../../src/bucket/faults.ts';
import { ENABLING_VARIABLE } from '../../../src/gc/requirements.ts';
import { ROLES } from '../../../src/store/people.ts';
import { DEPLOYMENTS } from '../../../src/store/settings.ts';
import {
  type BucketBlock,
  compact,
  type FaultBlock,
  type ServerBlock,
  type StoryHead,
} from '../histories/story-step.ts';
import { flag, mainly, often } from './parts.ts';
import { ODD_TEXTS } from './texts.ts';

/** The one registry that there may be: the project to which histories link. */
export const REGISTRY = 'models';

const days = fc.constantFrom(30, 1, 3, 8);
const newerCopies = fc.constantFrom(1, 1, 2, 3, 0);
const lifecycleRule = fc.oneof(
  fc.record({ noncurrentDays: days }),
  fc.record({ newerCopies }),
  fc.record({ noncurrentDays: days, newerCopies }),
);
const copies = {
  lifecycle: fc.array(lifecycleRule, { maxLength: 3 }),
  softDeleteDays: fc.constantFrom(7, 1, 3, 20),
};
const mostlyTrue = mainly(fc.constant(true), fc.constant(false), 4);
const ownBucket = fc.oneof(
  fc.record({ provider: fc.constantFrom('aws', 'minio'), versioning: mostlyTrue }),
  fc.record({
    provider: fc.constant('gcp'),
    versioning: mostlyTrue,
    softDelete: flag,
    softDeleteDays: fc.constantFrom(7, 8, 90),
  }),
  fc.record({ provider: fc.constant('azure'), softDelete: mostlyTrue }),
);
/** A bucket of every provider, protected or not; now and then the one that belongs to the deployment. */
const bucket: fc.Arbitrary<BucketBlock> = fc
  .record({ ...copies, own: fc.option(ownBucket, { freq: 4 }) })
  .map(({ own, ...usual }) => ({ ...usual, ...own }));

const variable = (...values: readonly [string, ...string[]]) =>
  fc.constantFrom(...values).map((value) => ({ [ENABLING_VARIABLE]: value }));
const env: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 6, arbitrary: variable('true') },
  { weight: 1, arbitrary: variable('false', 'TRUE', '') },
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS).map((name) => ({ [name]: 'true' })) },
);

const settings = {
  retention: fc.constantFrom('7d', '0s', '1s', '1h', '1d', '30d'),
  gcEvery: fc.constantFrom('6h', '10m', '1h', '1d', '7d'),
  abandonAfter: fc.constantFrom('7d', '14d', '1d', '1h', '0s'),
  sharing: fc.constantFrom('collection', 'entity'),
  latestAfterDelete: fc.constantFrom('absent', 'resolve-newest'),
  runHistoryArtifacts: fc.boolean(),
  artifactReferences: fc.constantFrom('dangle', 'hold'),
};
const deployment = mainly(fc.constant('shared-cloud'), fc.constantFrom(...DEPLOYMENTS), 1);

const bucketChanges: fc.Arbitrary<BucketBlock> = fc.oneof(
  { weight: 6, arbitrary: fc.record(copies, { requiredKeys: [] }) },
  { weight: 4, arbitrary: fc.constantFrom({ lifecycle: [{ newerCopies: 0 }] }, { lifecycle: [] }) },
  { weight: 2, arbitrary: fc.constantFrom({ versioning: true }, { softDelete: true }) },
  { weight: 2, arbitrary: fc.constantFrom({ versioning: false }, { softDelete: false }) },
  { weight: 2, arbitrary: bucket },
);
/** ServerInput that an operator changes, now and then to a bucket that cannot be. */
export const changes: fc.Arbitrary<ServerBlock> = fc.oneof(
  { weight: 3, arbitrary: fc.record(settings, { requiredKeys: [] }) },
  { weight: 4, arbitrary: fc.record({ bucket: bucketChanges }) },
  { weight: 1, arbitrary: fc.record({ deployment, env, bucket }, { requiredKeys: [] }) },
);

/** What goes wrong with the next calls to the bucket. */
export const faults: fc.Arbitrary<readonly FaultBlock[]> = fc.array(
  fc.record({
    call: fc.constantFrom('delete', ...BUCKET_CALLS),
    fault: fc.constantFrom(...FAULT_KINDS),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 3 },
);

/** The settings of a server: the whole configuration is random, too. */
const server: fc.Arbitrary<ServerBlock> = fc
  .record({ deployment, ...settings, env, bucket, faults: mainly(fc.constant(undefined), faults, 2) })
  .map(({ faults: planned, ...drawn }) => compact({ ...drawn, 'bucket faults': planned }));

const ANYBODY = ['ann', 'bob', 'vera', 'rita', '__proto__'] as const;

const nobody = fc.constant(undefined);
const somebody = fc.constantFrom('ann', 'bob', 'bob', 'rita', 'rita', 'vera', '__proto__');
/** Who takes a step: mostly somebody who may do everything. */
export const actor = mainly(nobody, somebody, 5);
/** The same, less often. */
export const anyActor = mainly(nobody, somebody, 1);

const role = fc.constantFrom(...ROLES);
const roleOrNone = fc.option(role, { freq: 3, nil: undefined });
/** A team with one of each role and a default TTL or none, and a registry with anybody in it, or none. */
const people: fc.Arbitrary<Pick<StoryHead, 'team' | 'registries'>> = fc
  .record({
    odd: role,
    inRegistry: fc.tuple(...ANYBODY.map(() => roleOrNone)),
    registry: often,
    membersMaySetTtl: flag,
    ttlDefault: mainly(fc.constant(undefined), fc.constantFrom('20d', '8d', '1d'), 2),
  })
  .map(({ odd, inRegistry, registry, ...team }) => {
    const members = { ann: 'admin', bob: 'member', vera: 'viewer', ['__proto__']: odd };
    const inside = ANYBODY.map((name, at) => [
      name,
      inRegistry[at] ?? (name === 'rita' ? 'admin' : undefined),
    ]);
    return compact({
      team: compact({ members, ...team }),
      registries: registry ? { [REGISTRY]: compact(Object.fromEntries(inside)) } : undefined,
    });
  });

const begins = mainly(
  fc.constant(undefined),
  fc.constantFrom('2026-01-31T08:00:00Z', '1970-01-01', '9999-12-31'),
  2,
);

/** How a history begins: when, the server, and the people. */
export const head: fc.Arbitrary<StoryHead> = fc
  .record({ begins, server, people })
  .map(({ people: known, ...rest }) => compact({ ...rest, ...known }));
