import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readScenario } from '../../../src/cli/files/read-scenario.ts';
import { play } from '../../../src/scenario/play/play.ts';
import { Simulator } from '../../../src/sdk/index.ts';
import { capturingTerminal } from '../../support/process/terminal.ts';
import { plain } from '../../support/stores/plain.ts';
import { SCRIPTS } from './scripts.ts';

const CHAPTER = fileURLToPath(new URL('../../../scenarios/10-cleanup-scripts', import.meta.url));

async function described(story: string) {
  const { scenario, folders } = await readScenario(path.join(CHAPTER, story), capturingTerminal().terminal);
  return { begun: play({ ...scenario, steps: [] }, folders).final, ended: play(scenario, folders).final };
}

describe('a cleanup script and its story', () => {
  test('come in pairs', () => {
    expect(SCRIPTS.map(({ story }) => story)).toEqual(readdirSync(CHAPTER).sort());
  });

  test.each(SCRIPTS)('$story begins and ends with the same store', async (script) => {
    const { begun, ended } = await described(script.story);
    const simulator = new Simulator(script.options);
    await script.given(simulator);
    expect(plain(simulator.store)).toEqual(plain(begun));
    await script.when(simulator);
    expect(plain(simulator.store)).toEqual(plain(ended));
    expect(plain(ended)).not.toEqual(plain(begun));
  });
});
