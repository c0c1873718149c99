import type { StoreEvent } from '../decider/event.ts';
import { allVersions } from '../store/holders.ts';
import { fullNameOfVersion, nameOfVersion } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { VersionStateName } from '../store/version.ts';
import type { VersionId } from '../values/names.ts';
import { DAY_ZERO, type Instant } from '../values/units.ts';

/** A point of a story: its instant, and its place in the order of all that happened to versions. */
export interface Moment {
  readonly at: Instant;
  /** Of two moments at one instant, the one with the lower order came first; the first of a story has 0. */
  readonly order: number;
}

/** A stretch of time that a version spent in one state. */
export interface Span {
  readonly state: VersionStateName;
  readonly from: Moment;
  /** When the next state began; null where the version was in this one when the story ended. */
  readonly to: Moment | null;
}

/** What else there is to tell of a version than its states. */
export type MarkKind = 'given up' | 'expired' | 'restored' | 'recovered' | 'linked' | 'unlinked';

/** Something that happened to a version; where it began a state, it has the moment of that. */
export interface Mark extends Moment {
  readonly kind: MarkKind;
}

/** What happened to one version. */
export interface VersionTimeline {
  /** The shortest name, by its index: `animals:v0`. */
  readonly version: string;
  readonly fullName: string;
  /** One after the other, without gaps; at least one. */
  readonly spans: readonly [Span, ...Span[]];
  readonly marks: readonly Mark[];
}

/** What happened to each version there ever was, by the names of the sequences and then by index. */
export interface Timeline {
  /** When the story ended, and how many moments it had. */
  readonly end: Moment;
  readonly versions: readonly VersionTimeline[];
}

/**
 * Tells what happened to each version, from every event of a story, in order, and the store in which it ended. The
 * instants are those of the events that move the clock.
 */
export function timelineOf(events: Iterable<StoreEvent>, end: Store): Timeline {
  const histories = new Map<VersionId, History>();
  let at = DAY_ZERO;
  let order = 0;
  for (const event of events) {
    if (event.type === 'clockMoved') at = event.to;
    const work = workOf(event);
    if (work === null) continue;
    const history = histories.get(work.versionId) ?? new History();
    histories.set(work.versionId, history);
    history.add(work, { at, order });
    order += 1;
  }
  return {
    end: { at: end.now, order },
    versions: allVersions(end).flatMap(({ id }) => {
      const spans = histories.get(id)?.spans() ?? null;
      const marks = histories.get(id)?.marks ?? [];
      if (spans === null) return [];
      return [{ version: nameOfVersion(end, id), fullName: fullNameOfVersion(end, id), spans, marks }];
    }),
  };
}

/**
 * The states to be shown of a version: an upload that was over as soon as it began, as of every version that is
 * logged in one step, is left out, and the next state begins with it.
 */
export function shownSpans({ spans }: VersionTimeline): readonly Span[] {
  const [first, second, ...rest] = spans;
  if (second === undefined || first.state !== 'PENDING') return spans;
  const isInstant = first.from.at === second.from.at && first.from.order + 1 === second.from.order;
  return isInstant && second.state === 'COMMITTED' ? [{ ...second, from: first.from }, ...rest] : spans;
}

/** The one instant at which everything in a story happened, or null where time passes in it. */
export function onlyInstant({ end, versions }: Timeline): Instant | null {
  const moments = versions.flatMap(({ spans, marks }) => [...spans.map(({ from }) => from), ...marks]);
  return moments.every(({ at }) => at === end.at) ? end.at : null;
}

interface ScheduledWork {
  readonly versionId: VersionId;
  readonly state: VersionStateName | null;
  readonly mark: MarkKind | null;
}

class History {
  readonly #states: { readonly state: VersionStateName; readonly from: Moment }[] = [];
  readonly marks: Mark[] = [];

  add({ state, mark }: ScheduledWork, moment: Moment): void {
    // Recovering the lost files of a version that is COMMITTED begins no other state.
    if (state !== null && this.#states.at(-1)?.state !== state) this.#states.push({ state, from: moment });
    if (mark !== null) this.marks.push({ ...moment, kind: mark });
  }

  spans(): VersionTimeline['spans'] | null {
    const [first, ...rest] = this.#states.map(
      ({ state, from }, at): Span => ({ state, from, to: this.#states[at + 1]?.from ?? null }),
    );
    return first === undefined ? null : [first, ...rest];
  }
}

// Every kind of event is named, so that a new one cannot be forgotten here.
function workOf(event: StoreEvent): ScheduledWork | null {
  switch (event.type) {
    case 'versionBegun':
      return { versionId: event.versionId, state: 'PENDING', mark: null };
    case 'versionCommitted':
      return { versionId: event.versionId, state: 'COMMITTED', mark: null };
    case 'versionAbandoned':
      return { versionId: event.versionId, state: 'PENDING_DELETION', mark: 'given up' };
    case 'versionDeleted':
      return { versionId: event.versionId, state: 'PENDING_DELETION', mark: null };
    case 'versionExpired':
      return { versionId: event.versionId, state: 'PENDING_DELETION', mark: 'expired' };
    case 'versionRestored':
      return { versionId: event.versionId, state: 'COMMITTED', mark: 'restored' };
    case 'versionRecovered':
      return { versionId: event.versionId, state: 'COMMITTED', mark: 'recovered' };
    case 'versionClosed':
      return { versionId: event.versionId, state: 'DELETED', mark: null };
    case 'versionLinked':
      return { versionId: event.versionId, state: null, mark: 'linked' };
    case 'linkRemoved':
      return { versionId: event.versionId, state: null, mark: 'unlinked' };
    case 'collectionCreated':
    case 'versionReused':
    case 'aliasPut':
    case 'aliasRemoved':
    case 'aliasProtected':
    case 'lineageRecorded':
    case 'deletionRefused':
    case 'collectionDeleted':
    case 'runDeleted':
    case 'ttlSet':
    case 'ttlKept':
    case 'teamTtlSet':
    case 'settingsChanged':
    case 'bucketFaultsPlanned':
    case 'clockMoved':
    case 'bucketCallFaulted':
    case 'deletedOutOfBand':
    case 'undeletedOutOfBand':
    case 'copiesDropped':
    case 'versionsReviewed':
    case 'holdsReleased':
    case 'objectSwept':
    case 'objectRetained':
    case 'garbageCollectionSkipped':
    case 'crashPlanned':
    case 'garbageCollectionCrashed':
    case 'crashForgotten':
      return null;
  }
}
