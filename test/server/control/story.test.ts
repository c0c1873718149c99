import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalStore } from '../../../src/explore/fingerprint.ts';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { Player, play } from '../../../src/scenario/play/play.ts';
import { formatDiagnostic } from '../../../src/scenario/yaml/diagnostic.ts';
import { unixTimeIn } from '../../../src/sdk/input/arguments.ts';
import { Contents } from '../../../src/server/files/contents.ts';
import { Host } from '../../../src/server/host.ts';
import { Users } from '../../../src/server/users.ts';
import { beginningOf } from '../../../src/service/story.ts';
import type { Store } from '../../../src/store/store.ts';
import { seconds } from '../../../src/values/units.ts';
import { REGISTRY } from '../../support/arbitraries/beginnings.ts';
import { histories } from '../../support/arbitraries/histories.ts';
import { History, type HistoryStep } from '../../support/histories/history.ts';
import { recordActions, simulatorFor } from '../../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { Controlled } from '../../support/server/controlled.ts';
import { begin, commit, log, remove, removeById } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { projectNamed, versionId } from '../../support/stores/names.ts';
import { storyIn, storyWith } from '../../support/stores/story.ts';

const REGISTRIES = [projectNamed(REGISTRY)];

/** The store at the end of a story, which must be one without mistakes and failures. */
function playedFrom(text: string, from: Store | null): Store {
  const parsed = parseScenario('story.yaml', text, from);
  const mistakes = parsed.ok ? [] : parsed.diagnostics.map((mistake) => formatDiagnostic('', mistake));
  expect(mistakes, text).toEqual([]);
  if (!parsed.ok) throw new Error(text);
  const { failures, final } = play(parsed.scenario);
  expect(failures, text).toEqual([]);
  return final;
}

/** Whether a scenario can write a step of a history. */
function isStep(step: HistoryStep): boolean {
  return !('command' in step);
}

/** A server that starts somewhere in a history, with the rest of it played; the start may be known as a story or not. */
async function servedHistory(history: History, share: number, isKnown: boolean) {
  const actions = recordActions(history);
  const simulator = simulatorFor(history);
  const before = actions.slice(0, Math.floor(share * actions.length)).filter((action) => {
    const decision = simulator.apply(action);
    return decision.ok && decision.events.length > 0;
  });
  const start = { ...history.beginning, registries: REGISTRIES };
  const server = new Controlled(simulator.store, isKnown ? { start, actions: before } : null);
  for (const action of actions.slice(Math.floor(share * actions.length))) {
    await server.host.turn(action.type, (turn) => turn.apply(action));
  }
  return server;
}

describe('GET /story', { timeout: PATIENCE_MS }, () => {
  test('plays to the same store as what was done, or says which action has no step', async () => {
    const seen = { written: 0, unsaid: 0 };
    const drawn = [histories(25), fc.constantFrom(0, 0.5), fc.boolean(), fc.boolean()] as const;
    await fc.assert(
      fc.asyncProperty(...drawn, async (any, share, isKnown, hasSteps) => {
        const history = hasSteps ? new History(any.head, any.steps.filter(isStep)) : any;
        const server = await servedHistory(history, share, isKnown);
        const { status, body } = await server.get('/story?title=So%20far');
        if (status === 409) {
          expect(body).toMatchObject({
            error: { code: 'no-step', message: expect.stringMatching(/^A scenario has no step for \w+\.$/) },
          });
          seen.unsaid += 1;
          return;
        }
        expect(status).toBe(200);
        const replayed = playedFrom(String(body), isKnown ? null : server.host.start);
        expect(canonicalStore(replayed), String(body)).toBe(canonicalStore(server.host.store));
        seen.written += 1;
      }),
      runs(60),
    );
    expect(seen.written).toBeGreaterThan(seen.unsaid);
    expect(seen.unsaid).toBeGreaterThan(0);
  });

  test('names versions of the start by their names, since no step of the story made them', async () => {
    const start = given(log('animals', { cat: '2MB' }), begin('plants', { fern: '1MB' })).store;
    const server = new Controlled(start);
    await server.play(commit(versionId('plants#0')), removeById(versionId('animals:v0'), true));
    const { body } = await server.get('/story');
    expect(
      body,
    ).toBe(`# Starts from the snapshot of /limbo/v1/snapshot?at=start: limbo run STORY --from SNAPSHOT
title: A story from a server
steps:
  - commit: "plants#0"
  - delete: animals:v0
    deleteAliases: true
`);
    expect(canonicalStore(playedFrom(String(body), start))).toBe(canonicalStore(server.host.store));
  });

  test('leaves out what is undone, and is a whole story for a server that began empty', async () => {
    const server = new Controlled();
    await server.play(log('animals'), remove('animals:v0', { deleteAliases: true }));
    await server.post('/undo');
    const { body } = await server.get('/story?title=Undone');
    expect(body).toBe('title: Undone\nsteps:\n  - log: animals\n');
  });

  test('begins with the story that the server started from, which began when the server says', async () => {
    const text = storyWith(
      'registries: { models: { ann: admin } }\nteam: { members: { bob: member } }',
      'log: animals\nfiles: { cat: 2MB }\nas: bob',
      'link: animals:v0\nto: models/best',
      'wait: 1d',
      'expect: { stored: 2MB }',
    );
    const scenario = storyIn(text);
    const player = new Player(scenario, NO_FOLDERS, true);
    const { final } = play(scenario, NO_FOLDERS, undefined, player);
    const dated = Object.freeze({ ...final, begins: unixTimeIn('2026-01-31') });
    const server = new Controlled(dated, beginningOf(scenario, player.actions));
    await server.play(log('plants'));
    const { body } = await server.get('/story?title=Whole');
    expect(body).toBe(`title: Whole
begins: "2026-01-31T00:00:00Z"
team: { members: { bob: member } }
registries: { models: { ann: admin } }
steps:
  - log: animals
    files: { cat: 2MB }
    as: bob
  - link: animals:v0
    to: models/best
  - wait: 1d
  - log: plants
`);
    expect(canonicalStore(playedFrom(String(body), null))).toBe(canonicalStore(server.host.store));
    const { body: timeline } = await server.get('/timeline');
    expect(timeline).toMatchObject({ versions: [{ marks: [{ mark: 'linked', at: 'PT0S' }] }, {}] });
  });

  test('is refused for what no step can express', async () => {
    const server = new Controlled();
    await server.play({ type: 'moveClock', bySeconds: seconds(5) });
    expect(await server.get('/story')).toEqual({
      status: 409,
      body: { error: { code: 'no-step', message: 'A scenario has no step for moveClock.' } },
    });
  });
});

describe('undoing all and redoing all', { timeout: PATIENCE_MS }, () => {
  test('leads back to the start and to the same store and events, whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(histories(25), fc.nat(30), async (history, steps) => {
        const server = await servedHistory(history, 0, true);
        const { host } = server;
        const [start, end] = [host.start, host.store].map(canonicalStore);
        const before = await server.get('/events');
        expect((await server.post('/undo', { steps: 1_000 })).body).toMatchObject({ position: 0 });
        expect(canonicalStore(host.store)).toBe(start);
        expect((await server.get('/events')).body).toEqual({ events: [], next: 0 });
        await server.post('/redo', { steps: steps + 1 });
        await server.post('/redo', { steps: 1_000 });
        expect(canonicalStore(host.store)).toBe(end);
        expect(await server.get('/events')).toEqual(before);
      }),
      runs(30),
    );
  });
});

describe('a host', () => {
  test('forgets how its store was made only where the store does not show it', () => {
    const hostOf = (start: Store) => new Host(start, new Contents(), new Users('team', []));
    expect(hostOf(new Controlled().host.store).beginning).toMatchObject({ actions: [] });
    expect(hostOf(given(log('animals')).store).beginning).toBeNull();
    expect(hostOf(given({ type: 'planCrash', afterSteps: 1 }).store).beginning).toBeNull();
  });
});
