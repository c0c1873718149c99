import type { Why } from '../../insight/why.ts';
import { notFound } from '../../lifecycle/targeting.ts';
import { plainLines, plainText } from '../../narration/layout/plain-text.ts';
import type { RuleId } from '../../rules/rules.ts';
import { find, nameOfVersion, versionAt } from '../../store/look-up.ts';
import { printable } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { describeWhy } from '../descriptions.ts';
import { errorOf, messageOf, ValueError } from '../errors.ts';
import { textIn, versionIn } from '../input/arguments.ts';
import { existingOf } from './matchers-state.ts';
import { ruleLine, simulatorIn, type Verdict, verdictOf, versionKnown } from './matchers-verdict.ts';

/** Checks that a name resolves and, if `target` is given, to that version; a link resolves to its source. */
export function resolve(given: unknown, name: string, target?: string): Verdict {
  const simulator = simulatorIn(given);
  const { store } = simulator;
  const place = simulator.place;
  const asked = versionIn(name, place);
  const found = find(store, asked)?.version;
  const wanted = target === undefined ? undefined : versionKnown(store, versionIn(target, place));
  const pass = found !== undefined && (wanted === undefined || found.id === wanted.id);
  const actual = found === undefined ? 'not found' : printable(nameOfVersion(store, found.id));
  const isAliased = asked.selector.kind === 'alias';
  const refusal = found === undefined ? notFound(store, asked) : undefined;
  // The rule about deleted versions does not apply to names that never existed.
  const ruleOf = (rule: RuleId) => (versionAt(store, asked) === undefined ? [] : [[ruleLine(rule)]]);
  return verdictOf({
    pass,
    expected: wanted === undefined ? 'found' : printable(nameOfVersion(store, wanted.id)),
    actual,
    subject: printable(name),
    says: target === undefined ? 'to be found' : `to be ${printable(target)}`,
    but: pass && wanted !== undefined ? 'it is' : `it is ${actual}`,
    why: () =>
      refusal === undefined
        ? [existingOf(store, versionKnown(store, asked)), [ruleLine(isAliased ? 'ALI-2' : 'ALI-3')]]
        : [[`${refusal.code}: ${messageOf(refusal)}`], ...ruleOf(refusal.rule)],
  });
}

/**
 * Checks that the bytes of `NAME:V/PATH` are in the bucket, whatever the state of the version. Throws `CommError` for a
 * version that never existed, and `ValueError` for a path that it never had.
 */
export function holdFile(given: unknown, file: string): Verdict {
  const simulator = simulatorIn(given);
  const answer = simulator.why(textIn(file, 'the name of a file'));
  if (answer.kind === 'not found') throw errorOf(answer.refusal);
  if (answer.kind === 'no such path') throw new ValueError(plainText(describeWhy(answer)));
  const actual = statusOf(answer);
  return verdictOf({
    pass: actual === 'stored',
    expected: 'stored',
    actual,
    subject: printable(file),
    says: 'to be stored',
    but: actual === 'stored' ? 'it is' : `it is ${actual}`,
    why: () => describeWhy(answer).map(plainLines),
  });
}

function statusOf(answer: Exclude<Why, { readonly kind: 'not found' | 'no such path' }>): string {
  switch (answer.kind) {
    case 'stored':
    case 'gone':
      return answer.kind;
    case 'copy':
      return answer.status;
    case 'reference':
      return 'a reference';
    default:
      return unreachable(answer);
  }
}
