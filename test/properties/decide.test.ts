import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { isCommand } from '../../src/simulator/action.ts';
import { brokenInvariants } from '../../src/store/invariants/invariants.ts';
import { manifestOf } from '../../src/store/manifest.ts';
import { emptyStore } from '../../src/store/store.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { strangeCommand } from '../support/arbitraries/strange-commands.ts';
import { userText } from '../support/arbitraries/texts.ts';
import { recordActions, replayActions, simulatorAfter } from '../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { canonical } from '../support/stores/canonical-summary.ts';

describe('A decision', { timeout: PATIENCE_MS }, () => {
  test('is made, and leaves the store whole, whatever texts a command is full of', () => {
    const property = fc.property(
      histories(12),
      fc.array(strangeCommand, { maxLength: 12 }),
      (history, commands) => {
        let { store } = simulatorAfter(history);
        for (const command of commands) {
          const decision = decide(command, store);
          if (decision.ok) store = evolve(store, decision.events);
          expect(brokenInvariants(store)).toEqual([]);
        }
      },
    );
    fc.assert(property, runs(300));
  });

  test('is a function of the command and what the store holds', () => {
    const property = fc.property(
      histories(20),
      fc.array(strangeCommand, { maxLength: 4 }),
      (history, strange) => {
        const calls = recordActions(history);
        const { store } = replayActions(history, calls);
        const { store: baseline } = replayActions(history, calls);
        const commands = calls.flatMap((call) => (isCommand(call) ? [call] : []));
        for (const command of [...commands, ...strange]) {
          const decision = canonical(decide(command, store));
          expect(canonical(decide(command, store))).toBe(decision);
          expect(canonical(decide(command, baseline))).toBe(decision);
        }
      },
    );
    fc.assert(property, runs(150));
  });

  test('distinguishes any two names of an entity, a project, a collection or a run', () => {
    const property = fc.property(likeText, likeText, fc.constantFrom(...PLACES), (left, right, place) => {
      fc.pre(left !== right);
      const [inLeft, inRight] = [keysFrom(logAt(place, left)), keysFrom(logAt(place, right))];
      fc.pre(inLeft.length > 0 && inRight.length > 0);
      expect(inLeft, `${place} named otherwise`).not.toEqual(inRight);
    });
    fc.assert(property, runs(500));
  });
});

const PLACES = ['entity', 'project', 'collection', 'run'] as const;

// Texts that are nearly each other: few units, half characters among them, and what an encoder puts in their place.
const likeText = fc.oneof(
  userText,
  fc.string({ unit: fc.constantFrom('a', 'A', ' ', '🐈', '\ud83d', '\ud83e', '\ufffd'), maxLength: 3 }),
);

function logAt(place: (typeof PLACES)[number], text: string): Command {
  const owner = { entity: 'team', project: 'demo' };
  return {
    type: 'logVersion',
    collection: { ...owner, collection: 'animals', ...(place === 'run' ? {} : { [place]: text }) },
    artifactType: null,
    manifest: manifestOf([]),
    aliases: [],
    tags: [],
    run: { ...owner, run: place === 'run' ? text : 'train-1' },
    ttl: INHERITED,
  };
}

// The keys under which a new store would keep the collection and the run; none, where the name is refused.
function keysFrom(command: Command): readonly string[] {
  const decision = decide(command, emptyStore());
  if (!decision.ok) return [];
  return decision.events.flatMap((event): readonly string[] => {
    if (event.type === 'collectionCreated') return [event.collectionId];
    return event.type === 'lineageRecorded' ? [event.runId] : [];
  });
}
