import { type Json, jsonObjectOf } from '../../../src/values/json.ts';

/** The text of a JSON object. */
export function json(value: object): Json {
  const text = jsonObjectOf(value);
  if (text === null) throw new Error('this is no JSON object');
  return text;
}
