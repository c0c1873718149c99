import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/decider/command.ts';
import { startingSettings } from '../../../src/lifecycle/operation/operating.ts';
import { REFUSALS } from '../../../src/rules/refusals.ts';
import { Simulator, ValueError } from '../../../src/sdk/index.ts';
import { bucketFaultsIn } from '../../../src/sdk/input/settings.ts';
import { DEFAULT_SETTINGS, DEPLOYMENTS, isBrought } from '../../../src/store/settings.ts';
import { failure } from '../../sdk/scene.ts';
import { faults, server } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';

const WRONG: readonly (readonly [changes: unknown, rule: string, sentence: string])[] = [
  [null, 'GC-6', 'settings is to be an object, and not null.'],
  [[], 'GC-6', 'settings is to be an object, and not a list.'],
  ['a', 'GC-6', 'settings is to be an object, and not "a".'],
  [
    { deployment: 'self_managed' },
    'GC-6',
    `deployment is to be one of ${DEPLOYMENTS.join(', ')}, and not "self_managed".`,
  ],
  [
    { collector: 'foo' },
    'GC-2',
    'collector is to be reference-counting, mark-and-sweep, or a collector that is wrong on purpose, and not "foo".',
  ],
  [{ sharing: 'foo' }, 'LOG-7', 'sharing is to be one of collection, entity, and not "foo".'],
  [
    { latestAfterDelete: 'q' },
    'ALI-6',
    'latestAfterDelete is to be one of absent, resolve-newest, and not "q".',
  ],
  [
    { retentionSeconds: -1 },
    'DEL-15',
    'retentionSeconds is to be a whole number of seconds, 0 or more, and not -1.',
  ],
  [
    { retentionSeconds: '7d' },
    'DEL-15',
    'retentionSeconds is to be a whole number of seconds, 0 or more, and not "7d".',
  ],
  [{ gcEverySeconds: 0 }, 'GC-1', 'gcEverySeconds is to be a whole number of seconds, 1 or more, and not 0.'],
  [
    { abandonAfterSeconds: 0.5 },
    'LOG-8',
    'abandonAfterSeconds is to be a whole number of seconds, 0 or more, and not 0.5.',
  ],
  [
    { deployment: undefined },
    'GC-6',
    `deployment is to be one of ${DEPLOYMENTS.join(', ')}, and not undefined.`,
  ],
  [{ env: null }, 'GC-6', 'env is to be a list of { name, value }, both of them texts, and not null.'],
  [{ env: [null] }, 'GC-6', 'env is to be a list of { name, value }, both of them texts, and not a list.'],
  [
    { env: [{ name: 'A' }] },
    'GC-6',
    'env is to be a list of { name, value }, both of them texts, and not a list.',
  ],
  [
    { env: [{ name: 1, value: 'A' }] },
    'GC-6',
    'env is to be a list of { name, value }, both of them texts, and not a list.',
  ],
  [
    { env: [{ name: 'A', value: 1 }] },
    'GC-6',
    'env is to be a list of { name, value }, both of them texts, and not a list.',
  ],
  [{ bucket: null }, 'GC-7', 'bucket is to be an object, and not null.'],
  [
    { bucket: { provider: 'foo' } },
    'GC-7',
    'provider is to be one of managed, aws, gcp, minio, azure, and not "foo".',
  ],
  [{ bucket: { versioning: 'yes' } }, 'BKT-2', 'versioning is to be true or false, and not "yes".'],
  [{ bucket: { softDelete: 1 } }, 'BKT-4', 'softDelete is to be true or false, and not 1.'],
  [
    { bucket: { softDeleteDays: -5 } },
    'BKT-4',
    'softDeleteDays is to be a whole number of days, from 1 to 365, and not -5.',
  ],
  [
    { bucket: { softDeleteDays: Number.NaN } },
    'BKT-4',
    'softDeleteDays is to be a whole number of days, from 1 to 365, and not NaN.',
  ],
  [
    { bucket: { softDeleteDays: 366 } },
    'BKT-4',
    'softDeleteDays is to be a whole number of days, from 1 to 365, and not 366.',
  ],
  [
    { bucket: { noncurrentDays: Number.NaN } },
    'BKT-3',
    'noncurrentDays is to be a whole number of days, from 1 to 36500, and not NaN.',
  ],
  [
    { bucket: { noncurrentCopies: -1 } },
    'BKT-3',
    'noncurrentCopies is to be a whole number of copies, 0 or more, and not -1.',
  ],
  [
    { retension: {} },
    REFUSALS.noSuchSetting.rule,
    `There is no setting "retension": one is ${Object.keys(DEFAULT_SETTINGS).join(', ')}.`,
  ],
  [
    { bucket: { days: 1 } },
    REFUSALS.noSuchSetting.rule,
    `There is no setting "days": one is ${Object.keys(DEFAULT_SETTINGS.bucket).join(', ')}.`,
  ],
  [
    JSON.parse('{ "__proto__": 5 }'),
    REFUSALS.noSuchSetting.rule,
    `There is no setting "__proto__": one is ${Object.keys(DEFAULT_SETTINGS).join(', ')}.`,
  ],
];

describe('an invalid setting', () => {
  test.each(WRONG)('is refused, whoever changes it, with its own rule: %j', (changes, rule, sentence) => {
    given()
      .when({ type: 'changeSettings', changes } as Command)
      .thenRefused('bad-setting', { rule: rule as never, sentence });
  });

  test.each(WRONG.filter(([changes]) => changes !== null))(
    'is a ValueError where a simulation is to begin with it: %j',
    async (settings, rule, sentence) => {
      const error = await failure(() => new Simulator({ settings } as never), ValueError);
      expect(error.message).toBe(sentence);
      expect(error.refusal).toMatchObject({ code: 'bad-setting', rule });
    },
  );
});

describe('every limit', () => {
  test.each([
    { retentionSeconds: 0 },
    { gcEverySeconds: 1 },
    { abandonAfterSeconds: Number.MAX_SAFE_INTEGER },
    { bucket: { softDeleteDays: 1 } },
    { bucket: { softDeleteDays: 365 } },
    { bucket: { noncurrentDays: 1 } },
    { bucket: { noncurrentDays: 36_500 } },
    { bucket: { noncurrentCopies: 0 } },
  ])('is still a setting: %j', (changes) => {
    expect(given().when(server(changes as never)).accepted).toBe(true);
    expect(new Simulator({ settings: changes as never }).settings).toMatchObject(changes);
  });
});

describe('invalid faults of the bucket', () => {
  const fault = { call: 'put', fault: 'fails', times: 1 } as const;

  test.each([
    null,
    'x',
    [null],
    [fault, {}],
    [{ ...fault, call: 'get' }],
    [{ ...fault, fault: 'sleeps' }],
    [{ ...fault, times: 0 }],
    [{ ...fault, times: 1.5 }],
  ])('are refused: %j', async (planned) => {
    given()
      .when({ type: 'planBucketFaults', faults: planned } as Command)
      .thenRefused('bad-setting', {
        rule: 'BKT-7',
        sentence: /^bucketFaults(\[\d\])? is to be .*, and not .*\.$/,
      });
    const error = await failure(() => bucketFaultsIn(planned as never), ValueError);
    expect(error.refusal?.code).toBe('bad-setting');
  });

  test('are reported with their place in the list', () => {
    given()
      .when(faults(fault, { ...fault, times: -1 }))
      .thenRefused('bad-setting', {
        sentence:
          'bucketFaults[1] is to be { call: put or delete or undelete, fault: fails or answers twice or answers late, times: 1 or more }, and not an object.',
      });
  });

  test('are not those that can be', () => {
    given().when(faults(fault)).thenTypes(['bucketFaultsPlanned']);
    expect(bucketFaultsIn([fault])).toEqual([fault]);
  });
});

describe('an invalid team or registry', () => {
  test.each([
    { team: 'x' },
    { team: { member: [] } },
    { team: { members: [5] } },
    { team: { members: [[5, 'admin']] } },
    { team: { members: 'abc' } },
    { team: { members: 5 } },
    { team: { members: [['bob', 'boss']] } },
    { team: { membersMaySetTtl: 'no' } },
    { team: { ttlDefault: 0.5 } },
    { registries: 'abc' },
    { registries: [5] },
    { registries: 5 },
    { registries: { models: 'admin' } },
    { registries: { models: ['ann'] } },
  ])('are a ValueError: %j', async (options) => {
    await failure(() => new Simulator(options as never), ValueError);
  });
});

test.each(DEPLOYMENTS)('a server begins with the bucket that %s has (GC-6)', (deployment) => {
  const { bucket } = startingSettings({ deployment });
  expect(bucket.provider).toBe(isBrought(deployment) ? 'aws' : 'managed');
  expect(startingSettings({ deployment, bucket: { provider: 'gcp' } }).bucket.provider).toBe('gcp');
});

describe('the refusal of a setting', () => {
  test.each([{ retension: 5 }, { sharing: 'foo' }])('names what stands in the way: %j', async (changes) => {
    const [setting] = Object.keys(changes);
    const error = await failure(() => new Simulator({ settings: changes as never }), ValueError);
    expect(error.refusal?.blockers).toEqual([setting]);
  });
});
