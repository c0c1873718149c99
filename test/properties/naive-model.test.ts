import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceBetween, naiveText } from '../support/naive/comparison.ts';
import { roughStories, settled } from '../support/naive/stories.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';

const STEPS = 40;

test(
  'a second, naive model refuses the same steps and comes to the same facts, after every step',
  () => {
    const outcome = fc.check(
      fc.property(roughStories(STEPS), (story) => differenceBetween(story.head, settled(story)) === null),
      runs(60),
    );
    const [story] = outcome.counterexample ?? [];
    const described =
      story === undefined
        ? null
        : `${differenceBetween(story.head, settled(story))}\n${naiveText(story.head, settled(story))}`;
    expect(described).toBeNull();
    expect(outcome.failed).toBe(false);
  },
  PATIENCE_MS,
);
