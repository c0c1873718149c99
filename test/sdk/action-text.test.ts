import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/decider/event.ts';
import type { RefusalSituation } from '../../src/rules/refusals.ts';
import { actionText } from '../../src/sdk/action-text.ts';
import { CommError, Simulator, ValueError } from '../../src/sdk/index.ts';
import type { Action } from '../../src/simulator/action.ts';
import { SITUATIONS } from '../rules/situations.ts';
import type { History } from '../support/stores/given.ts';

const REGISTRIES = { models: { mel: 'member', vic: 'viewer' } } as const;
const TEAM = { members: { bob: 'member', vera: 'viewer' } } as const;
const CASES = Object.entries(SITUATIONS).flatMap(([situation, cases]) =>
  cases.map(([command, history]) => [situation as RefusalSituation, command, history] as const),
);

describe('advice as code', () => {
  test.each(CASES)('can be pasted into a script and run: %s', async (_situation, command, history) => {
    const simulator = await after(history);
    const error = await simulator.dispatch(command).catch((caught: unknown) => caught);
    if (!(error instanceof CommError || error instanceof ValueError)) throw error;
    const before = simulator.digest;
    for (const action of error.advice) {
      const text = actionText(action, command.by ?? null);
      if (text === null) {
        expect(action).toHaveProperty('manifest');
        return;
      }
      expect(error.message).toContain(text);
      await run(text, simulator, command.by ?? null);
    }
    expect(simulator.digest !== before).toBe(error.advice.length > 0);
  });
});

async function after(history: readonly History[]): Promise<Simulator> {
  const simulator = new Simulator({ registries: REGISTRIES, team: TEAM });
  for (const past of history) {
    if (past.type === 'collected') await simulator.collect();
    else if (isAction(past)) await simulator.dispatch(past);
    else throw new Error(`${past.type} is an event`);
  }
  return simulator;
}

function isAction(past: History | Action): past is Action {
  return !EVENT_TYPES.some((type) => type === past.type);
}

async function run(text: string, simulator: Simulator, as: string | null): Promise<void> {
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await new AsyncFunction('simulator', 'api', text)(simulator, simulator.api(as === null ? {} : { as }));
}
