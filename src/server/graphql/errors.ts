import { GraphQLError } from 'graphql';
import { actionTexts, adviceLines } from '../../narration/answers/advice.ts';
import type { Answer } from '../../service/answer.ts';
import type { Who } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import { pythonLine } from './python-advice.ts';

/**
 * The error that a client shows for a refusal: its sentence, and the calls in Python that would go through. Its code and
 * rule travel along.
 */
export function refusalError(
  { refusal, advice = [] }: Extract<Answer<unknown>, { readonly ok: false }>,
  store: Store,
  reader: Who = null,
): GraphQLError {
  const calls = actionTexts(advice, (action) => pythonLine(action, store, reader));
  return new GraphQLError([refusal.sentence, ...adviceLines(calls)].join(' '), {
    extensions: {
      code: refusal.code,
      rule: refusal.rule,
      status: refusal.code === 'forbidden' ? 403 : 400,
    },
  });
}

/** The error for a request that makes no sense, such as an id of nothing. */
export function requestError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'bad-request', status: 400 } });
}
