import { jsonOf, parsedJson } from '../../values/json.ts';
import { byCodePoint } from '../../values/order.ts';
import { parsePattern } from '../../values/pattern.ts';
import { mustParse, type Parsed, parsing, Unexpected } from '../../values/result.ts';

/** A field that a filter names. */
export interface FilterField<Row> {
  /** Its value in a row: JSON, a date as an instant, or undefined if the row has none. */
  read(row: Row): unknown;
  /** The value that a filter compares it with, from the JSON in the filter. Throws `Unexpected`, as for an impossible date. */
  operand(given: unknown): unknown;
}

/** Finds the field of a name. Throws `Unexpected` for another name. */
export type FieldOf<Row> = (name: string) => FilterField<Row>;

/** Whether a row passes a filter. */
export type Filter<Row> = (row: Row) => boolean;

type Test = (value: unknown) => boolean;
type Operand = Pick<FilterField<never>, 'operand'>;

const MOST_CHARACTERS = 100_000;
const DEEPEST = 30;

/**
 * Reads a filter: JSON in MongoDB's query language, at most 100,000 characters and 30 levels deep. A field without
 * a value equals null; a list passes a test that one of its items passes; values of different types differ and have no
 * order. Fails with what is expected, as for an unknown field or operator. Regular expressions are those of `parsePattern`.
 */
export function parseFilter<Row>(text: string, fieldOf: FieldOf<Row>): Parsed<Filter<Row>> {
  return parsing(() => filterOf(jsonIn(text), fieldOf, 1));
}

function jsonIn(text: string): unknown {
  if (text.length > MOST_CHARACTERS)
    throw new Unexpected(`a filter of at most ${MOST_CHARACTERS} characters`);
  const given = parsedJson(text);
  if (given === undefined) throw new Unexpected('a filter in JSON, such as {"state": "finished"}');
  return given;
}

const JOINS: ReadonlyMap<string, (passed: readonly boolean[]) => boolean> = new Map([
  ['$and', (passed) => passed.every(Boolean)],
  ['$or', (passed) => passed.some(Boolean)],
  ['$nor', (passed) => !passed.some(Boolean)],
]);

function filterOf<Row>(given: unknown, fieldOf: FieldOf<Row>, depth: number): Filter<Row> {
  if (!isObject(given)) throw new Unexpected('a filter that is an object, such as {"state": "finished"}');
  mustBeShallow(depth);
  const conditions = Object.entries(given).map(([key, operand]) => conditionOf(key, operand, fieldOf, depth));
  return (row) => conditions.every((passes) => passes(row));
}

function conditionOf<Row>(key: string, operand: unknown, fieldOf: FieldOf<Row>, depth: number): Filter<Row> {
  const join = JOINS.get(key);
  if (join !== undefined) {
    const filters = listIn(key, operand).map((part) => filterOf(part, fieldOf, depth + 1));
    return (row) => join(filters.map((passes) => passes(row)));
  }
  if (key === '$not') {
    const passes = filterOf(operand, fieldOf, depth + 1);
    return (row) => !passes(row);
  }
  if (key.startsWith('$')) throw unknownOperator(key, [...JOINS.keys(), '$not']);
  const field = fieldOf(key);
  const test = testOf(operand, field, depth);
  return (row) => test(field.read(row));
}

type Operator = (operand: unknown, field: Operand) => Test;

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

function testOf(operand: unknown, field: Operand, depth: number): Test {
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

function equalTo(operand: unknown, field: Operand): Test {
  const wanted = textOf(field.operand(operand));
  return someOf((value) => textOf(value) === wanted);
}

function oneOf(key: string, operand: unknown, field: Operand): Test {
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
