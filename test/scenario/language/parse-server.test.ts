import { describe, expect, test } from 'vitest';
import { storyIn, storyText, storyWith } from '../../support/stores/story.ts';
import { testMistakes } from './mistake-rows.ts';

const TEXT = 'expected text; a number, true or null needs quotes around it';
const DURATION = 'a duration such as 90s, 15m, 6h, 8d or 2w';

function head(text: string): string {
  return storyWith(text, 'wait: 1d');
}

describe('the server', () => {
  testMistakes([
    [
      'is deployed in a way that exists',
      head('server: { deployment: cloud }'),
      ['2:23: expected shared-cloud, dedicated-cloud, bring-your-own-bucket or self-managed'],
    ],
    [
      'has variables that are texts',
      head('server: { env: { A: true, B: 5, C: , D: [x] } }'),
      [`2:21: ${TEXT}`, `2:30: ${TEXT}`, `2:36: ${TEXT}`, '2:41: expected text'],
    ],
    [
      'has variables as a mapping',
      head('server: { env: [A] }'),
      ['2:16: expected a mapping of variables to texts'],
    ],
    [
      'gives up uploads after a duration',
      head('server: { abandonAfter: 7 }'),
      [`2:25: expected ${DURATION}; a bare number has no unit`],
    ],
    [
      'has no unknown setting, and names the nearest',
      head('server: { bukcet: {}, bucketFaults: [] }'),
      [
        '2:11: unknown key "bukcet"; did you mean "bucket"?',
        '2:23: unknown key "bucketFaults"; did you mean "bucket faults"?',
      ],
    ],
  ]);

  test('may have variables of any name', () => {
    const env = '{ __proto__: "a", constructor: "b", "": "", "🐈\\n": "x\\ny" }';
    expect(storyIn(head(`server: { env: ${env} }`)).settings.env).toEqual([
      { name: '', value: '' },
      { name: '__proto__', value: 'a' },
      { name: 'constructor', value: 'b' },
      { name: '🐈\n', value: 'x\ny' },
    ]);
  });
});

describe('the bucket', () => {
  const server = 'expected another server:';
  testMistakes([
    ['is a mapping', head('server: { bucket: aws }'), ['2:19: expected a mapping']],
    [
      'is of a provider that exists',
      head('server: { bucket: { provider: amazon } }'),
      ['2:31: expected managed, aws, gcp, minio or azure'],
    ],
    [
      'has no unknown key, and names the nearest',
      head('server: { bucket: { versionning: true } }'),
      ['2:21: unknown key "versionning"; did you mean "versioning"?'],
    ],
    [
      'has truth values where it has them',
      head('server: { bucket: { versioning: "true", softDelete: 1 } }'),
      ['2:33: expected true or false', '2:53: expected true or false'],
    ],
    [
      'keeps what Azure deletes for 1 to 365 days, and not for 0',
      head('server: { bucket: { softDeleteDays: 0 } }'),
      ['2:37: expected a whole number of days, from 1 to 365'],
    ],
    [
      'keeps it for 1 to 365 days, and not for 366',
      head('server: { bucket: { softDeleteDays: 366 } }'),
      ['2:37: expected a whole number of days, from 1 to 365'],
    ],
    [
      'counts in whole days, without a unit, and in whole copies',
      head(
        'server: { bucket: { softDeleteDays: 7d, lifecycle: [{ noncurrentDays: 1.5 }, { newerCopies: -1 }] } }',
      ),
      [
        '2:37: expected a whole number of days, from 1 to 365',
        '2:71: expected a whole number of days, from 1 to 36500',
        '2:93: expected a whole number, from 0',
      ],
    ],
    [
      'has lifecycle rules, each with a condition that there is',
      head('server: { bucket: { lifecycle: [{}, { newerCopes: 1 }, 30d] } }'),
      [
        '2:33: expected noncurrentDays, newerCopies, or both',
        '2:39: unknown key "newerCopes"; did you mean "newerCopies"?',
        '2:56: expected a mapping',
      ],
    ],
    [
      'has rules in place of the former limits, each of which applied alone',
      head('server: { bucket: { noncurrentCopies: 3, noncurrentDays: 8 } }'),
      [
        '2:21: expected "lifecycle: [{ newerCopies: 3 }, { noncurrentDays: 8 }]" in place of "noncurrentCopies" and "noncurrentDays"',
        '2:42: expected "lifecycle: [{ newerCopies: 3 }, { noncurrentDays: 8 }]" in place of "noncurrentCopies" and "noncurrentDays"',
      ],
    ],
    [
      'has a rule in place of one former limit, and one in place of the default of the other',
      head('server: { bucket: { noncurrentDays: 8, versoning: true, softDeleteDays: 0 } }'),
      [
        '2:21: expected "lifecycle: [{ newerCopies: 1 }, { noncurrentDays: 8 }]" in place of "noncurrentCopies" and "noncurrentDays"',
        '2:40: unknown key "versoning"; did you mean "versioning"?',
        '2:73: expected a whole number of days, from 1 to 365',
      ],
    ],
    [
      'keeps what GCP deletes for 7 to 90 days',
      head('server:\n  bucket: { provider: gcp, softDeleteDays: 3 }'),
      [
        `3:3: ${server} Soft delete on GCP keeps a deleted object for 7 to 90 days, not 3: change the days, or switch it off. Try: server: { bucket: { provider: gcp, softDeleteDays: 7 } }`,
      ],
    ],
    [
      'has no versioning where the service manages it',
      head('server:\n  bucket: { versioning: true }'),
      [
        `3:3: ${server} The provider managed has no versioning: use AWS, GCP, or MinIO. Try: server: { bucket: { versioning: true, provider: aws } }`,
      ],
    ],
    [
      'has no versioning on Azure',
      head('server:\n  bucket: { provider: azure, versioning: true }'),
      [/^3:3: expected another server: The provider Azure has no versioning: use AWS, GCP, or MinIO/],
    ],
    [
      'has no soft delete on AWS',
      head('server:\n  bucket: { provider: aws, softDelete: true }'),
      [/^3:3: expected another server: The provider AWS has no soft delete: use Azure or GCP\. /],
    ],
    [
      'is not managed where the operator brings it',
      head('server: { deployment: self-managed, bucket: { provider: managed } }'),
      [/^2:37: expected another server: With the deployment self-managed, the bucket is the operator's own/],
    ],
  ]);

  test.each([
    ['1', 'softDeleteDays', 1],
    ['365', 'softDeleteDays', 365],
    ['[]', 'lifecycle', []],
    [
      '[{ newerCopies: 0 }, { noncurrentDays: 36500, newerCopies: 2 }]',
      'lifecycle',
      [{ newerCopies: 0 }, { noncurrentDays: 36_500, newerCopies: 2 }],
    ],
  ])('takes %s for %s', (given, key, value) => {
    const { settings } = storyIn(head(`server: { bucket: { ${key}: ${given} } }`));
    expect(settings.bucket).toMatchObject({ [key]: value });
  });

  test('that a step makes impossible is a refusal in the story, not a mistake in the file', () => {
    const { steps } = storyIn(storyText('server: { bucket: { provider: azure, versioning: true } }'));
    expect(steps).toHaveLength(1);
  });
});

describe('faults of the bucket', () => {
  testMistakes([
    ['are a list', head('server: { bucket faults: { call: put, fault: fails } }'), ['2:26: expected a list']],
    ['are mappings', head('server: { bucket faults: [put] }'), ['2:27: expected a mapping']],
    [
      'concern calls that exist, in ways that exist',
      head('server: { bucket faults: [{ call: get, fault: breaks }] }'),
      [/^2:35: expected put, delete or undelete/, '2:47: expected fails, answers twice or answers late'],
    ],
    [
      'say what goes wrong',
      head('server: { bucket faults: [{ call: put }] }'),
      ['2:27: missing "fault": expected fails, answers twice or answers late'],
    ],
    [
      'befall 1 to 1,000 calls',
      head(
        'server:\n  bucket faults:\n    - { call: put, fault: fails, times: 0 }\n    - { call: put, fault: fails, times: 1001 }\n    - { call: put, fault: fails, times: twice }',
      ),
      [
        '4:41: expected a whole number, from 1 to 1000',
        '5:41: expected a whole number, from 1 to 1000',
        '6:41: expected a whole number, from 1 to 1000',
      ],
    ],
    [
      'have no unknown key',
      head('server: { bucket faults: [{ call: put, fault: fails, tiems: 2 }] }'),
      ['2:54: unknown key "tiems"; did you mean "times"?'],
    ],
  ]);

  test('befall one call, or up to 1,000', () => {
    const text =
      'server: { bucket faults: [{ call: put, fault: fails }, { call: delete, fault: answers late, times: 1000 }] }';
    expect(storyIn(head(text)).bucketFaults).toEqual([
      { call: 'put', fault: 'fails', times: 1 },
      { call: 'delete', fault: 'answers late', times: 1_000 },
    ]);
    expect(storyIn(head('')).bucketFaults).toEqual([]);
  });
});
