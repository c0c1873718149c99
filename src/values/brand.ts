declare const brand: unique symbol;

/** A primitive with a name: a `Brand<string, 'VersionId'>` cannot be created by accident or used for another table. */
export type Brand<Primitive, Name extends string> = Primitive & {
  readonly [brand]: Name;
};
