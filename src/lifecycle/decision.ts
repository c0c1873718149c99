import {
  REFUSALS,
  type RefusalCode,
  type RefusalSituation,
  type ScriptSituation,
} from '../rules/refusals.ts';
import type { RuleId } from '../rules/rules.ts';
import { printable } from '../values/names.ts';

/** An expected no: a value that the caller must look at, and that changed nothing. */
export interface Refusal {
  /** Short and stable. */
  readonly code: RefusalCode;
  /** What is refused by it. */
  readonly rule: RuleId;
  /** What stands in the way, in one sentence. */
  readonly sentence: string;
  /** What stands in the way, by name. */
  readonly blockers: readonly string[];
}

/** The answer no. */
export interface Refused {
  /** Whether it is accepted. */
  readonly ok: false;
  /** Why not. */
  readonly refusal: Refusal;
}

/** What a command comes to: the events that it causes, none where nothing changes, or a refusal. */
export type Decision<Event> =
  | {
      /** Whether it is accepted. */
      readonly ok: true;
      /** What it causes, in order. */
      readonly events: readonly Event[];
    }
  | Refused;

/** A command that is accepted, with the events that it causes: none, where it changes nothing. */
export function accepted<Event>(events: readonly Event[]): Decision<Event> {
  return { ok: true, events };
}

// These come from this catalogue, not from users, so they are not escaped or cut.
const OWN_TEXTS: ReadonlySet<string> = new Set(['known', 'missing']);

type Facts<Text> = Text extends `${string}{${infer Fact}}${infer Rest}` ? Fact | Facts<Rest> : never;
type AnySituation = RefusalSituation | ScriptSituation;
type FactsOf<Situation extends AnySituation> = Facts<(typeof REFUSALS)[Situation]['sentence']>;

/** A command that is refused: the catalogue's sentence for the situation, filled with the facts that it names. */
export function refused<Situation extends AnySituation>(
  situation: Situation,
  facts: Readonly<Record<FactsOf<Situation>, string>>,
  blockers: readonly string[] = [],
): Refused {
  const { code, rule, sentence: template } = REFUSALS[situation];
  const known = new Map<string, string>(Object.entries(facts));
  // The facts are names that users chose: they are put in by a function, so that no "$1" in one is a pattern.
  const sentence = template.replace(/\{(\w+)\}/g, (whole, fact: string) => {
    const value = known.get(fact);
    if (value === undefined) return whole;
    if (OWN_TEXTS.has(fact)) return value;
    // Most texts that may be empty stand in quotes in the catalogue; the names of people do not.
    return value === '' && fact === 'person' ? '""' : printable(value);
  });
  return { ok: false, refusal: { code, rule, sentence, blockers } };
}
