import { closest } from 'fastest-levenshtein';
import { REFUSAL_CODES, REFUSALS, type RefusalCode } from '../../rules/refusals.ts';
import type { RuleId } from '../../rules/rules.ts';
import { printable } from '../../values/names.ts';
import { ApiError } from '../errors.ts';
import { kindOf, type Paragraph, ruleLine, type Verdict, verdictOf } from './matchers-verdict.ts';

/**
 * Checks that a call is refused with a code. Takes the promise of a call, a function that makes it, or the caught error.
 * Rejects if the call fails with anything but a refusal, negated or not, because that is a mistake in the test.
 */
export async function beRefusedWith(given: unknown, code: RefusalCode): Promise<Verdict> {
  // Nobody else awaits the promise if the arguments are invalid.
  if (given instanceof Promise) given.catch(() => {});
  if (!REFUSAL_CODES.includes(code)) {
    const nearest = closest(String(code), [...REFUSAL_CODES]);
    throw new TypeError(`"${printable(String(code))}" is no code of a refusal; the nearest is "${nearest}"`);
  }
  const refusal = await refusalOf(given, code);
  const actual = refusal === null ? 'accepted' : refusal.code;
  return verdictOf({
    pass: actual === code,
    expected: code,
    actual,
    subject: 'the call',
    says: `to be refused with ${code}`,
    but: refusal === null ? 'it went through' : actual === code ? 'it is' : `it is refused with ${actual}`,
    why: () => (refusal === null ? rulesOf(code).map((rule) => [ruleLine(rule)]) : refusal.why),
  });
}

interface Described {
  readonly code: RefusalCode;
  readonly why: readonly Paragraph[];
}

async function refusalOf(given: unknown, code: RefusalCode): Promise<Described | null> {
  if (!(given instanceof Error || given instanceof Promise || typeof given === 'function')) {
    throw new TypeError(
      `expected the promise of a call, a function that makes it, or the error that was caught, not ${kindOf(given)}`,
    );
  }
  try {
    if (given instanceof Error) throw given;
    await (typeof given === 'function' ? given() : given);
    return null;
  } catch (error) {
    if (error instanceof ApiError && error.refusal !== null) {
      const { code: found, rule } = error.refusal;
      return { code: found, why: [[error.message], [ruleLine(rule)]] };
    }
    const described = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Error(
      `expected a refusal to do with ${code}, but it failed with ${printable(described, 1_000)}`,
      {
        cause: error,
      },
    );
  }
}

function rulesOf(code: RefusalCode): readonly RuleId[] {
  return [...new Set(Object.values(REFUSALS).flatMap((text) => (text.code === code ? [text.rule] : [])))];
}
