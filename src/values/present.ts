/** The fields that are given, without those that are undefined: an explicit undefined would override a default. */
export function present<Fields extends object>(
  fields: { readonly [Key in keyof Fields]: Fields[Key] | undefined },
): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
