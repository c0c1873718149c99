import path from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { readScenario } from '../src/cli/files/read-scenario.ts';
import { shippedScenarios } from '../src/cli/shipped.ts';
import { explore, type SearchResult } from '../src/explore/explore.ts';
import { describeSearch } from '../src/narration/answers/search.ts';
import { PLAIN } from '../src/narration/layout/paint.ts';
import { renderBlocks } from '../src/narration/layout/render.ts';
import { NO_FOLDERS, type Scenario } from '../src/scenario/language/scenario.ts';
import { explorationOf } from '../src/scenario/play/exploration-of.ts';
import { play } from '../src/scenario/play/play.ts';
import { brokenInvariants } from '../src/store/invariants/invariants.ts';
import { COLLECTOR_NAMES, type CollectorName } from '../src/store/settings.ts';
import { capturingTerminal } from './support/process/terminal.ts';
import { PATIENCE_MS } from './support/property-runs.ts';

const LACKS_A_FILE = 'no committed version lacks a file';
const CORRECT: readonly CollectorName[] = ['reference-counting', 'mark-and-sweep'];
const FLAWED = COLLECTOR_NAMES.filter((name) => !CORRECT.includes(name));

/**
 * The result of exploring each story: the number of states, and the violated property with the length of a shortest
 * path to the violation, or null if every property holds.
 */
const SEARCHES: Readonly<Record<string, readonly [number, readonly [string, number] | null]>> = {
  '1-logging/14-two-uploads-at-once.yaml': [75, null],
  '4-garbage-collection/16-a-collector-that-deletes-at-once.yaml': [
    14,
    ['a version can be restored until its retention has passed', 3],
  ],
  '4-garbage-collection/17-a-collector-that-checks-only-neighbors.yaml': [40, [LACKS_A_FILE, 6]],
  '4-garbage-collection/18-a-collector-that-forgets-uploads.yaml': [34, [LACKS_A_FILE, 7]],
  '4-garbage-collection/19-a-collector-that-counts-at-the-review.yaml': [32, [LACKS_A_FILE, 6]],
  '4-garbage-collection/21-which-crash-leaves-bytes-forever.yaml': [
    12,
    ['no unreferenced object is left', 4],
  ],
  '4-garbage-collection/23-when-a-restore-is-ignored.yaml': [13, [LACKS_A_FILE, 4]],
  '4-garbage-collection/24-already-stored-just-before-the-sweep.yaml': [68, null],
  '4-garbage-collection/25-a-restore-between-review-and-release.yaml': [122, null],
  '4-garbage-collection/26-a-crash-anywhere.yaml': [81, null],
  '4-garbage-collection/27-an-upload-a-cleanup-and-a-crash.yaml': [573, null],
  '4-garbage-collection/28-expiry-versus-commit-and-protection.yaml': [88, null],
  '4-garbage-collection/29-a-bad-bucket-in-any-order.yaml': [66, null],
  '4-garbage-collection/30-the-retention-changes-during-a-run.yaml': [275, null],
  '4-garbage-collection/31-what-must-hold-in-any-order.yaml': [24, null],
};

/** For each story in which every property holds, a flawed collector that would violate one. */
const WOULD_CATCH: Readonly<Record<string, CollectorName>> = {
  '1-logging/14-two-uploads-at-once.yaml': 'forgets-uploads',
  '4-garbage-collection/24-already-stored-just-before-the-sweep.yaml': 'counts-at-review',
  '4-garbage-collection/25-a-restore-between-review-and-release.yaml': 'ignores-restore',
  '4-garbage-collection/26-a-crash-anywhere.yaml': 'not-resumable',
  '4-garbage-collection/27-an-upload-a-cleanup-and-a-crash.yaml': 'ignores-restore',
  '4-garbage-collection/28-expiry-versus-commit-and-protection.yaml': 'forgets-uploads',
  '4-garbage-collection/29-a-bad-bucket-in-any-order.yaml': 'forgets-uploads',
  '4-garbage-collection/30-the-retention-changes-during-a-run.yaml': 'deletes-at-once',
  '4-garbage-collection/31-what-must-hold-in-any-order.yaml': 'counts-at-review',
};

const { terminal } = capturingTerminal();
const read = await Promise.all((await shippedScenarios()).map((file) => readScenario(file, terminal)));
const explorable = read.filter(({ scenario }) => scenario.together.length > 0);
const nameOf = ({ file }: Scenario) => file.split(path.sep).slice(-2).join('/');

// Each story is searched once, when a test first asks for it.
const searched = new Map<string, { readonly result: SearchResult; readonly described: readonly string[] }>();
function search({ scenario, folders }: (typeof explorable)[number]) {
  const before = searched.get(scenario.file);
  if (before !== undefined) return before;
  const exploration = explorationOf(scenario, folders);
  const result = explore(exploration);
  const found = {
    result,
    described: renderBlocks(describeSearch(exploration, result), { width: 80, paint: PLAIN }).split('\n'),
  };
  searched.set(scenario.file, found);
  return found;
}

const brokenIn = ({ verdicts }: SearchResult) =>
  verdicts.filter(({ property, holds }) => property.kind !== 'sometimes' && holds !== true);

const stories = explorable.map((story) => [nameOf(story.scenario), story] as const);
const ofSeveral = stories.filter(([, { scenario }]) => scenario.together.length > 1);
const ofTheCorrect = stories.filter(([, { scenario }]) => CORRECT.includes(scenario.settings.collector));
const ofTheFlawed = stories.filter(([, { scenario }]) => FLAWED.includes(scenario.settings.collector));

describe('the stories with several actors', { timeout: PATIENCE_MS }, () => {
  test('are exactly those in the table', () => {
    expect(stories.map(([name]) => name)).toEqual(Object.keys(SEARCHES));
  });

  test('cover each flawed collector and the default one', () => {
    const shown = new Set(explorable.map(({ scenario }) => scenario.settings.collector));
    expect([...shown].sort()).toEqual([...FLAWED, 'reference-counting'].sort());
  });

  test.each(stories)('%s is searched completely, in the number of states in the table', (name, story) => {
    const { states, bound } = search(story).result;
    expect({ states, bound }).toEqual({ states: SEARCHES[name]?.[0], bound: null });
  });

  test.each(ofSeveral)(
    '%s has an actor who acts during a garbage collection that frees a file',
    (_name, story) => {
      const met = search(story).result.verdicts.filter(({ holds }) => holds === true);
      expect(met.map(({ property }) => property.name)).toEqual(
        expect.arrayContaining(['a file is freed', 'an actor acts during a garbage collection']),
      );
    },
  );

  test.each(stories)('%s breaks no invariant when played as written', (_name, { scenario, folders }) => {
    expect(brokenInvariants(play(scenario, folders).final)).toEqual([]);
  });

  test.each(stories)('%s starts from a store that breaks no invariant', (_name, { scenario }) => {
    expect(brokenInvariants(play({ ...scenario, together: [] }, NO_FOLDERS).final)).toEqual([]);
  });

  test.each(stories)('the result for %s is described within 80 columns', (_name, story) => {
    expect(search(story).described.filter((line) => stringWidth(line) > 80)).toEqual([]);
  });
});

describe('a correct collector', { timeout: PATIENCE_MS }, () => {
  test.each(ofTheCorrect)('violates no property in any order of %s', (name, story) => {
    expect(SEARCHES[name]?.[1]).toBeNull();
    expect(brokenIn(search(story).result)).toEqual([]);
  });
});

describe('a flawed collector', { timeout: PATIENCE_MS }, () => {
  test.each(ofTheCorrect)(
    'could fail: a flawed one violates a property in %s',
    (name, { scenario, folders }) => {
      const collector = WOULD_CATCH[name] ?? scenario.settings.collector;
      const settings = { ...scenario.settings, collector };
      expect(brokenIn(explore(explorationOf({ ...scenario, settings }, folders)))).not.toEqual([]);
    },
  );

  test.each(ofTheFlawed)('violates the expected property in %s, on a shortest path', (name, story) => {
    const ways = brokenIn(search(story).result).map(({ property, counterexample }) => [
      property.name,
      counterexample?.choices.length,
    ]);
    expect(ways).toContainEqual(SEARCHES[name]?.[1]);
  });

  test.each(ofTheFlawed)('in %s is described as deliberately flawed, and how', (_name, story) => {
    const { collector } = story.scenario.settings;
    expect(search(story).described.join(' ')).toContain(`${collector} is deliberately flawed: `);
  });

  test.each(FLAWED)('%s has a story whose own steps show the damage', (collector) => {
    const shown = read.filter(({ scenario }) => scenario.settings.collector === collector);
    const damages = shown.flatMap(({ scenario, folders }) => damageOf(scenario, folders));
    expect(damages).not.toEqual([]);
  });
});

// What must never happen, but happens when the steps of a story are played.
function damageOf(scenario: Scenario, folders: Parameters<typeof play>[1]): readonly string[] {
  const damages: string[] = [];
  play({ ...scenario, together: [] }, folders, ({ step, before, after, refusal }) => {
    damages.push(...brokenInvariants(after));
    const { now, settings } = before;
    const early =
      step.kind === 'restore' && refusal?.code === 'not-restorable' && now < settings.retentionSeconds;
    if (early) damages.push('a restore is refused although nothing can be due yet');
  });
  return damages;
}
