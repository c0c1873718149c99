/**
 * Applies a call at a moment of its own choosing, and answers what it came to. The label is for people. With a scheduler
 * of fast-check: `(label, call) => scheduler.schedule(Promise.resolve(), label).then(call)`.
 */
export type Schedule = <Result>(label: string, call: () => Result) => Promise<Result>;

/** Applies calls one by one, in the order in which they were made, each in a microtask of its own. */
export function inOrder(): Schedule {
  const waiting: (() => void)[] = [];
  const applyNext = () => {
    waiting[0]?.();
    waiting.shift();
    if (waiting.length > 0) queueMicrotask(applyNext);
  };
  // Not a chain of promises: a call that fails and that nobody waits for must not go unnoticed.
  return (_label, call) =>
    new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(call());
        } catch (error) {
          reject(error);
        }
      });
      if (waiting.length === 1) queueMicrotask(applyNext);
    });
}
