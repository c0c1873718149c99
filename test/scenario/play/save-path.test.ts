import { describe, expect, test } from 'vitest';
import { explore } from '../../../src/explore/explore.ts';
import { follow } from '../../../src/explore/transitions.ts';
import { describeSearch } from '../../../src/narration/answers/search.ts';
import { plainText } from '../../../src/narration/layout/plain-text.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { explorationOf } from '../../../src/scenario/play/exploration-of.ts';
import { savePath } from '../../../src/scenario/play/save-path.ts';
import type { CollectorName } from '../../../src/store/settings.ts';
import { explorationIn } from '../../narration/answers/searched.ts';
import { PATIENCE_MS } from '../../support/property-runs.ts';
import { plain } from '../../support/stores/plain.ts';
import { mistakesIn, playText, storyIn } from '../../support/stores/story.ts';

/** A story in which each collector that is wrong on purpose breaks something. */
const STORY = `title: Everybody at once
server: { retention: 1d }
given:
  - { log: m, files: { a: 1MB, b: 1MB } }
  - { log: m, files: { b: 1MB } }
  - { log: m, files: { a: 1MB } }
steps:
  - { delete: "m:v2", deleteAliases: true }
  - { delete: "m:v0" }
together:
  clock: [{ wait: 1d }]
  uploader: [{ begin: m, id: up, files: { a: 1MB } }, { commit: up }]
  restorer: [{ restore: "m:v0" }]
  collector: [collect]
crashes: 1
`;

describe('a counterexample as a story', { timeout: PATIENCE_MS }, () => {
  test.each<CollectorName>([
    'deletes-at-once',
    'asks-neighbors-only',
    'forgets-uploads',
    'counts-at-review',
    'not-resumable',
    'ignores-restore',
  ])('takes the same steps to the same store, for every property that %s breaks', (collector) => {
    const exploration = explorationIn(STORY, collector);
    const found = explore(exploration).verdicts.filter(({ counterexample }) => counterexample !== null);
    expect(found).not.toEqual([]);
    for (const verdict of found) {
      const { property, counterexample } = verdict;
      if (counterexample === null) continue;
      const text = savePath(STORY, exploration, collector, verdict);
      expect(mistakesIn(text)).toEqual([]);
      const story = storyIn(text);
      expect([story.title, story.settings.collector, story.crashes]).toEqual([
        'Everybody at once',
        collector,
        0,
      ]);
      expect(story.together.map(({ name }) => name)).toEqual(['in this order']);
      const way = follow(exploration, counterexample.choices);
      // Played as it is written, it ends where the way of the search does.
      expect(plain(playText(text).final)).toEqual(plain(way.at(-1)?.after.store));
      // Explored, it has one order, and breaks the same property in it.
      const again = explore(explorationOf(story, NO_FOLDERS));
      expect(again.orders).toBe(1n);
      const other = again.verdicts.find((one) => one.property === property);
      expect(other?.counterexample?.choices.length).toBe(counterexample.choices.length);
      expect(other?.counterexample?.wrong).toEqual(counterexample.wrong);
    }
  });

  test('says in comments who takes each step, and what is wrong', () => {
    const exploration = explorationIn(STORY, 'deletes-at-once');
    const [found] = explore(exploration).verdicts.filter(({ counterexample }) => counterexample !== null);
    if (found === undefined || found.counterexample === null) throw new Error('it is found guilty');
    const text = savePath(STORY, exploration, 'deletes-at-once', found);
    expect(
      text,
    ).toBe(`# a version can be restored until its retention has passed: broken by the steps of "in this order".
# m:v2 is released before its retention has passed
title: Everybody at once
server: { retention: 1d, collector: deletes-at-once }
given:
  - log: m
    files: { a: 1MB, b: 1MB }
  - log: m
    files: { b: 1MB }
  - log: m
    files: { a: 1MB }
steps:
  - delete: m:v2
    deleteAliases: true
  - delete: m:v0
together:
  in this order:
    # collector: collect: step
    - collect: step
    # collector: collect: step
    - collect: step
`);
  });

  test('has the steps of a repeat filled, and ends in the claim that it breaks', () => {
    const text = `title: A claim
steps: [{ log: m, files: { a: 1MB } }]
together:
  collector: [collect]
  uploader: [{ repeat: 3, steps: [{ log: "n{n}", files: { "b{n}": 1MB } }] }]
always: { collections: [m, n0], logical: 1MB, state: { "m:v0": COMMITTED } }
finally: { stored: 4MB, versions: { n0: [v0], n2: [] } }
`;
    const exploration = explorationIn(text);
    const ends = explore(exploration).verdicts.flatMap((verdict) => {
      if (verdict.counterexample === null) return [];
      const saved = savePath(text, exploration, 'reference-counting', verdict);
      expect(playText(saved).failures).toHaveLength(1);
      return [saved.split('in this order:\n')[1]];
    });
    const log = (n: number) =>
      `    # uploader: log: n${n}, files: { b${n}: 1MB }\n    - log: n${n}\n      files: { b${n}: 1MB }\n`;
    expect(ends).toEqual([
      '    - expect: { collections: [m, n0] }\n',
      `${log(0)}    - expect: { logical: 1MB }\n`,
      expect.stringContaining(`${log(0)}${log(1)}${log(2)}`),
    ]);
    expect(ends.at(-1)).toMatch(/ {4}- expect: \{ versions: \{ n2: \[\] \} \}\n$/);
  });

  test('leaves out the claims of what it does not reach', () => {
    const text = `title: Stops before the upload
steps: [{ log: m, files: { a: 1MB } }]
together:
  x: [{ begin: m, id: up, files: { b: 1MB } }, { commit: up }]
  y: [{ delete: "m:v0", deleteAliases: true }]
always: { versions: { m: [v0] } }
finally: { state: { up: COMMITTED } }
`;
    const exploration = explorationIn(text);
    const [found] = explore(exploration).verdicts.filter(({ counterexample }) => counterexample !== null);
    if (found === undefined) throw new Error('it is found broken');
    const saved = savePath(text, exploration, 'reference-counting', found);
    expect(mistakesIn(saved)).toEqual([]);
    expect(playText(saved).failures).toHaveLength(1);
  });

  test('has no steps where the story is broken from its beginning', () => {
    const text = `title: A broken beginning
server: { retention: 0s, collector: ignores-restore }
given: [{ log: m, files: { a: 1MB } }, { delete: "m:v0", deleteAliases: true }]
steps: [{ collect: step }, { restore: "m:v0" }, collect]
together: { ann: [{ log: n }] }
`;
    const exploration = explorationIn(text);
    const result = explore(exploration);
    const [found] = result.verdicts.filter(({ counterexample }) => counterexample !== null);
    if (found === undefined || found.counterexample === null) throw new Error('it is found broken');
    const saved = savePath(text, exploration, 'ignores-restore', found);
    expect(saved).toMatch(/\ntogether:\n {2}in this order: \[\]\n$/);
    const [again] = explore(explorationIn(saved)).verdicts;
    expect([again?.property, again?.counterexample]).toEqual([found.property, found.counterexample]);
    expect(plainText(describeSearch(exploration, result))).toContain('  violated from the start');
  });
});
