import { describe, expect, test } from 'vitest';
import { readScenario } from '../../src/cli/files/read-scenario.ts';
import { shippedScenarios } from '../../src/cli/shipped.ts';
import type { StoreEvent } from '../../src/decider/event.ts';
import { onlyInstant, shownSpans, type Timeline, timelineOf } from '../../src/insight/timeline.ts';
import { timelineJson } from '../../src/narration/answers/json.ts';
import { play } from '../../src/scenario/play/play.ts';
import type { Store } from '../../src/store/store.ts';
import { capturingTerminal } from '../support/process/terminal.ts';
import { playSteps } from '../support/stores/story.ts';

const DAY = 86_400;
const LOG = 'log: animals\nfiles: { cat: 2MB }';
const DELETE = 'delete: animals:v0\ndeleteAliases: true';

function timeline(...steps: readonly string[]): Timeline {
  const { frames, final, failures } = playSteps(...steps);
  expect(failures).toEqual([]);
  return timelineOf(
    frames.flatMap(({ events }) => events),
    final,
  );
}

/** The states of the first version, each with the day on which it began, and its marks. */
function described(...steps: readonly string[]) {
  const [first] = timeline(...steps).versions;
  return {
    states: (first?.spans ?? []).map(({ state, from }) => `${from.at / DAY} ${state}`),
    marks: (first?.marks ?? []).map(({ kind, at }) => `${at / DAY} ${kind}`),
  };
}

describe('the timeline of a version', () => {
  test('goes from its upload to its tombstone, at the times of the clock', () => {
    expect(
      described(
        'wait: 1d',
        'begin: a\nid: up\nfiles: { x: 1MB }',
        'wait: 1d',
        'commit: up',
        'wait: 1d',
        'delete: a:v0\ndeleteAliases: true',
        'wait: 20d',
      ),
    ).toEqual({
      states: ['1 PENDING', '2 COMMITTED', '3 PENDING_DELETION', '10 DELETED'],
      marks: [],
    });
  });

  test('shows expiry, and a restore after it', () => {
    expect(described(`${LOG}\nttl: 2d`, 'wait: 3d', 'restore: animals:v0')).toEqual({
      states: ['0 PENDING', '0 COMMITTED', '2 PENDING_DELETION', '3 COMMITTED'],
      marks: ['2 expired', '3 restored'],
    });
  });

  test('shows an abandoned upload', () => {
    expect(described('begin: a\nid: up', 'wait: 1d', 'abandon: up')).toEqual({
      states: ['0 PENDING', '1 PENDING_DELETION'],
      marks: ['1 abandoned'],
    });
  });

  test('shows a recovery after garbage collection', () => {
    const versioned =
      'server: { deployment: self-managed, env: { GORILLA_ARTIFACT_GC_ENABLED: "true" }, bucket: { provider: aws, versioning: true } }';
    expect(described(versioned, LOG, DELETE, 'wait: 8d', 'recover: animals:v0')).toEqual({
      states: ['0 PENDING', '0 COMMITTED', '0 PENDING_DELETION', '7 DELETED', '8 COMMITTED'],
      marks: ['8 recovered'],
    });
  });

  test('begins no other state where lost files of a committed version are recovered', () => {
    const versioned = 'server: { bucket: { provider: aws, versioning: true }, deployment: self-managed }';
    expect(described(versioned, LOG, 'bucket delete: animals:v0/cat', 'recover: animals:v0')).toEqual({
      states: ['0 PENDING', '0 COMMITTED'],
      marks: ['0 recovered'],
    });
  });

  test('shows links that are added and removed, also with their source', () => {
    expect(described(LOG, 'wait: 1d', 'link: animals:v0\nto: models/prod', 'wait: 1d', DELETE)).toEqual({
      states: ['0 PENDING', '0 COMMITTED', '2 PENDING_DELETION'],
      marks: ['1 linked', '2 unlinked'],
    });
  });

  test('has its spans one after the other without gaps, and the last is open', () => {
    const { versions } = timeline(LOG, 'wait: 1d', DELETE, 'wait: 8d');
    for (const { spans } of versions) {
      expect(spans.slice(0, -1).map(({ to }) => to)).toEqual(spans.slice(1).map(({ from }) => from));
      expect(spans.at(-1)?.to).toBeNull();
    }
  });
});

describe('the timeline of a story', () => {
  test('has every version, by name and index, and ends when the story ends', () => {
    const { versions, end } = timeline(
      'log: b',
      'log: __proto__',
      'log: a',
      'log: a\nfiles: { x: 1MB }',
      'wait: 3d',
    );
    expect(versions.map(({ version }) => version)).toEqual(['__proto__:v0', 'a:v0', 'a:v1', 'b:v0']);
    expect(versions[0]?.fullName).toBe('team/demo/__proto__:v0');
    expect(end).toEqual({ at: 3 * DAY, order: 8 });
  });

  test('is empty if no version was ever created', () => {
    expect(timeline('wait: 1d').versions).toEqual([]);
  });

  test('knows whether everything happened at one instant', () => {
    expect(onlyInstant(timeline(LOG, DELETE))).toBe(0);
    expect(onlyInstant(timeline('wait: 1d', LOG, DELETE))).toBe(DAY);
    expect(onlyInstant(timeline(LOG, 'wait: 1d'))).toBeNull();
    expect(onlyInstant(timeline('wait: 1d'))).toBe(DAY);
  });
});

describe('the states to be shown', () => {
  test('leave out the upload of a version that was logged in one step, and begin when it began', () => {
    const [version] = timeline(LOG, DELETE).versions;
    if (version === undefined) throw new Error('there is a version');
    const shown = shownSpans(version);
    expect(shown.map(({ state, from }) => [state, from.order])).toEqual([
      ['COMMITTED', 0],
      ['PENDING_DELETION', 2],
    ]);
  });

  test.each([
    ['that took time', ['begin: a\nid: up', 'wait: 1s', 'commit: up']],
    ['during which something else happened', ['begin: a\nid: up', 'log: b', 'commit: up']],
    ['that was given up', ['begin: a\nid: up', 'abandon: up']],
    ['that goes on', ['begin: a\nid: up']],
  ])('have an upload %s', (_what, steps) => {
    const [version] = timeline(...steps).versions;
    expect(version === undefined ? [] : shownSpans(version).map(({ state }) => state)).toContain('PENDING');
  });
});

describe('the timelines of the stories that come with the simulator', () => {
  const { terminal } = capturingTerminal();

  test('agree with the store after every step', async () => {
    for (const file of await shippedScenarios()) {
      const { scenario, folders } = await readScenario(file, terminal);
      const events: StoreEvent[] = [];
      play(scenario, folders, (frame) => {
        for (const event of frame.events) events.push(event);
        if (frame.events.length === 0 || frame.after.versions.size > 100) return;
        expect(lastStates(timelineOf(events, frame.after)), file).toEqual(statesIn(frame.after));
      });
    }
  });
});

function lastStates({ versions }: Timeline): ReadonlyMap<string, string | undefined> {
  return new Map(versions.map(({ fullName, spans }) => [fullName, spans.at(-1)?.state]));
}

function statesIn(store: Store): ReadonlyMap<string, string> {
  return new Map(
    [...store.versions.unorderedRows()].map(({ collectionId, index, serial, state }) => {
      const name = store.collections.get(collectionId)?.name;
      const number = index === null ? `#${serial}` : `:v${index}`;
      return [`${name?.entity}/${name?.project}/${name?.collection}${number}`, state.kind];
    }),
  );
}

describe('the timeline for documents', () => {
  test('has full names, and every state with its instants', () => {
    expect(timelineJson(timeline(`${LOG}\nttl: 2d`, 'wait: 3d'))).toEqual({
      end: 'P3D',
      versions: [
        {
          name: 'team/demo/animals:v0',
          states: [
            { state: 'PENDING', from: 'PT0S', to: 'PT0S' },
            { state: 'COMMITTED', from: 'PT0S', to: 'P2D' },
            { state: 'PENDING_DELETION', from: 'P2D', to: null },
          ],
          marks: [{ mark: 'expired', at: 'P2D' }],
        },
      ],
    });
  });
});
