import { isScalar, type Pair } from 'yaml';

/** Whether a pair is the merge key `<<`, which stands for the pairs of other mappings. */
export function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
}

/** The text of a pair's key. */
export function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/**
 * Plain objects cannot tell the key `__proto__` from their own prototype, and schemas leave it out. Such a key
 * is written with a NUL in front while it is one; `decodeKey` takes it off again.
 */
export function encodeKey(key: string): string {
  return key === '__proto__' || key.startsWith('\0') ? `\0${key}` : key;
}

/** The key as the user wrote it. */
export function decodeKey(key: string): string {
  return key.startsWith('\0') ? key.slice(1) : key;
}
