import { createHash } from 'node:crypto';
import { canonicalStore } from '../../src/explore/fingerprint.ts';
import type { Store } from '../../src/store/store.ts';
import type { Observer } from '../support/violations/collector-comparison.ts';

/** Beyond so many, states are no longer distinguished: there is no more room for them. */
const MOST_STATES = 10_000_000;
const TERMINAL_MS = 500;
const LOG_MS = 30_000;

/** Counts what a long run has seen, and shows it on the way: on one line of a terminal, or now and then in a log. */
export class Tally implements Observer {
  histories = 0;
  commands = 0;
  readonly #states = new Set<number>();
  readonly #began = performance.now();
  readonly #seconds: number;
  #shown = performance.now();

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  /** How much of the time that was given is left, in milliseconds. */
  get leftMs(): number {
    return Math.max(0, this.#began + this.#seconds * 1_000 - performance.now());
  }

  readonly history = (): void => {
    this.histories += 1;
    const now = performance.now();
    if (now - this.#shown < (process.stderr.isTTY ? TERMINAL_MS : LOG_MS)) return;
    this.#shown = now;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${this.#line()}` : `${this.#line()}\n`);
  };

  readonly call = (): void => {
    this.commands += 1;
  };

  readonly store = (store: Store): void => {
    if (this.#states.size >= MOST_STATES) return;
    // Six bytes of it make a number, and two states in ten million that are taken for one do no harm.
    const digest = createHash('md5').update(canonicalStore(store)).digest();
    this.#states.add(digest.readUIntBE(0, 6));
  };

  /** What was seen, in one sentence. */
  summary(): string {
    const states = this.#states.size >= MOST_STATES ? `${MOST_STATES} or more` : `${this.#states.size}`;
    const seconds = (performance.now() - this.#began) / 1_000;
    const each = Math.round(this.histories / seconds);
    return `${this.histories} histories (${each} a second) of ${this.commands} commands reached ${states} distinct states in ${Math.round(seconds)} s`;
  }

  /** Makes room for what is written next. */
  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  }

  #line(): string {
    const left = Math.ceil(this.leftMs / 1_000);
    return `${this.histories} histories, ${this.commands} commands, ${this.#states.size} distinct states, ${left} s left`;
  }
}
