import { z } from 'zod';
import { actionTexts } from '../../narration/answers/advice.ts';
import { actionLine } from '../../scenario/language/step-of.ts';
import type { Diagnostic } from '../../scenario/yaml/diagnostic.ts';
import type { Answer } from '../../service/answer.ts';
import { printable } from '../../values/names.ts';

/** The schema of every answer that is an error. */
export const errorDocument = z.strictObject({
  error: z.strictObject({
    code: z.string().meta({ description: 'Short and stable, such as bad-request or has-aliases' }),
    message: z.string().meta({ description: 'What is wrong, in a sentence' }),
    line: z.int().optional().meta({ description: 'The line of a mistake in a text, from 1' }),
    column: z.int().optional().meta({ description: 'The column of a mistake in a text, from 1' }),
    rule: z.string().optional().meta({ description: 'The rule that refuses, such as DEL-2' }),
    sentence: z.string().optional().meta({ description: 'What is in the way, in a sentence' }),
    blockers: z.array(z.string()).optional().meta({ description: 'What is in the way, by name' }),
    advice: z
      .array(z.string())
      .optional()
      .meta({ description: 'The steps that would go through instead, in this order' }),
  }),
});

type ErrorFacts = z.output<typeof errorDocument>['error'];

/** An answer that is an error, with its HTTP status. */
export class ControlError extends Error {
  readonly status: number;
  readonly facts: ErrorFacts;

  constructor(status: number, facts: ErrorFacts) {
    super(facts.message);
    this.status = status;
    this.facts = facts;
  }

  /** A request that makes no sense, with what was expected. */
  static badRequest(message: string): ControlError {
    return new ControlError(400, { code: 'bad-request', message: printable(message, 2_000) });
  }

  /** A text with mistakes. The message has all of them, the place is that of the first. */
  static mistakes(diagnostics: readonly Diagnostic[]): ControlError {
    const message = diagnostics.map((one) => `${one.line}:${one.column}: ${one.message}`).join('\n');
    const [first] = diagnostics;
    const place = first === undefined ? {} : { line: first.line, column: first.column };
    return new ControlError(400, { code: 'bad-request', message, ...place });
  }
}

/** The value of an answer. Throws the error for a refusal, with the steps that would go through instead. */
export function orThrow<Value>(answer: Answer<Value>): Value {
  if (answer.ok) return answer.value;
  const { refusal, advice = [] } = answer;
  const { code, rule, sentence } = refusal;
  throw new ControlError(409, {
    ...{ code, message: sentence, rule, sentence },
    blockers: [...refusal.blockers],
    advice: [...actionTexts(advice, (action) => actionLine(action))],
  });
}
