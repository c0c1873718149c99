/**
 * Decides when each turn is taken: takes it at a moment of its own choosing, and answers what it came to. One call may
 * need several turns. The label is for people. With a scheduler of fast-check:
 * `(label, turn) => scheduler.schedule(Promise.resolve(), label).then(turn)`.
 */
export type Schedule = <Result>(label: string, turn: () => Result) => Promise<Result>;

/** Takes turns one by one, in the order in which they were asked for, each in a microtask of its own. */
export function inOrder(): Schedule {
  const waiting: (() => void)[] = [];
  const takeNext = () => {
    waiting[0]?.();
    waiting.shift();
    if (waiting.length > 0) queueMicrotask(takeNext);
  };
  // Not a chain of promises: a turn that fails and that nobody waits for must not go unnoticed.
  return (_label, turn) =>
    new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(turn());
        } catch (error) {
          reject(error);
        }
      });
      if (waiting.length === 1) queueMicrotask(takeNext);
    });
}
