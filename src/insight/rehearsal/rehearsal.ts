import type { Action } from '../../simulator/action.ts';
import { holdersOfAll } from '../../store/holders.ts';
import { Forecast } from '../forecast.ts';
import { deletedIn } from '../plan/deletions.ts';
import { type LaterFigures, laterFigures } from '../plan/later-figures.ts';
import { type Plan, planFor } from '../plan/plan.ts';
import {
  deletedWhilePaging,
  isNoticed,
  latestKeptAll,
  namesNotFound,
  refusalsSwallowed,
  stoppedAtRefusal,
} from './behavior.ts';
import { effectsOfScript, type ScriptEffects } from './effects.ts';
import type { Finding, RefusedAction } from './finding.ts';
import {
  collectionsLeftEmpty,
  freedLittle,
  linkDeleted,
  namedVersionDeleted,
  systemTypeTouched,
  usedElsewhere,
} from './losses.ts';
import { eventsOf, refusedOf, type Script } from './script.ts';

/** The report on a script that was run against the simulated service. */
export interface Rehearsal {
  readonly exitStatus: number;
  readonly effects: ScriptEffects;
  /** What was refused, and whether the script noticed. */
  readonly refused: readonly (RefusedAction & {
    readonly advice: readonly Action[];
    readonly isNoticed: boolean;
  })[];
  /** What its deletions do later: what is freed, when, and what stays because of which versions. */
  readonly plan: Plan;
  /** The figures of the whole store at the instants of the plan, if the script had not been run. */
  readonly without: readonly LaterFigures[];
  readonly findings: readonly Finding[];
}

/** Reports on a script. Walks the store twice. */
export function rehearsalOf(script: Script): Rehearsal {
  const { start, final, exitStatus } = script;
  const deleted = deletedIn(eventsOf(script), start, final);
  const plan = planFor(start, { after: final, refused: [], idle: [], ...deleted });
  const instants = plan.figures.later.map(({ at }) => at);
  return {
    exitStatus,
    effects: effectsOfScript(script),
    refused: refusedOf(script).map((call) => {
      const { action, refusal, advice } = call;
      return { action, refusal, advice, isNoticed: isNoticed(script, call) };
    }),
    plan,
    without: laterFigures(start, new Forecast(start), holdersOfAll(start), instants),
    findings: [
      stoppedAtRefusal(script),
      refusalsSwallowed(script),
      namedVersionDeleted(script, plan),
      usedElsewhere(script, plan),
      namesNotFound(script),
      deletedWhilePaging(script),
      linkDeleted(script, plan),
      freedLittle(plan),
      latestKeptAll(script),
      collectionsLeftEmpty(script, plan),
      systemTypeTouched(script, plan),
    ].filter((finding) => finding !== null),
  };
}
