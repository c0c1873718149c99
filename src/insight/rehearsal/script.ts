import type { StoreEvent } from '../../decider/event.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import type { Action } from '../../simulator/action.ts';
import type { Store } from '../../store/store.ts';
import type { VersionId } from '../../values/names.ts';

/** A call of a script, in the order of the calls. */
export type Call =
  | {
      /** It asked for a change. */
      readonly kind: 'change';
      readonly action: Action;
      /** Null if it was accepted. */
      readonly refusal: Refusal | null;
      /** The actions that would have gone through instead. */
      readonly advice: readonly Action[];
      readonly events: readonly StoreEvent[];
    }
  | {
      /** It read a page of versions. */
      readonly kind: 'page';
      /** What is listed: equal for the pages of one list. */
      readonly list: string;
      /** Whether it is the first page. */
      readonly isFirst: boolean;
      readonly versions: readonly VersionId[];
    }
  | {
      /** It looked something up by name. */
      readonly kind: 'lookup';
      readonly name: string;
      readonly isFound: boolean;
    };

/** What a script did, seen from the server, and how it ended. */
export interface Script {
  readonly start: Store;
  readonly final: Store;
  readonly calls: readonly Call[];
  readonly exitStatus: number;
  /** What it wrote to standard output and error, or the end of that. */
  readonly output: string;
}

/** A call that asked for a change. */
export type ChangeCall = Extract<Call, { readonly kind: 'change' }>;
/** A change that was refused. */
export type RefusedCall = ChangeCall & { readonly refusal: Refusal };

/** The changes that a script asked for. */
export function changesOf({ calls }: Script): readonly ChangeCall[] {
  return calls.filter((call) => call.kind === 'change');
}

/** The changes that were refused. */
export function refusedOf(script: Script): readonly RefusedCall[] {
  return changesOf(script).filter((call): call is RefusedCall => call.refusal !== null);
}

/** Every event that a script caused, in order. */
export function eventsOf(script: Script): readonly StoreEvent[] {
  return changesOf(script).flatMap(({ events }) => events);
}
