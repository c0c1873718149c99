/**
 * Freezes a plain value deeply, including parts that were frozen only shallowly. Class instances, such as tables, take
 * care of themselves. Parts that are identical in `before`, which is frozen, are skipped.
 */
export function frozen<Value extends object>(value: Value, before?: Value): Value {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) return value;
  Object.freeze(value);
  for (const part in value) {
    const inner = value[part];
    if (typeof inner === 'object' && inner !== null && inner !== before?.[part]) frozen(inner);
  }
  return value;
}
