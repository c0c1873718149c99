import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { canonicalStore } from '../../../src/explore/fingerprint.ts';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import { parseStepLine } from '../../../src/scenario/language/step-line.ts';
import { Player, play } from '../../../src/scenario/play/play.ts';
import {
  type JournalEntry,
  journalHeader,
  journalLine,
  readJournal,
} from '../../../src/scenario/session/journal.ts';
import { replayJournal } from '../../../src/scenario/session/replay-journal.ts';
import { Session } from '../../../src/scenario/session/session.ts';
import { sessionText } from '../../../src/scenario/session/session-text.ts';
import { type Doing, doings } from '../../support/arbitraries/session-lines.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { plain } from '../../support/stores/plain.ts';
import { storyIn, storyWith } from '../../support/stores/story.ts';

const STORY = `title: A story
about: |
  With a setup,

    and an "about".
server: { retention: 2d, env: { "a: b": "1" } }
team: { members: { bob: member, "no": viewer } }
given:
  - log: a
    files: { x: 1MB }
steps:
  - wait: 1h   # a comment
  - log: a
    files: { x: 1MB, "y: z": 2MB }
    as: bob
  - collect
`;

function sessionOf(text: string): Session {
  const parsed = parseScenario('story.yaml', text);
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return new Session(parsed.scenario, parsed.placed, new Map());
}

/** A session that begins where a story of one step ends, which began at a date. */
function freshSession(): Session {
  return sessionOf(storyWith('begins: 2026-01-31', 'wait: 1s'));
}

/** Does one thing, and answers what a journal would keep of it; nothing where it cannot be done. */
function doing(session: Session, what: Doing): JournalEntry | null {
  if (what.kind === 'line') {
    const read = parseStepLine(what.line, 1);
    if (!read.ok) throw new Error(`${what.line}: ${read.diagnostics[0]?.message}`);
    if (session.mistakesIn(read.placed).length > 0) return null;
    session.take(read.placed);
    return { kind: 'step', line: what.line, folder: null };
  }
  const { steps, done } = session.place;
  const count = Math.min(what.steps, what.kind === 'undo' ? done : steps.length - done);
  if (count === 0) return null;
  session[what.kind](count);
  return { kind: what.kind, steps: count };
}

function doAll(session: Session, all: readonly Doing[]): readonly JournalEntry[] {
  return all.flatMap((what) => doing(session, what) ?? []);
}

/** All that can be seen of a session: its steps, done or not, and the store. */
function seen(session: Session): unknown {
  const { steps, done } = session.place;
  const described = steps.map(({ step }, at) => [step.text, session.frame(at).outcome]);
  return { described, done, store: plain(session.store) };
}

function lines(...given: readonly string[]): readonly Doing[] {
  return given.map((line) => ({ kind: 'line', line }));
}

describe('a session', { timeout: PATIENCE_MS }, () => {
  test('has the same store as a story with the same steps, whatever was undone in between', () => {
    fc.assert(
      fc.property(doings, (all) => {
        const session = freshSession();
        doAll(session, all);
        const { steps, done } = session.place;
        const placed = steps.slice(0, done).map(({ step }) => step);
        const { final } = play({ ...session.scenario, steps: placed });
        expect(plain(session.store)).toEqual(plain(final));
      }),
      runs(100),
    );
  });

  test('begins where its story ends', () => {
    expect(plain(sessionOf(STORY).store)).toEqual(plain(play(storyIn(STORY)).final));
  });

  test('goes back to the store that it had before, and forth to the one behind', () => {
    const session = freshSession();
    doAll(session, lines('log: a, files: { x: 1MB }', 'wait: 1d', 'delete: a:v0, deleteAliases: true'));
    const [first, last] = [session.frame(1).after, session.store];
    session.undo(2);
    expect(canonicalStore(session.store)).toBe(canonicalStore(first));
    session.redo(2);
    expect(canonicalStore(session.store)).toBe(canonicalStore(last));
  });

  test('can be taken back before its first step, but not into the setup', () => {
    const session = sessionOf(STORY);
    session.undo(3);
    expect(session.store.logicalBytes).toBe(1_000_000);
    expect(session.store.now).toBe(0);
  });

  test('forgets what was undone when another step is taken', () => {
    const session = freshSession();
    doAll(session, lines('wait: 1d', 'wait: 2d'));
    session.undo(1);
    doAll(session, lines('wait: 4d'));
    expect(session.place.steps.map(({ step }) => step.text)).toEqual(['wait: 1s', 'wait: 1d', 'wait: 4d']);
    expect(session.store.now).toBe(5 * 86_400 + 1);
  });

  test('lets an id that was undone be given again, and means the new version by it', () => {
    const session = freshSession();
    doAll(session, lines('begin: a, files: { x: 1MB }, id: up'));
    session.undo(1);
    doAll(session, lines('begin: b, files: { y: 2MB }, id: up', 'commit: up'));
    expect(session.store.logicalBytes).toBe(2_000_000);
  });

  test.each([
    ['log: b, id: first', 'expected another id; the step in line 2 has given this one'],
    ['commit: frist', 'unknown id "frist"; did you mean "first"?'],
    ['wait: 1d, as: bbo', 'unknown person "bbo"; did you mean "bob"?'],
    ['log: b, files: { x: 2MB }', /^expected 1MB, the size of this content in line 2; other content/],
  ])('finds the mistake in %j', (line, message) => {
    const session = sessionOf(
      'title: t\nteam: { members: { bob: member } }\nsteps: [ { log: a, files: { q: 3MB } } ]\n',
    );
    const first = parseStepLine('begin: a, files: { x: 1MB }, id: first', 2);
    if (first.ok) session.take(first.placed);
    const read = parseStepLine(line, 7);
    const found = read.ok ? session.mistakesIn(read.placed) : [];
    expect(found).toHaveLength(1);
    expect(found[0]?.line).toBe(7);
    expect(found[0]?.message).toMatch(message);
  });
});

describe('a session that is saved', { timeout: PATIENCE_MS }, () => {
  test('plays to the same store as a scenario, and expects what was refused', () => {
    fc.assert(
      fc.property(doings, (all) => {
        const session = sessionOf(STORY);
        doAll(session, [...all, ...lines('wait: 1s')]);
        const text = sessionText(session);
        const saved = storyIn(text);
        expect(plain(play(saved).final)).toEqual(plain(session.store));
        expect(sessionText(sessionOf(text))).toBe(text);
        const { done } = session.place;
        expect(saved.steps.length).toBe(done);
        for (const [at, step] of saved.steps.entries()) {
          const { refusal, step: before } = session.frame(at);
          const claimed = 'refused' in before.body ? before.body.refused : undefined;
          expect('refused' in step.body ? step.body.refused : undefined).toBe(claimed ?? refusal?.code);
          expect(step.text).toBe(before.text);
        }
      }),
      runs(40),
    );
  });

  test('keeps the heads of its story, and is written as people write scenarios', () => {
    const session = sessionOf(STORY);
    const many = Array.from({ length: 9 }, (_, at) => `photo-${at}.jpg: 1MB of "the ${at}"`).join(', ');
    doAll(
      session,
      lines('delete: a:v9', `log: b, files: { ${many} }`, 'show: usage, is: "a\\nb\\n"', '{ collect: now }'),
    );
    expect(sessionText(session)).toBe(`title: A story
about: |
  With a setup,

    and an "about".
server: { retention: 2d, env: { "a: b": "1" } }
team: { members: { bob: member, "no": viewer } }
given:
  - log: a
    files: { x: 1MB }
steps:
  - wait: 1h
  - log: a
    files: { x: 1MB, "y: z": 2MB }
    as: bob
  - collect
  - delete: a:v9
    refused: not-found
  - log: b
    files:
${Array.from({ length: 9 }, (_, at) => `      photo-${at}.jpg: "1MB of \\"the ${at}\\""\n`).join('')}  - show: usage
    is: |
      a
      b
  - collect: now
`);
  });

  test('names real folders from where the new file is', () => {
    const session = sessionOf('title: t\nsteps: [ { wait: 1d } ]\n');
    session.learnFolder('./data', []);
    doAll(session, lines('log: a, files: { from: ./data }'));
    expect(sessionText(session, (folder) => `x${folder.slice(1)}`)).toContain(
      '    files: { from: x/data }\n',
    );
  });
});

describe('the journal of a session', { timeout: PATIENCE_MS }, () => {
  const written = (entries: readonly JournalEntry[]) =>
    new TextEncoder().encode([journalHeader(null), ...entries.map(journalLine)].join(''));

  test('gives a session with the same history and the same store, whose steps can be undone and redone', () => {
    fc.assert(
      fc.property(doings, (all) => {
        const session = freshSession();
        const read = readJournal(written(doAll(session, all)));
        const again = freshSession();
        expect(read.ok && replayJournal(again, read.entries)).toEqual({ ok: true });
        expect(seen(again)).toEqual(seen(session));
        const more: readonly Doing[] = [
          { kind: 'undo', steps: 3 },
          { kind: 'redo', steps: 1 },
          { kind: 'line', line: 'wait: 8d' },
        ];
        doAll(session, more);
        doAll(again, more);
        expect(seen(again)).toEqual(seen(session));
      }),
      runs(100),
    );
  });

  test.each([
    [{ kind: 'undo', steps: 2 }, 'expected at most 1 steps to undo'],
    [{ kind: 'redo', steps: 1 }, 'expected at most 0 steps to redo'],
    [
      { kind: 'step', line: 'wiat: 1d', folder: null },
      'expected a step that can be read: unknown step "wiat"',
    ],
    [
      { kind: 'step', line: 'wait: 1d\n}, {', folder: null },
      'expected a step that can be read: expected one line',
    ],
    [
      { kind: 'step', line: 'log: a, files: { from: x }', folder: null },
      'expected the contents of the folder',
    ],
    [{ kind: 'step', line: 'commit: x', folder: null }, 'expected an id that a step gives'],
  ] as const)('that says %j is none of this session', (entry, message) => {
    const read = readJournal(written([entry]));
    const replayed = read.ok ? replayJournal(freshSession(), read.entries) : null;
    expect(replayed).toMatchObject({ ok: false, line: 2, message: expect.stringContaining(message) });
  });

  test('uses the files of a folder as they were', () => {
    const files = [{ kind: 'file', path: 'x', digest: 'q' as never, sizeBytes: 5 as never }] as const;
    const entry = {
      kind: 'step',
      line: 'log: a, files: { from: ./data }',
      folder: { path: './data', files },
    } as const;
    const read = readJournal(written([entry]));
    const session = freshSession();
    expect(read.ok && replayJournal(session, read.entries)).toEqual({ ok: true });
    expect(session.store.logicalBytes).toBe(5);
  });
});

describe('the steps of a long session', () => {
  const given = Array.from({ length: 20 }, (_, index) => `  - log: a\n    files: { x${index}: 1MB }`);
  const session = sessionOf(
    `title: Long\ngiven:\n${given.join('\n')}\nsteps:\n  - log: a\n    files: { y: 1MB }\n`,
  );

  test('are saved without replaying a store', () => {
    sessionText(session);
    const storeAt = vi.spyOn(Player.prototype, 'storeAt');
    expect(sessionText(session)).toContain('x19');
    expect(session.result(0).outcome).toBe('done');
    expect(storeAt).not.toHaveBeenCalled();
    storeAt.mockRestore();
  });

  test('are replayed once where their stores are read in order', () => {
    const frames = session.givenFrames;
    for (const [at, { before }] of frames.slice(1).entries()) expect(before).toBe(frames[at]?.after);
  });
});
