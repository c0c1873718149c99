import { isStored } from '../bucket/bucket.ts';
import { decide } from '../decider/decide.ts';
import { evolve } from '../decider/evolve.ts';
import { missingRequirements } from '../gc/requirements.ts';
import { retainedUntil } from '../gc/review.ts';
import { nextStep } from '../gc/steps.ts';
import { holdersOfAll } from '../store/holders.ts';
import { INVARIANTS } from '../store/invariants/invariants.ts';
import { nameOfCollection, nameOfVersion, versionById } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import { digestOfObjectId, objectsOf } from '../store/stored-object.ts';
import type { ObjectId } from '../values/names.ts';
import type { Exploration, State } from './exploration.ts';
import { isApart } from './independence.ts';
import { isCollecting, moveOf, type Transition } from './transitions.ts';

/** A property that must hold in every state or after every step. */
export interface AlwaysProperty {
  readonly kind: 'always';
  readonly name: string;
  /** What is wrong after a step, one sentence each; empty if the property holds. */
  readonly broken: (transition: Transition, exploration: Exploration) => readonly string[];
  /** What is wrong in the initial store; only for properties of states, not of steps. */
  readonly brokenInStart?: (start: Store) => readonly string[];
}

/** A property that must hold at the end of every path, after a final garbage collection. */
export interface FinallyProperty {
  readonly kind: 'finally';
  readonly name: string;
  /** What is wrong in the final store. */
  readonly broken: (end: Store) => readonly string[];
}

/** A situation that some path should reach; otherwise the search says little. */
export interface SometimesProperty {
  readonly kind: 'sometimes';
  readonly name: string;
  readonly seen: (transition: Transition, exploration: Exploration) => boolean;
}

/** A property of a search, by kind. */
export type Property = AlwaysProperty | FinallyProperty | SometimesProperty;

/** The properties of every state and step. */
export const ALWAYS: readonly AlwaysProperty[] = [
  ...INVARIANTS.map(
    ({ name, broken }): AlwaysProperty => ({
      kind: 'always',
      name,
      broken: ({ after }) => broken(after.store),
      brokenInStart: broken,
    }),
  ),
  { kind: 'always', name: 'indexes only grow', broken: ({ before, after }) => shrunk(before, after) },
  {
    kind: 'always',
    name: 'a refusal changes nothing',
    broken: ({ refusal, before, after }) =>
      refusal !== null && before.store !== after.store ? [`${refusal.code} changed the store`] : [],
  },
  { kind: 'always', name: 'bytes are never negative', broken: ({ after }) => negative(after.store) },
  {
    kind: 'always',
    name: 'a restore reinstates exactly what was deleted',
    broken: restoredWrongly,
  },
  {
    kind: 'always',
    name: 'a version can be restored until its retention has passed',
    broken: releasedTooEarly,
  },
  {
    kind: 'always',
    name: 'a step is refused as the story expects',
    broken: refusedOtherwise,
  },
];

/** The properties of every end. */
export const FINALLY: readonly FinallyProperty[] = [
  { kind: 'finally', name: 'no unreferenced object is left', broken: leaked },
];

/** The situations that a search should reach. */
export const SOMETIMES: readonly SometimesProperty[] = [
  {
    kind: 'sometimes',
    name: 'two versions share a file',
    seen: ({ events }) =>
      events.some((event) => event.type === 'versionBegun' && event.alreadyStored.length > 0),
  },
  {
    kind: 'sometimes',
    name: 'a file is freed',
    seen: ({ events }) => events.some(({ type }) => type === 'objectSwept'),
  },
  {
    kind: 'sometimes',
    name: 'an interrupted garbage collection continues',
    seen: ({ before, step }) => before.broken && step !== null,
  },
  {
    kind: 'sometimes',
    name: 'an actor acts during a garbage collection',
    seen: amidCollection,
  },
];

/** Every property, in the order of reports. */
export const PROPERTIES: readonly Property[] = [...ALWAYS, ...FINALLY, ...SOMETIMES];

/**
 * The store after a complete garbage collection, continuing after failed bucket calls; unchanged if garbage collection
 * is not enabled.
 */
export function collectedToTheEnd(store: Store): Store {
  let end = store;
  for (let step = nextStep(end); step !== null; step = nextStep(end)) {
    const decision = decide(step, end);
    if (!decision.ok || decision.events.length === 0) return end;
    end = evolve(end, decision.events);
  }
  return end;
}

// Moves that do not touch what the collector touches do not count: their order makes no difference.
function amidCollection({ choice, before, events }: Transition, exploration: Exploration): boolean {
  if (choice.kind !== 'move' || events.length === 0) return false;
  const { touches } = moveOf(exploration, before, choice);
  return exploration.actors.some(({ moves }, actor) => {
    const collection = isCollecting(before, actor) ? moves[before.done[actor] ?? 0] : undefined;
    return collection !== undefined && !isApart(touches, collection.touches);
  });
}

function shrunk(before: State, after: State): readonly string[] {
  return [...before.store.collections.unorderedRows()]
    .filter(({ id, nextIndex }) => (after.store.collections.get(id)?.nextIndex ?? -1) < nextIndex)
    .map(({ id }) => `${nameOfCollection(before.store, id)} would reuse an index`);
}

function negative({ logicalBytes, bucket }: Store): readonly string[] {
  const { storedBytes, billedBytes } = bucket;
  const wrong = logicalBytes < 0 || storedBytes < 0 || billedBytes < storedBytes;
  return wrong ? [`logical ${logicalBytes}, stored ${storedBytes}, billed ${billedBytes}`] : [];
}

function restoredWrongly({ events, before, after }: Transition): readonly string[] {
  return events.flatMap((event): readonly string[] => {
    if (event.type !== 'versionRestored') return [];
    const name = nameOfVersion(after.store, event.versionId);
    const was = versionById(before.store, event.versionId);
    const is = versionById(after.store, event.versionId);
    const missing = objectsOf(is.scope, is.manifest).filter(
      ([objectId]) => !isStored(after.store.bucket, objectId),
    );
    return [
      ...(is.state.kind === 'COMMITTED' ? [] : [`${name} is ${is.state.kind} after its restore`]),
      ...(is.manifest === was.manifest ? [] : [`${name} came back with other files`]),
      ...missing.map(([, { path }]) => `${name} came back without ${path}`),
    ];
  });
}

function releasedTooEarly({ events, before }: Transition): readonly string[] {
  return events.flatMap((event): readonly string[] => {
    if (event.type !== 'holdsReleased') return [];
    const { state } = versionById(before.store, event.versionId);
    const early =
      state.kind === 'PENDING_DELETION' && retainedUntil(before.store, event.versionId) > before.store.now;
    return early
      ? [`${nameOfVersion(before.store, event.versionId)} is released before its retention has passed`]
      : [];
  });
}

function refusedOtherwise(
  { choice, before, refusal }: Transition,
  exploration: Exploration,
): readonly string[] {
  const move = moveOf(exploration, before, choice);
  if (move.kind !== 'command' || move.refused === null || move.refused === refusal?.code) return [];
  const actual = refusal === null ? 'it went through' : `it was refused with ${refusal.code}`;
  return [`${move.text} should be refused with ${move.refused}, but ${actual}`];
}

function leaked(end: Store): readonly string[] {
  if (missingRequirements(end.settings).length > 0) return [];
  const held = holdersOfAll(end);
  return [...end.bucket.blobs.unorderedRows()]
    .filter(({ key, current }) => {
      const objectId = key as ObjectId;
      return current && !held.has(objectId) && !end.outOfBand.has(objectId);
    })
    .map(({ key }) => `the object ${digestOfObjectId(key as ObjectId)} is stored, but nothing holds it`);
}
