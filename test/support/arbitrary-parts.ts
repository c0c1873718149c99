import fc from 'fast-check';
import type { Filter } from '../../src/lifecycle/filter.ts';
import type { ManifestEntry } from '../../src/store/manifest.ts';
import { INHERITED, parseTtl, type RequestedTtl } from '../../src/store/time-to-live.ts';
import { digestOfName } from '../../src/values/digest.ts';
import type { ProjectName, RunName } from '../../src/values/names.ts';
import { bytes, type Seconds, seconds } from '../../src/values/units.ts';
import type { Again, CollectionPick, Details, Nth, RunPick, VersionPick } from './history.ts';
import { collectionNamed } from './names.ts';
import { mostly } from './user-texts.ts';

/** In seconds. */
export const HOUR = 3_600;
/** In seconds. */
export const DAY = 24 * HOUR;

/** The few contents that there are, by name, with their sizes: few, so that versions share them. */
export const CONTENTS: ReadonlyMap<string, number> = new Map([
  ['cat', 2_000_000],
  ['dog', 1_000_000],
  ['rat', 3_000_000],
  ['ant', 1],
  ['nothing', 0],
]);

const SEQUENCES = ['animals', 'plants', 'lab/animals', 'rival/demo/animals'].map(collectionNamed);
const PORTFOLIOS = ['models/prod', 'models/stage'].map(collectionNamed);

/** A file of one of the few contents. */
export function fileOf(path: string, contentName: string, sizeBytes: number): ManifestEntry {
  return { kind: 'file', path, digest: digestOfName(contentName), sizeBytes: bytes(sizeBytes) };
}

/** The usual thing, `times` to one, or the unusual one, which shrinks to the usual one. */
export function mainly<Usual, Unusual>(
  usual: fc.Arbitrary<Usual>,
  unusual: fc.Arbitrary<Unusual>,
  times = 8,
): fc.Arbitrary<Usual | Unusual> {
  const both = [
    { weight: times, arbitrary: usual },
    { weight: 1, arbitrary: unusual },
  ] as const;
  return fc.oneof({ withCrossShrink: true }, ...both);
}

export const flag = fc.boolean();
/** True rather than false. */
export const often = mainly(fc.constant(true), fc.constant(false), 2);
export const pick: fc.Arbitrary<Nth> = fc.nat({ max: 40 });
export const fewPicks = fc.array(pick, { maxLength: 2 });

export const alias = mostly('best', 'prod', 'old', 'latest');
export const aliases = fc.array(alias, { maxLength: 3 });

export const artifactType = mainly(fc.constant(null), mostly('dataset', 'model', 'code', 'wandb-history'), 5);
const [animals, prod] = [collectionNamed('animals'), collectionNamed('models/prod')];
export const sequence = mainly(
  mainly(fc.constant(animals), fc.constantFrom(...SEQUENCES), 1),
  fc.constantFrom(...PORTFOLIOS),
  15,
);
export const portfolio = mainly(
  mainly(fc.constant(prod), fc.constantFrom(...PORTFOLIOS), 1),
  fc.constantFrom(...SEQUENCES),
  4,
);
/** An artifact collection that stands, and now and then one that may, or cannot. */
export const anyCollection: fc.Arbitrary<CollectionPick> = mainly(
  pick.map((at) => ({ at })),
  mainly(
    fc.constantFrom(...SEQUENCES, ...PORTFOLIOS),
    fc.record({ entity: mostly('team'), project: mostly('demo'), collection: mostly('animals') }),
    1,
  ).map((name) => ({ name })),
);

export const run: fc.Arbitrary<RunName> = fc
  .tuple(
    mainly(fc.constant('demo'), fc.constantFrom('lab', 'models'), 4),
    mostly('train-1', 'train-1', 'train-2'),
  )
  .map(([project, name]) => ({ entity: 'team', project, run: name }));
/** A run that stands, and now and then one that may, or cannot. */
export const anyRun: fc.Arbitrary<RunPick> = mainly(
  pick.map((at) => ({ at })),
  run.map((name) => ({ name })),
  4,
);
export const project: fc.Arbitrary<ProjectName> = fc.record({
  entity: mainly(fc.constant('team'), mostly('rival'), 6),
  project: mainly(fc.constantFrom('lab', 'models', 'demo'), mostly('demo'), 10),
});

/** A TTL as somebody writes it, right or wrong. */
export const ttl: fc.Arbitrary<RequestedTtl> = fc
  .oneof(
    { weight: 10, arbitrary: fc.constantFrom('1d', '3d', '20d', '1h', '90s', '1.5h') },
    { weight: 2, arbitrary: fc.constantFrom('none', 'inherit') },
    { weight: 1, arbitrary: fc.constantFrom('0s', '-1d', '5', 'forever', '1.5s', '9007199254740991s') },
    { weight: 1, arbitrary: mostly('2d') },
  )
  .map(parseTtl);

export const path = mostly('a', 'b', 'c', 'd/e');
const file = fc
  .tuple(path, fc.constantFrom(...CONTENTS))
  .map(([at, [name, size]]): ManifestEntry => fileOf(at, name, size));
const reference = fc
  .tuple(path, mostly('s3://elsewhere/1', 's3://elsewhere/2'))
  .map(([at, address]): ManifestEntry => {
    const sizeBytes = bytes(5_000_000);
    return { kind: 'reference', path: at, address, checksum: address, sizeBytes };
  });
/** The files of a version: none, or a few, several paths with one content among them. */
export const entries = fc.array(mainly(file, reference), { maxLength: 4 });
/** The same, and now and then a content that claims a size which is not its own. */
export const entriesThatMayLie = mainly(
  entries,
  fc.tuple(entries, path).map(([others, at]) => [...others, fileOf(at, 'cat', 7)]),
  20,
);

/** The content of a version that exists, best of one that is being deleted, best where it was. */
export const again: fc.Arbitrary<Again> = fc.record({
  at: pick,
  among: mainly(fc.constant('deleted'), fc.constant('ever'), 2),
  home: often,
});

export const details: fc.Arbitrary<Details> = fc.record({
  aliases: mainly(fc.constant([]), aliases, 2),
  tags: mainly(fc.constant([]), fc.array(mostly('nightly'), { maxLength: 2 }), 3),
  run: mainly(fc.constant(null), run, 2),
  ttl: mainly(fc.constant(INHERITED), ttl, 4),
});

export const version: fc.Arbitrary<VersionPick> = fc.record({
  among: mainly(
    fc.constant('committed'),
    fc.constantFrom('linked', 'linked', 'protected', 'deleted', 'ever'),
    4,
  ),
  at: pick,
  via: mainly(fc.constant(0), pick, 2),
});

export const duration: fc.Arbitrary<Seconds> = fc
  .oneof(
    fc.constantFrom(0, 1, 59, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 8 * DAY, 31 * DAY),
    fc.nat({ max: 21 * DAY }),
  )
  .map(seconds);

/** What a bulk deletion picks: each of the four conditions or not. */
export const filter: fc.Arbitrary<Filter> = fc.record({
  withoutAliases: mainly(fc.constant(false), fc.constant(true), 4),
  withAlias: mainly(fc.constant(null), alias, 4),
  olderThanSeconds: mainly(fc.constant(null), duration, 4),
  keepLast: mainly(fc.constant(null), fc.nat({ max: 4 }), 4),
});
