import { emptyStore, type Store } from '../../src/store/store.ts';
import { Baseline } from './baseline.ts';
import { onBaseline } from './baseline-player.ts';
import { onLimbo } from './limbo.ts';
import { type Action, OPERATIONS, type Operation, type OperationName, operationsOf } from './operations.ts';
import { type Clock, meanOf, medianOf, timesOf } from './stopwatch.ts';
import { type Extent, MOST_JOBS, Workload } from './workload.ts';

/** What one operation costs on a store of one extent, in microseconds for each job, and as a ratio to the baseline. */
export interface Figure {
  readonly operation: OperationName;
  readonly baselineMicros: number;
  readonly limboMicros: number;
  readonly ratio: number;
}

/** How many rounds are measured, after those that only make the compiler warm. */
export interface Rounds {
  readonly warm: number;
  readonly measured: number;
}

interface Sample {
  readonly baseline: number;
  readonly limbo: number;
}

// The baseline is rebuilt for each round, so that a small store keeps its size.
const REBUILT_UP_TO = 10_000;
const WARM_UP: Extent = { shape: 'spread', versions: 3_000 };
const WARM_UP_ROUNDS = 20;

/** What else can be said of a contest. */
export interface ContestOptions {
  /** The only operation to be measured; the others are done all the same. */
  readonly only?: OperationName;
  readonly clock?: Clock;
  /** Is told how far it has come. */
  readonly described?: (text: string) => void;
}

/** Measures limbo and its baseline side by side on a store of one extent, operation by operation. */
export class Contest {
  readonly #work: Workload;
  readonly #samples = new Map<OperationName, Sample[]>();
  readonly #options: ContestOptions;
  readonly #loaded: Action[] = [];
  #store: Store = emptyStore();
  #baseline = new Baseline();

  constructor(extent: Extent, options: ContestOptions = {}) {
    this.#work = new Workload(extent);
    this.#options = options;
  }

  /** Builds the store, plays the rounds, and answers what each operation costs, in the order of `OPERATIONS`. */
  run({ warm, measured }: Rounds): readonly Figure[] {
    const { described, only } = this.#options;
    const rebuilt = this.#work.extent.versions <= REBUILT_UP_TO;
    this.#warmUp(new Workload(WARM_UP));
    const load = this.#load(this.#work, rebuilt);
    if (only === undefined || only === 'load') this.#note('load', load);
    const beginning = this.#store;
    for (let round = 1; round <= warm + measured; round += 1) {
      described?.(`round ${round} of ${warm + measured}`);
      if (rebuilt && round > 1) this.#rebuild(beginning);
      for (const operation of operationsOf(this.#work, rebuilt ? 1 : round)) {
        this.#prepare(operation);
        if (only !== undefined && only !== operation.name) {
          this.#pass(operation);
          continue;
        }
        const sample = this.#sample(operation, round);
        if (round > warm) this.#note(operation.name, sample);
      }
    }
    this.#compare();
    return OPERATIONS.flatMap((operation) => figuresOf(operation, this.#samples.get(operation) ?? []));
  }

  // The baseline is done so soon that its code would be compiled somewhere in the rounds that count.
  #warmUp(work: Workload): void {
    this.#load(work, false);
    for (let round = 1; round <= WARM_UP_ROUNDS; round += 1) {
      for (const { before, action } of operationsOf(work, round)) {
        onBaseline(this.#baseline, { kind: 'commands', commands: before, jobs: before.length });
        onBaseline(this.#baseline, action());
      }
    }
  }

  #load(work: Workload, kept: boolean): Sample {
    this.#store = emptyStore();
    this.#baseline = new Baseline();
    const total = { baseline: 0, limbo: 0 };
    let loaded = 0;
    for (const commands of work.beginning()) {
      const action = { kind: 'commands', commands, jobs: commands.length } as const;
      const [baseline = 0, limbo = 0] = this.#inTurn(loaded / MOST_JOBS, [
        () => onBaseline(this.#baseline, action),
        () => {
          this.#store = onLimbo(this.#store, action);
        },
      ]);
      total.baseline += baseline;
      total.limbo += limbo;
      loaded += commands.length;
      if (kept) this.#loaded.push(action);
      this.#options.described?.(`${loaded} of ${work.extent.versions} versions`);
    }
    const each = (ms: number) => (ms * 1_000) / loaded;
    return {
      baseline: each(total.baseline),
      limbo: each(total.limbo),
    };
  }

  #rebuild(beginning: Store): void {
    this.#store = beginning;
    this.#baseline = new Baseline();
    for (const action of this.#loaded) onBaseline(this.#baseline, action);
  }

  #prepare({ before }: Operation): void {
    const action = { kind: 'commands', commands: before, jobs: before.length } as const;
    this.#store = onLimbo(this.#store, action);
    onBaseline(this.#baseline, action);
  }

  #pass({ action: make }: Operation): void {
    const action = make();
    if (action.kind === 'look-up' || action.kind === 'why') return;
    this.#store = onLimbo(this.#store, action);
    onBaseline(this.#baseline, action);
  }

  #sample({ action: make }: Operation, turn: number): Sample {
    const start = this.#store;
    const [forBaseline, forLimbo] = [make(), make()];
    const [baseline = 0, limbo = 0] = this.#inTurn(turn, [
      () => onBaseline(this.#baseline, forBaseline),
      () => {
        this.#store = onLimbo(start, forLimbo);
      },
    ]);
    return {
      baseline: (baseline * 1_000) / forBaseline.jobs,
      limbo: (limbo * 1_000) / forLimbo.jobs,
    };
  }

  // The order alternates between rounds; the times are in the order of the actions.
  #inTurn(turn: number, actions: readonly (() => unknown)[]): readonly number[] {
    const shift = turn % actions.length;
    const shifted = [...actions.slice(shift), ...actions.slice(0, shift)];
    const times = timesOf(shifted, this.#options.clock ?? 'wall', turn);
    const first = actions.length - shift;
    return [...times.slice(first), ...times.slice(0, first)];
  }

  #note(operation: OperationName, sample: Sample): void {
    const samples = this.#samples.get(operation);
    if (samples === undefined) this.#samples.set(operation, [sample]);
    else samples.push(sample);
  }

  // A comparison of two that had come to different things would be worth nothing.
  #compare(): void {
    const { storedBytes, logicalBytes } = this.#baseline.versions;
    if (this.#store.bucket.storedBytes === storedBytes && this.#store.logicalBytes === logicalBytes) return;
    throw new Error('limbo and its baseline have come to different figures');
  }
}

function figuresOf(operation: OperationName, samples: readonly Sample[]): readonly Figure[] {
  if (samples.length === 0) return [];
  // The baseline makes next to nothing, so that no clearing of memory is its own.
  const baselineMicros = medianOf(samples.map(({ baseline }) => baseline));
  const limboMicros = meanOf(samples.map(({ limbo }) => limbo));
  return [{ operation, baselineMicros, limboMicros, ratio: limboMicros / baselineMicros }];
}
