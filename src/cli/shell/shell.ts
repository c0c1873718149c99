import path from 'node:path';
import { pastOf } from '../../insight/recorded-events.ts';
import { timelineOf } from '../../insight/timeline.ts';
import type { PlacedStep } from '../../scenario/language/scenario.ts';
import { STEP_KINDS } from '../../scenario/language/schema-steps.ts';
import { folderNamedBy, parseStepLine } from '../../scenario/language/step-line.ts';
import type { JournalEntry, JournaledFolder } from '../../scenario/session/journal.ts';
import type { Session } from '../../scenario/session/session.ts';
import { type Diagnostic, formatDiagnostic } from '../../scenario/yaml/diagnostic.ts';
import { unknownWord } from '../../scenario/yaml/nearest-word.ts';
import type { Ask } from '../../service/questions.ts';
import { formatDuration } from '../../values/units.ts';
import type { JournalFile } from '../files/journal-file.ts';
import { codeOf } from '../files/lock-file.ts';
import { readFolder } from '../files/read-folder.ts';
import { saveSession } from '../files/save-session.ts';
import { InputError, quoted } from '../input-error.ts';
import { QUESTIONS, type Question } from '../questions.ts';
import type { Terminal } from '../terminal.ts';
import { SHELL_WORDS, shellHelp } from './help.ts';
import { SessionNarrator } from './session-narrator.ts';

/** The outcome of a line: `failed` for a failed check or a refusal, `unusable` for a line that cannot be read. */
export type LineOutcome = 'done' | 'failed' | 'unusable' | 'leave';

/** The files that a shell uses besides its session. */
export interface ShellSurroundings {
  readonly terminal: Terminal;
  /** The journal to which every command is appended, or null. */
  readonly journal: JournalFile | null;
  /** The folder to which paths of real folders are relative. */
  readonly base: string;
  /** Whether a person types the lines, who sees an answer and can try again. */
  readonly typed: boolean;
}

// The words that a step can begin with, after an optional dash.
const FIRST_WORDS = new Set(['-', ...STEP_KINDS.map((kind) => kind.split(' ')[0])]);

/** Runs lines one by one in a session. */
export class Shell {
  readonly #session: Session;
  readonly #around: ShellSurroundings;
  readonly #describer: SessionNarrator;

  constructor(session: Session, surroundings: ShellSurroundings) {
    this.#session = session;
    this.#around = surroundings;
    this.#describer = new SessionNarrator(session, surroundings.terminal);
  }

  /** The prompt: the simulated time. */
  get prompt(): string {
    return `limbo ${formatDuration(this.#session.store.now)}> `;
  }

  /** The current time and the three figures. */
  get figures(): string {
    return this.#describer.figures();
  }

  /** Runs one line and prints the result. `number` is the number of the line. */
  async take(line: string, number: number): Promise<LineOutcome> {
    const said = line.trim();
    if (said === '' || said.startsWith('#')) return 'done';
    const [, word = '', behind = ''] = /^([^\s:,{]+)(?=\s|$)\s*(.*)$/s.exec(said) ?? [];
    if (SHELL_WORDS.includes(word) && !behind.startsWith(':')) {
      return this.#word(word, behind, number);
    }
    if (word !== '' && !behind.includes(':') && !FIRST_WORDS.has(word)) {
      return this.#inputError(number, unknownWord('command', word, [...SHELL_WORDS, ...STEP_KINDS]));
    }
    return this.#step(line, number);
  }

  async #word(word: string, behind: string, number: number): Promise<LineOutcome> {
    const rest = behind.replace(/(^|\s)#.*$/, '').trim();
    const question = QUESTIONS.find(({ name }) => name === word);
    if (question !== undefined) return this.#ask(question, rest, number);
    switch (word) {
      case 'undo':
      case 'redo':
        return this.#move(word, rest, number);
      case 'save':
      case 'save!':
        return this.#save(rest, word === 'save!', number);
    }
    if (rest !== '')
      return this.#inputError(number, `expected nothing behind ${word}, found ${quoted(rest)}`);
    switch (word) {
      case 'help':
        return this.#say(shellHelp(this.#around.terminal.width));
      case 'history':
        return this.#say(this.#describer.history());
      default:
        return 'leave';
    }
  }

  #ask(question: Question, text: string, number: number): LineOutcome {
    const session = this.#session;
    const { paint, width } = this.#around.terminal;
    let ask: Ask;
    try {
      ask = question.read(text);
    } catch (problem) {
      if (problem instanceof InputError) return this.#inputError(number, problem.message);
      throw problem;
    }
    const events = function* () {
      if (session.scenario.from !== null) yield* pastOf(session.scenario.from);
      for (const { events } of session.givenResults) yield* events;
      for (let at = 0; at < session.place.done; at += 1) yield* session.result(at).events;
    };
    const answer = ask({
      store: session.store,
      title: null,
      timeline: () => timelineOf(events(), session.store),
    });
    const shown = answer.text({ paint, width, most: Number.POSITIVE_INFINITY });
    return this.#say(shown, answer.isWell ? 'done' : 'failed');
  }

  async #step(line: string, number: number): Promise<LineOutcome> {
    const { terminal, typed } = this.#around;
    // A person finds steps by their number, lines of a file by their line number.
    const read = parseStepLine(line, typed ? this.#session.place.done + 1 : number);
    if (!read.ok) return this.#mistakes(read.diagnostics, number);
    const folder = await this.#folderOf(read.placed, number);
    if (folder === 'unusable') return folder;
    const mistakes = this.#session.mistakesIn(read.placed);
    if (mistakes.length > 0) return this.#mistakes(mistakes, number);
    const before = this.#session.place;
    const { failures } = this.#session.take(read.placed);
    if (!this.#journal({ kind: 'step', line, folder })) {
      this.#session.goTo(before);
      return 'unusable';
    }
    terminal.out(this.#describer.lastStep(typed));
    return failures.length > 0 ? 'failed' : 'done';
  }

  // Read each folder once per session, as playing the saved story does, so that both have the same content.
  async #folderOf({ step }: PlacedStep, number: number): Promise<JournaledFolder | null | 'unusable'> {
    const named = folderNamedBy(step);
    if (named === null) return null;
    const known = this.#session.folders.get(named);
    if (known !== undefined) return { path: named, files: known };
    const { terminal, base } = this.#around;
    try {
      const { files, leftOut } = await readFolder(path.resolve(base, named), (total) =>
        terminal.progress(`reading ${named}`, total),
      );
      for (const sentence of leftOut) terminal.err(`left out: ${quoted(`${named}/${sentence}`)}\n`);
      this.#session.learnFolder(named, files);
      return { path: named, files };
    } catch (problem) {
      if (codeOf(problem) === '') throw problem;
      return this.#inputError(
        number,
        `expected a folder that can be read: ${quoted(named)} (${codeOf(problem)})`,
      );
    }
  }

  #move(word: 'undo' | 'redo', rest: string, number: number): LineOutcome {
    const { steps, done } = this.#session.place;
    const count = rest === '' ? 1 : Number(/^[1-9]\d{0,8}$/.exec(rest)?.[0]);
    if (!Number.isInteger(count)) {
      return this.#inputError(number, `expected a number of steps, such as ${word} 2; found ${quoted(rest)}`);
    }
    const most = word === 'undo' ? done : steps.length - done;
    if (count > most) {
      const there =
        most === 0 ? 'there is nothing' : `there ${most === 1 ? 'is 1 step' : `are ${most} steps`}`;
      return this.#inputError(number, `${there} to ${word}`);
    }
    if (!this.#journal({ kind: word, steps: count })) return 'unusable';
    this.#session[word](count);
    const from = word === 'undo' ? done - count : done;
    return this.#say(this.#describer.steps(word === 'undo' ? 'undone' : 'redone', from, count));
  }

  async #save(file: string, replace: boolean, number: number): Promise<LineOutcome> {
    const { base, journal } = this.#around;
    const { done } = this.#session.place;
    if (file === '') return this.#inputError(number, 'expected a file: save story.yaml');
    if (done === 0) return this.#inputError(number, 'there is nothing to save: no step is done');
    if (path.resolve(file) === journal?.location) {
      return this.#inputError(number, `${quoted(file)} is the journal of this session`);
    }
    try {
      await saveSession(this.#session, file, base, replace);
      const goesOn =
        this.#session.scenario.from === null ? '' : '; the story starts from the snapshot (--from)';
      return this.#say(`saved ${done === 1 ? '1 step' : `${done} steps`} in ${quoted(file)}${goesOn}`);
    } catch (problem) {
      const code = codeOf(problem);
      if (code === '') throw problem;
      if (code === 'EEXIST')
        return this.#inputError(number, `${quoted(file)} is there already; save! replaces it`);
      return this.#inputError(number, `${quoted(file)} cannot be written (${code})`);
    }
  }

  // Only what is on disk counts as done, so that journal and session always agree.
  #journal(entry: JournalEntry): boolean {
    const { journal, terminal } = this.#around;
    try {
      journal?.append(entry);
      return true;
    } catch (problem) {
      if (codeOf(problem) === '') throw problem;
      terminal.err(`the journal cannot be written (${codeOf(problem)}), and nothing was done\n`);
      return false;
    }
  }

  #say(text: string, outcome: LineOutcome = 'done'): LineOutcome {
    this.#around.terminal.out(`${text}\n`);
    return outcome;
  }

  #inputError(number: number, message: string): 'unusable' {
    this.#mistakes([{ line: number, column: 1, message }], number);
    return 'unusable';
  }

  #mistakes(diagnostics: readonly Diagnostic[], number: number): LineOutcome {
    for (const mistake of diagnostics) {
      this.#around.terminal.err(`${formatDiagnostic('stdin', { ...mistake, line: number })}\n`);
    }
    return 'unusable';
  }
}
