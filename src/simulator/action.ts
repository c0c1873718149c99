import type { Command } from '../decider/command.ts';
import type { Seconds } from '../values/units.ts';

/** Everything that can be played on a store, as plain data: a command, or one of the jobs of the service. */
export type Action =
  | Command
  /** Time passes. Scheduled jobs and the bucket's own rules run on the way, each at its time. */
  | { readonly type: 'wait'; readonly duration: Seconds }
  /** A whole garbage collection run. */
  | { readonly type: 'collectGarbage' }
  /** The next step of garbage collection. */
  | { readonly type: 'collectStep' }
  /** The job that expires versions and abandons stale uploads. */
  | { readonly type: 'runExpiry' };

/** Whether an action is a command of the decider, rather than a job that consists of several. */
export function isCommand(action: Action): action is Command {
  switch (action.type) {
    case 'wait':
    case 'collectGarbage':
    case 'collectStep':
    case 'runExpiry':
      return false;
    default:
      return true;
  }
}
