import { GraphQLError } from 'graphql';
import type { Answer } from '../../service/answer.ts';

/** The refusal of a call, with what would go through instead. */
export type RefusedCall = Extract<Answer<unknown>, { readonly ok: false }>;

/** The error that a client shows for a refusal: its sentence, and the advice in Python. Its code travels along. */
export function refusalError({ refusal }: RefusedCall): GraphQLError {
  return new GraphQLError(refusal.sentence, {
    extensions: { code: refusal.code, status: refusal.code === 'forbidden' ? 403 : 400 },
  });
}

/** The error for a request that makes no sense, such as an id of nothing. */
export function requestError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'bad-request', status: 400 } });
}
