import { buildSchema, execute, type GraphQLError, parse, validate } from 'graphql';
import type { Context } from './context.ts';
import { MUTATIONS } from './mutations/mutations.ts';
import { QUERIES } from './nodes/queries.ts';
import { SDL } from './schema.ts';

/** A request of a client. Variables that the document does not declare are ignored. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

/** The HTTP status and body of an answer. With an error there is no data: clients then show its message. */
export interface GraphqlResponse {
  readonly status: number;
  readonly body: { readonly data: unknown } | { readonly errors: readonly GraphQLError[] };
}

const SCHEMA = buildSchema(SDL);
const ROOT = { ...QUERIES, ...MUTATIONS };

/** Executes a document. Unknown fields and types are errors in graphql-js's words, with status 400. */
export async function executeGraphql(request: GraphqlRequest, context: Context): Promise<GraphqlResponse> {
  const { query, variables, operationName } = request;
  const document = parse(query);
  const mistakes = validate(SCHEMA, document);
  if (mistakes.length > 0) return failed(mistakes);
  const { data, errors = [] } = await execute({
    schema: SCHEMA,
    document,
    rootValue: ROOT,
    contextValue: context,
    variableValues: variables ?? {},
    operationName: operationName === '' ? undefined : operationName,
  });
  return errors.length > 0 ? failed(errors) : { status: 200, body: { data } };
}

function failed(errors: readonly GraphQLError[]): GraphqlResponse {
  const status = errors[0]?.extensions['status'];
  return { status: typeof status === 'number' ? status : 400, body: { errors } };
}
