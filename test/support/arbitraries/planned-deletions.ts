import fc from 'fast-check';
import type { DeletionCommand } from '../../../src/insight/plan/deletions.ts';
import { isCommand } from '../../../src/simulator/action.ts';
import { History } from '../histories/history.ts';
import { actionsOfStep, NO_NAMES, simulatorAfter } from '../histories/play-history.ts';
import { deletions, stepsOn } from './deletions.ts';
import { histories } from './histories.ts';

/** A history after which nothing is planned to go wrong, and deletions of what its store may have. */
export interface PlannedDeletions {
  readonly history: History;
  readonly deletions: readonly DeletionCommand[];
}

/** Stores with shared content in every state, on all kinds of servers and buckets, with deletions to be planned. */
export const plannedDeletions: fc.Arbitrary<PlannedDeletions> = fc
  .record({
    drawn: histories(30),
    plans: deletions,
    by: fc.constantFrom(null, null, null, null, null, 'bob', 'bob', 'vera'),
  })
  .map(({ drawn: { head, steps }, plans, by }) => {
    const calm = [{ server: { 'bucket faults': [] } }, { command: { type: 'forgetCrash' } }] as const;
    const history = new History(head, [...steps, ...calm]);
    const { store } = simulatorAfter(history);
    const commands = stepsOn(store, plans)
      .flatMap((step) => actionsOfStep(step, NO_NAMES, store))
      .flatMap((call) => (isCommand(call) ? [{ ...call, by } as DeletionCommand] : []));
    return { history, deletions: commands };
  });
