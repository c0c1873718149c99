import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type JournalEntry,
  journalHeader,
  journalLine,
  readJournal,
} from '../../../src/scenario/session/journal.ts';
import { replayJournal } from '../../../src/scenario/session/replay-journal.ts';
import { Session } from '../../../src/scenario/session/session.ts';
import { doings } from '../../support/arbitraries/session-lines.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { storyIn, storyText } from '../../support/stores/story.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const HEADER = journalHeader({ file: 'a "story"\n.yaml', digest: 'q' });
const ENTRIES: readonly JournalEntry[] = [
  { kind: 'step', line: 'log: "\ud83d\udc08 \\ud800", files: { x: 1MB }', folder: null },
  { kind: 'undo', steps: 1 },
  { kind: 'redo', steps: 1 },
  {
    kind: 'step',
    line: 'log: a, files: { from: ./é }',
    folder: {
      path: './é',
      files: [{ kind: 'file', path: '__proto__', digest: 'd' as never, sizeBytes: 7 as never }],
    },
  },
];

describe('a journal', { timeout: PATIENCE_MS }, () => {
  test('is read as it was written', () => {
    const read = readJournal(bytesOf(HEADER + ENTRIES.map(journalLine).join('')));
    expect(read).toMatchObject({ ok: true, story: { file: 'a "story"\n.yaml', digest: 'q' }, torn: false });
    expect(read.ok && read.entries).toEqual(ENTRIES.map((entry, at) => ({ number: at + 2, entry })));
  });

  test('that is cut at any byte of its last line loses that line, and says so, and nothing else', () => {
    for (const count of ENTRIES.keys()) {
      const before = bytesOf(HEADER + ENTRIES.slice(0, count).map(journalLine).join(''));
      const whole = bytesOf(
        HEADER +
          ENTRIES.slice(0, count + 1)
            .map(journalLine)
            .join(''),
      );
      for (let end = before.length; end < whole.length; end += 1) {
        const read = readJournal(whole.subarray(0, end));
        expect(read).toMatchObject({ ok: true, wholeBytes: before.length, torn: end > before.length });
        expect(read.ok && read.entries.length).toBe(count);
      }
    }
  });

  test('that is cut within its first line has not begun', () => {
    const header = bytesOf(HEADER);
    for (let end = 0; end < header.length; end += 1) {
      const read = readJournal(header.subarray(0, end));
      expect(read).toEqual({ ok: true, story: undefined, entries: [], wholeBytes: 0, torn: end > 0 });
    }
  });

  test.each([
    ['no newline', 'the diary of a madman'],
    ['a newline', 'the diary of a madman\n'],
    ['a bracket', '[\n'],
    ['another format', '{"format":"other","version":1}\n'],
    ['bytes that are no text', '\u0000\u0001\n'],
  ])('that is none, with %s, is told from one', (_what, text) => {
    expect(readJournal(bytesOf(text))).toMatchObject({
      ok: false,
      line: 1,
      message: expect.stringContaining('expected a limbo journal'),
    });
  });

  test('of a newer version says so', () => {
    const read = readJournal(bytesOf(HEADER.replace('"version":1', '"version":2')));
    expect(read).toMatchObject({
      ok: false,
      line: 1,
      message: expect.stringContaining('is of version 2, of a newer limbo'),
    });
  });

  test.each([
    '',
    'null',
    '{}',
    '{"step":5}',
    '{"undo":0}',
    '{"undo":1.5}',
    '{"redo":-1}',
    '{"undo":1,"redo":1}',
    '{"step":"x","more":1}',
    '\0',
  ])('with the line %j, written to its end, is damaged there', (line) => {
    const read = readJournal(bytesOf(`${HEADER}${line}\n{"undo":1}\n`));
    expect(read).toMatchObject({
      ok: false,
      line: 2,
      message: expect.stringContaining('expected a step, an undo or a redo'),
    });
  });

  test('can be any bytes, which are read or rejected, but never throw', () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .constantFrom(HEADER, '\n', '{"undo":1}\n', '{"step":"wait: 1d"}\n', '{"step":"__proto__"}\n')
        .map(bytesOf),
      doings.map((all) =>
        bytesOf(
          all
            .map((what) => (what.kind === 'line' ? `${JSON.stringify({ step: what.line })}\n` : ''))
            .join(''),
        ),
      ),
    );
    const content = fc
      .array(pieces, { maxLength: 8 })
      .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
    fc.assert(
      fc.property(fc.boolean(), content, (headed, given) => {
        const read = readJournal(headed ? Uint8Array.from([...bytesOf(HEADER), ...given]) : given);
        if (!read.ok) {
          expect(read.message).toMatch(/^expected /);
          return;
        }
        const session = new Session(storyIn(storyText('wait: 1s')), [], new Map());
        const replayed = replayJournal(session, read.entries);
        if (replayed.ok) expect(session.store.now).toBeGreaterThanOrEqual(0);
        else expect(replayed.message).not.toBe('');
      }),
      runs(300),
    );
  });
});
