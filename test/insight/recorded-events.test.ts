import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pastOf } from '../../src/insight/recorded-events.ts';
import { timelineOf } from '../../src/insight/timeline.ts';
import { allVersions } from '../../src/store/holders.ts';
import { histories, USUAL_STEPS } from '../support/arbitraries/histories.ts';
import { playHistory } from '../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { playSteps } from '../support/stores/story.ts';

const DAY = 86_400;

describe('What a store says of its own past', { timeout: PATIENCE_MS }, () => {
  test('is when each version was created, committed and deleted, in the order of time', () => {
    const { final } = playSteps(
      'log: a\nfiles: { x: 1MB }',
      'wait: 1d',
      'begin: a\nfiles: { x: 1MB, y: 1MB }\nid: up',
      'wait: 1d',
      'delete: "a:v0"\ndeleteAliases: true',
      'wait: 1d',
    );
    const { versions, end } = timelineOf(pastOf(final), final);
    expect(end.at).toBe(3 * DAY);
    const described = versions.map(({ spans }) =>
      spans.map(({ state, from }) => `${from.at / DAY} ${state}`),
    );
    expect(described).toEqual([['0 PENDING', '0 COMMITTED', '2 PENDING_DELETION'], ['1 PENDING']]);
  });

  test('ends with the states that the versions have, whatever happened', () => {
    const property = fc.property(histories(USUAL_STEPS), (history) => {
      const [last] = [...playHistory(history)].slice(-1);
      if (last === undefined) return;
      const { versions } = timelineOf(pastOf(last.after), last.after);
      expect(versions.map(({ spans }) => spans.at(-1)?.state)).toEqual(
        allVersions(last.after).map(({ state }) => state.kind),
      );
      expect(versions.map(({ spans }) => spans[0].from.at)).toEqual(
        allVersions(last.after).map(({ createdAt }) => createdAt),
      );
    });
    fc.assert(property, runs(100));
  });
});
