import { notFound } from '../../lifecycle/targeting.ts';
import { type Rule, type RuleId, ruleById } from '../../rules/rules.ts';
import { versionAt } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { VersionName } from '../../values/names.ts';
import { errorOf } from '../errors.ts';
import { kindOf as kindIn } from '../input/arguments.ts';
import { Simulator } from '../simulator.ts';

/** Lines that belong together. */
export type Paragraph = readonly string[];

/** Whether an expectation holds, and why. */
export interface Verdict {
  readonly pass: boolean;
  readonly expected: string;
  readonly actual: string;
  /** Why the expectation fails or, if it holds, why its negation fails. Several printable lines. */
  readonly message: () => string;
}

/** An expectation, the actual value, and both in words. */
export interface Claim {
  readonly pass: boolean;
  readonly expected: string;
  readonly actual: string;
  /** The subject, and what is expected of it: `animals:v0`, `to be DELETED`. */
  readonly subject: string;
  readonly says: string;
  /** What is true instead: `it is COMMITTED`; if the expectation holds, what contradicts its negation. */
  readonly but: string;
  /** Called only to print a failure. It may read the store of that time, which never changes. */
  readonly why: () => readonly Paragraph[];
}

/** The verdict on an expectation. */
export function verdictOf({ pass, expected, actual, subject, says, but, why }: Claim): Verdict {
  const described = `expected ${subject} ${pass ? 'not ' : ''}${says}, but ${but}`;
  const message = () => [[described], ...why()].map((lines) => lines.join('\n')).join('\n\n');
  return { pass, expected, actual, message };
}

/** The simulator under test. Throws `TypeError` for anything else, negated or not. */
export function simulatorIn(given: unknown): Simulator {
  if (given instanceof Simulator) return given;
  throw new TypeError(`expected a Simulator, not ${kindOf(given)}`);
}

/** An argument in words, where an object of some kind was expected. */
export function kindOf(given: unknown): string {
  return kindIn(given, 'an object of another kind');
}

/**
 * The version of a name; finds tombstones and uploads too. Throws `CommError` if there never was one, so that for a
 * mistyped name neither an expectation nor its negation holds.
 */
export function versionKnown(store: Store, name: VersionName): Version {
  const version = versionAt(store, name);
  if (version === undefined) throw errorOf(notFound(store, name));
  return version;
}

/** A rule with its sentence, as `limbo why` prints it. */
export function ruleLine(id: RuleId): string {
  const { sentence }: Rule = ruleById(id);
  return `rule ${id}: ${sentence}`;
}
