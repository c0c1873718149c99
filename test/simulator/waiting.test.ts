import { describe, expect, test } from 'vitest';
import type { BucketFault } from '../../src/bucket/faults.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import { DEFAULT_SETTINGS } from '../../src/store/settings.ts';
import { emptyStore } from '../../src/store/store.ts';
import {
  begin,
  bucketDelete,
  bytesOf,
  clock,
  log,
  planCrash,
  removeWithAliases,
  server,
  setTtl,
  time,
} from '../support/stores/builders.ts';
import { versionId } from '../support/stores/names.ts';
import { peopleOf } from '../support/stores/people.ts';
import { diary, eventsOf, simulated } from './simulated.ts';

const waited = (simulator: Simulator, duration: string) => {
  const described = diary(eventsOf(simulator.apply({ type: 'wait', duration: time(duration) })));
  expect(brokenInvariants(simulator.store)).toEqual([]);
  return described;
};
const stateOf = (simulator: Simulator, name: string) =>
  simulator.store.versions.get(versionId(name))?.state.kind;
const planned = (...faults: readonly BucketFault[]) => ({ type: 'planBucketFaults', faults }) as const;
const versioned = server({ bucket: { provider: 'aws', versioning: true } });
const animals = log('animals', { cat: '2MB' });
const deleted = [animals, removeWithAliases('animals:v0')] as const;

describe('a scheduled run does its work in this order', () => {
  test('versions expire, uploads are abandoned, and garbage is collected, including what has just expired', () => {
    const simulator = simulated([
      server({ retentionSeconds: time('0s'), abandonAfterSeconds: time('6h') }),
      log('animals', { cat: '2MB' }),
      begin('animals', { dog: '1MB' }),
      log('animals', { rat: '3MB' }, { ttl: '5h' }),
    ]);
    expect(waited(simulator, '7h')).toEqual([
      '6h',
      '#2 expired',
      '#1 given up',
      '#2 closed',
      '#1 closed',
      '7h',
    ]);
    expect(stateOf(simulator, 'animals:v0')).toBe('COMMITTED');
    expect(simulator.store.bucket.storedBytes).toBe(bytesOf('2MB'));
  });

  test('and before it, at the same second, the bucket drops its copies', () => {
    const simulator = simulated([
      versioned,
      server({ bucket: { lifecycle: [{ noncurrentDays: 1 }] } }),
      log('plants', { fern: '1MB' }),
      bucketDelete('plants:v0/fern'),
      log('animals', { cat: '2MB' }, { ttl: '1d' }),
    ]);
    expect(waited(simulator, '1d')).toEqual(['24h', '1 dropped', '#0 expired']);
  });
});

describe('a TTL and an upload are over at the first scheduled run that is not before their end (TTL-2, LOG-8)', () => {
  test('including a run at that very second', () => {
    expect(waited(simulated([animals, setTtl('animals:v0', '6h')]), '6h')).toEqual(['6h', '#0 expired']);
    expect(waited(simulated([animals, setTtl('animals:v0', '6h')]), '5h')).toEqual(['5h']);
    expect(waited(simulated([animals, setTtl('animals:v0', '7h')]), '12h')).toEqual(['12h', '#0 expired']);
    expect(waited(simulated([begin('animals')]), '7d')).toEqual(['168h', '#0 given up']);
    expect(waited(simulated([clock('1h'), begin('animals')]), '7d')).toEqual(['169h']);
  });

  test('and the retention of an expired version begins then', () => {
    const simulator = simulated([animals, setTtl('animals:v0', '1h')]);
    expect(waited(simulator, '30d')).toEqual(['6h', '#0 expired', '174h', '#0 closed', '720h']);
  });

  test('also where garbage collection may not run', () => {
    const selfManaged = server({ deployment: 'self-managed', bucket: { provider: 'aws' } });
    const simulator = simulated([
      selfManaged,
      animals,
      setTtl('animals:v0', '1h'),
      begin('animals', { dog: '1MB' }),
    ]);
    expect(waited(simulator, '8d')).toEqual([
      '6h',
      '#0 expired',
      '168h',
      '#1 given up',
      '174h',
      '4 skipped',
      '192h',
    ]);
  });
});

describe('the bucket drops what it keeps at its very second (BKT-3, BKT-4)', () => {
  test('though no job runs at it', () => {
    const simulator = simulated([versioned, animals, clock('1h'), bucketDelete('animals:v0/cat')]);
    expect(waited(simulator, '30d')).toEqual(['721h', '1 dropped']);
    expect(simulator.store.bucket.billedBytes).toBe(0);
    expect(simulator.store.bucket.blobs.get([...simulator.store.outOfBand.keys()][0] ?? '')?.since).toBe(
      time('721h'),
    );
  });

  test('and not a second sooner', () => {
    const simulator = simulated([versioned, animals, bucketDelete('animals:v0/cat')]);
    expect(waited(simulator, '2591999s')).toEqual([`${2_591_999 / 3_600}h`]);
    expect(simulator.store.bucket.billedBytes).toBe(bytesOf('2MB'));
    expect(waited(simulator, '1s')).toEqual(['720h', '1 dropped']);
  });

  test('counted from the sweep, where garbage collection deleted it', () => {
    const simulator = simulated([versioned, ...deleted]);
    expect(waited(simulator, '60d')).toEqual(['168h', '#0 closed', '888h', '1 dropped', '1440h']);
  });

  test('on Azure after the number of days that applied when it was deleted', () => {
    const azure = (softDeleteDays: number) =>
      server({ bucket: { provider: 'azure', softDelete: true, softDeleteDays } });
    const simulator = simulated([azure(2), animals, bucketDelete('animals:v0/cat'), azure(300)]);
    expect(waited(simulator, '3d')).toEqual(['48h', '1 dropped', '72h']);
  });

  test('at once, where the rule has become so strict that it is overdue', () => {
    const simulator = simulated([versioned, animals, bucketDelete('animals:v0/cat'), clock('241h')]);
    const changed = eventsOf(simulator.apply(server({ bucket: { lifecycle: [{ noncurrentDays: 1 }] } })));
    expect(changed.map(({ type }) => type)).toEqual(['settingsChanged', 'copiesDropped']);
    expect(simulator.store.bucket.billedBytes).toBe(0);
    expect(waited(simulator, '1h')).toEqual(['242h']);
  });

  test('on GCP twice: a rule soft-deletes the copy, and days later nothing is left of it (BKT-4)', () => {
    const gcp = server({ bucket: { provider: 'gcp', versioning: true, lifecycle: [{ noncurrentDays: 2 }] } });
    const simulator = simulated([gcp, animals, bucketDelete('animals:v0/cat')]);
    expect(waited(simulator, '8d')).toEqual(['48h', '1 dropped', '192h']);
    expect(simulator.store.bucket.billedBytes).toBe(bytesOf('2MB'));
    expect(waited(simulator, '1d')).toEqual(['216h', '1 dropped']);
    expect(simulator.store.bucket.billedBytes).toBe(0);
  });
});

describe('garbage collection without a requirement (GC-6)', () => {
  const selfManaged = server({ deployment: 'self-managed', bucket: { provider: 'aws', versioning: true } });
  const enable = server({ env: [{ name: 'GORILLA_ARTIFACT_GC_ENABLED', value: 'true' }] });

  test('is refused, and changes nothing, a planned crash included', () => {
    const simulator = simulated([...deleted, clock('7d'), planCrash(1), selfManaged]);
    const { store } = simulator;
    expect(simulator.apply({ type: 'collectGarbage' })).toMatchObject({
      ok: false,
      refusal: { code: 'gc-not-enabled' },
    });
    expect(simulator.store).toBe(store);
  });

  test('is refused even if there is nothing to collect', () => {
    expect(simulated([selfManaged]).apply({ type: 'collectGarbage' })).toMatchObject({
      ok: false,
      refusal: { rule: 'GC-6' },
    });
  });

  test('is reported once for all the scheduled runs that had something to do, with their number', () => {
    const simulator = simulated([selfManaged, ...deleted]);
    expect(waited(simulator, '6d')).toEqual(['144h']);
    expect(waited(simulator, '2d')).toEqual(['168h', '5 skipped', '192h']);
    expect(waited(simulator, '1h')).toEqual(['193h']);
    expect(waited(simulator, '5h')).toEqual(['198h', '1 skipped']);
    expect(stateOf(simulator, 'animals:v0')).toBe('PENDING_DELETION');
  });

  test('is not reported if there was nothing to collect', () => {
    expect(waited(simulated([selfManaged, animals]), '30d')).toEqual(['720h']);
  });

  test('is taken up by the next scheduled run once the requirement is met', () => {
    const simulator = simulated([selfManaged, ...deleted]);
    waited(simulator, '30d');
    eventsOf(simulator.apply(enable));
    expect(waited(simulator, '6h')).toEqual(['726h', '#0 closed']);
  });

  test('holds up neither a drop of the bucket nor anything else that is to happen meanwhile', () => {
    const simulator = simulated([
      selfManaged,
      ...deleted,
      log('plants', { fern: '1MB' }, { ttl: '10d' }),
      bucketDelete('plants:v0/fern'),
    ]);
    expect(waited(simulator, '31d')).toEqual([
      '168h',
      '97 skipped',
      '240h',
      '#0 expired',
      '720h',
      '1 dropped',
      '744h',
    ]);
  });
});

describe('a bucket that does not answer as it should interrupts garbage collection (GC-8)', () => {
  test.each(['fails', 'answers late'] as const)(
    'that %s: the next scheduled run goes on from there',
    (fault) => {
      const simulator = simulated([...deleted, planned({ call: 'delete', fault, times: 2 })]);
      expect(waited(simulator, '8d')).toEqual([
        '168h',
        `delete ${fault}`,
        '174h',
        `delete ${fault}`,
        '180h',
        '#0 closed',
        '192h',
      ]);
      expect(simulator.store.bucketFaults).toEqual([]);
      expect(simulator.store.bucket.storedBytes).toBe(0);
    },
  );

  test('but not one that only does it twice', () => {
    const simulator = simulated([...deleted, planned({ call: 'delete', fault: 'answers twice', times: 1 })]);
    expect(waited(simulator, '8d')).toEqual(['168h', 'delete answers twice', '#0 closed', '192h']);
  });

  test('after which a requested run continues too, and a planned crash is used up', () => {
    const simulator = simulated([
      ...deleted,
      clock('7d'),
      planCrash(9),
      planned({ call: 'delete', fault: 'fails', times: 1 }),
    ]);
    expect(eventsOf(simulator.apply({ type: 'collectGarbage' })).map(({ type }) => type)).toEqual([
      'versionsReviewed',
      'holdsReleased',
      'bucketCallFaulted',
      'crashForgotten',
    ]);
    expect(eventsOf(simulator.apply({ type: 'collectGarbage' })).map(({ type }) => type)).toEqual([
      'objectSwept',
      'versionClosed',
    ]);
  });

  test('and its faults may be planned from the beginning, among people who are there from the beginning', () => {
    const people = peopleOf({ team: { bob: 'member' } });
    const simulator = new Simulator(
      emptyStore(DEFAULT_SETTINGS, people, [{ call: 'put', fault: 'fails', times: 2 }]),
    );
    const outcome = simulator.apply({ ...animals, by: 'bob' });
    expect(diary(eventsOf(outcome))).toEqual(['put fails', 'put fails']);
    expect(simulator.store.bucket.storedBytes).toBe(bytesOf('2MB'));
    expect(simulator.store.people).toEqual(people);
  });
});
