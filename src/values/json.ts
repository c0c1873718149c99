import type { Brand } from './brand.ts';

/**
 * A JSON value as compact text: metadata that users choose and that no rule reads. Text is immutable, compared in one
 * step, and keeps any key, `__proto__` included.
 */
export type Json = Brand<string, 'Json'>;

/** The empty object. */
export const EMPTY_OBJECT: Json = '{}' as Json;

/** At most how many objects and arrays can be inside each other. */
export const DEEPEST_JSON = 100;

/**
 * The text of a value: null, booleans, finite numbers, text, arrays, and objects or maps with text as keys, at most
 * `DEEPEST_JSON` levels deep. Null for any other value.
 */
export function jsonOf(value: unknown): Json | null {
  return textOf(value, 0) as Json | null;
}

/** The text of an object; null for any other value, and for what `jsonOf` refuses. */
export function jsonObjectOf(value: unknown): Json | null {
  const text = jsonOf(value);
  return text?.startsWith('{') === true ? text : null;
}

/** The value of a text that anybody wrote; undefined if it is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a text is that of an object, as `jsonObjectOf` writes it. */
export function isJsonObject(text: string): text is Json {
  return jsonObjectOf(parsedJson(text)) === text;
}

/** The value of a text, with every key as an own property. */
export function jsonValue(json: Json): unknown {
  return JSON.parse(json);
}

function textOf(value: unknown, depth: number): string | null {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : null;
    case 'string':
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      return depth === DEEPEST_JSON ? null : partsOf(value, depth + 1);
    default:
      return null;
  }
}

function partsOf(value: object, depth: number): string | null {
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: unknown) => textOf(item, depth));
    return items.includes(null) ? null : `[${items.join(',')}]`;
  }
  const isPlain = [null, Object.prototype].includes(Object.getPrototypeOf(value));
  const isKeyed = value instanceof Map && [...value.keys()].every((key) => typeof key === 'string');
  if (!isPlain && !isKeyed) return null;
  // The order of an object, whose keys that are numbers come first: the text is the same after it is parsed.
  const pairs = Object.entries(isKeyed ? Object.fromEntries(value) : value).map(([key, inner]) => {
    const text = textOf(inner, depth);
    return text === null ? null : `${JSON.stringify(key)}:${text}`;
  });
  return pairs.includes(null) ? null : `{${pairs.join(',')}}`;
}
