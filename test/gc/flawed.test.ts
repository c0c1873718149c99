import { describe, expect, test } from 'vitest';
import { isStored } from '../../src/bucket/bucket.ts';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import type { StoreEvent } from '../../src/decider/event.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { collectorOf } from '../../src/gc/collector-of.ts';
import { nextStep } from '../../src/gc/steps.ts';
import { COLLECTOR_NAMES, type CollectorName, DEFAULT_SETTINGS } from '../../src/store/settings.ts';
import { emptyStore, type Store } from '../../src/store/store.ts';
import {
  begin,
  clock,
  commit,
  log,
  release,
  remove,
  removeWithAliases,
  restore,
  review,
  sweep,
} from '../support/stores/builders.ts';
import { objectId, versionId } from '../support/stores/names.ts';
import { plain } from '../support/stores/plain.ts';

const [v0, v1, v2] = [versionId('m:v0'), versionId('m:v1'), versionId('m:v2')];
const [cat, dog] = [objectId('m', 'cat'), objectId('m', 'dog')];
const crash = { type: 'crashGarbageCollection', afterSteps: null } as const;
const collect = { type: 'collect' } as const;

type Action = Command | typeof collect;

interface Ending {
  readonly store: Store;
  /** What the last command came to; of a collection, all of it. */
  readonly events: readonly StoreEvent[];
}

function played(collector: CollectorName, ...actions: readonly Action[]): Ending {
  const store = emptyStore({ ...DEFAULT_SETTINGS, collector });
  return actions.reduce<Ending>(({ store: before }, action) => done(before, action), { store, events: [] });
}

function done(store: Store, action: Action): Ending {
  if (action.type !== 'collect') {
    const outcome = decide(action, store);
    if (!outcome.ok) throw new Error(outcome.refusal.sentence);
    return { store: evolve(store, outcome.events), events: outcome.events };
  }
  let ending: Ending = { store, events: [] };
  for (let step = nextStep(store); step !== null; step = nextStep(ending.store)) {
    const { store: after, events } = done(ending.store, step);
    if (events.length === 0) throw new Error(`garbage collection makes no progress at ${step.type}`);
    ending = { store: after, events: [...ending.events, ...events] };
  }
  return ending;
}

const deleted = [log('m', { cat: '2MB', dog: '1MB' }), log('m', { dog: '1MB' }), remove('m:v0')] as const;
const due = [...deleted, clock('7d')] as const;
const gone = [log('m', { cat: '2MB' }), removeWithAliases('m:v0'), clock('7d'), review, release(v0)] as const;
const skipping = [
  log('m', { cat: '2MB' }),
  log('m', { dog: '1MB' }),
  log('m', { cat: '2MB' }),
  remove('m:v0'),
  clock('7d'),
] as const;
const uploading = [
  log('m', { cat: '2MB' }),
  begin('m', { cat: '2MB', dog: '1MB' }),
  removeWithAliases('m:v0'),
  clock('7d'),
] as const;

/** What is done, what a right collector then makes of it, and what the wrong one does. */
interface Difference {
  readonly what: string;
  readonly actions: readonly Action[];
  readonly right: (ending: Ending) => void;
  readonly wrong: (ending: Ending) => void;
}

const types = ({ events }: Ending) => events.map(({ type }) => type);
const stored = (...ids: readonly (typeof cat)[]) => {
  return ({ store }: Ending) => expect([cat, dog].filter((id) => isStored(store.bucket, id))).toEqual(ids);
};

const DIFFERENCES: Readonly<
  Record<Exclude<CollectorName, 'reference-counting' | 'mark-and-sweep'>, Difference>
> = {
  'deletes-at-once': {
    what: 'collects within the retention (DEL-15)',
    actions: [...deleted, collect],
    right: (ending) => expect(types(ending)).toEqual([]),
    wrong: (ending) =>
      expect(types(ending)).toEqual(['versionsReviewed', 'holdsReleased', 'objectSwept', 'versionClosed']),
  },
  'asks-neighbors-only': {
    what: 'takes what a version further on holds (GC-2)',
    actions: [...skipping, collect],
    right: stored(cat, dog),
    wrong: stored(dog),
  },
  'forgets-uploads': {
    what: 'takes what an upload was told is stored already (LOG-5, GC-3)',
    actions: [...uploading, collect],
    right: stored(cat, dog),
    wrong: stored(dog),
  },
  'counts-at-review': {
    what: 'takes what a version has come to hold since it looked (GC-9)',
    actions: [...gone, log('m', { cat: '2MB' }), sweep(cat)],
    right: (ending) => {
      expect(ending.events).toEqual([{ type: 'objectRetained', objectId: cat, holders: 1 }]);
      stored(cat)(ending);
    },
    wrong: (ending) => {
      expect(types(ending)).toEqual(['objectSwept']);
      stored()(ending);
    },
  },
  'not-resumable': {
    what: 'knows nothing after a crash of what it had begun (GC-8)',
    actions: [...gone, crash, collect],
    right: (ending) => {
      expect(types(ending)).toEqual(['objectSwept', 'versionClosed']);
      stored()(ending);
    },
    wrong: (ending) => {
      expect(types(ending)).toEqual([]);
      stored(cat)(ending);
    },
  },
  'ignores-restore': {
    what: 'releases what was restored since its review (DEL-15)',
    actions: [...due, review, restore('m:v0'), collect],
    right: (ending) => {
      expect(types(ending)).toEqual([]);
      stored(cat, dog)(ending);
    },
    wrong: (ending) => {
      expect(types(ending)).toEqual(['holdsReleased', 'objectSwept']);
      stored(dog)(ending);
    },
  },
};

const FLAWED = COLLECTOR_NAMES.filter((name) => name !== 'reference-counting' && name !== 'mark-and-sweep');

describe.each(FLAWED)('the collector %s', (name) => {
  const { what, actions, right, wrong } = DIFFERENCES[name];

  test(what, () => {
    right(played('reference-counting', ...actions));
    right(played('mark-and-sweep', ...actions));
    wrong(played(name, ...actions));
  });

  test.each(FLAWED.filter((other) => other !== name))(
    'does nothing else wrong, not even that of %s',
    (other) => {
      const { actions: otherwise, right: alsoRight } = DIFFERENCES[other];
      alsoRight(played(name, ...otherwise));
    },
  );

  test('acts like a correct one if nothing comes in between', () => {
    const whole: readonly Action[] = [...due, collect, removeWithAliases('m:v1'), clock('7d'), collect];
    const [flawed, sound] = [name, 'reference-counting' as const].map((by) => played(by, ...whole).store);
    const { settings: _flawed, ...one } = Object(plain(flawed));
    const { settings: _sound, ...other } = Object(plain(sound));
    expect(one).toEqual(other);
  });
});

describe('the collectors', () => {
  test('are there, one for each name, and no two are the same', () => {
    const collectors = COLLECTOR_NAMES.map((collector) => collectorOf({ collector }));
    expect(collectors.every((collector) => typeof collector.nextStep === 'function')).toBe(true);
    expect(new Set(collectors).size).toBe(COLLECTOR_NAMES.length);
  });

  test('forget nothing at a crash, but for the one that says so', () => {
    const forgetful = COLLECTOR_NAMES.filter((collector) => collectorOf({ collector }).forgetsAtCrash);
    expect(forgetful).toEqual(['not-resumable']);
    for (const collector of COLLECTOR_NAMES) {
      const { store } = played(collector, ...gone, crash);
      const { reviewed, released, unreferenced } = store.garbageCollection;
      const sizes = collector === 'not-resumable' ? [0, 0, 0] : [0, 1, 1];
      expect([reviewed.size, released.size, unreferenced.size], collector).toEqual(sizes);
    }
  });

  test.each(COLLECTOR_NAMES)('leave an empty store alone: %s', (collector) => {
    expect(nextStep(played(collector).store)).toBeNull();
    expect(collectorOf({ collector }).due(played(collector).store)).toBeNull();
  });

  test.each(['reference-counting', 'mark-and-sweep'] as const)(
    '%s keeps what a commit comes to hold',
    (collector) => {
      const ending = played(
        collector,
        ...uploading,
        collect,
        commit(v1),
        removeWithAliases('m:v1'),
        clock('7d'),
        collect,
      );
      stored()(ending);
      expect(ending.store.versions.get(v2)).toBeUndefined();
    },
  );
});
