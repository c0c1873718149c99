import { describe, expect, test } from 'vitest';
import { MANAGED_BUCKET, PROVIDERS } from '../../../src/bucket/policy.ts';
import { startingSettings } from '../../../src/lifecycle/operation/operating.ts';
import { DEFAULT_SETTINGS, DEPLOYMENTS } from '../../../src/store/settings.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import {
  bytesOf,
  clock,
  faults,
  log,
  removeWithAliases,
  server,
  time,
} from '../../support/stores/builders.ts';
import { collected, given, type History } from '../../support/stores/given.ts';
import { objectId } from '../../support/stores/names.ts';

describe('the settings of the server', () => {
  test('are by default the shared cloud, seven days of retention and for uploads, and a run every six hours', () => {
    expect(given().store.settings).toEqual({
      deployment: 'shared-cloud',
      env: [],
      bucket: {
        provider: 'managed',
        versioning: false,
        lifecycle: [{ noncurrentDays: 30 }],
        softDelete: false,
        softDeleteDays: 7,
      },
      retentionSeconds: time('7d'),
      gcEverySeconds: time('6h'),
      abandonAfterSeconds: time('7d'),
      sharing: 'collection',
      latestAfterDelete: 'absent',
      runHistoryArtifacts: false,
      artifactReferences: 'dangle',
      collector: 'reference-counting',
    });
  });

  test('are changed one by one; the others stay', () => {
    const changes = { retentionSeconds: time('1d') };
    const when = given().when(server(changes)).then({ type: 'settingsChanged', changes });
    expect(when.store.settings).toEqual({ ...DEFAULT_SETTINGS, ...changes });
  });

  test('are changed together, in one event', () => {
    const changes = { sharing: 'entity', latestAfterDelete: 'resolve-newest' } as const;
    given().when(server(changes)).then({ type: 'settingsChanged', changes });
  });

  test('set to what they are change nothing', () => {
    given().when(server({})).thenNothing();
    given().when(server(DEFAULT_SETTINGS)).thenNothing();
  });

  test('of one store are not those of another', () => {
    given(server({ sharing: 'entity' }));
    expect(DEFAULT_SETTINGS.sharing).toBe('collection');
    expect(emptyStore().settings.sharing).toBe('collection');
  });
});

describe('the settings of the bucket', () => {
  const aws = server({ bucket: { provider: 'aws', versioning: true, softDeleteDays: 3 } });

  test('are changed one by one too; those that are not named stay', () => {
    const changes = { bucket: { lifecycle: [{ noncurrentDays: 5 }, { newerCopies: 2 }] } };
    const when = given(aws).when(server(changes)).then({ type: 'settingsChanged', changes });
    expect(when.store.settings).toEqual({
      ...DEFAULT_SETTINGS,
      bucket: {
        ...MANAGED_BUCKET,
        provider: 'aws',
        versioning: true,
        softDeleteDays: 3,
        lifecycle: [{ noncurrentDays: 5 }, { newerCopies: 2 }],
      },
    });
  });

  test('set to what they are change nothing', () => {
    given(aws)
      .when(server({ bucket: { versioning: true } }))
      .thenNothing();
    given(aws)
      .when(server({ bucket: {} }))
      .thenNothing();
  });

  test.each(PROVIDERS)('of %s take what it has, and nothing else (BKT-2, BKT-4, GC-7)', (provider) => {
    const versioning = given().when(server({ bucket: { provider, versioning: true } }));
    const softDelete = given().when(server({ bucket: { provider, softDelete: true } }));
    expect(versioning.accepted).toBe(provider === 'aws' || provider === 'gcp' || provider === 'minio');
    expect(softDelete.accepted).toBe(provider === 'azure' || provider === 'gcp');
    expect(given().when(server({ bucket: { provider, softDeleteDays: 9, lifecycle: [] } })).accepted).toBe(
      true,
    );
  });

  test('that the provider does not have are refused, naming one that has', () => {
    given()
      .when(server({ bucket: { versioning: true } }))
      .thenRefused('bad-setting', {
        rule: 'BKT-2',
        sentence: 'The provider managed has no versioning: use AWS, GCP, or MinIO.',
        blockers: [],
      });
    given(server({ bucket: { provider: 'aws' } }))
      .when(server({ bucket: { softDelete: true } }))
      .thenRefused('bad-setting', {
        rule: 'BKT-4',
        sentence: 'The provider AWS has no soft delete: use Azure or GCP.',
        blockers: [],
      });
  });

  test('are checked together with the current ones: the provider cannot change while versioning is on', () => {
    given(aws)
      .when(server({ bucket: { provider: 'azure' } }))
      .thenRefused('bad-setting', { rule: 'BKT-2', sentence: /^The provider Azure has no versioning/ });
    given(aws)
      .when(server({ bucket: { provider: 'azure', versioning: false, softDelete: true } }))
      .thenTypes(['settingsChanged']);
  });

  test('say that soft delete is on from the start on GCP, and off on other providers (BKT-4)', () => {
    const softDelete = (...history: readonly History[]) => given(...history).store.settings.bucket.softDelete;
    const gcp = server({ bucket: { provider: 'gcp' } });
    expect(softDelete(gcp)).toBe(true);
    expect(softDelete(gcp, server({ bucket: { softDelete: false } }), gcp)).toBe(false);
    expect(softDelete(server({ bucket: { provider: 'gcp', softDelete: false } }))).toBe(false);
    for (const provider of PROVIDERS.filter((other) => other !== 'gcp')) {
      expect(softDelete(gcp, server({ bucket: { provider } }))).toBe(false);
    }
    expect(startingSettings({ bucket: { provider: 'gcp' } }).bucket.softDelete).toBe(true);
  });

  test.each([
    [6, false],
    [7, true],
    [90, true],
    [91, false],
  ])('keep what is soft-deleted on GCP for %i days: %s (BKT-4)', (softDeleteDays, accepted) => {
    expect(given().when(server({ bucket: { provider: 'gcp', softDeleteDays } })).accepted).toBe(accepted);
    const off = server({ bucket: { provider: 'gcp', softDeleteDays, softDelete: false } });
    expect(given().when(off).accepted).toBe(true);
  });

  test.each(DEPLOYMENTS)('%s: whose the bucket may be (GC-6)', (deployment) => {
    const brought = deployment === 'bring-your-own-bucket' || deployment === 'self-managed';
    const managed = given(server({ bucket: { provider: 'aws' } })).when(
      server({ deployment, bucket: { provider: 'managed' } }),
    );
    expect(managed.accepted).toBe(!brought);
    if (brought) {
      managed.thenRefused('bad-setting', {
        rule: 'GC-6',
        sentence: `With the deployment ${deployment}, the bucket is the operator's own and cannot be managed by the service.`,
        blockers: [],
      });
    }
    expect(given().when(server({ deployment, bucket: { provider: 'minio' } })).accepted).toBe(true);
  });
});

describe('a lifecycle rule that changes (BKT-3)', () => {
  const cycle = [
    log('animals', { cat: '2MB' }),
    removeWithAliases('animals:latest'),
    clock('7d'),
    collected,
  ] as const;
  const keeping = (newerCopies: number) => ({ lifecycle: [{ newerCopies }] });
  const threeCopies = [
    server({ bucket: { provider: 'aws', versioning: true, ...keeping(3) } }),
    ...cycle,
    ...cycle,
    ...cycle,
  ];
  const copiesOf = (store: Store) =>
    (store.bucket.blobs.get(objectId('animals', 'cat'))?.copies ?? []).map(({ number }) => number);
  const drop = {
    key: objectId('animals', 'cat'),
    sizeBytes: bytesOf('2MB'),
    kind: 'noncurrent',
    left: null,
  } as const;

  test('drops at once the copies that it removes from now on, oldest first, and says so', () => {
    expect(copiesOf(given(...threeCopies).store)).toEqual([0, 1, 2]);
    const changes = { bucket: keeping(2) };
    const two = given(...threeCopies)
      .when(server(changes))
      .then({ type: 'settingsChanged', changes }, { type: 'copiesDropped', dropped: [drop] });
    expect(copiesOf(two.store)).toEqual([1, 2]);
    expect(two.store.bucket.billedBytes).toBe(bytesOf('4MB'));
    const none = given(...threeCopies)
      .when(server({ bucket: keeping(0) }))
      .thenTypes(['settingsChanged', 'copiesDropped']);
    expect(copiesOf(none.store)).toEqual([]);
    expect(none.store.bucket.billedBytes).toBe(0);
    const days = given(...threeCopies).when(server({ bucket: { lifecycle: [{ noncurrentDays: 10 }] } }));
    expect(copiesOf(days.store)).toEqual([1, 2]);
  });

  test('brings no copy back when it becomes laxer', () => {
    const laxer = given(
      ...threeCopies,
      server({ bucket: keeping(1) }),
      server({ bucket: { lifecycle: [] } }),
    );
    expect(copiesOf(laxer.store)).toEqual([2]);
  });

  test('applies to what is there while versioning is suspended, too (BKT-8)', () => {
    const off = [...threeCopies, server({ bucket: { versioning: false } })];
    expect(copiesOf(given(...off, server({ bucket: keeping(1) })).store)).toEqual([2]);
  });

  test('leaves the copies alone when something else changes, or nothing is due', () => {
    for (const bucket of [{ versioning: false }, { lifecycle: [{ noncurrentDays: 15 }] }, keeping(3)]) {
      expect(copiesOf(given(...threeCopies).when(server({ bucket })).store)).toEqual([0, 1, 2]);
    }
  });
});

describe("the server's environment", () => {
  const [a, b] = [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ] as const;

  test('takes a variable in its place by name, and keeps the others', () => {
    expect(given(server({ env: [b] }), server({ env: [a] })).store.settings.env).toEqual([a, b]);
    expect(given(server({ env: [a, b] }), server({ env: [{ ...a, value: '' }] })).store.settings.env).toEqual(
      [{ name: 'A', value: '' }, b],
    );
  });

  test('of one name given twice takes the last', () => {
    expect(given(server({ env: [{ ...a, value: '0' }, a] })).store.settings.env).toEqual([a]);
  });

  test('set to what it is changes nothing, in whatever order', () => {
    given(server({ env: [a, b] }))
      .when(server({ env: [b, a] }))
      .thenNothing();
    given(server({ env: [a, b] }))
      .when(server({ env: [] }))
      .thenNothing();
  });
});

describe('planned faults of the bucket', () => {
  const [one, other] = [
    { call: 'put', fault: 'fails', times: 2 },
    { call: 'delete', fault: 'answers late', times: 1 },
  ] as const;

  test('await the calls that they are planned for', () => {
    const when = given()
      .when(faults(one, other))
      .then({
        type: 'bucketFaultsPlanned',
        faults: [one, other],
      });
    expect(when.store.bucketFaults).toEqual([one, other]);
  });

  test('take the place of those that were planned before', () => {
    expect(given(faults(one), faults(other)).store.bucketFaults).toEqual([other]);
    expect(given(faults(one), faults()).store.bucketFaults).toEqual([]);
  });
});

describe('the clock', () => {
  test('moves by the given duration', () => {
    expect(given(clock('1d'), clock('6h')).store.now).toBe(108_000);
  });

  test('moved by nothing changes nothing', () => {
    given(clock('1d')).when(clock('0s')).thenNothing();
  });

  test('goes to the last second that is an exact number, and not beyond (GC-1)', () => {
    const last = given(clock('9007199254740991s'));
    expect(last.store.now).toBe(Number.MAX_SAFE_INTEGER);
    last.when(clock('1s')).thenRefused('too-large', { rule: 'GC-1', blockers: [] });
    last.when(clock('9007199254740991s')).thenRefused('too-large');
  });
});
