import { accepted, type Decision } from '../lifecycle/decision.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { collectorOf } from './collector-of.ts';

/** Plans a crash: the next run of garbage collection stops after so many of its steps. */
export interface PlanCrash {
  readonly type: 'planCrash';
  readonly afterSteps: number;
}

/** Garbage collection stops where it is. What it has begun stays begun, and the next run goes on from it. */
export interface CrashGarbageCollection {
  readonly type: 'crashGarbageCollection';
  /** How many steps of the run were taken; null where nobody counted them. */
  readonly afterSteps: number | null;
}

/** Gives up a planned crash that the run that just ended was too short for. */
export interface ForgetCrash {
  readonly type: 'forgetCrash';
}

/** Everything that can be asked for about crashes of the collector. */
export type CrashCommand = PlanCrash | CrashGarbageCollection | ForgetCrash;

/** The next run of garbage collection will crash. */
export interface CrashPlanned {
  readonly type: 'crashPlanned';
  readonly afterSteps: number;
}

/** A run of garbage collection ended in a crash. */
export interface GarbageCollectionCrashed {
  readonly type: 'garbageCollectionCrashed';
  /** How many steps of the run were taken; null where nobody counted them. */
  readonly afterSteps: number | null;
}

/** A run of garbage collection was over before its planned crash. */
export interface CrashForgotten {
  readonly type: 'crashForgotten';
  readonly afterSteps: number;
}

/** Everything that can happen of it. */
export type CrashEvent = CrashPlanned | GarbageCollectionCrashed | CrashForgotten;

/** Decides what befalls the collector. Nothing of it is refused, and no store is worse for it (GC-8; basis: ours). */
export function decideCrash(command: CrashCommand, store: Store): Decision<CrashEvent> {
  switch (command.type) {
    case 'planCrash':
      return accepted([{ type: 'crashPlanned', afterSteps: command.afterSteps }]);
    case 'crashGarbageCollection':
      return accepted([{ type: 'garbageCollectionCrashed', afterSteps: command.afterSteps }]);
    case 'forgetCrash': {
      const afterSteps = store.garbageCollection.crashAfterSteps;
      return afterSteps === null ? accepted([]) : accepted([{ type: 'crashForgotten', afterSteps }]);
    }
  }
}

/** What the events of this chapter change. */
export const EVOLVE_CRASH: Evolvers<CrashEvent> = {
  crashPlanned: ({ garbageCollection }, event) => {
    garbageCollection.crashAfterSteps = event.afterSteps;
  },
  garbageCollectionCrashed: ({ garbageCollection, settings }) => {
    garbageCollection.crashAfterSteps = null;
    if (!collectorOf(settings).forgetsAtCrash) return;
    garbageCollection.reviewed = emptySortedTable();
    garbageCollection.released = emptySortedTable();
    garbageCollection.unreferenced = emptySortedTable();
  },
  crashForgotten: ({ garbageCollection }) => {
    garbageCollection.crashAfterSteps = null;
  },
};
