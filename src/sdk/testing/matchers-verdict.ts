import { notFound } from '../../lifecycle/targeting.ts';
import { type Rule, type RuleId, ruleById } from '../../rules/rules.ts';
import { versionAt } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import type { Version } from '../../store/version.ts';
import type { VersionName } from '../../values/names.ts';
import { kindOf as kindIn } from '../arguments.ts';
import { errorOf } from '../errors.ts';
import { Simulator } from '../simulator.ts';

/** Lines that belong together. */
export type Paragraph = readonly string[];

/** Whether a claim holds, and why. */
export interface Verdict {
  readonly pass: boolean;
  readonly expected: string;
  readonly actual: string;
  /** Why the claim fails or, where it holds, why its opposite fails. Several lines, each of them printable. */
  readonly message: () => string;
}

/** A claim, what is so, and both as they are told. */
export interface Claim {
  readonly pass: boolean;
  readonly expected: string;
  readonly actual: string;
  /** What the claim is about, and what it says: `animals:v0`, `to be DELETED`. */
  readonly subject: string;
  readonly says: string;
  /** What is so instead: `it is COMMITTED`; where the claim holds, what is so against its opposite. */
  readonly but: string;
  /** Asked only where it is told. It may look at the store of then, which never changes. */
  readonly why: () => readonly Paragraph[];
}

/** The verdict on a claim. */
export function verdictOf({ pass, expected, actual, subject, says, but, why }: Claim): Verdict {
  const described = `expected ${subject} ${pass ? 'not ' : ''}${says}, but ${but}`;
  const message = () => [[described], ...why()].map((lines) => lines.join('\n')).join('\n\n');
  return { pass, expected, actual, message };
}

/** The simulator that something is claimed of; anything else is a `TypeError`, whether or not the claim is negated. */
export function simulatorIn(given: unknown): Simulator {
  if (given instanceof Simulator) return given;
  throw new TypeError(`expected a Simulator, and not ${kindOf(given)}`);
}

/** What somebody gave where an object of one kind was expected, in words. */
export function kindOf(given: unknown): string {
  return kindIn(given, 'an object of another kind');
}

/**
 * The version of a name, tombstones and uploads too. Throws `CommError` where there never was one: of a mistyped name no
 * claim holds, and neither does its opposite.
 */
export function versionKnown(store: Store, name: VersionName): Version {
  const version = versionAt(store, name);
  if (version === undefined) throw errorOf(notFound(store, name));
  return version;
}

/** A rule with its sentence, as `limbo why` tells it. */
export function ruleLine(id: RuleId): string {
  const { sentence }: Rule = ruleById(id);
  return `rule ${id}: ${sentence}`;
}
