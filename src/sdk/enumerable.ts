/**
 * Makes computed attributes enumerable own properties. Vitest, `node:assert` and `JSON.stringify` look only at those, so
 * two objects with private state alone would always be equal.
 */
export function enumerable(object: object, attributes: readonly string[]): void {
  for (const attribute of attributes) {
    const inherited = Object.getOwnPropertyDescriptor(owner(object, attribute), attribute);
    const { get, set } = inherited ?? {};
    if (get === undefined) continue;
    Object.defineProperty(object, attribute, {
      enumerable: true,
      get: () => get.call(object),
      ...(set === undefined ? {} : { set: (value: unknown) => set.call(object, value) }),
    });
  }
}

// The nearest prototype that defines the attribute.
function owner(object: object, attribute: string): object {
  let prototype: unknown = Object.getPrototypeOf(object);
  while (typeof prototype === 'object' && prototype !== null) {
    if (Object.hasOwn(prototype, attribute)) return prototype;
    prototype = Object.getPrototypeOf(prototype);
  }
  return object;
}
