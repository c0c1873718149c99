/**
 * Plain objects cannot distinguish the key `__proto__` from their own prototype, and Zod drops it. Such a key gets a
 * NUL in front; `decodeKey` removes it.
 */
export function encodeKey(key: string): string {
  return key === '__proto__' || key.startsWith('\0') ? `\0${key}` : key;
}

/** The key as the user wrote it. */
export function decodeKey(key: string): string {
  return key.startsWith('\0') ? key.slice(1) : key;
}

/** Whether a parsed value is a mapping. Its keys are encoded. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a mapping, otherwise an empty mapping. */
export function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : {};
}
