import type { Schedule } from '../service/turns.ts';

/** Takes turns in the order of the requests, each in its own microtask. */
export function inOrder(): Schedule {
  const waiting: (() => void)[] = [];
  const takeNext = () => {
    waiting[0]?.();
    waiting.shift();
    if (waiting.length > 0) queueMicrotask(takeNext);
  };
  // Not a chain of promises, because the failure of a turn that nobody awaits must not go unnoticed.
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
