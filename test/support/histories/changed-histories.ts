import type { CollectorName } from '../../../src/store/settings.ts';
import type { History } from './history.ts';
import type { FaultBlock, ServerBlock, StoryStep } from './story-step.ts';

/** The same history on a server whose garbage is collected by this collector from beginning to end. */
export function collectedBy(collector: CollectorName, history: History): History {
  const { server = {}, ...rest } = history.head;
  return history.mapped((step) => [step], { ...rest, server: { ...server, collector } });
}

/**
 * The same history without what breaks a run of garbage collection off: no crash, and no delete that fails or is
 * answered late. Calls that the bucket answers twice, or that an upload makes again, remain.
 */
export function uninterrupted(history: History): History {
  return without(history, ({ call, fault }) => call !== 'delete' || fault === 'answers twice');
}

/** The same history without a crash, and on a bucket without faults. */
export function undisturbed(history: History): History {
  return without(history, () => false);
}

function without(history: History, remains: (fault: FaultBlock) => boolean): History {
  const calm = (server: ServerBlock): ServerBlock => {
    const faults = server['bucket faults'];
    return faults === undefined ? server : { ...server, 'bucket faults': faults.filter(remains) };
  };
  const change = (step: StoryStep): readonly StoryStep[] => {
    if (step.crash !== undefined) return [];
    return step.server === undefined ? [step] : [{ ...step, server: calm(step.server) }];
  };
  const { server = {}, ...rest } = history.head;
  return history.mapped(change, { ...rest, server: calm(server) });
}
