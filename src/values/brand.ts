declare const brand: unique symbol;

/**
 * A primitive that only one module hands out: `Brand<string, 'VersionId'>` is a string that nobody can make
 * by accident, so that an identifier of one table is never used in another.
 */
export type Brand<Primitive, Name extends string> = Primitive & {
  readonly [brand]: Name;
};
