import { execute, GraphQLError } from 'graphql';
import { z } from 'zod';
import { BUG, reportBug } from '../http-errors.ts';
import type { Context } from './context.ts';
import { readDocument, SCHEMA } from './documents.ts';
import { requestError } from './errors.ts';
import { MUTATIONS } from './mutations/mutations.ts';
import { QUERIES } from './nodes/queries.ts';
import { resolveField } from './resolve-field.ts';

/** The schema of a request. Variables that the document does not declare are ignored. */
export const graphqlRequest = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

type GraphqlRequest = z.output<typeof graphqlRequest>;

/** The HTTP status and body of an answer. With an error there is no data: clients then show its message. */
export interface GraphqlResponse {
  readonly status: number;
  readonly body: { readonly data: unknown } | { readonly errors: readonly GraphQLError[] };
}

const ROOT = { ...QUERIES, ...MUTATIONS };

/** Executes a document. Unknown fields and types are errors in graphql-js's words, with status 400. */
export async function executeGraphql(request: GraphqlRequest, context: Context): Promise<GraphqlResponse> {
  const { query, variables, operationName } = request;
  const read = readDocument(query);
  if ('errors' in read) return failed(read.errors);
  const { data, errors = [] } = await execute({
    schema: SCHEMA,
    document: read.document,
    rootValue: ROOT,
    fieldResolver: resolveField,
    contextValue: context,
    variableValues: variables ?? {},
    operationName: operationName === '' ? undefined : operationName,
  });
  return errors.length > 0 ? failed(errors) : { status: 200, body: { data } };
}

// One cause can fail thousands of fields.
const MOST_ERRORS = 10;

function failed(errors: readonly GraphQLError[]): GraphqlResponse {
  const status = errors[0]?.extensions['status'];
  return {
    status: typeof status === 'number' ? status : 400,
    body: { errors: errors.slice(0, MOST_ERRORS).map(presentable) },
  };
}

// Clients repeat for hours what fails with a 500, so a bug is answered like a mistake in the request.
function presentable(error: GraphQLError): GraphQLError {
  const { originalError } = error;
  if (originalError === undefined || originalError instanceof GraphQLError) return error;
  reportBug(originalError);
  return requestError(BUG);
}
