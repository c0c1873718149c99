import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRunOrder, projectsOf, type RunKey, runsIn } from '../../../src/service/lists/run-listing.ts';
import { FIRST_PAGE, type Place, pageOf } from '../../../src/service/paging.ts';
import type { Run } from '../../../src/store/run.ts';
import {
  clock,
  finish,
  log,
  removeCollection,
  removeProject,
  removeRun,
  start,
} from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { json } from '../../support/stores/json.ts';
import { projectNamed, read } from '../../support/stores/names.ts';

const PROJECT = projectNamed('lab/p');
const ids = (runs: readonly Run[]) => runs.map(({ name }) => name.run).join('');

const { store } = given(
  start('lab/p/b', { displayName: 'x', summary: json({ loss: 2 }) }),
  start('lab/p/a', { displayName: 'y', summary: json({ loss: 'nan' }) }),
  clock('1h'),
  start('lab/p/d', { displayName: 'x', summary: json({ loss: 1 }) }),
  start('lab/p/e'),
  removeRun('lab/p/e'),
  start('lab/p/c', { displayName: 'z', group: 'g' }),
  clock('1h'),
  finish('lab/p/d'),
  start('lab/other/f'),
  clock('1h'),
);

describe('the runs of a project', () => {
  test('are the existing ones, as they started and then by name', () => {
    expect(ids(runsIn(store, PROJECT))).toBe('abcd');
    expect(runsIn(store, projectNamed('lab/none'))).toEqual([]);
  });

  test.each([
    ['+created_at', 'abcd'],
    ['created_at', 'abcd'],
    ['-created_at', 'cdab'],
    ['-createdAt', 'cdab'],
    ['+heartbeat_at', 'dabc'],
    ['name', 'abcd'],
    ['-name', 'dcba'],
    ['display_name', 'bdac'],
    ['-display_name', 'cabd'],
    ['+summary_metrics.loss', 'dbac'],
    ['-summary_metrics.loss', 'bdac'],
    ['group', 'cabd'],
    ['config.rate.value', 'abcd'],
  ])('in the order %s are %s', (order, expected) => {
    const { keyOf, compare } = read(parseRunOrder(order, store), order);
    expect(ids(runsIn(store, PROJECT).toSorted((left, right) => compare(keyOf(left), keyOf(right))))).toBe(
      expected,
    );
  });

  test('have no order by an unknown field', () => {
    expect(parseRunOrder('-colour', store)).toEqual({
      ok: false,
      expected: expect.stringMatching(/^one of the fields name, .* instead of "colour"$/),
    });
  });

  test('are all seen once, page by page, although those that were seen are deleted', () => {
    const facts = fc.record({ summary: fc.nat(3).map((loss) => json(loss === 0 ? {} : { loss })) });
    const orders = fc.constantFrom(
      'created_at',
      '-created_at',
      '+summary_metrics.loss',
      '-summary_metrics.loss',
    );
    const all = fc.array(facts, { maxLength: 12 });
    fc.assert(
      fc.property(all, orders, fc.integer({ min: 1, max: 4 }), (given_, order, size) => {
        const history = given_.flatMap((of, index) => [
          start(`lab/p/r${index}`, of),
          ...(index % 3 === 0 ? [clock('1m')] : []),
        ]);
        const before = given(...history).store;
        const { keyOf, compare } = read(parseRunOrder(order, before), order);
        const keysOf = (runs: readonly Run[]) => runs.map(keyOf).sort(compare);
        const expected = keysOf(runsIn(before, PROJECT));
        const seen: RunKey[] = [];
        for (let place: Place<RunKey> = FIRST_PAGE, more = true; more; ) {
          const deleted = seen.map(([, , , run]) => removeRun(`lab/p/${run}`));
          const now = given(...history, ...deleted).store;
          const page = pageOf({ keys: keysOf(runsIn(now, PROJECT)), compare }, place, size, 'cursor');
          seen.push(...page.keys);
          place = page.next;
          more = page.hasMore;
        }
        expect(seen).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a project', () => {
  const projects = given(
    log('lab/b/animals', { 'cat.jpg': '1KB' }),
    start('lab/a/run'),
    start('lab/gone/run'),
    removeRun('lab/gone/run'),
    log('lab/deleted/animals', { 'cat.jpg': '1KB' }),
    removeProject('lab/deleted'),
    start('lab/mixed/run'),
    removeRun('lab/mixed/run'),
    log('lab/mixed/animals', { 'cat.jpg': '1KB' }),
    removeCollection('lab/mixed/animals'),
    start('lab/mixed/other'),
    start('other/a/run'),
  ).store;

  test('is listed in its entity, by name, if one of its runs or artifact collections exists', () => {
    const named = (entity: string) => projectsOf(projects, entity).map(({ name }) => name.project);
    expect(named('lab')).toEqual(['a', 'b', 'mixed']);
    expect(named('nobody')).toEqual([]);
  });
});
