import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/decider/event.ts';
import { histories, USUAL_STEPS } from '../support/arbitraries.ts';
import type { History } from '../support/history.ts';
import { playHistory } from '../support/play-history.ts';
import { atLeastRuns, PATIENCE_MS } from '../support/property-runs.ts';
import { Sightings, WANTED } from '../support/sightings.ts';

const sightings = new Sightings();

// The first of the very histories over which the properties hold, until everything has been seen: the same arbitrary,
// the same seed.
beforeAll(() => {
  const property = fc.property<[History]>(histories(USUAL_STEPS), (history) => {
    sightings.newHistory();
    for (const played of playHistory(history)) sightings.look(played);
    return ![...WANTED, ...EVENT_TYPES].every((wanted) => (sightings.counts.get(wanted) ?? 0) > 0);
  });
  fc.check(property, { ...atLeastRuns(2_500), endOnFailure: true });
}, PATIENCE_MS);

describe('In some random history', () => {
  test.each(WANTED)('%s', (wanted) => {
    expect(sightings.counts.get(wanted), `it never happened that ${wanted}`).toBeGreaterThan(0);
  });

  test.each(EVENT_TYPES)('the event %s happens', (type) => {
    expect(sightings.counts.get(type), `${type} never happened`).toBeGreaterThan(0);
  });
});
