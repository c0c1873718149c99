import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketHistories, histories, USUAL_STEPS } from '../support/arbitraries/histories.ts';
import { differenceBetween } from '../support/naive/comparison.ts';
import { withinModel } from '../support/naive/within-model.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';

test(
  'a second, naive model refuses the same steps and has the same facts after every step',
  () => {
    const drawn = fc.oneof(histories(USUAL_STEPS), bucketHistories(USUAL_STEPS));
    const property = fc.property(drawn.map(withinModel), (history) => {
      expect(differenceBetween(history)).toBeNull();
    });
    fc.assert(property, runs(300));
  },
  PATIENCE_MS,
);
