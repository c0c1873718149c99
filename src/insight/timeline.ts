import type { StoreEvent } from '../decider/event.ts';
import { allVersions } from '../store/holders.ts';
import { fullNameOfVersion } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { VersionStateName } from '../store/version.ts';
import type { UnixTime } from '../values/dates.ts';
import type { VersionId } from '../values/names.ts';
import { DAY_ZERO, type Instant } from '../values/units.ts';
import { type NamedVersion, namedVersion } from './named-version.ts';

/** A point of a story: its instant, and its position among all that happened to versions. */
export interface Moment {
  readonly at: Instant;
  /** Orders moments at the same instant; the first moment of a story has 0. */
  readonly order: number;
}

/** A period that a version spent in one state. */
export interface Span {
  readonly state: VersionStateName;
  readonly from: Moment;
  /** When the next state began; null for the state at the end of the story. */
  readonly to: Moment | null;
}

/** The kinds of marks: what happens to versions besides changes of state. */
export type MarkKind = 'abandoned' | 'expired' | 'restored' | 'recovered' | 'linked' | 'unlinked';

/** Something that happened to a version; if it began a state, it has the same moment. */
export interface Mark extends Moment {
  readonly kind: MarkKind;
}

/** What happened to one version. */
export interface VersionTimeline extends NamedVersion {
  readonly fullName: string;
  /** Its states in order, without gaps; at least one. */
  readonly spans: readonly [Span, ...Span[]];
  readonly marks: readonly Mark[];
}

/** What happened to each version that ever existed, by name of the sequence and then by index. */
export interface Timeline {
  /** The end of the story, and its number of moments. */
  readonly end: Moment;
  /** The real time of day 0, or null. */
  readonly begins: UnixTime | null;
  readonly versions: readonly VersionTimeline[];
}

/** What happened to each version, from all events of a story in order, and the store at its end. */
export function timelineOf(events: Iterable<StoreEvent>, end: Store): Timeline {
  const histories = new Map<VersionId, History>();
  let at = DAY_ZERO;
  let order = 0;
  for (const event of events) {
    if (event.type === 'clockMoved') at = event.to;
    const change = changeOf(event);
    if (change === null) continue;
    const history = histories.get(change.versionId) ?? new History();
    histories.set(change.versionId, history);
    history.add(change, { at, order });
    order += 1;
  }
  return {
    end: { at: end.now, order },
    begins: end.begins,
    versions: allVersions(end).flatMap(({ id }) => {
      const spans = histories.get(id)?.spans() ?? null;
      const marks = histories.get(id)?.marks ?? [];
      if (spans === null) return [];
      return [{ ...namedVersion(end, id), fullName: fullNameOfVersion(end, id), spans, marks }];
    }),
  };
}

/**
 * The states of a version to show: leaves out an upload that ended when it began, as it does for every version that is
 * logged in one step; the next state then begins with it.
 */
export function shownSpans({ spans }: VersionTimeline): readonly Span[] {
  const [first, second, ...rest] = spans;
  if (second === undefined || first.state !== 'PENDING') return spans;
  const isInstant = first.from.at === second.from.at && first.from.order + 1 === second.from.order;
  return isInstant && second.state === 'COMMITTED' ? [{ ...second, from: first.from }, ...rest] : spans;
}

/** The instant of a story in which no time passes; null if time passes. */
export function onlyInstant({ end, versions }: Timeline): Instant | null {
  const moments = versions.flatMap(({ spans, marks }) => [...spans.map(({ from }) => from), ...marks]);
  return moments.every(({ at }) => at === end.at) ? end.at : null;
}

/** What an event means for a version: a new state, a mark, or both. */
interface Change {
  readonly versionId: VersionId;
  readonly state: VersionStateName | null;
  readonly mark: MarkKind | null;
}

class History {
  readonly #states: { readonly state: VersionStateName; readonly from: Moment }[] = [];
  readonly marks: Mark[] = [];

  add({ state, mark }: Change, moment: Moment): void {
    // Recovering lost files of a COMMITTED version does not change its state.
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

// List every type of event, so that a new one cannot be forgotten here.
function changeOf(event: StoreEvent): Change | null {
  switch (event.type) {
    case 'versionBegun':
      return change(event, 'PENDING');
    case 'versionCommitted':
      return change(event, 'COMMITTED');
    case 'versionAbandoned':
      return change(event, 'PENDING_DELETION', 'abandoned');
    case 'versionDeleted':
      return change(event, 'PENDING_DELETION');
    case 'versionExpired':
      return change(event, 'PENDING_DELETION', 'expired');
    case 'versionRestored':
      return change(event, 'COMMITTED', 'restored');
    case 'versionRecovered':
      return change(event, 'COMMITTED', 'recovered');
    case 'versionClosed':
      return change(event, 'DELETED');
    case 'versionLinked':
      return change(event, null, 'linked');
    case 'linkRemoved':
      return change(event, null, 'unlinked');
    case 'uploadJoined':
    case 'clientIdsRecorded':
    case 'filesAdded':
    case 'collectionCreated':
    case 'versionReused':
    case 'aliasPut':
    case 'aliasRemoved':
    case 'aliasProtected':
    case 'factsSet':
    case 'collectionDescribed':
    case 'collectionRenamed':
    case 'collectionTypeChanged':
    case 'runStarted':
    case 'runFinished':
    case 'runFactsSet':
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

function change(
  { versionId }: { readonly versionId: VersionId },
  state: VersionStateName | null,
  mark: MarkKind | null = null,
): Change {
  return { versionId, state, mark };
}
