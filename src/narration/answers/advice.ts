import type { Refusal } from '../../lifecycle/decision.ts';
import { item, type Line } from '../block.ts';

/** What could be done about a refusal: the step that would go through, where there is one. */
export function advice({ instead }: Refusal): readonly Line[] {
  return instead === null ? [] : [item(`Try: ${instead}`)];
}

/** What garbage collection needs before it runs, with what to do about it. */
export function requirements(missing: readonly Refusal[]): readonly Line[] {
  return missing.flatMap((refusal) => [item(refusal.sentence), ...advice(refusal)]);
}
