import type { Plan } from '../insight/plan/plan.ts';
import type { Verification } from '../insight/verify.ts';
import type { Why } from '../insight/why.ts';
import * as findings from '../narration/answers/findings.ts';
import * as plan from '../narration/answers/plan.ts';
import * as why from '../narration/answers/why.ts';
import type { Block } from '../narration/block.ts';
import { actionText } from './action-text.ts';

/** Says why a file is stored or not, what holds it, and which calls would free it. */
export function describeWhy(answer: Why): readonly Block[] {
  return why.describeWhy(answer, actionText);
}

/** Describes a plan, with lists of at most `most` lines and a summary at the end. */
export function describePlan(planned: Plan, most?: number): readonly Block[] {
  return plan.describePlan(planned, actionText, most);
}

/** Describes what `verify` found, one line each; the last line says what was checked. */
export function describeFindings(verification: Verification): readonly Block[] {
  return findings.describeFindings(verification, actionText);
}
