import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../support/property-runs.ts';
import { longHistory, text } from './simulated.ts';

describe('a long history of a simulator', () => {
  test('leads to the same stores at every position, beyond its checkpoints, in any order', () => {
    const { simulator, texts } = longHistory(700);
    const property = fc.property(
      fc.array(fc.nat({ max: 700 }), { minLength: 1, maxLength: 12 }),
      (positions) => {
        for (const position of positions) {
          simulator.goTo(position);
          expect(text(simulator.store) === texts[position], `position ${position}`).toBe(true);
          const other = (position * 7) % 701;
          expect(text(simulator.storeAt(other)) === texts[other], `store at ${other}`).toBe(true);
        }
      },
    );
    fc.assert(property, runs(10));
  });

  test('leads back step by step to the start, and forward again', () => {
    const { simulator, texts } = longHistory(300);
    for (let position = 299; position >= 0; position -= 1) {
      simulator.goTo(position);
      expect(text(simulator.store) === texts[position], `position ${position}`).toBe(true);
    }
    for (let position = 1; position <= 300; position += 1) simulator.goTo(position);
    expect(text(simulator.store)).toBe(texts[300]);
  });
});
