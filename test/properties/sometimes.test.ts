import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/decider/event.ts';
import { histories, USUAL_STEPS } from '../support/arbitraries/histories.ts';
import { Coverage, WANTED } from '../support/coverage/coverage.ts';
import type { History } from '../support/histories/history.ts';
import { playHistory } from '../support/histories/play-history.ts';
import { atLeastRuns, PATIENCE_MS } from '../support/property-runs.ts';

const coverage = new Coverage();

// The first of the very histories over which the properties hold, until everything has been seen: the same arbitrary,
// the same seed.
beforeAll(() => {
  const property = fc.property<[History]>(histories(USUAL_STEPS), (history) => {
    coverage.newHistory();
    for (const played of playHistory(history)) coverage.look(played);
    return ![...WANTED, ...EVENT_TYPES].every((wanted) => (coverage.counts.get(wanted) ?? 0) > 0);
  });
  fc.check(property, { ...atLeastRuns(2_500), endOnFailure: true });
}, PATIENCE_MS);

describe('In some random history', () => {
  test.each(WANTED)('%s', (wanted) => {
    expect(coverage.counts.get(wanted), `it never happened that ${wanted}`).toBeGreaterThan(0);
  });

  test.each(EVENT_TYPES)('the event %s happens', (type) => {
    expect(coverage.counts.get(type), `${type} never happened`).toBeGreaterThan(0);
  });
});
