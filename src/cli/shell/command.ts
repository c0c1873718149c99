import path from 'node:path';
import { emptyScenario } from '../../scenario/language/empty-scenario.ts';
import { NO_FOLDERS } from '../../scenario/language/scenario.ts';
import { Narrator } from '../../scenario/play/narrator.ts';
import type { JournaledEntry, StoryReference } from '../../scenario/session/journal.ts';
import { replayJournal } from '../../scenario/session/replay-journal.ts';
import { Session } from '../../scenario/session/session.ts';
import { formatDiagnostic } from '../../scenario/yaml/diagnostic.ts';
import { contentHasher } from '../../values/digest.ts';
import { type OpenedJournal, openJournal } from '../files/journal-file.ts';
import { type ReadScenario, readScenario, STANDARD_INPUT } from '../files/read-scenario.ts';
import { loadSnapshot, type SavedSnapshot } from '../files/snapshot-file.ts';
import { EXIT, type ExitStatus, InputError } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { completeLine } from './completion.ts';
import type { ShellInput } from './input.ts';
import { Shell } from './shell.ts';

/** The arguments of `limbo shell`. */
export interface ShellOptions {
  readonly journal?: string;
  readonly from?: string;
}

/**
 * Runs steps line by line on an empty store, a snapshot, or the store at the end of a story. Always returns 0 if a person
 * types. For piped lines, returns 2 at the first unreadable line, and 1 after a failed check or a refusal.
 */
export async function shellCommand(
  file: string | undefined,
  options: ShellOptions,
  terminal: Terminal,
  input: ShellInput,
): Promise<ExitStatus> {
  if (file === STANDARD_INPUT) {
    throw InputError.of(`${STANDARD_INPUT}: expected a scenario file; the steps come from standard input`);
  }
  const state = loadSnapshot(options.from, terminal);
  const read = file === undefined ? null : await readScenario(file, terminal, state?.store ?? null);
  const session = sessionOf(read, state);
  const failed = tellStory(read, session, terminal);
  const opened =
    options.journal === undefined ? null : openJournal(options.journal, referenceTo(read, state));
  try {
    if (opened !== null) replay(session, opened, options.journal ?? '', terminal);
    const base = file === undefined ? '.' : path.dirname(file);
    const typed = input.interactive;
    const shell = new Shell(session, { terminal, journal: opened?.journal ?? null, base, typed });
    tellBeginning(session, shell, terminal);
    if (typed) terminal.out('help says what there is, and Ctrl-D leaves.\n');
    const status = await takeLines(shell, session, input, opened?.entries ?? []);
    if (typed) return EXIT.ok;
    return status === EXIT.ok && failed ? EXIT.failed : status;
  } finally {
    opened?.journal.close();
  }
}

async function takeLines(
  shell: Shell,
  session: Session,
  input: ShellInput,
  earlier: readonly JournaledEntry[],
): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.ok;
  let number = 0;
  const lines = input.lines({
    prompt: () => shell.prompt,
    complete: (before) => completeLine(before, session),
    earlier: earlier.flatMap(({ entry }) => (entry.kind === 'step' ? [entry.line] : [])),
  });
  for await (const line of lines) {
    number += 1;
    const outcome = await shell.take(line, number);
    if (outcome === 'leave') break;
    if (outcome === 'failed') status = EXIT.failed;
    // Stop, because the author expects the next lines to run on a different store.
    if (outcome === 'unusable' && !input.interactive) return EXIT.unusable;
  }
  return status;
}

function sessionOf(read: ReadScenario | null, state: SavedSnapshot | null): Session {
  if (read === null) return new Session(emptyScenario(state?.store ?? null), [], NO_FOLDERS);
  return new Session(read.scenario, read.placed, read.folders);
}

// Identifies the story, the content of its real folders, and the snapshot that it starts from.
function referenceTo(read: ReadScenario | null, state: SavedSnapshot | null): StoryReference | null {
  const file = read?.scenario.file ?? state?.file;
  if (file === undefined) return null;
  const described = read === null ? [] : [read.text, ...read.folders];
  const hasher = contentHasher();
  hasher.update(
    new TextEncoder().encode(
      JSON.stringify(state === null ? described : [...described, { from: state.digest }]),
    ),
  );
  return { file, digest: hasher.digest() };
}

function replay(session: Session, { entries, torn }: OpenedJournal, file: string, { err }: Terminal): void {
  const replayed = replayJournal(session, entries);
  if (!replayed.ok)
    throw InputError.at(file, [{ line: replayed.line, column: 1, message: replayed.message }]);
  if (torn) {
    const line = entries.length + 2;
    const message = 'this line was not written to its end, and is left out';
    err(`${formatDiagnostic(file, { line, column: 1, message })}\n`);
  }
}

// Returns whether the story fails.
function tellStory(read: ReadScenario | null, session: Session, terminal: Terminal): boolean {
  if (read === null) return false;
  const { scenario } = read;
  terminal.out(new Narrator(terminal.paint, terminal.width).opening(scenario));
  const results = [...session.givenResults, ...session.begunWith.map((_, index) => session.result(index))];
  const [first] = results.flatMap(({ failures }) => failures);
  if (first === undefined) return false;
  const message = 'the story fails here; the session begins where it ended all the same';
  terminal.err(`${formatDiagnostic(scenario.file, { line: first.line, column: 1, message })}\n`);
  return true;
}

function tellBeginning(session: Session, shell: Shell, terminal: Terminal): void {
  const { steps, done } = session.place;
  if (steps.length + session.given.length === 0) return;
  const undone = steps.length > done ? `, ${steps.length - done} undone` : '';
  terminal.out(`${done === 1 ? '1 step' : `${done} steps`} so far${undone}; ${shell.figures}\n`);
}
