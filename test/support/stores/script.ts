import type { Call, Script } from '../../../src/insight/rehearsal/script.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { adviceFor } from '../../../src/simulator/advice/advice.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import type { Store } from '../../../src/store/store.ts';
import { versionId } from './names.ts';

/** What a script does, in order: it changes something, lists versions, or looks a name up. */
export type ScriptStep =
  | Action
  | { readonly lists: string; readonly more?: boolean; readonly versions: readonly string[] }
  | { readonly looksUp: string; readonly isFound: boolean };

/** A script that does these things, starting with a store, and ends with a status and an output. */
export function scriptOf(
  start: Store,
  steps: readonly ScriptStep[],
  { exitStatus = 0, output = '' }: Partial<Pick<Script, 'exitStatus' | 'output'>> = {},
): Script {
  const simulator = new Simulator(start);
  const calls = steps.map((step): Call => {
    if ('lists' in step) {
      const { lists: list, more = false, versions } = step;
      return { kind: 'page', list, isFirst: !more, versions: versions.map(versionId) };
    }
    if ('looksUp' in step) return { kind: 'lookup', name: step.looksUp, isFound: step.isFound };
    const before = simulator.store;
    const decision = simulator.apply(step);
    return decision.ok
      ? { kind: 'change', action: step, refusal: null, advice: [], events: decision.events }
      : {
          kind: 'change',
          action: step,
          refusal: decision.refusal,
          advice: adviceFor(step, decision.refusal, before),
          events: [],
        };
  });
  return { start, final: simulator.store, calls, exitStatus, output };
}
