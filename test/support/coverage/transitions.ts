import type { StoreEvent, StoreEventType } from '../../../src/decider/event.ts';
import { evolve } from '../../../src/decider/evolve.ts';
import type { Frame } from '../../../src/scenario/play/frame.ts';
import type { Store } from '../../../src/store/store.ts';
import type { CollectionStage, Version, VersionStateName } from '../../../src/store/version.ts';
import type { VersionId } from '../../../src/values/names.ts';

/** The place of a version in a diagram: of PENDING_DELETION the stage; `[*]` before there is one. */
export type Place = '[*]' | Exclude<VersionStateName, 'PENDING_DELETION'> | CollectionStage;

/** A version came from one place to another by an event of this kind. */
export interface Transition {
  readonly from: Place;
  readonly by: StoreEventType;
  readonly to: Place;
  /** The kind of the step that it happened in, as a scenario writes it. */
  readonly during: Frame['step']['kind'];
}

/** Collects every transition of every version, once for each kind of step, from the frames of stories as they are played. */
export class Transitions {
  readonly #seen = new Map<string, Transition>();

  /** Each that was seen, in a stable order. */
  get all(): readonly Transition[] {
    return [...this.#seen.entries()]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, transition]) => transition);
  }

  /** Looks at one frame. */
  look({ step, events, before, after }: Frame): void {
    let store = before;
    const noticed = new Set<VersionId>();
    for (const event of events) {
      const next = evolve(store, [event]);
      for (const versionId of versionsNamedBy(event)) {
        noticed.add(versionId);
        const [from, to] = [placeIn(store, versionId), placeIn(next, versionId)];
        if (from !== to) this.#note({ from, by: event.type, to, during: step.kind });
      }
      store = next;
    }
    for (const { id } of after.versions.unorderedRows()) {
      const moved = placeIn(before, id) !== placeIn(after, id);
      if (moved && !noticed.has(id)) throw new Error(`${id} moved, and no event names it`);
    }
  }

  #note(transition: Transition): void {
    this.#seen.set(`${transitionText(transition)} during ${transition.during}`, transition);
  }
}

/** A transition on one line, for comparing and for messages. */
export function transitionText({ from, by, to }: Omit<Transition, 'during'>): string {
  return `${from} --> ${to}: ${by}`;
}

function versionsNamedBy(event: StoreEvent): readonly VersionId[] {
  if ('versionIds' in event) return event.versionIds;
  return 'versionId' in event ? [event.versionId] : [];
}

function placeIn(store: Store, versionId: VersionId): Place {
  const version = store.versions.get(versionId);
  return version === undefined ? '[*]' : placeOf(version);
}

function placeOf({ state }: Version): Place {
  return state.kind === 'PENDING_DELETION' ? state.stage : state.kind;
}
