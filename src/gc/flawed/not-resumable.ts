import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';

/**
 * Keeps what it has begun in its memory alone, so that a crash leaves files that nobody holds and nobody will ever
 * collect (breaks GC-8).
 */
export const NOT_RESUMABLE: Collector = { ...REFERENCE_COUNTING, forgetsAtCrash: true };
