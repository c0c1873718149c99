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

const RULES = 'a list of rules, each with noncurrentDays (1 to 36500), newerCopies (0 or more), or both';
const RULE = 'a rule with noncurrentDays (1 to 36500), newerCopies (0 or more), or both';
const WRONG: readonly (readonly [changes: unknown, rule: string, sentence: string])[] = [
  [null, 'GC-6', 'settings must be an object, not null.'],
  [[], 'GC-6', 'settings must be an object, not a list.'],
  ['a', 'GC-6', 'settings must be an object, not "a".'],
  [
    { deployment: 'self_managed' },
    'GC-6',
    `deployment must be one of ${DEPLOYMENTS.join(', ')}, not "self_managed".`,
  ],
  [
    { collector: 'foo' },
    'GC-2',
    'collector must be reference-counting, mark-and-sweep, or a deliberately flawed collector, not "foo".',
  ],
  [{ sharing: 'foo' }, 'LOG-7', 'sharing must be one of collection, entity, not "foo".'],
  [{ latestAfterDelete: 'q' }, 'ALI-6', 'latestAfterDelete must be one of absent, resolve-newest, not "q".'],
  [{ artifactReferences: true }, 'DEL-18', 'artifactReferences must be one of dangle, hold, not true.'],
  [
    { retentionSeconds: -1 },
    'DEL-15',
    'retentionSeconds must be a whole number of seconds, 0 or more, not -1.',
  ],
  [
    { retentionSeconds: '7d' },
    'DEL-15',
    'retentionSeconds must be a whole number of seconds, 0 or more, not "7d".',
  ],
  [{ gcEverySeconds: 0 }, 'GC-1', 'gcEverySeconds must be a whole number of seconds, 1 or more, not 0.'],
  [
    { abandonAfterSeconds: 0.5 },
    'LOG-8',
    'abandonAfterSeconds must be a whole number of seconds, 0 or more, not 0.5.',
  ],
  [{ deployment: undefined }, 'GC-6', `deployment must be one of ${DEPLOYMENTS.join(', ')}, not undefined.`],
  [{ env: null }, 'GC-6', 'env must be a list of { name, value }, both strings, not null.'],
  [{ env: [null] }, 'GC-6', 'env must be a list of { name, value }, both strings, not a list.'],
  [{ env: [{ name: 'A' }] }, 'GC-6', 'env must be a list of { name, value }, both strings, not a list.'],
  [
    { env: [{ name: 1, value: 'A' }] },
    'GC-6',
    'env must be a list of { name, value }, both strings, not a list.',
  ],
  [
    { env: [{ name: 'A', value: 1 }] },
    'GC-6',
    'env must be a list of { name, value }, both strings, not a list.',
  ],
  [{ bucket: null }, 'GC-7', 'bucket must be an object, not null.'],
  [
    { bucket: { provider: 'foo' } },
    'GC-7',
    'provider must be one of managed, aws, gcp, minio, azure, not "foo".',
  ],
  [{ bucket: { versioning: 'yes' } }, 'BKT-2', 'versioning must be true or false, not "yes".'],
  [{ bucket: { softDelete: 1 } }, 'BKT-4', 'softDelete must be true or false, not 1.'],
  [
    { bucket: { softDeleteDays: -5 } },
    'BKT-4',
    'softDeleteDays must be a whole number of days, from 1 to 365, not -5.',
  ],
  [
    { bucket: { softDeleteDays: Number.NaN } },
    'BKT-4',
    'softDeleteDays must be a whole number of days, from 1 to 365, not NaN.',
  ],
  [
    { bucket: { softDeleteDays: 366 } },
    'BKT-4',
    'softDeleteDays must be a whole number of days, from 1 to 365, not 366.',
  ],
  [{ bucket: { lifecycle: 'none' } }, 'BKT-3', `lifecycle must be ${RULES}, not "none".`],
  ...[
    [{}],
    [null],
    [{ noncurrentDays: Number.NaN }],
    [{ noncurrentDays: 0 }],
    [{ newerCopies: -1 }],
    [{ newerCopies: 1, days: 3 }],
    [{ newerCopies: 1, noncurrentDays: undefined }],
    [{ noncurrentDays: 3 }, { noncurrentDays: 36_501 }],
  ].map((lifecycle) => {
    const at = lifecycle.length - 1;
    const given = lifecycle[at] === null ? 'null' : 'an object';
    return [{ bucket: { lifecycle } }, 'BKT-3', `lifecycle[${at}] must be ${RULE}, not ${given}.`] as const;
  }),
  [
    { retension: {} },
    REFUSALS.noSuchSetting.rule,
    `There is no setting "retension": the settings are ${Object.keys(DEFAULT_SETTINGS).join(', ')}.`,
  ],
  [
    { bucket: { days: 1 } },
    REFUSALS.noSuchSetting.rule,
    `There is no setting "days": the settings are ${Object.keys(DEFAULT_SETTINGS.bucket).join(', ')}.`,
  ],
  [
    JSON.parse('{ "__proto__": 5 }'),
    REFUSALS.noSuchSetting.rule,
    `There is no setting "__proto__": the settings are ${Object.keys(DEFAULT_SETTINGS).join(', ')}.`,
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
    { bucket: { lifecycle: [] } },
    { bucket: { lifecycle: [{ noncurrentDays: 1 }, { noncurrentDays: 36_500, newerCopies: 0 }] } },
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
        sentence: /^bucketFaults(\[\d\])? must be .*, not .*\.$/,
      });
    const error = await failure(() => bucketFaultsIn(planned as never), ValueError);
    expect(error.refusal?.code).toBe('bad-setting');
  });

  test('are reported with their place in the list', () => {
    given()
      .when(faults(fault, { ...fault, times: -1 }))
      .thenRefused('bad-setting', {
        sentence:
          'bucketFaults[1] must be { call: put or delete or undelete, fault: fails or answers twice or answers late, times: 1 or more }, not an object.',
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
