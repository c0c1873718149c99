import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalStore } from '../../../src/explore/fingerprint.ts';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import { play } from '../../../src/scenario/play/play.ts';
import { type Start, scenarioOf } from '../../../src/scenario/play/scenario-of.ts';
import { formatDiagnostic } from '../../../src/scenario/yaml/diagnostic.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { seconds } from '../../../src/values/units.ts';
import { REGISTRY } from '../../support/arbitraries/beginnings.ts';
import { histories } from '../../support/arbitraries/histories.ts';
import { History } from '../../support/histories/history.ts';
import { playHistory, simulatorFor } from '../../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { projectNamed } from '../../support/stores/names.ts';

const PLAIN: Start = { ...new History({}, []).beginning, registries: [], begins: null };
const REGISTRIES = [projectNamed(REGISTRY)];

describe('what was played, as a scenario,', { timeout: PATIENCE_MS }, () => {
  test('replays to the same store', () => {
    let written = 0;
    fc.assert(
      fc.property(histories(30), (history) => {
        const { actions, final } = sayablePart(history);
        const story = scenarioOf('A history', startOf(history), actions);
        expect(story.ok, JSON.stringify(story)).toBe(true);
        if (!story.ok) return;
        const parsed = parseScenario('history.yaml', story.text);
        const mistakes = parsed.ok ? [] : parsed.diagnostics.map((mistake) => formatDiagnostic('', mistake));
        expect(mistakes, story.text).toEqual([]);
        if (!parsed.ok) return;
        const { final: replayed, failures } = play(parsed.scenario);
        expect(failures, story.text).toEqual([]);
        expect(canonicalStore(replayed), story.text).toBe(canonicalStore(final));
        written += actions.length;
      }),
      runs(120),
    );
    expect(written).toBeGreaterThan(100);
  });

  test('has a step even if nothing was played', () => {
    const story = scenarioOf('Nothing', PLAIN, []);
    expect(story).toEqual({ ok: true, text: 'title: Nothing\nsteps: [verify]\n' });
  });

  test('is null if a planned crash was forgotten where garbage collection may not run (GC-6)', () => {
    const start = { ...PLAIN, settings: { ...PLAIN.settings, deployment: 'self-managed' } } as const;
    const forgotten = { type: 'forgetCrash' } as const;
    const actions = [{ type: 'planCrash', afterSteps: 1 }, forgotten] as const;
    expect(scenarioOf('No crash', start, actions)).toEqual({ ok: false, unsaid: forgotten });
    expect(scenarioOf('No crash', PLAIN, actions).ok).toBe(true);
  });

  test('is null if the clock moved without its jobs', () => {
    const moved = { type: 'moveClock', bySeconds: seconds(5) } as const;
    const story = scenarioOf('The clock', PLAIN, [moved]);
    expect(story).toEqual({ ok: false, unsaid: moved });
  });
});

function startOf({ beginning }: History): Start {
  return { ...beginning, registries: REGISTRIES };
}

// What changed the store, without what no step says; the store is the one that the rest leads to.
function sayablePart(history: History) {
  const simulator = simulatorFor(history);
  const actions: Action[] = [];
  for (const { call: action, outcome, before } of playHistory(history, simulator)) {
    if (!outcome.ok || outcome.events.length === 0) continue;
    if (!scenarioOf('So far', startOf(history), [...actions, action]).ok) {
      return { actions, final: before };
    }
    actions.push(action);
  }
  return { actions, final: simulator.store };
}
