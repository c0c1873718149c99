import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { why } from '../../src/insight/why.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { versionsOf } from '../../src/store/holders.ts';
import { find } from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import { objectIdOf } from '../../src/store/stored-object.ts';
import { aliasesOf } from '../../src/store/version.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import {
  alias,
  clock,
  expire,
  log,
  remove,
  restore,
  setTeamTtl,
  setTtl,
} from '../support/stores/builders.ts';
import { fileNamed, versionNamed } from '../support/stores/names.ts';
import { Baseline } from './baseline.ts';
import { onBaseline } from './baseline-player.ts';
import { baselineWhy } from './baseline-why.ts';
import { onLimbo } from './limbo.ts';
import { operationsOf } from './operations.ts';
import { SHAPES, Workload } from './workload.ts';

const NAMES = ['animals', 'models', 'tables'] as const;
const PATHS = ['a', 'b', 'c'] as const;

const name = fc.constantFrom(...NAMES);
const selector = fc.oneof(
  fc.nat({ max: 6 }).map((index) => `v${index}`),
  fc.constantFrom('latest', 'best', 'first'),
);
const version = fc.tuple(name, selector).map(([collection, text]) => `${collection}:${text}`);
const aliases = fc.array(fc.constantFrom('best', 'first', 'latest', 'v1', 'a/b'), { maxLength: 2 });
const ttl = fc.constantFrom('1d', '3d', 'none', 'inherit', '0s');
// One content has one size, and is often there twice, or in several versions.
const content = fc.constantFrom('1MB one', '2MB two', '3MB three', '4MB four');
const files = fc
  .array(fc.tuple(fc.constantFrom(...PATHS), content), { maxLength: 3 })
  .map((entries) => Object.fromEntries(entries));
const type = fc.option(fc.constantFrom('dataset', 'dataset', 'dataset', 'job'), { nil: undefined });

const command: fc.Arbitrary<Command | 'collect'> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(name, files, aliases, type, fc.option(ttl, { nil: undefined }))
      .map(([collection, logged, given, artifactType, lifetime]) =>
        log(collection, logged, {
          aliases: given,
          ...(artifactType === undefined ? {} : { type: artifactType }),
          ...(lifetime === undefined ? {} : { ttl: lifetime }),
        }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(version, aliases, aliases)
      .map(([of, add, taken]) => alias(of, { add, remove: taken })),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(version, fc.boolean()).map(([of, deleteAliases]) => remove(of, { deleteAliases })),
  },
  { weight: 3, arbitrary: version.map(restore) },
  { weight: 3, arbitrary: fc.tuple(version, ttl).map(([of, text]) => setTtl(of, text)) },
  { weight: 1, arbitrary: ttl.map((text) => setTeamTtl(text)) },
  { weight: 2, arbitrary: fc.constant(expire) },
  { weight: 3, arbitrary: fc.constantFrom('1d', '3d', '7d').map(clock) },
  { weight: 2, arbitrary: fc.constant('collect' as const) },
);

describe('The mutable baseline of the benchmark', { timeout: PATIENCE_MS }, () => {
  test('accepts the same commands as limbo and reaches the same figures, counts, states and aliases', () => {
    const property = fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const [simulator, baseline] = [new Simulator(), new Baseline()];
      for (const given of commands) {
        if (given === 'collect') {
          simulator.apply({ type: 'collectGarbage' });
          baseline.versions.collect();
        } else {
          expect(baseline.dispatch(given), given.type).toBe(simulator.apply(given).ok);
        }
        expect(seenOf(baseline)).toEqual(seenIn(simulator.store));
      }
      expect(answersOf(baseline)).toEqual(answersIn(simulator.store));
    });
    fc.assert(property, runs(200));
  });

  test.each(SHAPES)('comes to the same in the rounds that are measured, %s', (shape) => {
    const work = new Workload({ shape, versions: 40 });
    const baseline = new Baseline();
    let store = new Simulator().store;
    for (const commands of work.beginning()) {
      const action = { kind: 'commands', commands, jobs: commands.length } as const;
      store = onLimbo(store, action);
      onBaseline(baseline, action);
    }
    const beginning = { objects: store.objects.size, storedBytes: store.bucket.storedBytes };
    for (const round of [1, 2, 3]) {
      for (const { before, action } of operationsOf(work, round)) {
        const prepared = { kind: 'commands', commands: before, jobs: 0 } as const;
        store = onLimbo(onLimbo(store, prepared), action());
        onBaseline(baseline, prepared);
        onBaseline(baseline, action());
      }
      expect(seenOf(baseline).figures).toEqual(seenIn(store).figures);
      expect({ objects: store.objects.size, storedBytes: store.bucket.storedBytes }).toEqual(beginning);
    }
  });
});

/** What can be seen of a store, in plain values. */
interface Seen {
  readonly figures: {
    readonly storedBytes: number;
    readonly logicalBytes: number;
    readonly committed: number;
    readonly objects: number;
  };
  readonly versions: readonly (readonly [string, string, readonly string[]])[];
  readonly aliases: readonly (readonly [string, number])[];
  readonly holders: readonly (readonly [string, number])[];
}

function seenOf(baseline: Baseline): Seen {
  const sequences = [...baseline.sequences()];
  const objects = sequences.flatMap(({ name: { collection }, objects: all }) =>
    [...all].map(([digest, { holders }]) => [`${collection}/${digest}`, holders] as const),
  );
  const { storedBytes, logicalBytes, committed } = baseline.versions;
  return {
    figures: { storedBytes, logicalBytes, committed, objects: objects.length },
    versions: sorted(
      sequences.flatMap(({ name: { collection }, versions }) =>
        versions.map(
          ({ index, state, aliases: borne }) =>
            [`${collection}:v${index}`, state, [...borne].sort()] as const,
        ),
      ),
    ),
    aliases: sorted(
      sequences.flatMap(({ name: { collection }, aliases: all }) =>
        [...all].map(([text, { index }]) => [`${collection}:${text}`, index] as const),
      ),
    ),
    holders: sorted(objects),
  };
}

function seenIn(store: Store): Seen {
  const collections = [...store.collections.unorderedRows()];
  const versions = collections.flatMap(({ id, name: { collection } }) =>
    versionsOf(store, id).map((found) => [collection, found] as const),
  );
  const holders = new Map(
    versions.flatMap(([collection, { scope, manifest }]) =>
      manifest.entries.flatMap((entry): readonly (readonly [string, number])[] => {
        const object = entry.kind === 'file' ? store.objects.get(objectIdOf(scope, entry.digest)) : undefined;
        return object === undefined ? [] : [[`${collection}/${object.digest}`, object.holders]];
      }),
    ),
  );
  return {
    figures: {
      storedBytes: store.bucket.storedBytes,
      logicalBytes: store.logicalBytes,
      committed: versions.filter(([, { state }]) => state.kind === 'COMMITTED').length,
      objects: store.objects.size,
    },
    versions: sorted(
      versions.map(
        ([collection, found]) =>
          [`${collection}:v${found.index}`, found.state.kind, [...aliasesOf(found)].sort()] as const,
      ),
    ),
    aliases: sorted(
      collections.flatMap(({ name: { collection }, aliases: all }) =>
        all
          .sortedIds((left, right) => (left < right ? -1 : 1))
          .map((text) => [`${collection}:${text}`, all.get(text)?.index ?? -1] as const),
      ),
    ),
    holders: sorted([...holders]),
  };
}

const EVERY_NAME = NAMES.flatMap((collection) =>
  ['latest', 'best', 'first', 'v0', 'v1', 'v2', 'v3'].map((text) => `${collection}:${text}`),
);
const EVERY_FILE = EVERY_NAME.flatMap((of) => PATHS.map((path) => `${of}/${path}`));

function answersOf(baseline: Baseline): unknown {
  return {
    found: EVERY_NAME.map((text) => baseline.find(versionNamed(text))?.index ?? null),
    held: EVERY_FILE.map((text) => {
      const answer = baselineWhy(baseline, fileNamed(text));
      return answer?.holders.map(({ version: of, state }) => [of, state]) ?? null;
    }),
  };
}

function answersIn(store: Store): unknown {
  return {
    found: EVERY_NAME.map((text) => find(store, versionNamed(text))?.version.index ?? null),
    held: EVERY_FILE.map((text) => {
      const answer = why(store, fileNamed(text));
      return answer.kind === 'stored' ? answer.holders.map(({ version: of, state }) => [of, state]) : null;
    }),
  };
}

function sorted<Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort(([left], [right]) => (left < right ? -1 : 1));
}
