import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstRunAfter, nextScheduledRun, nextStep } from '../../src/gc/steps.ts';
import { emptyStore } from '../../src/store/store.ts';
import { type Instant, LARGEST_EXACT, seconds } from '../../src/values/units.ts';
import {
  clock,
  close,
  log,
  release,
  removeCollection,
  removeWithAliases,
  review,
  server,
  sweep,
  time,
} from '../support/builders.ts';
import { collected, given, type History } from '../support/given.ts';
import { objectId, versionId } from '../support/names.ts';

const [v0, v1] = [versionId('animals:v0'), versionId('animals:v1')];
const [cat, dog] = [objectId('animals', 'cat'), objectId('animals', 'dog')];
const deleted: readonly History[] = [
  log('animals', { cat: '2MB' }),
  log('animals', { dog: '1MB' }),
  removeCollection('animals'),
];

describe('the next step', () => {
  test('is none where nothing is due', () => {
    expect(nextStep(emptyStore())).toBeNull();
    expect(nextStep(given(...deleted, clock('604799s')).store)).toBeNull();
  });

  test('goes from review to release, to sweep, to close, all of one before any of the next', () => {
    const history: History[] = [...deleted, clock('7d')];
    const [first = cat, second = dog] = [cat, dog].sort();
    for (const step of [
      review,
      release(v0),
      release(v1),
      sweep(first),
      sweep(second),
      close(v0),
      close(v1),
    ]) {
      expect(nextStep(given(...history).store)).toEqual(step);
      history.push(step);
    }
    expect(nextStep(given(...history).store)).toBeNull();
  });

  test('is what a crashed run left behind before anything new is reviewed (GC-8)', () => {
    const history = [
      log('plants', { fern: '1MB' }),
      ...deleted,
      clock('7d'),
      review,
      removeWithAliases('plants:v0'),
      clock('7d'),
    ];
    expect(nextStep(given(...history).store)).toEqual(release(v0));
  });
});

describe('the next scheduled run (GC-1)', () => {
  const next = (...history: readonly History[]) => nextScheduledRun(given(...history).store);

  test('is none where nothing was deleted, or everything was collected: the runs in between would do nothing', () => {
    expect(next()).toBeNull();
    expect(next(log('animals'), clock('99d'))).toBeNull();
    expect(next(...deleted, clock('7d'), collected)).toBeNull();
  });

  test('is the multiple of gcEvery at which the first retention has passed, that very second included', () => {
    expect(next(...deleted)).toBe(time('7d'));
    expect(next(clock('1s'), ...deleted)).toBe(time('7.25d'));
    expect(next(clock('6h'), ...deleted)).toBe(time('7.25d'));
  });

  test('is later than now, also where something is due already', () => {
    expect(next(...deleted, clock('7d'))).toBe(time('7.25d'));
    expect(next(...deleted, clock('99d'))).toBe(time('99.25d'));
  });

  test('is the very next one where a crashed run waits to be finished, at each of its stages (GC-8)', () => {
    for (const steps of [
      [],
      [release(v0)],
      [release(v0), release(v1)],
      [release(v0), release(v1), sweep(cat), sweep(dog)],
    ]) {
      expect(next(...deleted, clock('7d'), review, ...steps)).toBe(time('7.25d'));
    }
  });

  test('goes by the switches as they stand now', () => {
    expect(next(...deleted, server({ retentionSeconds: time('0s') }))).toBe(time('6h'));
    expect(next(...deleted, server({ gcEverySeconds: time('5d') }))).toBe(time('10d'));
  });

  test('is none where its second would not be an exact number', () => {
    expect(next(...deleted, server({ retentionSeconds: seconds(LARGEST_EXACT) }))).toBeNull();
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
  );
});
