import { accepted, type Decision } from '../lifecycle/decision.ts';
import type { Evolvers, Store } from '../store/store.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { collectorOf } from './collector-of.ts';

/** Plans a crash: the next garbage collection run stops after this many steps. */
export interface PlanCrash {
  readonly type: 'planCrash';
  readonly afterSteps: number;
}

/** Garbage collection stops here. Unfinished work stays, and the next run continues. */
export interface CrashGarbageCollection {
  readonly type: 'crashGarbageCollection';
  /** The number of steps of the run; null if unknown. */
  readonly afterSteps: number | null;
}

/** Cancels a planned crash that the finished run was too short for. */
export interface ForgetCrash {
  readonly type: 'forgetCrash';
}

/** The commands of this chapter. */
export type CrashCommand = PlanCrash | CrashGarbageCollection | ForgetCrash;

/** The next garbage collection run will crash. */
export interface CrashPlanned {
  readonly type: 'crashPlanned';
  readonly afterSteps: number;
}

/** A garbage collection run crashed. */
export interface GarbageCollectionCrashed {
  readonly type: 'garbageCollectionCrashed';
  /** The number of steps of the run; null if unknown. */
  readonly afterSteps: number | null;
}

/** A garbage collection run ended before its planned crash. */
export interface CrashForgotten {
  readonly type: 'crashForgotten';
  readonly afterSteps: number;
}

/** The events of this chapter. */
export type CrashEvent = CrashPlanned | GarbageCollectionCrashed | CrashForgotten;

/** Decides crashes of the collector. Never refused; a crash harms no store (GC-8). */
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

/** The evolvers of this chapter. */
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
