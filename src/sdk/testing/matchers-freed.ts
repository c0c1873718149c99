import type { StoreEvent } from '../../decider/event.ts';
import { retainedUntil } from '../../gc/review.ts';
import { counted } from '../../narration/sentence.ts';
import { closedVersions, freedBytes } from '../../simulator/effects.ts';
import { holdersOf } from '../../store/holders.ts';
import { nameOfVersion, versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { objectsOf } from '../../store/stored-object.ts';
import { type ObjectId, printable, type VersionId } from '../../values/names.ts';
import { formatDay, formatSize } from '../../values/units.ts';
import type { Size } from '../artifact/content.ts';
import { sizeIn } from '../input/arguments.ts';
import { type Effects, Simulator } from '../simulator.ts';
import { collected } from './matchers-state.ts';
import { kindOf, type Paragraph, ruleLine, type Verdict, verdictOf } from './matchers-verdict.ts';

/**
 * Checks the number of bytes freed: by the result of `advance` or `collect`, or by a simulator since it began. Only for a
 * simulator does the message say what holds the rest, because a result has no store.
 */
export function haveFreed(given: unknown, size: Size): Verdict {
  const wanted = sizeIn(size);
  const facts = factsIn(given);
  const freed = freedBytes(facts.events);
  const expected = formatSize(wanted);
  const actual = formatSize(freed);
  return verdictOf({
    pass: freed === wanted,
    expected,
    actual,
    subject: expected,
    says: 'to be freed',
    but: freed === wanted ? 'it was' : `${actual} was`,
    why: () => [deletedText(facts), ...keptText(facts), ...waitingText(facts), [ruleLine('GC-2')]],
  });
}

interface Facts {
  readonly events: readonly StoreEvent[];
  /** The current store; null if only a result was given. */
  readonly store: Store | null;
  /** The versions that became DELETED, by name. */
  readonly deleted: readonly string[];
}

function factsIn(given: unknown): Facts {
  if (given instanceof Simulator) {
    const { store } = given;
    const events = given.history.flatMap((entry) => entry.events);
    return { events, store, deleted: closedVersions(events).map((id) => nameOfVersion(store, id)) };
  }
  if (isEffects(given)) return { events: given.events, store: null, deleted: given.deleted };
  throw new TypeError(`expected a Simulator or the result of advance or collect, not ${kindOf(given)}`);
}

function isEffects(given: unknown): given is Effects {
  if (typeof given !== 'object' || given === null || !('events' in given && 'deleted' in given)) return false;
  return Array.isArray(given.events) && Array.isArray(given.deleted);
}

function deletedText({ deleted }: Facts): Paragraph {
  if (deleted.length === 0) return ['Garbage collection deleted no version.'];
  return ['Garbage collection deleted', ...listed(deleted, printable)];
}

// Objects of a deleted version that other versions still hold.
function keptText({ events, store }: Facts): readonly Paragraph[] {
  const kept = new Map<ObjectId, VersionId>();
  for (const event of events) {
    if (event.type === 'holdsReleased') {
      for (const objectId of event.stillHeld) kept.set(objectId, event.versionId);
      for (const objectId of event.unreferenced) kept.delete(objectId);
    }
  }
  if (store === null) {
    const stayed = `${counted(kept.size, 'object')} stayed: other versions held`;
    return kept.size === 0 ? [] : [[`${stayed} ${kept.size === 1 ? 'it' : 'them'} (GC-3).`]];
  }
  const lines = [...kept].flatMap(([objectId, from]) => heldText(store, objectId, from));
  return lines.length === 0 ? [] : [['Other versions still hold (GC-3)', ...listed(lines, (line) => line)]];
}

const MOST_HOLDERS = 3;

function heldText(store: Store, objectId: ObjectId, from: VersionId): readonly string[] {
  const holders = holdersOf(store, objectId).map(({ id }) => printable(nameOfVersion(store, id)));
  if (holders.length === 0) return [];
  const { scope, manifest } = versionById(store, from);
  const file = objectsOf(scope, manifest).find(([id]) => id === objectId)?.[1];
  const what = `${nameOfVersion(store, from)}/${file?.path ?? ''}`;
  const rest = holders.length - MOST_HOLDERS;
  const by = `${holders.slice(0, MOST_HOLDERS).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return [`${printable(what)}  ${formatSize(file?.sizeBytes ?? 0)}  held by ${by}`];
}

// Versions that are soft-deleted but not collected yet.
function waitingText({ store }: Facts): readonly Paragraph[] {
  if (store === null) return [];
  const waiting = [...store.trash.entries(), ...store.garbageCollection.reviewed.entries()].map(
    ([, id]) => id,
  );
  const [first] = waiting;
  if (first === undefined) return [];
  const lines = listed(
    waiting,
    (id) =>
      `${printable(nameOfVersion(store, id))}  kept until ${formatDay(retainedUntil(store, id), store.begins)}`,
  );
  return [
    [
      'Soft-deleted, not collected yet',
      ...lines,
      `It is ${formatDay(store.now, store.begins)}. ${collected(store, retainedUntil(store, first)).join(' ')}`,
    ],
  ];
}

const MOST_LINES = 10;

function listed<Thing>(things: readonly Thing[], line: (thing: Thing) => string): readonly string[] {
  const rest = things.length - MOST_LINES;
  const lines = things.slice(0, MOST_LINES).map((thing) => `  ${line(thing)}`);
  return rest > 0 ? [...lines, `  … and ${rest} more`] : lines;
}
