import { seconds } from '../values/units.ts';
import type { Host } from './host.ts';

/** How simulated time passes: only when it is advanced, or so many times as fast as real time. */
export type Pace = 'manual' | number;

/** Lets simulated time follow real time. What is scheduled in the store happens on the way. */
export class Clock {
  readonly #pace: Pace;
  readonly #realMs: () => number;
  readonly #beganMs: number;
  #applied = 0;

  /** Time passes from now on. `realMs` reads a clock that never goes back. */
  constructor(pace: Pace, realMs: () => number = () => performance.now()) {
    this.#pace = pace;
    this.#realMs = realMs;
    this.#beganMs = realMs();
  }

  /** Lets the simulated time that passed since the last call pass in the store, in whole seconds. */
  async catchUp(host: Host): Promise<void> {
    if (this.#pace === 'manual') return;
    const passed = Math.floor(((this.#realMs() - this.#beganMs) / 1_000) * this.#pace);
    const due = passed - this.#applied;
    if (due <= 0) return;
    this.#applied = passed;
    await host.turn('time passes', (turn) => turn.apply({ type: 'wait', duration: seconds(due) }));
  }
}
