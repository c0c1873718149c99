import type { Refusal } from '../../lifecycle/decision.ts';
import { item, type Line } from '../block.ts';

/** What to do about a refusal: the step that would succeed, if there is one. */
export function advice({ instead }: Refusal): readonly Line[] {
  return instead === null ? [] : [item(`Try: ${instead}`)];
}

/** What garbage collection needs in order to run, and what to do about it. */
export function requirements(missing: readonly Refusal[]): readonly Line[] {
  return missing.flatMap((refusal) => [item(refusal.sentence), ...advice(refusal)]);
}
