import { describe, expect, test } from 'vitest';
import { explore } from '../../src/explore/explore.ts';
import { collectedToTheEnd, PROPERTIES } from '../../src/explore/properties.ts';
import { follow } from '../../src/explore/transitions.ts';
import type { CollectorName } from '../../src/store/settings.ts';
import { explorationIn, guilt, searched, searchPlainly, size, unmet } from '../narration/answers/searched.ts';
import { PATIENCE_MS } from '../support/property-runs.ts';

/** A version with two files is deleted, of which a younger one has one; then these actors come. */
function story(together: string, { crashes = 0, retention = '0s' } = {}): string {
  return `title: A small story
server: { retention: ${retention} }
given:
  - { log: m, files: { a: 1MB, b: 1MB } }
  - { log: m, files: { b: 1MB } }
steps:
  - { delete: "m:v0" }
together:
${together}
crashes: ${crashes}
`;
}

const UPLOADER = 'uploader: [{ begin: m, id: up, files: { a: 1MB, c: 1MB } }, { commit: up }]';
const DELETER = 'deleter: [{ restore: "m:v0" }, { delete: "m:v0" }]';
const UPLOAD = story(`  ${UPLOADER}\n  collector: [collect, collect]`);
const RESTORE = story(`  ${DELETER}\n  collector: [collect, collect]`);
const CRASH = story('  deleter: [{ delete: "m:v1", deleteAliases: true }]\n  collector: [collect, collect]', {
  crashes: 1,
});
const ALL_OF_IT = story(`  ${UPLOADER}\n  ${DELETER}\n  collector: [collect, collect]`, { crashes: 1 });
const WITHIN_RETENTION = story('  collector: [collect]', { retention: '7d' });
const SKIPPING = `title: A file that skips a version
server: { retention: 0s }
given: [{ log: m, files: { a: 1MB } }, { log: m, files: { b: 1MB } }, { log: m, files: { a: 1MB } }]
steps: [{ delete: "m:v0" }]
together: { collector: [collect] }
`;

const RIGHT = ['reference-counting', 'mark-and-sweep'] as const;
const NOT_BROKEN_OFF = 'an interrupted garbage collection continues';
const NOT_SHARED = 'two versions share a file';
const LACKS = 'no committed version lacks a file';
const UNLISTED = 'every out-of-band change is recorded';
const MISCOUNTED = 'holder counts match a recount';
const MISQUEUED = 'the queues match what is waiting';
const TOO_EARLY = 'a version can be restored until its retention has passed';
const LEAKED = 'no unreferenced object is left';

/** A story; how many states, transitions and orders there are; what is not met on the way. */
const RIGHT_ROWS = [
  ['an uploader who shares a file', UPLOAD, [18, 27, 19], [NOT_BROKEN_OFF]],
  ['a deleter who restores first', RESTORE, [26, 35, 16], [NOT_SHARED, NOT_BROKEN_OFF]],
  ['a crash of the collector anywhere', CRASH, [59, 80, 42], [NOT_SHARED]],
  ['all of them', ALL_OF_IT, [153, 336, 1_554], []],
] as const;

describe.each(RIGHT)('under %s', (collector) => {
  test.each(RIGHT_ROWS)(
    '%s breaks no property, searched to its end',
    { timeout: PATIENCE_MS },
    (_name, text, expected, missing) => {
      const result = searched(text, collector);
      expect(guilt(result)).toEqual({});
      expect(result.verdicts.map(({ property }) => property)).toEqual(PROPERTIES);
      expect(unmet(result)).toEqual(missing);
      expect(result.bound).toBeNull();
      expect(size(result)).toEqual(expected);
    },
  );

  test.each([
    ['a collector that comes within the retention', WITHIN_RETENTION],
    ['a file that skips a version', SKIPPING],
  ])('%s breaks none either', (_name, text) => {
    expect(guilt(searched(text, collector))).toEqual({});
  });
});

/** A collector that is wrong on purpose, a story, and each property that it breaks there, after how many steps. */
const FLAWED: readonly (readonly [CollectorName, string, Readonly<Record<string, number>>])[] = [
  ['deletes-at-once', WITHIN_RETENTION, { [TOO_EARLY]: 2 }],
  ['asks-neighbors-only', SKIPPING, { [LACKS]: 3, [UNLISTED]: 3 }],
  ['forgets-uploads', UPLOAD, { [UNLISTED]: 4, [LACKS]: 5 }],
  ['counts-at-review', UPLOAD, { [UNLISTED]: 4, [LACKS]: 5 }],
  ['not-resumable', CRASH, { [MISQUEUED]: 2, [MISCOUNTED]: 3, [LEAKED]: 5 }],
  ['ignores-restore', RESTORE, { [MISCOUNTED]: 3, [LACKS]: 4 }],
];

describe('of the deliberately flawed collectors', () => {
  test.each(FLAWED)(
    '%s is found guilty, by a shortest way',
    { timeout: PATIENCE_MS },
    (collector, text, broken) => {
      const exploration = explorationIn(text, collector);
      const result = explore(exploration);
      expect(guilt(result)).toEqual(broken);
      expect(result.bound).toBeNull();
      for (const [name, steps] of Object.entries(broken)) {
        expect([...searchPlainly(exploration, steps - 1).broken.keys()]).not.toContain(name);
        expect(searchPlainly(exploration, steps).broken.get(name)).toBe(steps);
      }
    },
  );
});

describe('a counterexample', () => {
  test.each(FLAWED)('of %s ends in what is wrong, and not before', (collector, text) => {
    const exploration = explorationIn(text, collector);
    for (const { property, counterexample } of explore(exploration).verdicts) {
      if (counterexample === null || !('broken' in property)) continue;
      const way = follow(exploration, counterexample.choices);
      const wrong = way.map((transition) =>
        property.kind === 'always' ? property.broken(transition, exploration) : [],
      );
      const last = way.at(-1)?.after.store ?? exploration.start;
      const atTheEnd = property.kind === 'always' ? wrong.at(-1) : property.broken(collectedToTheEnd(last));
      expect(wrong.slice(0, -1).flat()).toEqual([]);
      expect(atTheEnd).toEqual(counterexample.wrong);
      expect(counterexample.wrong).not.toEqual([]);
    }
  });

  test('leaves out actors that do not matter, even if the search lets them go first', () => {
    const bystanders = ['  ann: [{ log: x }, { log: x, files: { c: 1MB } }]', '  bob: [{ log: y }]'].join(
      '\n',
    );
    const crowded = story(`${bystanders}\n  ${DELETER}\n  collector: [collect]`);
    const exploration = explorationIn(crowded, 'ignores-restore');
    const result = explore(exploration);
    expect(result.states).toBeLessThan(explore(exploration, { prune: false }).states);
    expect(guilt(result)).toEqual({ [MISCOUNTED]: 3, [LACKS]: 4 });
  });
});

describe('a story that begins broken', () => {
  // The wrong collector has released v0 although it was restored, and so it counts too few holders of b.
  const broken = (more: string, together: string) => `title: A broken beginning
server: { retention: 0s, collector: ignores-restore }
given: [{ log: m, files: { a: 1MB, b: 1MB } }, { log: m, files: { b: 1MB } }, { delete: "m:v0" }]
steps: [{ collect: step }, { restore: "m:v0" }, collect${more}]
together:
${together}
`;

  test('is reported before its first step', () => {
    const result = searched(broken('', '  ann: [{ log: m, files: { c: 1MB } }]\n  collector: [collect]'));
    expect(guilt(result)).toEqual({ [LACKS]: 0, [MISCOUNTED]: 0 });
  });

  test('goes no further where the model comes upon what it takes for impossible', () => {
    const deleted = ', { delete: "m:v0" }, { delete: "m:v1", deleteAliases: true }';
    const right = '{ server: { collector: reference-counting } }';
    const stuck = `${deleted}, { collect: step }, { collect: step }, ${right}`;
    const collector = '  collector: [collect]';
    expect(() => searched(broken(stuck, collector))).not.toThrow();
    expect(searched(broken(stuck, collector)).states).toBe(1);
    expect(guilt(searched(broken(stuck, collector)))).toHaveProperty([MISCOUNTED], 0);
  });
});
