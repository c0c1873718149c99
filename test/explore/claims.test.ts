import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore, type SearchResult } from '../../src/explore/explore.ts';
import { follow } from '../../src/explore/transitions.ts';
import { flowText } from '../../src/scenario/yaml/flow-text.ts';
import { explorationIn, guilt, searched, searchPlainly } from '../narration/answers/searched.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { smallStories } from './arbitrary-explorations.ts';

const STATES = ['PENDING', 'COMMITTED', 'PENDING_DELETION', 'DELETED'] as const;
const claims = fc.oneof(
  fc.constantFrom('0B', '1MB', '3MB').map((size) => ({ stored: size })),
  fc.constantFrom('1MB', '2MB').map((size) => ({ logical: size })),
  fc
    .tuple(fc.constantFrom('m:v0', 'm:v1', 'n:v0'), fc.constantFrom(...STATES))
    .map(([version, state]) => ({ state: { [version]: state } })),
  fc.constantFrom('v0', 'v1').map((index) => ({ aliases: { m: { latest: index } } })),
  fc.constant({ 'not found': ['m:v0', 'n:latest'] }),
  fc.constantFrom('stored', 'gone').map((status) => ({ object: { 'm:v0/a': status } })),
);
const blocks = fc
  .record({
    always: claims,
    finally: claims,
    reachable: fc.tuple(claims, claims).map(([one, other]) => ({ ...one, ...other })),
  })
  .map((block) =>
    Object.entries(block)
      .map(([kind, body]) => `${kind}: ${flowText(body)}\n`)
      .join(''),
  );

/** How many steps it takes to what each claim of a story asks for, or to what breaks it. */
function found({ verdicts }: SearchResult): Readonly<Record<string, number>> {
  return Object.fromEntries(
    verdicts.flatMap(({ property, example, counterexample }) => {
      const choices = example ?? counterexample?.choices;
      return /^\w+: /.test(property.name) && choices !== undefined ? [[property.name, choices.length]] : [];
    }),
  );
}

describe('what a story claims of its states', { timeout: PATIENCE_MS }, () => {
  test('is found out alike by a search that leaves out orders, by one that does not, and order by order', () => {
    const seen = { broken: 0, kept: 0, reached: 0, missed: 0 };
    fc.assert(
      fc.property(smallStories({ people: 2, moves: 1 }), blocks, ({ text }, block) => {
        const exploration = explorationIn(`${text}${block}`);
        const pruned = explore(exploration);
        const whole = explore(exploration, { prune: false });
        expect(found(pruned)).toEqual(found(whole));
        expect(guilt(pruned)).toEqual(guilt(whole));
        const plain = searchPlainly(exploration);
        expect(guilt(whole)).toEqual(Object.fromEntries(plain.broken));
        for (const { property, example, holds } of whole.verdicts) {
          if (property.kind !== 'reachable') continue;
          expect(example?.length).toBe(plain.reached.get(property.name));
          expect(holds).toBe(example !== null);
          seen[holds === true ? 'reached' : 'missed'] += 1;
        }
        for (const { name, kind } of exploration.claims) {
          if (kind !== 'reachable') seen[name in found(whole) ? 'broken' : 'kept'] += 1;
        }
      }),
      runs(80),
    );
    // Or it would say nothing.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  const APART = `title: Two that have nothing to do with each other
steps: [collect]
together:
  ann: [{ log: m, files: { a: 1MB } }, { log: m, files: { b: 1MB } }]
  bob: [{ log: n, files: { c: 2MB } }]
`;

  test('is judged in states that lie between independent steps', () => {
    const between = `${APART}reachable: { stored: 2MB, collections: [n] }\n`;
    expect(found(searched(between))).toEqual({ 'reachable: collections n, stored 2MB': 1 });
    expect(searched(APART).states).toBeLessThan(searched(between).states);
    expect(found(searched(`${APART}always: { collections: [n] }\n`))).toEqual({
      'always: collections n': 0,
    });
  });

  test('does not end the leaving out of orders where it is about ends only', () => {
    const result = searched(`${APART}finally: { stored: 4MB }\n`);
    expect([found(result), result.states]).toEqual([{}, searched(APART).states]);
    expect(found(searched(`${APART}finally: { stored: 3MB }\n`))).toEqual({ 'finally: stored 3MB': 3 });
  });

  test('is one property for each claim, but for what must be so in the same state', () => {
    const { verdicts } = searched(`${APART}always: { state: { "m:v9": GONE } }\n`.replace('GONE', 'DELETED'));
    expect(verdicts.at(-1)?.counterexample?.wrong).toEqual([
      'expected state of m:v9: DELETED; actual: never existed, or cannot be found by alias',
    ]);
    const body =
      '{ stored: 4MB, versions: { m: [v0], n: [] }, aliases: { m: { latest: v0, best: null } }, not found: ["m:v1", "n:v1"] }';
    const names = explorationIn(`${APART}always: ${body}\nreachable: ${body}\n`).claims.map(
      ({ name }) => name,
    );
    expect(names).toEqual([
      'always: stored 4MB',
      'always: versions of m: v0',
      'always: versions of n: none',
      'always: alias latest of m: v0',
      'always: alias best of m: absent',
      'always: m:v1: not found',
      'always: n:v1: not found',
      expect.stringMatching(/^reachable: alias latest of m: v0, alias best of m: absent, /),
    ]);
  });

  test('is about an end as the actors leave it, before anything else is collected', () => {
    const text = `title: A deletion
server: { retention: 0s }
steps: [{ log: m, files: { a: 1MB } }]
together: { ann: [{ delete: "m:v0", deleteAliases: true }] }
finally: { stored: 1MB, object: { "m:v0/a": gone } }
`;
    expect(found(searched(text))).toEqual({ 'finally: object m:v0/a: gone': 1 });
  });

  test('is unknown at a limit, unless it was decided before', () => {
    const text = `${APART}always: { logical: 0B, stored: 9MB }\nreachable: { stored: 4MB }\n`;
    const { verdicts } = searched(text, undefined, { mostStates: 2 });
    const ofStory = verdicts.filter(({ property }) => /^\w+: /.test(property.name));
    expect(ofStory.map(({ holds }) => holds)).toEqual([false, false, null]);
    expect(
      searched(`${APART}always: { stored: 0B }`, undefined, { mostStates: 1 }).verdicts.at(-1)?.holds,
    ).toBeNull();
  });

  test('is at the end of an example as it says, and at no state before it', () => {
    const exploration = explorationIn(`${APART}reachable: { stored: 3MB, versions: { m: [v0] } }\n`);
    const { example } = explore(exploration).verdicts.at(-1) ?? {};
    const states = follow(exploration, example ?? []).map(({ after }) => after);
    const [claim] = exploration.claims;
    expect(states.map((state) => claim?.wrong(state).length === 0)).toEqual([false, true]);
  });

  test('is no damage: a search goes on behind what breaks it', () => {
    const { verdicts } = searched(`${APART}always: { stored: 0B }\nreachable: { stored: 4MB }\n`);
    expect(verdicts.slice(-2).map(({ holds }) => holds)).toEqual([false, true]);
  });
});
