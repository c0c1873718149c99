/**
 * A value of which no part can be written to any more, deep down, also where it was frozen on its surface only: stores
 * share what they hold. An instance of a class, as a table is, looks after itself. Parts that are those of `before`,
 * which is frozen already, are not looked into again.
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
