import { describe, expect, test } from 'vitest';
import type { Names } from '../../../src/explore/exploration.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import type { CommandingStep, Step } from '../../../src/scenario/language/schema-steps.ts';
import { commandsOf } from '../../../src/scenario/play/commands-of.ts';
import { idUsedBy } from '../../../src/scenario/play/step-targets.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { emptySortedTable } from '../../../src/values/sorted-table.ts';
import { begin } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';
import { storyIn, storyWith } from '../../support/stores/story.ts';

/** The step that a text is; whoever it names is there, and so is the id `up`. */
function stepIn(text: string): Step {
  const [, step] = storyIn(storyWith('', 'begin: m\nid: up', text)).steps;
  if (step === undefined) throw new Error('there is a step');
  return step;
}

function commandsIn(text: string, ids: Readonly<Record<string, string>>) {
  const versions = Object.entries(ids).reduce<Names>(
    (all, [id, name]) => all.insert(id, versionId(name)),
    emptySortedTable(),
  );
  return commandsOf(stepIn(text) as CommandingStep, emptyStore(), versions, NO_FOLDERS);
}

describe('the commands of a step', () => {
  test.each(['commit: up', 'abandon: up', 'delete: up'])('%j are about the version of its id', (text) => {
    const [command, ...others] = commandsIn(text, { up: 'm:v3' }) ?? [];
    expect(others).toEqual([]);
    expect(JSON.stringify(command)).toContain(JSON.stringify(versionId('m:v3')));
  });

  test.each(['commit: m#0', 'abandon: m#0'])('%j are about the upload that a snapshot has', (text) => {
    const { store } = given(begin('m'));
    const commands = commandsOf(stepIn(text) as CommandingStep, store, emptySortedTable(), NO_FOLDERS);
    expect(JSON.stringify(commands)).toContain(JSON.stringify(versionId('m#0')));
    expect(
      commandsOf(stepIn(text) as CommandingStep, emptyStore(), emptySortedTable(), NO_FOLDERS),
    ).toBeNull();
  });

  test.each(['commit: up', 'abandon: up', 'delete: up'])('%j are none while nothing has its id', (text) => {
    expect(commandsIn(text, {})).toBeNull();
    expect(commandsIn(text, { other: 'm:v3' })).toBeNull();
  });

  test('are several if a step concerns several things', () => {
    expect(commandsIn('expire', {})?.map(({ type }) => type)).toEqual([
      'expireVersions',
      'abandonStaleUploads',
    ]);
    const settings = 'server: { retention: 1d, bucket faults: [{ call: put, fault: fails }] }';
    expect(commandsIn(settings, {})?.map(({ type }) => type)).toEqual(['changeSettings', 'planBucketFaults']);
  });

  test('plan a crash, or are one', () => {
    expect(commandsIn('crash: after 2', {})).toEqual([{ type: 'planCrash', afterSteps: 2 }]);
    expect(commandsIn('crash: now', {})).toEqual([{ type: 'crashGarbageCollection', afterSteps: null }]);
  });
});

describe('the id that a step uses', () => {
  test.each([
    ['commit: up', 'up'],
    ['abandon: up', 'up'],
    ['delete: up', 'up'],
    ['delete: m:v0', null],
    ['log: m', null],
    ['expire', null],
  ])('%j is %j', (text, id) => {
    expect(idUsedBy(stepIn(text))).toBe(id);
  });
});
