import { describe, expect, test } from 'vitest';
import { collectionDue, nextStep } from '../../src/gc/steps.ts';
import { emptyStore } from '../../src/store/store.ts';
import {
  clock,
  close,
  log,
  release,
  removeCollection,
  removeWithAliases,
  review,
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

describe('the next step', () => {
  test('is null if nothing is due', () => {
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

describe('garbage collection is due', () => {
  const due = (...history: readonly History[]) => collectionDue(given(...history).store);

  test('never, if nothing was deleted or everything was collected', () => {
    expect(due()).toBeNull();
    expect(due(log('animals'), clock('99d'))).toBeNull();
    expect(due(...deleted, clock('7d'), collected)).toBeNull();
  });

  test('when the first retention has passed, though that be long ago', () => {
    expect(due(clock('1h'), ...deleted, clock('1h'))).toBe(time('169h'));
    expect(due(...deleted, clock('99d'))).toBe(time('7d'));
  });

  test('now, if a crashed run must be finished, at each of its stages (GC-8)', () => {
    const reviewed = [...deleted, clock('7d'), review] as const;
    for (const steps of [
      [],
      [release(v0)],
      [release(v0), release(v1)],
      [release(v0), release(v1), sweep(cat), sweep(dog)],
    ]) {
      expect(due(...reviewed, ...steps, clock('1h'))).toBe(time('169h'));
    }
  });
});
