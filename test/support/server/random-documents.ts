import type fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { SCHEMA } from '../../../src/server/graphql/documents.ts';

/** Chooses one of these. */
export type Choose = <Choice>(choices: readonly Choice[]) => Choice;

/** Chooses as fast-check decides, so that a failure can be repeated and shrunk. */
export function chooser(draw: fc.GeneratorValue, index: (size: number) => fc.Arbitrary<number>): Choose {
  return (choices) => {
    const chosen = choices[draw(index, choices.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
}

/** Texts for arguments: names and ids that exist, and others. */
export type Pool = readonly string[];

const DEEPEST = 4;

/** A query over the schema, with values in place of variables: valid, except that its values can make no sense. */
export function randomQuery(choose: Choose, pool: Pool): string {
  const root = SCHEMA.getQueryType();
  if (root === null || root === undefined) throw new Error('the schema has no queries');
  return `query ${selectionOf(choose, pool, root, 0)}`;
}

/** One mutation of the schema. It selects little of its result, so that an error is one of the mutation. */
export function randomMutation(choose: Choose, pool: Pool): string {
  const { name, args } = choose(Object.values(SCHEMA.getMutationType()?.getFields() ?? {}));
  return `mutation { ${name}${argumentsOf(choose, pool, args)} { __typename } }`;
}

function selectionOf(choose: Choose, pool: Pool, given: GraphQLOutputType, depth: number): string {
  const type = getNamedType(given);
  if (isUnionType(type) || isInterfaceType(type)) {
    const parts = SCHEMA.getPossibleTypes(type).map(
      (possible) => `... on ${possible.name} ${selectionOf(choose, pool, possible, depth)}`,
    );
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(
    (field) => depth < DEEPEST || !isObjectType(getNamedType(field.type)),
  );
  const count = choose([1, 1, 2, 3]);
  const selected = Array.from({ length: fields.length === 0 ? 0 : count }, (_, at) => {
    const field = choose(fields);
    const args = argumentsOf(choose, pool, field.args);
    // Under names of their own, the same field can be selected twice.
    return `f${depth}_${at}_${field.name}: ${field.name}${args} ${selectionOf(choose, pool, field.type, depth + 1)}`;
  });
  return `{ __typename ${selected.join(' ')} }`;
}

function argumentsOf(choose: Choose, pool: Pool, args: readonly GraphQLArgument[]): string {
  const given = fieldsOf(choose, pool, args);
  return given === '' ? '' : `(${given})`;
}

function fieldsOf(
  choose: Choose,
  pool: Pool,
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
): string {
  return fields
    .filter(({ type }) => isNonNullType(type) || choose([true, false]))
    .map(({ name, type }) => `${name}: ${literalOf(choose, pool, type)}`)
    .join(' ');
}

function literalOf(choose: Choose, pool: Pool, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(choose, pool, type.ofType);
  if (isListType(type)) {
    return `[${Array.from({ length: choose([0, 1, 2]) }, () => literalOf(choose, pool, type.ofType)).join(' ')}]`;
  }
  if (isInputObjectType(type)) return `{ ${fieldsOf(choose, pool, Object.values(type.getFields()))} }`;
  if (isEnumType(type)) return choose(type.getValues()).name;
  switch (type.name) {
    case 'Boolean':
      return choose(['true', 'false']);
    case 'Int':
    case 'Int64':
      return choose(['0', '1', '2', '50', '-1', '2147483647']);
    case 'JSONString':
      return JSON.stringify(choose(JSON_TEXTS));
    default:
      return JSON.stringify(choose(pool));
  }
}

const JSON_TEXTS = [
  '{}',
  '[]',
  'null',
  '{',
  '{"state":"COMMITTED"}',
  '{"__proto__":{"x":1}}',
  '{"name":{"$regex":"(a+)+$"}}',
  '{"$or":[{"state":"running"},{"tags":{"$in":["x"]}}]}',
  '{"config.lr":{"$gt":0}}',
  '{"lr":{"value":1}}',
  '['.repeat(1_000),
  `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
];
