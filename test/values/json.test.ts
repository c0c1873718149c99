import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DEEPEST_JSON,
  isJsonObject,
  jsonObjectOf,
  jsonOf,
  jsonValue,
  parsedJson,
} from '../../src/values/json.ts';

test('every JSON value comes back from its text, with keys such as __proto__', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.oneof(fc.string(), fc.nat().map(String)), (value, key) => {
      const text = jsonOf(value);
      expect(text).toBe(JSON.stringify(value));
      const pairs = [['__proto__', value] as const, [key, value] as const];
      const keyed = jsonObjectOf(new Map(pairs));
      if (keyed === null) throw new Error('it is an object');
      expect(isJsonObject(keyed)).toBe(true);
      const read = new Map(Object.entries(Object(jsonValue(keyed))));
      expect(read).toEqual(new Map(JSON.parse(JSON.stringify([...new Map(pairs)]))));
    }),
  );
});

test('a text that is no JSON has no value', () => {
  expect(parsedJson('{"a":[1]}')).toEqual({ a: [1] });
  for (const text of ['', '{', 'undefined', '{"a":1}}']) expect(parsedJson(text)).toBeUndefined();
});

test('what is no JSON has no text', () => {
  for (const value of [
    undefined,
    Number.NaN,
    Infinity,
    1n,
    () => 1,
    Symbol.iterator,
    new Date(0),
    [undefined],
  ]) {
    expect(jsonOf(value)).toBeNull();
    expect(jsonOf({ inside: value })).toBeNull();
  }
  expect(jsonOf(new Map([[1, 2]]))).toBeNull();
});

test('the text of an object is written in one way only', () => {
  for (const text of ['{"b":1,"1":2}', '{"a":1,"a":1}', '{ }', '{"a":1e2}', '{"a":', '[]', '1'])
    expect(isJsonObject(text)).toBe(false);
  expect(
    jsonObjectOf(
      new Map([
        ['b', 1],
        ['1', 2],
      ]),
    ),
  ).toBe('{"1":2,"b":1}');
});

test('only an object is an object', () => {
  for (const value of [null, 1, 'text', true, [], [{}]]) expect(jsonObjectOf(value)).toBeNull();
  expect(jsonObjectOf({ a: [1, { b: null }] })).toBe('{"a":[1,{"b":null}]}');
});

test('a value that is nested too deeply, or in itself, has no text', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  expect(jsonOf(nested(DEEPEST_JSON))).not.toBeNull();
  expect(jsonOf(nested(DEEPEST_JSON + 1))).toBeNull();
  const empty = (levels: number): unknown => (levels === 1 ? {} : { a: empty(levels - 1) });
  expect(jsonOf(empty(DEEPEST_JSON))).not.toBeNull();
  expect(jsonOf(empty(DEEPEST_JSON + 1))).toBeNull();
  const circular: unknown[] = [];
  circular.push(circular);
  expect(jsonOf(circular)).toBeNull();
});
