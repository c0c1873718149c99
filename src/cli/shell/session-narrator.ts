import { hanging } from '../../narration/layout/wrap.ts';
import { counted } from '../../narration/sentence.ts';
import { Narrator } from '../../scenario/play/narrator.ts';
import type { Session } from '../../scenario/session/session.ts';
import type { Store } from '../../store/store.ts';
import { formatDay, formatSize } from '../../values/units.ts';
import type { Terminal } from '../terminal.ts';

const MOST_DESCRIBED = 8;

/** Narrates the steps of a session the way the narrator narrates a story. */
export class SessionNarrator {
  readonly #session: Session;
  readonly #terminal: Terminal;
  #narrator: Narrator | null = null;
  #described = 0;

  constructor(session: Session, terminal: Terminal) {
    this.#session = session;
    this.#terminal = terminal;
  }

  /** The last step. If it was typed, a refusal is an answer and not a failure. */
  lastStep(typed: boolean): string {
    const index = this.#session.place.done - 1;
    const frame = this.#session.frame(index);
    const text = this.#caughtUpWith(index).frame(frame);
    this.#described = index + 1;
    const { body } = frame.step;
    const unexpected = frame.refusal !== null && !('refused' in body && body.refused !== undefined);
    return typed && unexpected ? withoutFailure(text) : text;
  }

  /** Steps of the session by number; of many, the first few. */
  steps(verb: string, from: number, count: number): string {
    const numbers = Array.from({ length: Math.min(count, MOST_DESCRIBED) }, (_, at) => from + at);
    const described = numbers.flatMap((index) => this.#line(`${verb} `, index));
    const rest = count - numbers.length;
    return [...described, ...(rest > 0 ? [`${verb} ${rest} more`] : []), this.figures()].join('\n');
  }

  /** The whole history: setup, the steps, and after them the steps that were undone. */
  history(): string {
    const { steps, done } = this.#session.place;
    const { quiet } = this.#terminal.paint;
    const setUp = this.#session.given.length;
    const lines = steps.flatMap((_, index) => {
      const described = this.#line('', index, index < done ? '' : '  (undone)');
      return index < done ? described : described.map(quiet);
    });
    if (setUp > 0) lines.unshift(quiet(`     ${counted(setUp, 'setup step')}`));
    return lines.length === 0 ? 'no steps yet' : lines.join('\n');
  }

  /** The current time and the three figures. */
  figures(): string {
    return this.#terminal.paint.quiet(figuresText(this.#session.store));
  }

  #line(before: string, index: number, behind = ''): readonly string[] {
    const { step, refusal } = this.#session.result(index);
    const left = `${before}${String(index + 1).padStart(3)}  `;
    const text = `${step.text}${refusal === null ? '' : `  refused: ${refusal.code}`}${behind}`;
    return hanging(left, text, this.#terminal.width);
  }

  // The narrator numbers the steps and remembers when things were stored, so it must see each step exactly once.
  #caughtUpWith(index: number): Narrator {
    if (this.#narrator === null || this.#described > index) {
      this.#narrator = new Narrator(this.#terminal.paint, this.#terminal.width);
      this.#described = 0;
      for (const frame of this.#session.givenFrames) this.#narrator.frame(frame);
    }
    for (; this.#described < index; this.#described += 1)
      this.#narrator.frame(this.#session.frame(this.#described));
    return this.#narrator;
  }
}

function figuresText(store: Store): string {
  const { storedBytes, billedBytes } = store.bucket;
  const [logical, stored, billed] = [store.logicalBytes, storedBytes, billedBytes].map(formatSize);
  return `${formatDay(store.now, store.begins)} · logical ${logical} · stored ${stored} · billed ${billed}`;
}

// The narrator ends by repeating what failed, which a session has just printed.
function withoutFailure(text: string): string {
  const lines = text.split('\n');
  const failure = lines.findIndex((line) => line.includes(' ✗ line '));
  return failure < 0 ? text : `${lines.slice(0, failure).join('\n')}\n`;
}
