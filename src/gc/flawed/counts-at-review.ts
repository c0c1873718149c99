import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';
import { sweepUnasked } from './sweep-unasked.ts';

/**
 * Acts on the counts as they were when it looked, so that it takes a file that a version has been told is stored
 * already (breaks GC-9).
 */
export const COUNTS_AT_REVIEW: Collector = { ...REFERENCE_COUNTING, sweep: sweepUnasked };
