import { getHeapStatistics } from 'node:v8';
import { decide } from '../../decider/decide.ts';
import { evolve } from '../../decider/evolve.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import { SHAPE_NAMES } from '../../synthetic/shapes.ts';
import { syntheticCommands } from '../../synthetic/synthetic-commands.ts';
import { type SyntheticPlan, staysExact, syntheticCounts } from '../../synthetic/synthetic-plan.ts';
import { formatDuration, formatSize } from '../../values/units.ts';
import { checkSavePath, saveSnapshot } from '../files/snapshot-file.ts';
import { EXIT, type ExitStatus, InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';

/** The options of `limbo generate`, as typed. */
export interface GenerateOptions {
  readonly collections?: string;
  readonly versions?: string;
  readonly files?: string;
  readonly churn?: string;
  readonly seed?: string;
  readonly shape?: string;
  readonly save: string;
}

const MOST_OF_EACH = 100_000_000;
const LARGEST_SEED = 2 ** 31 - 1;
const PROGRESS_EVERY = 1_000;

// Measured memory of a version, each of its paths, and each object, rounded up.
const BYTES_PER_VERSION = 1_500;
const BYTES_PER_PATH = 30;
const BYTES_PER_OBJECT = 1_000;

/** Makes a synthetic store and saves it as a snapshot. Throws `InputError` if it would not fit into memory. */
export async function generateCommand(options: GenerateOptions, terminal: Terminal): Promise<ExitStatus> {
  const plan: SyntheticPlan = {
    collections: count(options.collections, '--collections', 10),
    versions: count(options.versions, '--versions', 100),
    files: count(options.files, '--files', 10),
    churn: share(options.churn, '--churn', 0.1),
    seed: seed(options.seed),
    shape: shape(options.shape),
  };
  mustFit(plan);
  await checkSavePath(options.save, '--save');
  const store = made(plan, terminal);
  await saveSnapshot(store, options.save, terminal);
  terminal.out(`${summary(store)}\nsaved as ${quoted(options.save)}\n`);
  return EXIT.ok;
}

function made(plan: SyntheticPlan, terminal: Terminal): Store {
  let store = emptyStore();
  const progress = terminal.progress('making versions', syntheticCounts(plan).versions);
  let versions = 0;
  try {
    for (const command of syntheticCommands(plan)) {
      const decision = decide(command, store);
      if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.refusal.sentence}`);
      store = evolve(store, decision.events);
      if (command.type !== 'logVersion') continue;
      versions += 1;
      if (versions % PROGRESS_EVERY === 0) progress.advance(PROGRESS_EVERY);
    }
  } finally {
    progress.done();
  }
  return store;
}

function summary(store: Store): string {
  const { collections, versions, objects, bucket, logicalBytes, now } = store;
  return [
    `${collections.size} artifact collections, ${versions.size} versions, ${objects.size} objects`,
    `over ${formatDuration(now)}; logical ${formatSize(logicalBytes)}, stored ${formatSize(bucket.storedBytes)}`,
  ].join(' ');
}

function mustFit(plan: SyntheticPlan): void {
  const counts = syntheticCounts(plan);
  const { versions, entries, objects, mostBytes } = counts;
  if (!staysExact(counts)) {
    throw InputError.of(
      `expected fewer or smaller files, or --shape tables: these versions could total ${(mostBytes / 1e15).toPrecision(3)}PB; the limit is 4.5PB, half of the largest exact sum`,
    );
  }
  const needed = versions * BYTES_PER_VERSION + entries * BYTES_PER_PATH + objects * BYTES_PER_OBJECT;
  const { heap_size_limit: limit } = getHeapStatistics();
  if (needed > limit) {
    const megabytes = Math.ceil((needed * 1.2) / 2 ** 20 / 1_024) * 1_024;
    throw InputError.of(
      `expected fewer versions or files, or more memory: ${versions} versions with ${objects} objects need about ${gigabytes(needed)}, but this process is limited to ${gigabytes(limit)}. Try: NODE_OPTIONS=--max-old-space-size=${megabytes}`,
    );
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function count(given: string | undefined, option: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (/^[1-9]\d*$/.test(given) && value <= MOST_OF_EACH) return value;
  throw InputError.of(`${option} ${quoted(given)}: expected a whole number from 1 to ${MOST_OF_EACH}`);
}

function share(given: string | undefined, option: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (/^\d+(\.\d+)?$/.test(given) && value <= 1) return value;
  throw InputError.of(`${option} ${quoted(given)}: expected a share from 0 to 1, such as 0.1`);
}

function seed(given: string | undefined): number {
  if (given === undefined) return 1;
  const value = Number(given);
  if (/^\d+$/.test(given) && value <= LARGEST_SEED) return value;
  throw InputError.of(`--seed ${quoted(given)}: expected a whole number from 0 to ${LARGEST_SEED}`);
}

function shape(given: string | undefined): SyntheticPlan['shape'] {
  if (given === undefined || given === 'mixed') return 'mixed';
  const known = SHAPE_NAMES.find((name) => name === given);
  if (known !== undefined) return known;
  throw InputError.of(`--shape ${quoted(given)}: expected one of mixed, ${SHAPE_NAMES.join(', ')}`);
}
