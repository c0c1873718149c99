import path from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { readScenario } from '../src/cli/files/read-scenario.ts';
import { shippedScenarios } from '../src/cli/shipped.ts';
import { RULES } from '../src/rules/rules.ts';
import { Narrator } from '../src/scenario/play/narrator.ts';
import { play } from '../src/scenario/play/play.ts';
import { capturingTerminal } from './support/process/terminal.ts';

const files = await shippedScenarios();
const { terminal } = capturingTerminal();
const stories = await Promise.all(files.map((file) => readScenario(file, terminal)));
const named = stories.map((story) => [story.scenario.file.replace(/.*\/scenarios\//, ''), story] as const);

describe('the stories', () => {
  test.each(named)('%s plays as it expects', (_name, { scenario, folders }) => {
    expect(play(scenario, folders).failures).toEqual([]);
  });

  test.each(named)(
    '%s is narrated within 80 columns, except for recorded output',
    (_name, { scenario, folders }) => {
      const narrator = new Narrator();
      const described: string[] = [narrator.opening(scenario)];
      play(scenario, folders, (frame) => {
        const text = narrator.frame(frame);
        if (frame.shown === null) described.push(text);
      });
      expect(described.flatMap((text) => text.split('\n')).filter((line) => stringWidth(line) > 80)).toEqual(
        [],
      );
    },
  );

  test('each check something', () => {
    const silent = stories.filter(
      ({ scenario }) =>
        !scenario.steps.some(
          (step) => step.kind === 'expect' || ('refused' in step.body && step.body.refused !== undefined),
        ),
    );
    expect(silent.map(({ scenario }) => scenario.file)).toEqual([]);
  });

  test('cover every rule of the catalogue, and name no other', () => {
    const shown = new Set<string>(stories.flatMap(({ scenario }) => scenario.rules));
    expect([...shown].sort()).toEqual(RULES.map((rule) => rule.id).sort());
  });

  test('each name at least one rule, and none twice', () => {
    const odd = stories.filter(
      ({ scenario: { rules } }) => rules.length === 0 || new Set(rules).size < rules.length,
    );
    expect(odd.map(({ scenario }) => scenario.file)).toEqual([]);
  });

  test('each have an introduction and a unique title', () => {
    expect(stories.filter(({ scenario }) => scenario.about === null)).toEqual([]);
    const titles = stories.map(({ scenario }) => scenario.title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('are numbered by chapter, in reading order, without a gap', () => {
    const numbers = files.map((file) => {
      const [chapter, story] = file
        .split(path.sep)
        .slice(-2)
        .map((name) => Number.parseInt(name, 10));
      return { chapter, story };
    });
    const chapters = [...new Set(numbers.map(({ chapter }) => chapter))];
    expect(chapters).toEqual(chapters.map((_none, at) => at + 1));
    for (const chapter of chapters) {
      const own = numbers.filter((number) => number.chapter === chapter).map(({ story }) => story);
      expect(own).toEqual(own.map((_none, at) => at + 1));
    }
  });
});
