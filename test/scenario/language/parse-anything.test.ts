import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import type { Folders } from '../../../src/scenario/language/scenario.ts';
import { Narrator } from '../../../src/scenario/play/narrator.ts';
import { play } from '../../../src/scenario/play/play.ts';
import { type Diagnostic, formatDiagnostic } from '../../../src/scenario/yaml/diagnostic.ts';
import { damagedStory, nearlyYaml, strangeStory } from '../../support/arbitraries/damaged-stories.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';

/** Where a text is read it is a scenario; where it is not, there are mistakes, each at a place in the text. */
function diagnosticsOf(text: string): readonly Diagnostic[] {
  const parsed = parseScenario('story.yaml', text);
  if (parsed.ok) return [];
  expect(parsed.diagnostics).not.toEqual([]);
  return parsed.diagnostics;
}

function outside(text: string, { line, column }: Diagnostic): boolean {
  const width = text.split('\n')[line - 1]?.length;
  return width === undefined || column < 1 || column > width + 1;
}

const sources: readonly (readonly [string, fc.Arbitrary<string>, number])[] = [
  ['a text that looks like YAML', nearlyYaml, 1_000],
  ['a story with a few characters changed', damagedStory, 150],
  ['a document in the shape of a story', strangeStory, 500],
];

describe.each(sources)('%s', (_what, source, usually) => {
  test(
    'is read, or has mistakes at places inside it, each told in one printable line, in order, none twice',
    () => {
      fc.assert(
        fc.property(source, (text) => {
          const diagnostics = diagnosticsOf(text);
          expect(diagnostics.filter((diagnostic) => outside(text, diagnostic))).toEqual([]);
          for (const diagnostic of diagnostics) {
            const message = formatDiagnostic('story.yaml', diagnostic);
            expect(message).toMatch(/^[^\p{Cc}]+$/u);
            expect(message).not.toMatch(/Invalid input|undefined|\[object/);
          }
          const places = diagnostics.map(({ line, column, message }) => ({ line, column, message }));
          expect(places).toEqual(
            [...places].sort((left, right) => left.line - right.line || left.column - right.column),
          );
          expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(places.length);
        }),
        runs(usually),
      );
    },
    PATIENCE_MS,
  );

  test(
    'can be played and told to its end where it is read',
    () => {
      fc.assert(
        fc.property(source, (text) => {
          const parsed = parseScenario('story.yaml', text);
          if (!parsed.ok) return;
          const { scenario } = parsed;
          const folders: Folders = new Map(scenario.folders.map((folder) => [folder.path, []]));
          const narrator = new Narrator();
          let described = 0;
          play(scenario, folders, (frame) => {
            described += 1;
            narrator.frame(frame);
          });
          const together = scenario.together.reduce((sum, { steps }) => sum + steps.length, 0);
          expect(described).toBe(scenario.given.length + scenario.steps.length + together);
        }),
        runs(usually),
      );
    },
    PATIENCE_MS,
  );
});
