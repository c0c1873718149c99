import type { CollectorName, Settings } from '../store/settings.ts';
import type { Collector } from './collector.ts';
import { ASKS_NEIGHBORS_ONLY } from './flawed/asks-neighbors-only.ts';
import { COUNTS_AT_REVIEW } from './flawed/counts-at-review.ts';
import { DELETES_AT_ONCE } from './flawed/deletes-at-once.ts';
import { FORGETS_UPLOADS } from './flawed/forgets-uploads.ts';
import { IGNORES_RESTORE } from './flawed/ignores-restore.ts';
import { NOT_RESUMABLE } from './flawed/not-resumable.ts';
import { MARK_AND_SWEEP } from './mark-and-sweep.ts';
import { REFERENCE_COUNTING } from './reference-counting.ts';

const COLLECTORS: Readonly<Record<CollectorName, Collector>> = {
  'reference-counting': REFERENCE_COUNTING,
  'mark-and-sweep': MARK_AND_SWEEP,
  'deletes-at-once': DELETES_AT_ONCE,
  'asks-neighbors-only': ASKS_NEIGHBORS_ONLY,
  'forgets-uploads': FORGETS_UPLOADS,
  'counts-at-review': COUNTS_AT_REVIEW,
  'not-resumable': NOT_RESUMABLE,
  'ignores-restore': IGNORES_RESTORE,
};

/** The collector of the setting `collector`. */
export function collectorOf(settings: Pick<Settings, 'collector'>): Collector {
  return COLLECTORS[settings.collector];
}
