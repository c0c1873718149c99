import { z } from 'zod';

/** The keys that a schema allows in the mapping at this path; none if the schema does not know the path. */
export function keysKnownAt(schema: z.core.$ZodType, keys: readonly string[]): readonly string[] {
  return schemasAt(schema, keys).flatMap((found) =>
    found instanceof z.ZodObject ? Object.keys(found.shape) : [],
  );
}

/** The words that a schema allows at this path, if there are only a few: `true`, `aws`, … */
export function wordsKnownAt(schema: z.core.$ZodType, keys: readonly string[]): readonly string[] {
  return schemasAt(schema, keys).flatMap((found) => {
    if (found instanceof z.ZodEnum) return found.options.map(String);
    if (found instanceof z.ZodLiteral) return [...found.values].map(String);
    return found instanceof z.ZodBoolean ? ['true', 'false'] : [];
  });
}

// Every schema that could apply to a value at this path; a list stands for its items.
function schemasAt(schema: z.core.$ZodType, keys: readonly string[]): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return schemasAt(schema.def.innerType, keys);
  if (schema instanceof z.ZodPipe) return schemasAt(schema.def.in, keys);
  if (schema instanceof z.ZodUnion) return schema.def.options.flatMap((option) => schemasAt(option, keys));
  if (schema instanceof z.ZodArray) return schemasAt(schema.def.element, keys);
  const [key, ...rest] = keys;
  if (key === undefined) return [schema];
  if (schema instanceof z.ZodRecord) return schemasAt(schema.def.valueType, rest);
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, key)) return [];
  return schemasAt(schema.shape[key], rest);
}
