import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histories } from '../support/arbitraries/histories.ts';
import { differenceBetween } from '../support/naive/comparison.ts';
import { withinModel } from '../support/naive/within-model.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';

const STEPS = 40;

test(
  'a second, naive model refuses the same steps and has the same facts after every step',
  () => {
    const property = fc.property(histories(STEPS).map(withinModel), (history) => {
      expect(differenceBetween(history)).toBeNull();
    });
    fc.assert(property, runs(120));
  },
  PATIENCE_MS,
);
