import { expect, test } from 'vitest';
import { evolve } from '../../src/decider/evolve.ts';
import { begin, log, removeWithAliases } from '../support/stores/builders.ts';
import { put } from '../support/stores/events.ts';
import { given, type History } from '../support/stores/given.ts';

test.each<readonly [string, readonly History[]]>([
  ['soft-deleted', [log('animals'), removeWithAliases('animals:v0')]],
  ['PENDING', [begin('animals')]],
])('an alias that was put on what is %s is a bug, and stops', (_state, history) => {
  const { store } = given(...history);
  expect(() => evolve(store, [put('animals:v0', 'best')])).toThrow(
    'assertion failed: only a listed version has aliases',
  );
});
