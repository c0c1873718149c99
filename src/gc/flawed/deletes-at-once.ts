import type { Store } from '../../store/store.ts';
import { seconds } from '../../values/units.ts';
import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';

/** Ignores the retention, so deleted versions cannot be restored (breaks DEL-15). */
export const DELETES_AT_ONCE: Collector = {
  ...REFERENCE_COUNTING,
  nextStep: (store) => REFERENCE_COUNTING.nextStep(withoutRetention(store)),
  due: (store) => REFERENCE_COUNTING.due(withoutRetention(store)),
  review: (command, store) => REFERENCE_COUNTING.review(command, withoutRetention(store)),
  release: (command, store) => REFERENCE_COUNTING.release(command, withoutRetention(store)),
};

function withoutRetention(store: Store): Store {
  return { ...store, settings: { ...store.settings, retentionSeconds: seconds(0) } };
}
