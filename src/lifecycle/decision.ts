import { REFUSALS, type RefusalCode, type RefusalSituation } from '../rules/refusals.ts';
import type { RuleId } from '../rules/rules.ts';
import { printable } from '../values/names.ts';

/** An expected no: a value that the caller must look at, and that changed nothing. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly rule: RuleId;
  /** What stands in the way, in one sentence. */
  readonly sentence: string;
  /** What stands in the way, by name. */
  readonly blockers: readonly string[];
  /** The call that would go through, as a scenario writes it; null where none would. */
  readonly instead: string | null;
}

/** What a command comes to: the events that it causes, none where nothing changes, or a refusal. */
export type Decision<Event> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** A command that is accepted, with the events that it causes: none, where it changes nothing. */
export function accepted<Event>(events: readonly Event[]): Decision<Event> {
  return { ok: true, events };
}

// A sentence is to be read, and may cut a long name; a call is to be made, and may not.
const MOST_READ = 120;
const MOST_CALLED = 2_000;

type Facts<Text> = Text extends `${string}{${infer Fact}}${infer Rest}` ? Fact | Facts<Rest> : never;
type FactsOf<Situation extends RefusalSituation> =
  | Facts<(typeof REFUSALS)[Situation]['sentence']>
  | Facts<(typeof REFUSALS)[Situation]['instead']>;

/** A command that is refused: the catalogue's texts for the situation, filled with the facts that they name. */
export function refused<Situation extends RefusalSituation>(
  situation: Situation,
  facts: Readonly<Record<FactsOf<Situation>, string>>,
  blockers: readonly string[] = [],
): { readonly ok: false; readonly refusal: Refusal } {
  const text = REFUSALS[situation];
  const known = new Map<string, string>(Object.entries(facts));
  // The facts are names that users chose: they are put in by a function, so that no "$1" in one is a pattern.
  const fill = (template: string, limit: number) =>
    template.replace(/\{(\w+)\}/g, (whole, fact: string) => {
      const value = known.get(fact);
      if (value === undefined) return whole;
      // Most texts that may be empty stand in quotes in the catalogue; the names of people do not.
      return value === '' && fact === 'person' ? '""' : printable(value, limit);
    });
  const instead = text.instead === null ? null : fill(text.instead, MOST_CALLED);
  return {
    ok: false,
    refusal: {
      code: text.code,
      rule: text.rule,
      sentence: fill(text.sentence, MOST_READ),
      blockers,
      instead,
    },
  };
}
