import { describe, expect, test } from 'vitest';
import { explore } from '../../../src/explore/explore.ts';
import type { Choice } from '../../../src/explore/transitions.ts';
import { follow } from '../../../src/explore/transitions.ts';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import { explorationIn, guilt, searched } from '../../narration/answers/searched.ts';

const MOVE: Choice = { actor: 0, kind: 'move' };
const STEP: Choice = { actor: 0, kind: 'step' };

/** A story whose one actor takes these steps, after these. */
function alone(steps: string, moves: string, head = 'server: { retention: 0s }'): string {
  return `title: A story\n${head}\nsteps: [${steps}]\ntogether: { ann: [${moves}] }\n`;
}

function typesOf(text: string, choices: readonly Choice[]) {
  return follow(explorationIn(text), choices).map(({ events, refusal }) =>
    refusal === null ? events.map(({ type }) => type) : refusal.code,
  );
}

const GONE = '{ log: m, files: { a: 1MB } }, { delete: "m:v0", deleteAliases: true }';

describe('the search that a story describes', () => {
  test('begins where its steps end, jobs and all', () => {
    const { start, names, crashes } = explorationIn(
      alone('{ log: m, files: { a: 1MB }, ttl: 1d }, { begin: n, id: up }, { wait: 3d }, collect', 'collect'),
    );
    expect(start.now).toBe(3 * 86_400);
    expect(start.bucket.storedBytes).toBe(0);
    expect([...names.keys()]).toEqual(['up']);
    expect(crashes).toBe(0);
    expect(brokenInvariants(start)).toEqual([]);
  });

  test('moves the clock where an actor waits, and runs no job', () => {
    expect(typesOf(alone(GONE, '{ wait: 30d }, collect'), [MOVE, STEP])).toEqual([
      ['clockMoved'],
      ['versionsReviewed'],
    ]);
  });

  test('takes as many steps for a collection as the collector does, and one for a step', () => {
    expect(typesOf(alone(GONE, 'collect, { collect: step }'), [STEP, STEP, STEP, STEP, STEP])).toEqual([
      ['versionsReviewed'],
      ['holdsReleased'],
      ['objectSwept'],
      ['versionClosed'],
      [],
    ]);
    expect(typesOf(alone(GONE, '{ collect: step }, { crash: now }'), [STEP, MOVE])).toEqual([
      ['versionsReviewed'],
      ['garbageCollectionCrashed'],
    ]);
  });

  test('refuses, as a run does, to end what was not begun', () => {
    const text = alone('{ log: m }', '{ begin: m, id: up, type: other }, { commit: up }');
    expect(typesOf(text, [MOVE, MOVE])).toEqual(['type-mismatch', 'not-found']);
    const expected = alone(
      '{ log: m }',
      '{ begin: m, id: up, type: other }, { commit: up, refused: not-found }',
    );
    expect(guilt(searched(expected))).toEqual({});
  });

  test('refuses to collect if a requirement is missing', () => {
    const head = 'server: { retention: 0s, deployment: self-managed }';
    expect(typesOf(alone(GONE, 'collect', head), [STEP])).toEqual(['gc-not-enabled']);
  });

  test.each([
    ['after 0', 'collect, collect', [['garbageCollectionCrashed'], ['versionsReviewed']]],
    ['after 1', 'collect, collect', [['versionsReviewed'], ['garbageCollectionCrashed'], ['holdsReleased']]],
    [
      'after 4',
      'collect, collect',
      [
        ['versionsReviewed'],
        ['holdsReleased'],
        ['objectSwept'],
        ['versionClosed'],
        ['garbageCollectionCrashed'],
        [],
      ],
    ],
    [
      'after 5',
      'collect, collect',
      [['versionsReviewed'], ['holdsReleased'], ['objectSwept'], ['versionClosed', 'crashForgotten'], []],
    ],
  ])('lets a crash that was planned %s happen, as a run does', (when, moves, types) => {
    const steps = types.map(() => STEP);
    expect(typesOf(alone(`${GONE}, { crash: ${when} }`, moves), steps)).toEqual(types);
  });

  test('tells a step that is not refused as it says, wherever it comes', () => {
    const text = `title: A story
steps: [{ log: m }]
together:
  ann: [{ delete: "m:v0", refused: has-aliases }]
  bob: [{ alias: "m:v0", remove: [latest] }]
`;
    expect(guilt(searched(text))).toEqual({ 'a step is refused as the story expects': 2 });
  });
});

describe('moves of several actors', () => {
  /** Whether the steps of two actors are searched in one order only, beside a start with two collections. */
  function isPruned(
    ann: string,
    bob: string,
    head = 'server: { retention: 0s }',
    steps = '{ log: m }, { log: n }',
  ) {
    const text = `title: A story\n${head}\nsteps: [${steps}]\ntogether:\n  ann: [${ann}]\n  bob: [${bob}]\n`;
    return explore(explorationIn(text)).orders === 1n;
  }

  test.each([
    ['{ log: m, files: { a: 1MB } }', '{ log: n, files: { a: 1MB } }'],
    ['{ begin: m, id: up, files: { a: 1MB } }, { commit: up }', '{ alias: "n:v0", add: [best] }'],
    ['{ alias: "m:v0", add: [x] }', '{ delete: "n:v0", deleteAliases: true }'],
    ['{ ttl: "m:v0", is: 3d }', '{ restore: "n:v0" }'],
    ['{ draft: "m:v0", add: { b: 1MB } }', '{ delete collection: n }'],
    ['{ log: m }', 'collect'],
  ])('%j and %j have nothing to do with one another', (ann, bob) => {
    expect(isPruned(ann, bob)).toBe(true);
  });

  test.each([
    ['{ log: m, files: { a: 1MB } }', '{ log: m, files: { b: 1MB } }'],
    ['{ delete: "m:v0", deleteAliases: true }', '{ delete: "n:v0", deleteAliases: true }'],
    ['{ delete: "m:v0", deleteAliases: true }, { log: m }', 'collect'],
    ['{ wait: 1d }', '{ log: n }'],
    ['expire', '{ log: n }'],
    ['{ log: m }', '{ log: n }, { rename collection: n, to: o }'],
    ['{ log: m, run: r, files: { z: 1B } }', '{ log: n, files: { z: 1B } }'],
    ['{ server: { sharing: entity } }', '{ log: n }'],
    ['{ log: o, files: { a: { ref: "wandb-artifact://m:v0/a" } } }', '{ alias: "n:v0", add: [x] }'],
    ['{ draft: "m:v0", add: { a: { ref: "wandb-artifact://n:v0/a" } } }', '{ alias: "n:v0", add: [x] }'],
  ])('%j and %j have', (ann, bob) => {
    expect(isPruned(ann, bob)).toBe(false);
  });

  test.each([
    [
      'renamed artifact collections',
      'server: {}',
      '{ log: m }, { log: n }, { rename collection: m, to: o }, { log: m }',
    ],
    ['links', 'server: {}', '{ log: m }, { log: n }, { link: "m:v0", to: models/p }'],
    ['objects that a whole entity shares', 'server: { sharing: entity }', '{ log: m }, { log: n }'],
    [
      'objects that a whole entity shared before',
      'server: { sharing: entity }',
      '{ log: m }, { log: n }, { server: { sharing: collection } }',
    ],
    [
      'references to other artifacts',
      'server: {}',
      '{ log: m, files: { c: 1B } }, { log: n, files: { c: { ref: "wandb-artifact://m:v0/c" } } }',
    ],
    [
      'faults of the bucket',
      'server: { bucket faults: [{ call: put, fault: fails }] }',
      '{ log: m }, { log: n }',
    ],
  ])('have something to do with one another where there are %s', (_name, head, steps) => {
    expect(isPruned('{ log: m, files: { a: 1MB } }', '{ log: n, files: { a: 1MB } }', head, steps)).toBe(
      false,
    );
  });
});
