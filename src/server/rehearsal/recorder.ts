import type { Call } from '../../insight/rehearsal/script.ts';
import type { Turn } from '../../service/turns.ts';

/** Records the calls of a script, for the report on it. */
export class Recorder {
  readonly calls: Call[] = [];

  /** Adds a call that only read. */
  add(call: Exclude<Call, { readonly kind: 'change' }>): void {
    this.calls.push(call);
  }

  /** The same turn, in which every change that is asked for is recorded. */
  recording(turn: Turn): Turn {
    const { calls } = this;
    return {
      get store() {
        return turn.store;
      },
      apply(action) {
        const answer = turn.apply(action);
        calls.push(
          answer.ok
            ? { kind: 'change', action, refusal: null, advice: [], events: answer.value }
            : { kind: 'change', action, refusal: answer.refusal, advice: answer.advice ?? [], events: [] },
        );
        return answer;
      },
    };
  }
}
