import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';
import { sweepUnasked } from './sweep-unasked.ts';

/** Relies on the counts of its review, so it deletes files that a version has shared since (breaks GC-9). */
export const COUNTS_AT_REVIEW: Collector = { ...REFERENCE_COUNTING, sweep: sweepUnasked };
