import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstRunAfter,
  nextScheduledRun,
  nextScheduledWork,
  type ScheduledWork,
} from '../../src/gc/schedule.ts';
import { type Instant, LARGEST_EXACT, seconds } from '../../src/values/units.ts';
import { runs } from '../support/property-runs.ts';
import {
  begin,
  bucketDelete,
  clock,
  log,
  release,
  removeCollection,
  review,
  server,
  setTeamTtl,
  setTtl,
  sweep,
  time,
} from '../support/stores/builders.ts';
import { collected, given, type History } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';

const [v0, v1] = [versionId('animals:v0'), versionId('animals:v1')];
const [cat, dog] = [objectId('animals', 'cat'), objectId('animals', 'dog')];
const deleted: readonly History[] = [
  log('animals', { cat: '2MB' }),
  log('animals', { dog: '1MB' }),
  removeCollection('animals'),
];
const versioned = server({
  bucket: { provider: 'aws', versioning: true, lifecycle: [{ noncurrentDays: 30 }] },
});
const next = (...history: readonly History[]) => nextScheduledRun(given(...history).store, true);
const work = (...history: readonly History[]) => nextScheduledWork(given(...history).store, true);
const drop = (at: Instant | number): ScheduledWork => ({ at: at as Instant, drops: true, runs: false });

describe('the next scheduled run finds something to collect (GC-1)', () => {
  test('never, if nothing was deleted or everything was collected', () => {
    expect(next()).toBeNull();
    expect(next(log('animals'), clock('99d'))).toBeNull();
    expect(next(...deleted, clock('7d'), collected)).toBeNull();
  });

  test('at the multiple of gcEvery at which the first retention has passed, that very second included', () => {
    expect(next(...deleted)).toBe(time('7d'));
    expect(next(clock('1s'), ...deleted)).toBe(time('7.25d'));
    expect(next(clock('6h'), ...deleted)).toBe(time('7.25d'));
  });

  test('later than now, also where something is due already', () => {
    expect(next(...deleted, clock('7d'))).toBe(time('7.25d'));
    expect(next(...deleted, clock('99d'))).toBe(time('99.25d'));
  });

  test('at the very next run, if a crashed run must be finished, at each of its stages (GC-8)', () => {
    for (const steps of [
      [],
      [release(v0)],
      [release(v0), release(v1)],
      [release(v0), release(v1), sweep(cat), sweep(dog)],
    ]) {
      expect(next(...deleted, clock('7d'), review, ...steps)).toBe(time('7.25d'));
    }
  });

  test('by the current settings', () => {
    expect(next(...deleted, server({ retentionSeconds: time('0s') }))).toBe(time('6h'));
    expect(next(...deleted, server({ gcEverySeconds: time('5d') }))).toBe(time('10d'));
  });

  test('never where its second would not be an exact number', () => {
    expect(next(...deleted, server({ retentionSeconds: seconds(LARGEST_EXACT) }))).toBeNull();
  });

  test('never, if garbage collection cannot run', () => {
    const { store } = given(...deleted, clock('7d'), review);
    expect(nextScheduledRun(store, false)).toBeNull();
  });
});

describe('the next scheduled run expires or abandons, even if it cannot collect', () => {
  const both = (...history: readonly History[]) => {
    const { store } = given(...history);
    expect(nextScheduledRun(store, false)).toBe(nextScheduledRun(store, true));
    return nextScheduledRun(store, true);
  };
  const animals = log('animals', { cat: '2MB' });

  test('a TTL of its own, or inherited, whichever is over first (TTL-2, TTL-3)', () => {
    expect(both(animals)).toBeNull();
    expect(both(animals, setTtl('animals:v0', '10h'))).toBe(time('12h'));
    expect(both(animals, setTeamTtl('1d'))).toBe(time('1d'));
    expect(both(animals, setTeamTtl('1d'), log('plants', {}, { ttl: '2d' }))).toBe(time('1d'));
    expect(both(animals, setTeamTtl('3d'), log('plants', {}, { ttl: '2d' }))).toBe(time('2d'));
  });

  test('a TTL that is over already, at the next run (TTL-2)', () => {
    expect(both(animals, clock('9d'), setTtl('animals:v0', '1h'))).toBe(time('9.25d'));
  });

  test('an upload that is never committed, by the current setting (LOG-8)', () => {
    expect(both(begin('animals'))).toBe(time('7d'));
    expect(both(clock('1h'), begin('animals'))).toBe(time('7.25d'));
    expect(both(begin('animals'), clock('1h'), server({ abandonAfterSeconds: time('30m') }))).toBe(
      time('6h'),
    );
  });
});

describe('the next scheduled work', () => {
  const kept = [
    versioned,
    log('plants', { fern: '1MB' }),
    clock('1h'),
    bucketDelete('plants:v0/fern'),
  ] as const;
  const days = (noncurrentDays: number) => server({ bucket: { lifecycle: [{ noncurrentDays }] } });

  test('is a drop of the bucket at its very second, which need be no multiple of gcEvery (BKT-3, BKT-4)', () => {
    expect(work(...kept)).toEqual(drop(time('721h')));
    expect(work(...kept, days(2))).toEqual(drop(time('49h')));
    const azure = server({ bucket: { provider: 'azure', softDelete: true, softDeleteDays: 1 } });
    expect(work(azure, log('plants', { fern: '1MB' }), bucketDelete('plants:v0/fern'))).toEqual(
      drop(time('1d')),
    );
  });

  test('is whichever comes first, a drop or a run, or both at one time', () => {
    expect(work(...kept, ...deleted)).toEqual({ at: time('174h'), drops: false, runs: true });
    expect(work(...kept, days(1), ...deleted)).toEqual(drop(time('25h')));
    expect(
      work(
        ...kept,
        days(1),
        ...deleted,
        server({ gcEverySeconds: time('25h'), retentionSeconds: time('0s') }),
      ),
    ).toEqual({
      at: time('25h'),
      drops: true,
      runs: true,
    });
  });

  test('is null in a store where nothing waits', () => {
    expect(work()).toBeNull();
    expect(work(log('animals', { cat: '2MB' }))).toBeNull();
  });

  test('leaves out garbage collection if it cannot run', () => {
    expect(nextScheduledWork(given(...deleted).store, false)).toBeNull();
    expect(nextScheduledWork(given(...kept, ...deleted).store, false)).toEqual(drop(time('721h')));
  });

  test('is now, and not before, where a drop is overdue', () => {
    const { store } = given(...kept, days(1), clock('10d'));
    expect(nextScheduledWork(store, true)).toEqual(drop(store.now));
  });

  test('is nothing where the lifecycle rules have just become so strict that all copies were dropped', () => {
    expect(work(...kept, clock('10d'), days(1))).toBeNull();
  });
});

test('the first run after now is the least multiple of gcEvery that is later than now, and not before an instant', () => {
  const instants = fc.oneof(fc.nat(1_000_000), fc.nat(9));
  fc.assert(
    fc.property(instants, instants, fc.integer({ min: 1, max: 9_999 }), (now, instant, every) => {
      const { store } = given(clock(`${now}s`), server({ gcEverySeconds: seconds(every) }));
      const run = firstRunAfter(store, instant as Instant);
      expect(run % every).toBe(0);
      expect(run).toBeGreaterThan(now);
      expect(run).toBeGreaterThanOrEqual(instant);
      expect(run - every <= now || run - every < instant).toBe(true);
    }),
    runs(100),
  );
});
