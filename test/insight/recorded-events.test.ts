import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pastOf } from '../../src/insight/recorded-events.ts';
import { timelineOf } from '../../src/insight/timeline.ts';
import { allVersions } from '../../src/store/holders.ts';
import { histories, USUAL_STEPS } from '../support/arbitraries/histories.ts';
import { playHistory } from '../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { versionId } from '../support/stores/names.ts';
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

  test('names what happened at one instant by version, and the instant once', () => {
    const { final } = playSteps(
      'log: b\nfiles: { x: 1MB }',
      'log: a\nfiles: { x: 1MB }',
      'begin: c\nid: up',
      'wait: 1d',
      'abandon: up',
      'delete: "b:v0"\ndeleteAliases: true',
      'wait: 1d',
    );
    const events = [...pastOf(final)].map((event) =>
      event.type === 'clockMoved'
        ? event.to / DAY
        : 'versionId' in event
          ? [event.type, event.versionId]
          : event.type,
    );
    const [a, b, c] = ['a:v0', 'b:v0', 'c:v0'].map(versionId);
    expect(events).toEqual([
      0,
      ['versionBegun', a],
      ['versionCommitted', a],
      ['versionBegun', b],
      ['versionCommitted', b],
      ['versionBegun', c],
      1,
      ['versionDeleted', b],
      ['versionAbandoned', c],
      2,
    ]);
  });

  test('says nothing of the aliases and objects of the time, which are not known', () => {
    const { final } = playSteps(
      'log: a\nfiles: { x: 1MB }\naliases: [best]',
      'delete: "a:v0"\ndeleteAliases: true',
    );
    const [begun, , deleted] = [...pastOf(final)].slice(1);
    expect(begun).toMatchObject({ requestedAliases: [], uploaded: [], alreadyStored: [] });
    expect(deleted).toEqual({ type: 'versionDeleted', versionId: versionId('a:v0'), aliases: [] });
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
