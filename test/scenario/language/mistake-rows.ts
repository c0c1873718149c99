import { expect, test } from 'vitest';
import { mistakesIn } from '../../support/stores/story.ts';

/** What is wrong, the text, and every mistake in it, in order: as it is told, or a pattern for it. */
export type Row = readonly [what: string, text: string, mistakes: readonly (string | RegExp)[]];

/** Tests that each text has exactly its mistakes. */
export function testMistakes(rows: readonly Row[]): void {
  test.each(rows)('%s', (_what, text, expected) => {
    expect(mistakesIn(text)).toEqual(
      expected.map((mistake) => (typeof mistake === 'string' ? mistake : expect.stringMatching(mistake))),
    );
  });
}
