import { describe, expect, test } from 'vitest';
import { readScenario } from '../src/cli/read-scenario.ts';
import { shippedScenarios } from '../src/cli/rules-command.ts';
import { RULES } from '../src/rules/rules.ts';
import { play } from '../src/scenario/play.ts';
import { capturingTerminal } from './support/terminal.ts';

const files = await shippedScenarios();
const { terminal } = capturingTerminal();
const stories = await Promise.all(files.map((file) => readScenario(file, terminal)));

describe('the stories', () => {
  test.each(stories.map((story) => [story.scenario.file.replace(/.*\/scenarios\//, ''), story] as const))(
    '%s comes true',
    (_name, { scenario, folders }) => {
      expect(play(scenario, folders).failures).toEqual([]);
    },
  );

  test('claim something, each of them', () => {
    const silent = stories.filter(
      ({ scenario }) =>
        !scenario.steps.some(
          (step) => step.kind === 'expect' || ('refused' in step.body && step.body.refused !== undefined),
        ),
    );
    expect(silent.map(({ scenario }) => scenario.file)).toEqual([]);
  });

  test('show every rule that is simulated', () => {
    const shown = new Set(stories.flatMap(({ scenario }) => scenario.rules));
    const unseen = RULES.filter((rule) => rule.simulated && !shown.has(rule.id));
    expect(unseen.map((rule) => rule.id)).toEqual([]);
  });

  test('name no rule that is not simulated yet', () => {
    const early = RULES.filter((rule) => !rule.simulated).map((rule) => rule.id);
    const named = stories.flatMap(({ scenario }) =>
      scenario.rules.filter((rule) => early.some((id) => id === rule)),
    );
    expect(named).toEqual([]);
  });
});
