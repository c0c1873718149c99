import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wrongBucket } from '../../../src/lifecycle/operation/operating.ts';
import { faultTexts, settingTexts } from '../../../src/narration/events/settings.ts';
import {
  faultsOf,
  type ServerInput,
  settingsOf,
  startingSettings,
} from '../../../src/scenario/language/settings-of.ts';
import { DEFAULT_SETTINGS, DEPLOYMENTS } from '../../../src/store/settings.ts';
import { runs } from '../../support/property-runs.ts';
import { storyIn, storyText } from '../../support/stores/story.ts';

/** ServerInput as the language reads them in a `server` step. */
function serverInput(text: string): ServerInput {
  const [step] = storyIn(storyText(`server: ${text}`)).steps;
  if (step?.kind !== 'server') throw new Error('it is a server step');
  return step.body.server;
}

const EACH: readonly (readonly [text: string, changes: object, described: string])[] = [
  ['deployment: dedicated-cloud', { deployment: 'dedicated-cloud' }, 'deployment dedicated-cloud'],
  ['env: { A: "x y" }', { env: [{ name: 'A', value: 'x y' }] }, 'A="x y"'],
  ['bucket: { provider: gcp }', { bucket: { provider: 'gcp' } }, 'provider gcp'],
  ['bucket: { versioning: false }', { bucket: { versioning: false } }, 'versioning false'],
  ['bucket: { lifecycle: [] }', { bucket: { lifecycle: [] } }, 'lifecycle []'],
  [
    'bucket: { lifecycle: [{ newerCopies: 1, noncurrentDays: 5 }, { newerCopies: 0 }] }',
    { bucket: { lifecycle: [{ newerCopies: 1, noncurrentDays: 5 }, { newerCopies: 0 }] } },
    'lifecycle [{ noncurrentDays: 5, newerCopies: 1 }, { newerCopies: 0 }]',
  ],
  ['bucket: { softDelete: true }', { bucket: { softDelete: true } }, 'softDelete true'],
  ['bucket: { softDeleteDays: 14 }', { bucket: { softDeleteDays: 14 } }, 'softDeleteDays 14'],
  ['retention: 36h', { retentionSeconds: 129_600 }, 'retention 1d 12h'],
  ['gcEvery: 1h', { gcEverySeconds: 3_600 }, 'gcEvery 1h'],
  ['abandonAfter: 0s', { abandonAfterSeconds: 0 }, 'abandonAfter 0s'],
  ['sharing: entity', { sharing: 'entity' }, 'sharing entity'],
  [
    'latestAfterDelete: resolve-newest',
    { latestAfterDelete: 'resolve-newest' },
    'latestAfterDelete resolve-newest',
  ],
  ['runHistoryArtifacts: true', { runHistoryArtifacts: true }, 'runHistoryArtifacts true'],
  ['artifactReferences: hold', { artifactReferences: 'hold' }, 'artifactReferences hold'],
  ['collector: mark-and-sweep', { collector: 'mark-and-sweep' }, 'collector mark-and-sweep'],
];

describe('settings that are named', () => {
  test.each(EACH)('%s is exactly one change, and is told as it was written', (text, changes, described) => {
    expect(settingsOf(serverInput(`{ ${text} }`))).toStrictEqual(changes);
    expect(settingTexts(settingsOf(serverInput(`{ ${text} }`)))).toEqual([described]);
  });

  test('are read and described, each of them', () => {
    const changed = new Set(EACH.flatMap(([, changes]) => Object.keys(changes)));
    expect(Object.keys(DEFAULT_SETTINGS).filter((key) => !changed.has(key))).toEqual([]);
    const inBucket = new Set(
      EACH.flatMap(([, changes]) => Object.keys(Object(Reflect.get(changes, 'bucket')))),
    );
    expect(Object.keys(DEFAULT_SETTINGS.bucket).filter((key) => !inBucket.has(key))).toEqual([]);
  });

  test('are read back from their description', () => {
    const each = fc.subarray([...EACH]).filter((picked) => {
      const keys = picked.flatMap(([, changes]) => Object.keys(changes));
      return new Set(keys).size === keys.length;
    });
    fc.assert(
      fc.property(each, (picked) => {
        const given = settingsOf(serverInput(`{ ${picked.map(([text]) => text).join(', ')} }`));
        expect(settingTexts(given).toSorted()).toEqual(picked.map(([, , described]) => described).toSorted());
        expect(given).toStrictEqual(Object.assign({}, ...picked.map(([, changes]) => changes)));
      }),
      runs(40),
    );
  });

  test('are none if the block names none', () => {
    expect(settingsOf(serverInput('{}'))).toStrictEqual({});
    expect(settingsOf(serverInput('{ env: {}, bucket: {} }'))).toStrictEqual({ env: [], bucket: {} });
    expect(settingTexts(settingsOf(serverInput('{ env: {}, bucket: {} }')))).toEqual([]);
  });

  test('are described in printable words, whatever the name of a variable', () => {
    expect(settingTexts(settingsOf(serverInput('{ env: { "a\\nb": "c\\td", __proto__: "" } }')))).toEqual([
      'a\\u{a}b="c\\u{9}d"',
      '__proto__=""',
    ]);
  });
});

describe('the settings with which a story begins', () => {
  test('are the defaults unless the block names them', () => {
    expect(startingSettings(serverInput('{}'))).toStrictEqual({ ...DEFAULT_SETTINGS });
  });

  test.each(DEPLOYMENTS)('are possible for the deployment %s without another word', (deployment) => {
    const settings = startingSettings(serverInput(`{ deployment: ${deployment} }`));
    expect(wrongBucket(settings)).toBeUndefined();
    const brought = deployment === 'bring-your-own-bucket' || deployment === 'self-managed';
    expect(settings.bucket.provider).toBe(brought ? 'aws' : 'managed');
  });

  test('keep the provider that they name, a wrong one too, and what else is said of the bucket', () => {
    const own = (provider: string) =>
      startingSettings(serverInput(`{ deployment: self-managed, bucket: { provider: ${provider} } }`)).bucket;
    expect(own('minio').provider).toBe('minio');
    expect(own('managed').provider).toBe('managed');
    const { bucket } = startingSettings(
      serverInput(
        '{ deployment: self-managed, bucket: { versioning: true, lifecycle: [{ noncurrentDays: 3 }] } }',
      ),
    );
    expect(bucket).toStrictEqual({
      ...DEFAULT_SETTINGS.bucket,
      provider: 'aws',
      versioning: true,
      lifecycle: [{ noncurrentDays: 3 }],
    });
  });

  test('have each variable once, in the order of their names', () => {
    expect(startingSettings(serverInput('{ env: { B: "1", A: "2" } }')).env).toEqual([
      { name: 'A', value: '2' },
      { name: 'B', value: '1' },
    ]);
  });
});

describe('faults', () => {
  test('are planned if the block names them; an empty list plans none', () => {
    expect(faultsOf(serverInput('{}'))).toBeUndefined();
    expect(faultsOf(serverInput('{ bucket faults: [] }'))).toEqual([]);
    expect(
      faultsOf(
        serverInput(
          '{ bucket faults: [{ call: put, fault: fails, times: 3 }, { call: undelete, fault: answers twice }] }',
        ),
      ),
    ).toEqual([
      { call: 'put', fault: 'fails', times: 3 },
      { call: 'undelete', fault: 'answers twice', times: 1 },
    ]);
  });

  test('are described with their number', () => {
    expect(
      faultTexts([
        { call: 'put', fault: 'fails', times: 3 },
        { call: 'delete', fault: 'answers late', times: 1 },
      ]),
    ).toEqual(['put fails, 3 times', 'delete answers late']);
  });
});
