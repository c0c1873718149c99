import { emptyStore, type Store } from '../../src/store/store.ts';
import { Twin } from './baseline.ts';
import { onTwin } from './baseline-player.ts';
import { IN_ONE_BATCH, ONE_BY_ONE, onLimbo, type Player } from './limbo.ts';
import { type Deed, OPERATIONS, type Operation, type OperationName, operationsOf } from './operations.ts';
import { type Clock, meanOf, medianOf, timesOf } from './stopwatch.ts';
import { type Extent, MOST_JOBS, Workload } from './workload.ts';

/** What one operation costs on a store of one extent, in microseconds for each job, and as a ratio to the twin. */
export interface Figure {
  readonly operation: OperationName;
  readonly twinMicros: number;
  /** Each command by itself; null where only many at once were measured. */
  readonly oneByOneMicros: number | null;
  /** All commands as one batch; null where there is nothing to do in a batch. */
  readonly batchMicros: number | null;
  readonly oneByOneRatio: number | null;
  readonly batchRatio: number | null;
}

/** How many rounds are measured, after those that only make the compiler warm. */
export interface Rounds {
  readonly warm: number;
  readonly measured: number;
}

interface Sample {
  readonly twin: number;
  readonly oneByOne: number | null;
  readonly batch: number | null;
}

// A twin of so many versions is built anew for each round, so that a small store stays as small as it is said to be.
const REBUILT_UP_TO = 10_000;
const WARM_UP: Extent = { shape: 'spread', versions: 3_000 };
const WARM_UP_ROUNDS = 20;

/** What else can be said of a contest. */
export interface ContestOptions {
  /** The only operation to be measured; the others are done all the same. */
  readonly only?: OperationName;
  readonly clock?: Clock;
  /** Is told how far it has come. */
  readonly told?: (text: string) => void;
}

/** Measures limbo and its twin side by side on a store of one extent, operation by operation. */
export class Contest {
  readonly #work: Workload;
  readonly #samples = new Map<OperationName, Sample[]>();
  readonly #options: ContestOptions;
  readonly #loaded: Deed[] = [];
  #store: Store = emptyStore();
  #twin = new Twin();

  constructor(extent: Extent, options: ContestOptions = {}) {
    this.#work = new Workload(extent);
    this.#options = options;
  }

  /** Builds the store, plays the rounds, and answers what each operation costs, in the order of `OPERATIONS`. */
  run({ warm, measured }: Rounds): readonly Figure[] {
    const { told, only } = this.#options;
    const rebuilt = this.#work.extent.versions <= REBUILT_UP_TO;
    this.#warmUp(new Workload(WARM_UP));
    const load = this.#load(this.#work, rebuilt);
    if (only === undefined || only === 'load') this.#note('load', load);
    const beginning = this.#store;
    for (let round = 1; round <= warm + measured; round += 1) {
      told?.(`round ${round} of ${warm + measured}`);
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

  // The twin is done so soon that its code would be compiled somewhere in the rounds that count.
  #warmUp(work: Workload): void {
    this.#load(work, false);
    for (let round = 1; round <= WARM_UP_ROUNDS; round += 1) {
      for (const { before, deed } of operationsOf(work, round)) {
        onTwin(this.#twin, { kind: 'commands', commands: before, jobs: before.length });
        onTwin(this.#twin, deed());
      }
    }
  }

  #load(work: Workload, kept: boolean): Sample {
    this.#store = emptyStore();
    this.#twin = new Twin();
    const total = { twin: 0, batch: 0 };
    let loaded = 0;
    for (const commands of work.beginning()) {
      const deed = { kind: 'commands', commands, jobs: commands.length } as const;
      const [twin = 0, batch = 0] = this.#inTurn(loaded / MOST_JOBS, [
        () => onTwin(this.#twin, deed),
        () => {
          this.#store = onLimbo(IN_ONE_BATCH, this.#store, deed);
        },
      ]);
      total.twin += twin;
      total.batch += batch;
      loaded += commands.length;
      if (kept) this.#loaded.push(deed);
      this.#options.told?.(`${loaded} of ${work.extent.versions} versions`);
    }
    const each = (ms: number) => (ms * 1_000) / loaded;
    return {
      twin: each(total.twin),
      oneByOne: null,
      batch: each(total.batch),
    };
  }

  #rebuild(beginning: Store): void {
    this.#store = beginning;
    this.#twin = new Twin();
    for (const deed of this.#loaded) onTwin(this.#twin, deed);
  }

  #prepare({ before }: Operation): void {
    const deed = { kind: 'commands', commands: before, jobs: before.length } as const;
    this.#store = onLimbo(IN_ONE_BATCH, this.#store, deed);
    onTwin(this.#twin, deed);
  }

  #pass({ deed: make }: Operation): void {
    const deed = make();
    if (deed.kind === 'look-up' || deed.kind === 'why') return;
    this.#store = onLimbo(IN_ONE_BATCH, this.#store, deed);
    onTwin(this.#twin, deed);
  }

  #sample({ deed: make }: Operation, turn: number): Sample {
    const start = this.#store;
    const [forTwin, forOne, forBatch] = [make(), make(), make()];
    const isQuestion = forTwin.kind === 'look-up' || forTwin.kind === 'why';
    const play = (player: Player, deed: Deed) => () => {
      this.#store = onLimbo(player, start, deed);
    };
    const [twin = 0, oneByOne = 0, batch] = this.#inTurn(turn, [
      () => onTwin(this.#twin, forTwin),
      play(ONE_BY_ONE, forOne),
      ...(isQuestion ? [] : [play(IN_ONE_BATCH, forBatch)]),
    ]);
    return {
      twin: (twin * 1_000) / forTwin.jobs,
      oneByOne: (oneByOne * 1_000) / forOne.jobs,
      batch: batch === undefined ? null : (batch * 1_000) / forBatch.jobs,
    };
  }

  // Whoever goes first in one turn goes last in another; the times come in the order of the deeds.
  #inTurn(turn: number, deeds: readonly (() => unknown)[]): readonly number[] {
    const shift = turn % deeds.length;
    const shifted = [...deeds.slice(shift), ...deeds.slice(0, shift)];
    const times = timesOf(shifted, this.#options.clock ?? 'wall', turn);
    const first = deeds.length - shift;
    return [...times.slice(first), ...times.slice(0, first)];
  }

  #note(operation: OperationName, sample: Sample): void {
    const samples = this.#samples.get(operation);
    if (samples === undefined) this.#samples.set(operation, [sample]);
    else samples.push(sample);
  }

  // A comparison of two that had come to different things would be worth nothing.
  #compare(): void {
    const { storedBytes, logicalBytes } = this.#twin.versions;
    if (this.#store.bucket.storedBytes === storedBytes && this.#store.logicalBytes === logicalBytes) return;
    throw new Error('limbo and its twin have come to different figures');
  }
}

function figuresOf(operation: OperationName, samples: readonly Sample[]): readonly Figure[] {
  if (samples.length === 0) return [];
  const micros = (pick: (sample: Sample) => number | null) => {
    const numbers = samples.map(pick).filter((number) => number !== null);
    return numbers.length === 0 ? null : meanOf(numbers);
  };
  // The twin makes next to nothing, so that no clearing of memory is its own.
  const twinMicros = medianOf(samples.map(({ twin }) => twin));
  const oneByOneMicros = micros(({ oneByOne }) => oneByOne);
  const batchMicros = micros(({ batch }) => batch);
  const ratio = (figure: number | null) => (figure === null ? null : figure / twinMicros);
  return [
    {
      operation,
      twinMicros,
      oneByOneMicros,
      batchMicros,
      oneByOneRatio: ratio(oneByOneMicros),
      batchRatio: ratio(batchMicros),
    },
  ];
}
