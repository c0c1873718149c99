import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEEPEST_JSON, jsonObjectOf, jsonOf, jsonValue } from '../../src/values/json.ts';

test('every JSON value comes back from its text, with keys such as __proto__', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, key) => {
      const text = jsonOf(value);
      expect(text).toBe(JSON.stringify(value));
      const pairs = [['__proto__', value] as const, [key, value] as const];
      const keyed = jsonObjectOf(new Map(pairs));
      expect(keyed).not.toBeNull();
      expect(Object.entries(jsonValue(keyed ?? ('' as never)) as object)).toEqual(
        JSON.parse(JSON.stringify([...new Map(pairs)])),
      );
    }),
  );
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

test('only an object is an object', () => {
  for (const value of [null, 1, 'text', true, [], [{}]]) expect(jsonObjectOf(value)).toBeNull();
  expect(jsonObjectOf({ a: [1, { b: null }] })).toBe('{"a":[1,{"b":null}]}');
});

test('a value that is nested too deeply, or in itself, has no text', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  expect(jsonOf(nested(DEEPEST_JSON))).not.toBeNull();
  expect(jsonOf(nested(DEEPEST_JSON + 1))).toBeNull();
  const circular: unknown[] = [];
  circular.push(circular);
  expect(jsonOf(circular)).toBeNull();
});
