const { LIMBO_RUNS, LIMBO_SEED } = process.env;

/** The factor by which every property runs longer, or shorter, than it usually does. */
const FACTOR = numberOf('LIMBO_RUNS', LIMBO_RUNS, 1);

/** The seed of every property: always the same, so that a failure is the same for everybody. */
const SEED = Math.trunc(numberOf('LIMBO_SEED', LIMBO_SEED, 20_240_611));

/** How long a property may take before the test runner gives it up. */
export const PATIENCE_MS = Math.ceil(60_000 * Math.max(1, FACTOR));

/** The parameters of a property that usually runs so many times. */
export function runs(usually: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: Math.max(1, Math.round(usually * FACTOR)), seed: SEED };
}

/** The same, but never fewer: for what must be seen at least once. */
export function atLeastRuns(usually: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: Math.max(usually, runs(usually).numRuns), seed: SEED };
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined || text === '') return usual;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`${name} is "${text}", and must be a number`);
  return value;
}
