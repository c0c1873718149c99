import type { Collector } from '../collector.ts';
import { REFERENCE_COUNTING } from '../reference-counting.ts';

/** Keeps unfinished work in memory, so a crash leaves objects that are never collected (breaks GC-8). */
export const NOT_RESUMABLE: Collector = { ...REFERENCE_COUNTING, forgetsAtCrash: true };
