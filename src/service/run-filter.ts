import type { Run } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import { jsonOf } from '../values/json.ts';
import { byCodePoint } from '../values/order.ts';
import { parsePattern } from '../values/pattern.ts';
import { mustParse, type Parsed, parsing, Unexpected } from '../values/result.ts';
import { type RunField, runField } from './run-fields.ts';

/** Whether a run passes a filter. */
export type RunFilter = (run: Run) => boolean;

type Test = (value: unknown) => boolean;
type Times = Pick<Store, 'now' | 'begins'>;

const MOST_CHARACTERS = 100_000;
const DEEPEST = 30;

/**
 * Reads a filter of runs: JSON in MongoDB's query language, at most 100,000 characters and 30 levels deep. A field without
 * a value equals null; a list passes a test that one of its items passes; values of different types differ and have no
 * order. Fails with what is expected, as for an unknown field or operator. Regular expressions are those of `parsePattern`.
 */
export function parseRunFilter(text: string, store: Times): Parsed<RunFilter> {
  return parsing(() => filterOf(jsonIn(text), store, 1));
}

function jsonIn(text: string): unknown {
  if (text.length <= MOST_CHARACTERS) {
    try {
      return JSON.parse(text);
    } catch {
      throw new Unexpected('a filter in JSON, such as {"state": "finished"}');
    }
  }
  throw new Unexpected(`a filter of at most ${MOST_CHARACTERS} characters`);
}

const JOINS: ReadonlyMap<string, (filters: readonly RunFilter[]) => RunFilter> = new Map([
  ['$and', (filters) => (run) => filters.every((passes) => passes(run))],
  ['$or', (filters) => (run) => filters.some((passes) => passes(run))],
  ['$nor', (filters) => (run) => !filters.some((passes) => passes(run))],
]);

function filterOf(given: unknown, store: Times, depth: number): RunFilter {
  if (!isObject(given)) throw new Unexpected('a filter that is an object, such as {"state": "finished"}');
  mustBeShallow(depth);
  const conditions = Object.entries(given).map(([key, operand]) => conditionOf(key, operand, store, depth));
  return (run) => conditions.every((passes) => passes(run));
}

function conditionOf(key: string, operand: unknown, store: Times, depth: number): RunFilter {
  const join = JOINS.get(key);
  if (join !== undefined) return join(listIn(key, operand).map((part) => filterOf(part, store, depth + 1)));
  if (key === '$not') {
    const passes = filterOf(operand, store, depth + 1);
    return (run) => !passes(run);
  }
  if (key.startsWith('$')) throw unknownOperator(key, [...JOINS.keys(), '$not']);
  const field = runField(key, store);
  const test = testOf(operand, field, depth);
  return (run) => test(field.read(run));
}

type Operator = (operand: unknown, field: RunField) => Test;

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$eq', equalTo],
  ['$ne', (operand, field) => not(equalTo(operand, field))],
  ['$in', (operand, field) => oneOf('$in', operand, field)],
  ['$nin', (operand, field) => not(oneOf('$nin', operand, field))],
  ['$gt', comparison('$gt', (order) => order > 0)],
  ['$gte', comparison('$gte', (order) => order >= 0)],
  ['$lt', comparison('$lt', (order) => order < 0)],
  ['$lte', comparison('$lte', (order) => order <= 0)],
  ['$exists', existence],
  ['$regex', match],
]);

function testOf(operand: unknown, field: RunField, depth: number): Test {
  mustBeShallow(depth);
  if (!isObject(operand) || !Object.keys(operand).some((key) => key.startsWith('$'))) {
    return equalTo(operand, field);
  }
  const tests = Object.entries(operand).map(([key, given]) => {
    if (key === '$not') return not(testOf(given, field, depth + 1));
    const operator = OPERATORS.get(key);
    if (operator === undefined) throw unknownOperator(key, [...OPERATORS.keys(), '$not']);
    return operator(given, field);
  });
  return (value) => tests.every((passes) => passes(value));
}

function not(test: Test): Test {
  return (value) => !test(value);
}

function equalTo(operand: unknown, field: RunField): Test {
  const wanted = textOf(field.operand(operand));
  return someOf((value) => textOf(value) === wanted);
}

function oneOf(key: string, operand: unknown, field: RunField): Test {
  const wanted = new Set(listIn(key, operand).map((item) => textOf(field.operand(item))));
  return someOf((value) => wanted.has(textOf(value)));
}

function comparison(key: string, holds: (order: number) => boolean): Operator {
  return (operand, field) => {
    const bound = field.operand(operand);
    if (typeof bound !== 'number' && typeof bound !== 'string') {
      throw new Unexpected(`a number, text or date after ${key}`);
    }
    return someOf((value) => {
      if (typeof value === 'number' && typeof bound === 'number') return holds(value - bound);
      return typeof value === 'string' && typeof bound === 'string' && holds(byCodePoint(value, bound));
    });
  };
}

function existence(operand: unknown): Test {
  if (typeof operand !== 'boolean') throw new Unexpected('true or false after $exists');
  return (value) => (value !== undefined && value !== null) === operand;
}

function match(operand: unknown): Test {
  if (typeof operand !== 'string') throw new Unexpected('a regular expression after $regex');
  const pattern = mustParse(parsePattern(operand));
  return someOf((value) => typeof value === 'string' && pattern.matches(value));
}

function someOf(test: Test): Test {
  return (value) => test(value) || (Array.isArray(value) && value.some(test));
}

// Equal values have equal texts; a field without a value equals null.
function textOf(value: unknown): string | null {
  return jsonOf(value ?? null);
}

function listIn(key: string, operand: unknown): readonly unknown[] {
  if (Array.isArray(operand)) return operand;
  throw new Unexpected(`a list after ${key}`);
}

function mustBeShallow(depth: number): void {
  if (depth > DEEPEST) throw new Unexpected(`a filter of at most ${DEEPEST} levels`);
}

function unknownOperator(key: string, known: readonly string[]): Unexpected {
  return new Unexpected(`one of the operators ${known.join(', ')} instead of "${key}"`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
