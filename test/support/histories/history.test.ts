import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import { seconds } from '../../../src/values/units.ts';
import { histories } from '../arbitraries/histories.ts';
import { PATIENCE_MS, runs } from '../property-runs.ts';
import { type HistoryStep, stepOf, storyText } from './history.ts';
import { playHistory } from './play-history.ts';
import { historyOf, type Plan } from './resolve.ts';

const files = { 'cat.jpg': '2MB of cat', ['__proto__']: '1MB of dog' };
const plans = (...steps: readonly HistoryStep[]): readonly Plan[] => steps.map((step) => () => [step]);

describe('A random history', { timeout: PATIENCE_MS }, () => {
  test('is printed as a story, each step on one line, and as a comment what no story can ask for', () => {
    const history = historyOf(
      { team: { members: { bob: 'viewer', ['__proto__']: 'member' } } },
      plans(
        { log: 'animals', files, aliases: ['best', '{"', '\ud800'], as: '__proto__' },
        { command: { type: 'moveClock', bySeconds: seconds(60) } },
        { delete: 's1', as: 'bob' },
      ),
    );
    expect(storyText('Cats', history.head, history.steps).split('\n')).toEqual([
      'title: Cats',
      'team: { members: { bob: viewer, __proto__: member } }',
      'steps:',
      `  - { log: animals, files: { cat.jpg: 2MB of cat, __proto__: 1MB of dog }, aliases: [ best, '{"', "\\ud800" ], as: __proto__, id: s1 }`,
      '  # {"type":"moveClock","bySeconds":60}',
      '  - { delete: s1, as: bob }',
      '',
    ]);
    expect([...playHistory(history)].map(({ outcome }) => outcome.ok || outcome.refusal.code)).toEqual([
      true,
      true,
      'forbidden',
    ]);
  });

  test('has no step that the language cannot write', () => {
    const { steps } = historyOf({}, plans({ log: 'a:b' }, { log: 'a' }, { use: 'a:v0', run: 'a/b/c/d' }));
    expect(steps).toEqual([{ log: 'a', id: 's1' }]);
  });

  test('ends with the step that throws, so that playing it throws again', () => {
    const unheardOf = { type: 'unheardOf' } as never;
    const broken = historyOf({}, plans({ log: 'a' }, { command: unheardOf }, { log: 'b' }));
    expect(broken.steps).toHaveLength(2);
    expect(() => [...playHistory(broken)]).toThrow();
  });

  test('reads as the same steps when it is pasted into a file', () => {
    let [pasted, refused] = [0, 0];
    const property = fc.property(histories(14), ({ head, steps }) => {
      const read = parseScenario('pasted.yaml', storyText('A history', head, steps));
      if (!read.ok) {
        // What a whole story may not contain, though a step may.
        for (const { message } of read.diagnostics) expect(message).toMatch(ONLY_IN_STEPS);
        refused += 1;
        return;
      }
      const written = steps.flatMap((step) => ('command' in step ? [] : [stepOf(step)?.body]));
      expect(read.scenario.steps.map(({ body }) => body)).toEqual(written);
      pasted += 1;
    });
    fc.assert(property, runs(100));
    expect(pasted).toBeGreaterThan(refused);
  });
});

const ONLY_IN_STEPS =
  /the size of this content|needs another name|at least one|unknown person|expected another server/;
