import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../src/service/lists/filter.ts';
import { runField } from '../../../src/service/lists/run-fields.ts';
import { runsIn } from '../../../src/service/lists/run-listing.ts';
import type { Run } from '../../../src/store/run.ts';
import type { Store } from '../../../src/store/store.ts';
import { parseUnixTime } from '../../../src/values/dates.ts';
import { clock, finish, start } from '../../support/stores/builders.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { json } from '../../support/stores/json.ts';
import { projectNamed, read } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const PROJECT = projectNamed('lab/p');
const BEGINS = read(parseUnixTime('2026-01-01'), 'the beginning');

const { store: bare } = givenAmong(peopleOf({ team: { ann: 'member' } }))(
  start('lab/p/a', {
    displayName: 'Night 1',
    tags: ['keep', 'best'],
    group: 'nightly',
    jobType: 'train',
    config: json({ rate: 0.1, model: { depth: 2 }, 'opt.name': 'adam' }),
    summary: json({ loss: 0.5, 'val/acc': 0.9 }),
  }),
  clock('1d'),
  start(
    'lab/p/b',
    { displayName: 'night 2', tags: ['keep'], config: json({ rate: '0.1', flag: true }) },
    'ann',
  ),
  clock('1d'),
  finish('lab/p/b', 'failed'),
  clock('1d'),
  start('lab/p/c', { notes: 'slow', summary: json({ loss: 2, acc: null }) }),
  clock('1d'),
);
const store: Store = { ...bare, begins: BEGINS };

/** The ids of the runs that pass, or what is expected. */
function passing(filter: unknown): string {
  const parsed = parseFilter(typeof filter === 'string' ? filter : JSON.stringify(filter), (name) =>
    runField(name, store),
  );
  if (!parsed.ok) return parsed.expected;
  return runsIn(store, PROJECT)
    .filter(parsed.value)
    .map(({ name }) => name.run)
    .join('');
}

describe('a filter of runs', () => {
  test.each<[unknown, string]>([
    [{}, 'abc'],
    [{ state: 'failed' }, 'b'],
    [{ state: { $in: ['failed', 'crashed'] } }, 'b'],
    [{ state: { $nin: ['failed', 'crashed'] } }, 'ac'],
    [{ state: { $ne: 'running' } }, 'b'],
    [{ name: 'a' }, 'a'],
    [{ id: { $in: ['a', 'c'] } }, 'ac'],
    [{ displayName: 'Night 1' }, 'a'],
    [{ display_name: { $regex: '^Night' } }, 'a'],
    [{ display_name: { $regex: '(?i)^night' } }, 'ab'],
    [{ group: 'nightly' }, 'a'],
    [{ group: null }, 'bc'],
    [{ group: { $regex: 'night' } }, 'a'],
    [{ jobType: 'train', job_type: { $ne: 'eval' } }, 'a'],
    [{ notes: { $exists: true } }, 'c'],
    [{ tags: 'best' }, 'a'],
    [{ tags: { $in: ['keep', 'other'] } }, 'ab'],
    [{ tags: { $nin: ['best'] } }, 'bc'],
    [{ tags: { $ne: 'best' } }, 'bc'],
    [{ tags: ['keep'] }, 'b'],
    [{ username: 'ann' }, 'b'],
    [{ entity: 'lab', project: 'p' }, 'abc'],
    [{ sweep: null, host: { $exists: false } }, 'abc'],
    [{ duration: { $gte: 86_400 * 4 } }, 'a'],
    [{ createdAt: { $gt: '2026-01-01' } }, 'bc'],
    [{ created_at: { $gte: '2026-01-02T00:00:00Z', $lt: '2026-01-04' } }, 'b'],
    [{ createdAt: '2026-01-01T00:00:00' }, 'a'],
    [{ createdAt: { $lte: '2026-01-01T02:00:00.5+02:00' } }, 'a'],
    [{ createdAt: { $lt: '2025-12-31T22:00:00-0200' } }, ''],
    [{ createdAt: { $in: ['2026-01-04 00:00', null] } }, 'c'],
    [{ updatedAt: { $gt: '2026-01-03T12:00:00.000001' } }, 'ac'],
    [{ heartbeat_at: { $lte: '2026-01-03' } }, 'b'],
    [{ 'config.rate': 0.1 }, 'a'],
    [{ 'config.rate.value': '0.1' }, 'b'],
    [{ 'config.model.depth': { $gt: 1 } }, 'a'],
    [{ 'config.model.value.depth': 2 }, 'a'],
    [{ 'config.model': { depth: 2 } }, 'a'],
    [{ 'config.opt.name': 'adam' }, 'a'],
    [{ 'config.flag': true }, 'b'],
    [{ 'config.__proto__': { $exists: true } }, ''],
    [{ 'summary_metrics.loss': { $lt: 1 } }, 'a'],
    [{ 'summary_metrics.loss': { $exists: false } }, 'b'],
    [{ 'summary_metrics.val/acc': 0.9 }, 'a'],
    [{ 'summary_metrics.acc': { $exists: true } }, ''],
    [{ 'summary_metrics.loss': { $not: { $gt: 1 } } }, 'ab'],
    [{ 'config.rate': { $gt: '0' } }, 'b'],
    [{ $or: [{ name: 'a' }, { state: 'failed' }] }, 'ab'],
    [{ $or: [{ $and: [{ name: 'a' }, { tags: 'keep' }] }] }, 'a'],
    [{ $or: [] }, ''],
    [{ $and: [] }, 'abc'],
    [{ $nor: [{ name: 'a' }, { name: 'b' }] }, 'c'],
    [{ $not: { name: 'a' } }, 'bc'],
  ])('%j passes %j', (filter, expected) => {
    expect(passing(filter)).toBe(expected);
  });

  test.each<[unknown, string | RegExp]>([
    ['{', 'a filter in JSON, such as {"state": "finished"}'],
    ['[]', 'a filter that is an object, such as {"state": "finished"}'],
    [{ $and: [null] }, 'a filter that is an object, such as {"state": "finished"}'],
    [
      { colour: 'red' },
      /^one of the fields name, id, .*, config\.KEY or summary_metrics\.KEY instead of "colour"$/,
    ],
    [{ __proto__: 1, constructor: 1 }, /instead of "constructor"$/],
    [{ $where: '1' }, 'one of the operators $and, $or, $nor, $not instead of "$where"'],
    [{ state: { $like: 'f' } }, /^one of the operators \$eq, .*, \$regex, \$not instead of "\$like"$/],
    [{ state: { $ne: 'a', b: 1 } }, /instead of "b"$/],
    [{ state: { $in: 'failed' } }, 'a list after $in'],
    [{ $or: {} }, 'a list after $or'],
    [{ state: { $exists: 1 } }, 'true or false after $exists'],
    [{ state: { $gt: null } }, 'a number, text or date after $gt'],
    [{ state: { $regex: 1 } }, 'a regular expression after $regex'],
    [{ state: { $regex: '(' } }, 'a regular expression with balanced parentheses'],
    [{ createdAt: 'soon' }, 'a date such as "2026-01-31T08:00:00Z" instead of "soon"'],
    [{ createdAt: { $gt: 5 } }, 'a date such as "2026-01-31T08:00:00Z" instead of 5'],
    [{ createdAt: { $in: ['2026-02-30'] } }, /this one does not exist$/],
    [`${'{"$not":'.repeat(50)}{}${'}'.repeat(50)}`, 'a filter of at most 30 levels'],
    [{ state: JSON.parse(`${'{"$not":'.repeat(50)}1${'}'.repeat(50)}`) }, 'a filter of at most 30 levels'],
    [{ state: 'x'.repeat(100_000) }, 'a filter of at most 100000 characters'],
  ])('%.60j is refused', (filter, expected) => {
    const said = passing(filter);
    expect(said).toMatch(expected);
    if (typeof expected === 'string') expect(said).toBe(expected);
  });

  test('any JSON is a filter or is refused', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(typeof passing(text)).toBe('string');
      }),
    );
  });
});

/** A condition as data, from which a filter and an independent predicate are made. */
interface Condition {
  readonly filter: unknown;
  readonly holds: (run: Run) => boolean;
}

const number = fc.integer({ min: 0, max: 3 });
const word = fc.constantFrom('x', 'y', 'yx');
const lossOf = (run: Run): number | undefined => JSON.parse(run.summary).loss;

const simple: fc.Arbitrary<Condition> = fc.oneof(
  number.map((loss) => ({
    filter: { 'summary_metrics.loss': { $lt: loss } },
    holds: (run: Run) => (lossOf(run) ?? loss) < loss,
  })),
  number.map((loss) => ({
    filter: { 'summary_metrics.loss': { $ne: loss } },
    holds: (run: Run) => lossOf(run) !== loss,
  })),
  fc.boolean().map((isThere) => ({
    filter: { 'summary_metrics.loss': { $exists: isThere } },
    holds: (run: Run) => (lossOf(run) !== undefined) === isThere,
  })),
  word.map((tag) => ({ filter: { tags: tag }, holds: (run: Run) => run.tags.includes(tag) })),
  fc.array(word, { maxLength: 2 }).map((tags) => ({
    filter: { tags: { $nin: tags } },
    holds: (run: Run) => !tags.some((tag) => run.tags.includes(tag)),
  })),
  word.map((part) => ({
    filter: { display_name: { $regex: part } },
    holds: (run: Run) => run.displayName.includes(part),
  })),
  fc.option(word).map((group) => ({ filter: { group }, holds: (run: Run) => run.group === group })),
);

const { condition } = fc.letrec<{ readonly condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition' },
    simple,
    fc.array(tie('condition'), { maxLength: 3 }).map((parts) => ({
      filter: { $and: parts.map(({ filter }) => filter) },
      holds: (run: Run) => parts.every(({ holds }) => holds(run)),
    })),
    fc.array(tie('condition'), { maxLength: 3 }).map((parts) => ({
      filter: { $or: parts.map(({ filter }) => filter) },
      holds: (run: Run) => parts.some(({ holds }) => holds(run)),
    })),
    fc.array(tie('condition'), { maxLength: 3 }).map((parts) => ({
      filter: { $nor: parts.map(({ filter }) => filter) },
      holds: (run: Run) => parts.every(({ holds }) => !holds(run)),
    })),
    tie('condition').map(({ filter, holds }) => ({
      filter: { $not: filter },
      holds: (run: Run) => !holds(run),
    })),
  ),
}));

const facts = fc.record({
  displayName: word,
  tags: fc.uniqueArray(word),
  group: fc.option(word),
  summary: fc.oneof(
    number.map((loss) => json({ loss })),
    fc.constant(json({})),
  ),
});

test('a filter passes the runs that a predicate of its own passes', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 6 }), condition, (all, { filter, holds }) => {
      const { store: random } = given(...all.map((of, index) => start(`lab/p/${index}`, of)));
      const runs = runsIn(random, PROJECT);
      const passes = read(
        parseFilter(JSON.stringify(filter), (name) => runField(name, random)),
        'the filter',
      );
      expect(runs.filter(passes)).toEqual(runs.filter(holds));
    }),
  );
});
