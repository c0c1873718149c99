import { decide } from '../../../src/decider/decide.ts';
import type { GarbageCollectionStep } from '../../../src/gc/collector.ts';
import { collectionDue, nextStep } from '../../../src/gc/steps.ts';
import type { CollectorName } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { canonical } from '../stores/canonical-summary.ts';

/**
 * What two collectors decide differently on one and the same store: of every step of garbage
 * collection that there could be, at everything that there is; which kind of step is next; and when one is due.
 */
export function disagreements(store: Store, one: CollectorName, other: CollectorName): readonly string[] {
  const sides = [one, other].map((collector) => ({ ...store, settings: { ...store.settings, collector } }));
  const asked: readonly (readonly [string, (side: Store) => unknown])[] = [
    ['the next step', (side) => nextStep(side)?.type ?? null],
    ['when one is due', dueFromNow],
    ...everyStep(store).map((step) => [canonical(step), (side: Store) => decisionOn(step, side)] as const),
  ];
  return asked.flatMap(([what, answer]) => {
    const [left, right] = sides.map((side) => canonical(answer(side)));
    return left === right ? [] : [`${what}: ${one} says ${left}, ${other} says ${right}`];
  });
}

// What is overdue is due now.
function dueFromNow(store: Store): number | null {
  const due = collectionDue(store);
  return due === null ? null : Math.max(due, store.now);
}

function everyStep(store: Store): readonly GarbageCollectionStep[] {
  const { unreferenced } = store.garbageCollection;
  // Where an object waits that is held again, a close out of its turn waits too with the collector that counts, until
  // that object was looked at; the other sees at once that it is held. No rule says more, and both close in the end.
  const closing = ![...unreferenced.keys()].some(
    (objectId) => (store.objects.get(objectId)?.holders ?? 0) > 0,
  );
  const steps: GarbageCollectionStep[] = [{ type: 'reviewVersions' }];
  for (const { id: versionId } of store.versions.unorderedRows()) {
    steps.push({ type: 'releaseHolds', versionId });
    if (closing) steps.push({ type: 'closeVersion', versionId });
  }
  for (const { id: objectId } of store.objects.unorderedRows()) steps.push({ type: 'sweepObject', objectId });
  return steps;
}

// The lists within an event have an order of their own with each collector, and it means nothing.
function decisionOn(step: GarbageCollectionStep, store: Store): unknown {
  const decision = decide(step, store);
  if (!decision.ok) return decision.refusal.code;
  return decision.events.map((event) => {
    switch (event.type) {
      case 'versionsReviewed':
        return { ...event, versionIds: [...event.versionIds].sort() };
      case 'holdsReleased':
        return {
          ...event,
          stillHeld: [...event.stillHeld].sort(),
          unreferenced: [...event.unreferenced].sort(),
        };
      default:
        return event;
    }
  });
}
