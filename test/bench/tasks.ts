import type { Figure, Rounds } from './contest.ts';
import type { FloorFigures } from './floor.ts';
import type { MemoryFigures } from './memory.ts';
import type { OperationName } from './operations.ts';
import type { OracleFigures } from './oracle.ts';
import type { Rates } from './rates.ts';
import type { ReachFigures } from './reach.ts';
import type { FirstAnswerFigures } from './server/first-answer.ts';
import type { Amount, ServerFigures } from './server/requests.ts';
import type { SnapshotFigures } from './snapshot.ts';
import type { StartUpFigures } from './start-up.ts';
import type { Clock } from './stopwatch.ts';
import type { Extent } from './workload.ts';

/** What a child process is to measure; plain data, since it goes over a command line. */
export type Task = { readonly clock: Clock } & (
  | {
      readonly kind: 'operations';
      readonly extent: Extent;
      readonly rounds: Rounds;
      readonly only: OperationName | null;
    }
  | { readonly kind: 'floor'; readonly versions: number }
  | { readonly kind: 'oracle'; readonly versions: number }
  | { readonly kind: 'memory'; readonly versions: number }
  | { readonly kind: 'snapshot'; readonly versions: number }
  | { readonly kind: 'server'; readonly versions: number; readonly amount: Amount }
  | { readonly kind: 'first-answer'; readonly versions: number }
  | { readonly kind: 'rates' }
  | { readonly kind: 'start-up' }
  | { readonly kind: 'reach' }
);

/** What is measured: the operations, the rows that they cannot do without, the other collector, memory, snapshots, a server and its start, rates, the start, and the reach. */
export const SECTIONS = [
  'operations',
  'floor',
  'oracle',
  'memory',
  'snapshot',
  'server',
  'first-answer',
  'rates',
  'start-up',
  'reach',
] as const satisfies readonly Task['kind'][];
/** One of them. */
export type SectionName = (typeof SECTIONS)[number];

/** What came of a task. */
export type Result =
  | { readonly kind: 'operations'; readonly extent: Extent; readonly figures: readonly Figure[] }
  | ({ readonly kind: 'floor' } & FloorFigures)
  | ({ readonly kind: 'oracle' } & OracleFigures)
  | ({ readonly kind: 'memory' } & MemoryFigures)
  | ({ readonly kind: 'snapshot' } & SnapshotFigures)
  | ({ readonly kind: 'server' } & ServerFigures)
  | ({ readonly kind: 'first-answer' } & FirstAnswerFigures)
  | ({ readonly kind: 'rates' } & Rates)
  | ({ readonly kind: 'start-up' } & StartUpFigures)
  | ({ readonly kind: 'reach' } & ReachFigures);

/** The tasks of one section, for stores of these sizes. */
export function tasksOf(
  section: SectionName,
  sizes: readonly number[],
  only: OperationName | null,
  clock: Clock,
): readonly Task[] {
  switch (section) {
    case 'operations':
      return sizes.flatMap((versions) =>
        (['spread', 'single'] as const).map(
          (shape): Task => ({
            kind: 'operations',
            clock,
            extent: { shape, versions },
            rounds: roundsFor(versions),
            only,
          }),
        ),
      );
    case 'floor':
    case 'oracle':
    case 'memory':
    case 'snapshot':
      return sizes.map((versions): Task => ({ kind: section, versions, clock }));
    case 'server':
      return servedSizes(sizes).map((versions): Task => ({ kind: section, versions, amount: AMOUNT, clock }));
    case 'first-answer':
      return servedSizes(sizes).map((versions): Task => ({ kind: section, versions, clock }));
    case 'rates':
    case 'start-up':
    case 'reach':
      return [{ kind: section, clock }];
  }
}

const AMOUNT: Amount = { rounds: 9, times: 30 };

// A simulated service of more than that has nobody to ask it.
const MOST_SERVED = 100_000;

function servedSizes(sizes: readonly number[]): readonly number[] {
  return sizes.filter((versions) => versions <= MOST_SERVED);
}

function roundsFor(versions: number): Rounds {
  return versions > 100_000 ? { warm: 2, measured: 7 } : { warm: 3, measured: 11 };
}
