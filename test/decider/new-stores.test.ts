import fc from 'fast-check';
import { isDraft, isDraftable, produce } from 'immer';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decider/decide.ts';
import type { StoreEvent } from '../../src/decider/event.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { isCommand } from '../../src/simulator/action.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import { sortedKeysOf } from '../../src/values/sorted-table.ts';
import { tableOf } from '../../src/values/table.ts';
import { histories } from '../support/arbitraries/histories.ts';
import { recordActions, simulatorFor } from '../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { alias, log, server, setTeamTtl } from '../support/stores/builders.ts';
import { canonical } from '../support/stores/canonical-summary.ts';
import { given } from '../support/stores/given.ts';
import { collectionId, versionId } from '../support/stores/names.ts';
import { unfrozen } from '../support/stores/plain.ts';

describe('trap 5: Immer copies and freezes what it looks into', () => {
  const row = { inner: { list: [1] } };
  const tables = {
    'a table': tableOf([['a', row] as const]),
    'a sorted table': sortedKeysOf([1, 2]),
  };

  test.each(Object.entries(tables))(
    'so that %s is a value to it, which a draft gives as it is',
    (_, table) => {
      expect(isDraftable(table)).toBe(false);
      const after = produce({ table, count: 0 }, (draft) => {
        expect(isDraft(draft.table)).toBe(false);
        expect(draft.table).toBe(table);
        draft.count += 1;
      });
      expect(after.table).toBe(table);
    },
  );

  test('every field of a store that is neither a small record nor a figure is such a value', () => {
    const { bucket, garbageCollection, people, settings, bucketFaults, ...rest } = emptyStore();
    const drafted = [rest, bucket, garbageCollection, people].flatMap((record) =>
      Object.entries(record).filter(([, part]) => isDraftable(part)),
    );
    expect(drafted).toEqual([]);
    expect([bucket, garbageCollection, people, settings, bucketFaults].every(isDraftable)).toBe(true);
  });

  test('freezes no rows: the table froze them when they were added, and the store the rest', () => {
    const { store } = given(
      log('animals', { cat: '2MB' }),
      server({ collector: 'mark-and-sweep' }),
      setTeamTtl('3d'),
    );
    expect(unfrozen(store)).toEqual([]);
  });
});

describe('a new store', () => {
  const { store } = given(log('animals', { cat: '2MB' }), log('plants', { fern: '1MB' }));

  test('is the previous store if no event changes anything', () => {
    const kept: StoreEvent = { type: 'ttlKept', versionId: versionId('animals:v0'), by: 'bob' };
    expect(evolve(store, [])).toBe(store);
    expect(evolve(store, [kept, kept])).toBe(store);
  });

  test('has the tables and the small records of the one before that no event changes', () => {
    const decision = decide(alias('animals:v0', { add: ['__proto__'] }), store);
    if (!decision.ok) throw new Error(decision.refusal.sentence);
    const after = evolve(store, decision.events);
    const changed = Object.keys(store).filter(
      (field) => after[field as keyof Store] !== store[field as keyof Store],
    );
    expect(changed.sort()).toEqual(['collections', 'versions']);
    expect(after.collections.get(collectionId('plants'))).toBe(store.collections.get(collectionId('plants')));
  });
});

test(
  'the events of many commands come to the same at once as one after the other, and leave the store before as it was',
  () => {
    const property = fc.property(histories(30), fc.integer({ min: 1, max: 12 }), (history, length) => {
      const commands = recordActions(history).filter(isCommand);
      let single = simulatorFor(history).store;
      for (let from = 0; from < commands.length; from += length) {
        const before = single;
        const stood = canonical(before);
        const events: StoreEvent[] = [];
        for (const command of commands.slice(from, from + length)) {
          // Without the waits between them, there may be no version that a command names by its id.
          if ('versionId' in command && !single.versions.has(command.versionId)) continue;
          const decision = decide(command, single);
          if (!decision.ok) continue;
          single = evolve(single, decision.events);
          events.push(...decision.events);
        }
        const atOnce = evolve(before, events);
        expect(canonical(atOnce)).toBe(canonical(single));
        expect(unfrozen(atOnce)).toEqual([]);
        expect(canonical(before)).toBe(stood);
      }
    });
    fc.assert(property, runs(60));
  },
  PATIENCE_MS,
);
