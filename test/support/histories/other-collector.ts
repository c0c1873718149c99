import type { BucketFault } from '../../../src/bucket/faults.ts';
import type { CollectorName } from '../../../src/store/settings.ts';
import { type Action, type Beginning, History, type Step } from './history.ts';

/** The same history on a server whose garbage is collected by this collector from beginning to end. */
export function collectedBy(collector: CollectorName, { beginning, steps }: History): History {
  const settings = { ...beginning.settings, collector };
  return new History({ ...beginning, settings }, steps.flatMap(mapped(keptCollector)));
}

/**
 * The same history without what breaks a run of garbage collection off: no crash, and no delete that fails or is
 * answered late. Calls that the bucket answers twice, or that an upload makes again, remain.
 */
export function uninterrupted(history: History): History {
  const goesThrough = ({ call, fault }: BucketFault) => call !== 'delete' || fault === 'answers twice';
  return without(history, goesThrough);
}

/** The same history without a crash, and on a bucket that does as it is told. */
export function undisturbed(history: History): History {
  return without(history, () => false);
}

function without({ beginning, steps }: History, remains: (fault: BucketFault) => boolean): History {
  const bucketFaults = beginning.bucketFaults.filter(remains);
  const calm = (action: Action): readonly Action[] => {
    if (action.kind === 'plan crash') return [];
    if (action.kind === 'collect') return [{ ...action, crashes: [] }];
    if (action.kind !== 'plan bucket faults') return [action];
    return [{ ...action, faults: action.faults.filter(remains) }];
  };
  const begun: Beginning = { ...beginning, bucketFaults };
  return new History(begun, steps.flatMap(mapped(calm)));
}

function keptCollector(action: Action): readonly Action[] {
  if (action.kind !== 'change switches') return [action];
  const { collector: _another, ...changes } = action.changes;
  return [{ ...action, changes }];
}

/** A change of deeds, made in a step and in what happens meanwhile. */
export function mapped(change: (action: Action) => readonly Action[]): (step: Step) => readonly Step[] {
  const changed = (step: Step): readonly Step[] => {
    const { by, ...action } = step;
    return change(action).map((one): Step => {
      if (one.kind !== 'collect' || one.meanwhile === null) return { ...one, by };
      const [meanwhile = null] = changed(one.meanwhile);
      return { ...one, meanwhile, by };
    });
  };
  return changed;
}
