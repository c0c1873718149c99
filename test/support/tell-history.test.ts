import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.ts';
import { play } from '../../src/scenario/play.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { DEFAULT_SETTINGS } from '../../src/store/settings.ts';
import { type Seconds, seconds } from '../../src/values/units.ts';
import { histories } from './arbitraries.ts';
import { fileOf } from './arbitrary-parts.ts';
import { differences, summaryOf } from './canonical-summary.ts';
import { History, type Step } from './history.ts';
import { collectionNamed } from './names.ts';
import { playHistory } from './play-history.ts';
import { PATIENCE_MS, runs } from './property-runs.ts';
import { tellHistory } from './tell-history.ts';

const log: Step = {
  kind: 'log',
  committed: true,
  collection: collectionNamed('animals'),
  artifactType: null,
  entries: [fileOf('cat.jpg', 'cat', 2_000_000), fileOf('__proto__', 'dog', 1_000_000)],
  again: null,
  details: { aliases: ['best', '{"'], tags: [], run: null },
};

describe('A counterexample', { timeout: PATIENCE_MS }, () => {
  test('is told as a scenario, each step on one line, what was refused with its code', () => {
    const version = { among: 'committed', at: 7, via: 0 } as const;
    const story = new History(DEFAULT_SETTINGS, [
      log,
      { kind: 'delete', version, byId: true, deleteAliases: false },
      { kind: 'wait', duration: seconds(90_000), withJobs: false },
      { kind: 'collect', whenDue: false, crashes: [2], meanwhile: null },
      { kind: 'unlink', at: 3 },
    ]);
    expect(tellHistory(story).split('\n')).toEqual([
      '',
      'server: { retention: 7d, gcEvery: 6h, sharing: collection, latestAfterDelete: absent }',
      'steps:',
      '  - { log: animals, files: { "__proto__": 1MB of dog, cat.jpg: 2MB of cat }, aliases: [best, "{\\""], id: s1 }',
      '  - { delete: s1, refused: has-aliases }',
      '  # the clock moves by 25h, without its jobs',
      '  - { crash: after 2 }',
      '  - { collect: now }',
      '  - { unlink: animals:v0, refused: not-a-link }',
      '',
    ]);
  });

  test('says what a step threw, and after which steps', () => {
    const noTime = Number.NaN as Seconds;
    const broken = new History(DEFAULT_SETTINGS, [log, { kind: 'wait', duration: noTime, withJobs: true }]);
    expect(tellHistory(broken)).toMatch(/log: animals.*\n {2}# and the next step throws: .*NaN\n$/);
  });

  test('can be pasted into a file, as long as it needs no comment, and makes the same store there', () => {
    let pasted = 0;
    const property = fc.property(histories(10), (history) => {
      const told = tellHistory(history);
      const parsed = parseScenario('told.yaml', `title: As it was told\nrules: [LOG-1]\n${told}`);
      if (!parsed.ok || /^ {2}#|…/m.test(told)) return;
      const simulator = new Simulator(history.settings);
      for (const _ of playHistory(history, simulator)) pasted += 1;
      const { failures, final } = play(parsed.scenario);
      expect(failures).toEqual([]);
      expect(differences(final, summaryOf(simulator.store), summaryOf(final))).toEqual([]);
    });
    fc.assert(property, runs(100));
    expect(pasted).toBeGreaterThan(0);
  });
});
