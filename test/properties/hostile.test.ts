import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/language/parse.ts';
import { parseStepLine } from '../../src/scenario/language/step-line.ts';
import {
  type JournalEntry,
  journalHeader,
  journalLine,
  readJournal,
} from '../../src/scenario/session/journal.ts';
import { replayJournal } from '../../src/scenario/session/replay-journal.ts';
import { Session } from '../../src/scenario/session/session.ts';
import { formatDiagnostic } from '../../src/scenario/yaml/diagnostic.ts';
import { damagedStory, nearlyYaml, strangeStory } from '../support/arbitraries/damaged-stories.ts';
import {
  flippedBytes,
  hostileStory,
  mutatedLines,
  nasty,
  shippedStory,
} from '../support/arbitraries/hostile-stories.ts';
import { doings } from '../support/arbitraries/session-lines.ts';
import { question, StoryFolder, violationsInText } from '../support/process/hostile-runs.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { storyIn, storyText } from '../support/stores/story.ts';

const folder = new StoryFolder();
afterAll(() => folder.remove());

describe('Every question about a story is answered or refused in text that is safe to print,', {
  timeout: PATIENCE_MS,
}, () => {
  test.each<readonly [string, fc.Arbitrary<string | Uint8Array>, number]>([
    ['whose author chose every text to do harm', hostileStory, 250],
    [
      'that was shipped, and then had lines left out, doubled, moved or mixed up',
      mutatedLines(shippedStory),
      150,
    ],
    ['that was shipped, and then had bytes changed', flippedBytes(shippedStory), 120],
    ['that is a document in the shape of a story', strangeStory, 60],
    ['that is nearly YAML', fc.oneof(nearlyYaml, damagedStory), 60],
  ])('%s', async (_what, story, usually) => {
    const property = fc.asyncProperty(story, question, async (text, asked) => {
      expect(await folder.violations(text, asked)).toEqual([]);
    });
    await fc.assert(property, runs(usually));
  });
});

describe('A text of any kind', { timeout: PATIENCE_MS }, () => {
  test('is read as a story, or has mistakes that can be printed', () => {
    const yaml = fc.oneof(
      hostileStory,
      mutatedLines(hostileStory),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    const property = fc.property(yaml, (text) => {
      const parsed = parseScenario('story.yaml', text);
      const messages = parsed.ok ? [] : parsed.diagnostics.map((mistake) => formatDiagnostic('', mistake));
      expect(parsed.ok || messages.length > 0).toBe(true);
      expect(messages.flatMap((message) => violationsInText('mistakes', message))).toEqual([]);
    });
    fc.assert(property, runs(250));
  });

  test('is read as a line of a session, or has mistakes that can be printed', () => {
    const line = fc
      .tuple(
        fc.constantFrom('log: ', 'wait: ', '{ log: a, ', 'expect: ', 'delete ', ''),
        nasty,
        fc.constantFrom('', ' }', ', as: ann'),
      )
      .map((parts) => parts.join(''));
    const property = fc.property(line, (text) => {
      const read = parseStepLine(text, 1);
      const messages = read.ok ? [] : read.diagnostics.map((mistake) => formatDiagnostic('', mistake));
      expect(messages.flatMap((message) => violationsInText('mistakes', message))).toEqual([]);
    });
    fc.assert(property, runs(250));
  });
});

describe('A journal that is damaged or written by somebody else', { timeout: PATIENCE_MS }, () => {
  test('is replayed, or is refused with the line of one mistake', () => {
    const written = doings.map(
      (all) => journalHeader(null) + all.map((doing) => journalLine(entryOf(doing))).join(''),
    );
    const values = fc.oneof(
      fc.jsonValue(),
      nasty.map((text) => ({ step: text })),
      nasty.map((text) => ({
        step: 'log: a, files: { from: ./here }',
        folder: { path: './here', files: [[text, text, 5]] },
      })),
      fc.tuple(fc.constantFrom('undo', 'redo'), fc.double()).map((pair) => Object.fromEntries([pair])),
    );
    const lines = fc
      .array(values, { maxLength: 6 })
      .map((all) => journalHeader(null) + all.map((value) => `${JSON.stringify(value)}\n`).join(''));
    const content = fc.oneof(
      flippedBytes(written),
      mutatedLines(written).map(bytesOf),
      lines.map(bytesOf),
      mutatedLines(fc.oneof(lines, written)).map(bytesOf),
    );
    const property = fc.property(content, (bytes) => {
      const read = readJournal(bytes);
      if (!read.ok) {
        expect(violationsInText('mistakes', read.message)).toEqual([]);
        return;
      }
      const session = new Session(storyIn(storyText('wait: 1s')), [], new Map());
      const replayed = replayJournal(session, read.entries);
      if (!replayed.ok) {
        expect(replayed.line).toBeGreaterThan(1);
        const { line, message } = replayed;
        expect(violationsInText('mistakes', formatDiagnostic('', { line, column: 1, message }))).toEqual([]);
        return;
      }
      expect(session.store.now).toBeGreaterThanOrEqual(0);
    });
    fc.assert(property, runs(250));
  });
});

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function entryOf(
  doing:
    | { readonly kind: 'line'; readonly line: string }
    | { readonly kind: 'undo' | 'redo'; readonly steps: number },
): JournalEntry {
  return doing.kind === 'line' ? { kind: 'step', line: doing.line, folder: null } : doing;
}
