import { describe, expect, test } from 'vitest';
import { EVENT_TYPES, type StoreEventType } from '../../../src/decider/event.ts';
import { reportEvent } from '../../../src/narration/events/event-json.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import { EVENTFUL, type Eventful, stepsOf } from './every-event.ts';

const STORIES = Object.keys(EVENTFUL) as readonly Eventful[];
const [CAT, DOG] = [digestOfName('cat'), digestOfName('dog')];
const V0 = 'team/demo/animals:v0';

/** Every event of one kind in a story, as documents carry it. */
function reports(story: Eventful, type: StoreEventType): readonly unknown[] {
  return stepsOf(story).flatMap(({ events, after }) =>
    events.filter((event) => event.type === type).map((event) => reportEvent(event, after)),
  );
}

/** A kind of event, a story that causes it, and the facts of the first one there. */
type Row = readonly [type: StoreEventType, story: Eventful, facts: Readonly<Record<string, unknown>>];

const LOG_FILE = {
  ...{ kind: 'file', path: 'a.log', digest: digestOfName('a.log'), sizeBytes: 1_000 },
  extra: { etag: 'x' },
};

const ROWS: readonly Row[] = [
  [
    'collectionCreated',
    'linking',
    { collection: 'team/demo/animals', kind: 'sequence', artifactType: 'dataset', again: false },
  ],
  [
    'versionBegun',
    'logging',
    {
      version: V0,
      digest: expect.stringMatching(/^[0-9a-f]{32}$/),
      size: 2_000_000,
      uploaded: [CAT],
      alreadyStored: [],
    },
  ],
  [
    'filesAdded',
    'logging',
    {
      version: 'team/demo/animals#2',
      digest: expect.stringMatching(/^[0-9a-f]{32}$/),
      size: 5_000_000,
      uploaded: [digestOfName('rat')],
      alreadyStored: [CAT],
    },
  ],
  [
    'clientIdsRecorded',
    'logging',
    { version: 'team/demo/animals#3', ids: 2, announced: expect.stringMatching(/^[0-9a-f]{32}$/) },
  ],
  ['uploadJoined', 'logging', { version: 'team/demo/animals#3', requestedAliases: ['best'] }],
  ['versionCommitted', 'logging', { version: V0, upload: 'team/demo/animals#0' }],
  ['versionReused', 'logging', { version: V0 }],
  ['versionAbandoned', 'logging', { version: 'team/demo/animals#2' }],
  ['aliasPut', 'logging', { collection: 'team/demo/animals', alias: 'latest', index: 'v0', movedFrom: null }],
  ['aliasRemoved', 'logging', { collection: 'team/demo/animals', alias: 'old', index: 'v0' }],
  ['aliasProtected', 'linking', { collection: 'team/models/prod', alias: 'production' }],
  ['factsSet', 'logging', { version: V0, description: 'one cat', metadata: { cats: 1 }, tags: [] }],
  [
    'collectionDescribed',
    'changing',
    { collection: 'team/demo/animals', description: '', tags: ['EU west', '2026'] },
  ],
  ['collectionRenamed', 'changing', { from: 'team/demo/animals', to: 'team/demo/beasts' }],
  ['collectionTypeChanged', 'changing', { collection: 'team/demo/animals', from: 'dataset', to: 'model' }],
  ['versionLinked', 'linking', { link: 'team/models/prod:v0', version: V0 }],
  ['linkRemoved', 'linking', { link: 'team/models/test:v0', version: V0, aliases: ['latest'] }],
  [
    'runStarted',
    'logging',
    {
      run: 'team/lab/eval',
      again: false,
      displayName: 'the evaluation',
      tags: ['nightly'],
      config: { rate: 0.1 },
      summary: {},
    },
  ],
  [
    'runFactsSet',
    'logging',
    { run: 'team/lab/eval', group: 'nightly', progress: { lines: 2 }, files: [LOG_FILE] },
  ],
  ['runFinished', 'logging', { run: 'team/lab/eval', state: 'failed' }],
  ['lineageRecorded', 'logging', { run: 'team/demo/train', edge: 'logged', version: V0 }],
  ['versionDeleted', 'deleting', { version: V0, aliases: [] }],
  [
    'deletionRefused',
    'deleting',
    {
      version: 'team/demo/animals:v1',
      refusal: {
        code: 'has-aliases',
        rule: 'DEL-2',
        sentence: 'animals:v1 has the aliases best, latest.',
        blockers: ['best', 'latest'],
      },
    },
  ],
  ['collectionDeleted', 'deleting', { collection: 'team/demo/prod' }],
  ['runDeleted', 'deleting', { run: 'team/demo/train' }],
  ['versionRestored', 'deleting', { version: V0 }],
  ['versionRecovered', 'bucket', { version: V0, undeleted: [CAT] }],
  ['ttlSet', 'linking', { version: V0, ttl: 'none', cause: 'linked' }],
  ['ttlKept', 'expiring', { version: V0, by: 'bob' }],
  ['teamTtlSet', 'expiring', { ttlDefault: 'P1DT12H', membersMaySetTtl: true }],
  ['versionExpired', 'expiring', { version: V0, aliases: ['best', 'latest'] }],
  [
    'settingsChanged',
    'skipping',
    {
      changes: {
        env: [{ name: 'GORILLA_ARTIFACT_GC_ENABLED', value: 'true' }],
        bucket: { lifecycle: [{ noncurrentDays: 3 }] },
      },
    },
  ],
  [
    'bucketFaultsPlanned',
    'bucket',
    {
      faults: [
        { call: 'put', fault: 'answers twice', times: 1 },
        { call: 'delete', fault: 'fails', times: 2 },
      ],
    },
  ],
  ['clockMoved', 'expiring', { to: 'P2D' }],
  ['bucketCallFaulted', 'bucket', { call: 'put', fault: 'answers twice', digest: CAT }],
  ['deletedOutOfBand', 'bucket', { digest: CAT }],
  ['undeletedOutOfBand', 'bucket', { digest: CAT }],
  ['copiesDropped', 'bucket', { copies: [{ digest: CAT, kind: 'noncurrent', left: null, size: 2_000_000 }] }],
  ['versionsReviewed', 'collecting', { versions: [V0] }],
  ['holdsReleased', 'collecting', { version: V0, stillHeld: [CAT], unreferenced: [DOG] }],
  ['objectSwept', 'collecting', { digest: DOG, freed: 1_000_000 }],
  ['objectRetained', 'collecting', { digest: DOG, holders: 1 }],
  ['versionClosed', 'collecting', { version: V0 }],
  [
    'garbageCollectionSkipped',
    'skipping',
    {
      runs: 1,
      refusal: expect.objectContaining({
        code: 'gc-not-enabled',
        rule: 'GC-6',
        blockers: ['GORILLA_ARTIFACT_GC_ENABLED'],
      }),
    },
  ],
  ['crashPlanned', 'collecting', { afterSteps: 2 }],
  ['garbageCollectionCrashed', 'collecting', { afterSteps: 2 }],
  ['crashForgotten', 'collecting', { afterSteps: 99 }],
];

describe('an event is reported', () => {
  test.each(ROWS)('%s, with exactly its facts', (type, story, facts) => {
    expect(reports(story, type)[0]).toStrictEqual({ type, ...facts });
  });

  test('here whatever its kind', () => {
    expect(ROWS.map(([type]) => type).sort()).toEqual([...EVENT_TYPES].sort());
  });

  test('with the description and metadata of an upload only where they are given', () => {
    const [, second] = reports('logging', 'versionBegun').map((report) => Object.entries(Object(report)));
    expect(second).toContainEqual(['description', 'both']);
    expect(second).toContainEqual(['metadata', { ['__proto__']: [1] }]);
  });

  test('with a TTL as the period that it is, or as the word', () => {
    const ttls = reports('expiring', 'ttlSet').map((report) => Reflect.get(Object(report), 'ttl'));
    expect(ttls).toEqual(['inherit', 'none', 'P2D', 'none', 'inherit']);
    expect(reports('expiring', 'teamTtlSet')[1]).toMatchObject({ ttlDefault: null });
  });

  test('with the same bytes each time, without loss in JSON, and with no internal keys', () => {
    for (const story of STORIES) {
      const all = () =>
        stepsOf(story).flatMap(({ events, after }) => events.map((event) => reportEvent(event, after)));
      const text = JSON.stringify(all());
      expect(JSON.stringify(all())).toBe(text);
      expect(JSON.parse(text)).toStrictEqual(all());
      expect(text).not.toMatch(/"[a-z]+Ids?":|"key":/i);
    }
  });
});
