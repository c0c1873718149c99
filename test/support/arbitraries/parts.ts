import fc from 'fast-check';
import type { StoryFile, StoryFiles, WhereBlock } from '../histories/story-step.ts';
import type { ContentPick, Nth, VersionPick } from '../histories/world.ts';
import { mostly } from './texts.ts';

/** In seconds. */
export const HOUR = 3_600;
/** In seconds. */
export const DAY = 24 * HOUR;

/** The few contents that there are, by name, with their sizes: few, so that versions share them. */
export const CONTENTS: ReadonlyMap<string, string> = new Map([
  ['cat', '2MB'],
  ['dog', '1MB'],
  ['rat', '3MB'],
  ['ant', '1B'],
  ['nothing', '0B'],
]);

const SEQUENCES = ['animals', 'plants', 'lab/animals', 'rival/demo/animals'] as const;
const PORTFOLIOS = ['models/prod', 'models/stage'] as const;

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
const nothing = fc.constant(undefined);

export const alias = mostly('best', 'prod', 'old', 'latest');
export const aliases = fc.array(alias, { maxLength: 3 });

export const artifactType = mainly(nothing, mostly('dataset', 'model', 'code', 'wandb-history'), 5);
export const sequence = mainly(
  mainly(fc.constant('animals'), fc.constantFrom(...SEQUENCES), 1),
  fc.constantFrom(...PORTFOLIOS),
  15,
);
export const portfolio = mainly(
  mainly(fc.constant('models/prod'), fc.constantFrom(...PORTFOLIOS), 1),
  fc.constantFrom(...SEQUENCES),
  4,
);
/** An artifact collection that exists, and now and then one that may, or cannot. */
export const anyCollection: fc.Arbitrary<Nth | string> = mainly(
  pick,
  mainly(
    fc.constantFrom(...SEQUENCES, ...PORTFOLIOS),
    fc.tuple(mostly('team'), mostly('demo'), mostly('animals')).map((parts) => parts.join('/')),
    1,
  ),
);

export const run = fc
  .tuple(
    mainly(fc.constant(''), fc.constantFrom('lab/', 'models/'), 4),
    mostly('train-1', 'train-1', 'train-2'),
  )
  .map((parts) => parts.join(''));
/** A run that exists, and now and then one that may, or cannot. */
export const anyRun: fc.Arbitrary<Nth | string> = mainly(pick, run, 4);
export const project = fc
  .tuple(
    mainly(
      fc.constant(''),
      mostly('rival').map((entity) => `${entity}/`),
      6,
    ),
    mainly(fc.constantFrom('lab', 'models', 'demo'), mostly('demo'), 10),
  )
  .map((parts) => parts.join(''));

/** A TTL as somebody writes it, right or wrong. */
export const ttl: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom('1d', '3d', '20d', '1h', '90s', '1.5h') },
  { weight: 2, arbitrary: fc.constantFrom('none', 'inherit') },
  { weight: 1, arbitrary: fc.constantFrom('0s', '-1d', '5', 'forever', '1.5s', '9007199254740991s') },
  { weight: 1, arbitrary: mostly('2d') },
);

export const path = mostly('a', 'b', 'c', 'd/e');
const file = fc.constantFrom(...CONTENTS).map(([name, size]): StoryFile => `${size} of ${name}`);
const reference = mostly('s3://elsewhere/1', 's3://elsewhere/2').map((ref): StoryFile => {
  const known = { ref, size: '5MB' };
  return ref.endsWith('2') ? { ...known, extra: { etag: 'x', 'a/b': [null] } } : known;
});
/** The files of a version: none, or a few, several paths with one content among them. */
export const files: fc.Arbitrary<StoryFiles> = fc
  .array(fc.tuple(path, mainly(file, reference)), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));
/** A content with a size that is not its own. */
export const LIE = '7B of cat';
/** The same, and now and then a content that claims a size which is not its own. */
export const filesThatMayLie = mainly(
  files,
  fc.tuple(files, path).map(([others, at]): StoryFiles => ({ ...others, [at]: LIE })),
  20,
);

/** The content of a version that exists, preferably of one that is being deleted. */
export const again: fc.Arbitrary<ContentPick> = fc.record({
  among: mainly(fc.constant('deleted'), fc.constant('ever'), 2),
  at: pick,
});

export const description = mostly('mine', 'yours');
/** A JSON object with any key. */
export const metadata = fc.dictionary(mostly('score', '__proto__'), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 2,
});

/** What every way of logging gives beside the files. */
export const details = fc.record({
  aliases: mainly(nothing, aliases, 2),
  tags: mainly(nothing, fc.array(mostly('nightly'), { maxLength: 2 }), 3),
  description: mainly(nothing, description, 4),
  metadata: mainly(nothing, metadata, 4),
  'history step': mainly(nothing, fc.nat(), 6),
  run: mainly(nothing, run, 2),
  ttl: mainly(nothing, ttl, 4),
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

export const duration = fc.oneof(
  fc.constantFrom('0s', '1s', '59s', '1h', '6h', '1d', '3d', '7d', '8d', '31d'),
  fc.nat({ max: 21 * DAY }).map((seconds) => `${seconds}s`),
);

/** What a bulk deletion picks: each of the four conditions or not. */
export const where: fc.Arbitrary<{ [Key in keyof WhereBlock]: WhereBlock[Key] | undefined }> = fc.record({
  without: mainly(nothing, fc.constant('aliases'), 4),
  with: mainly(nothing, alias, 4),
  'older than': mainly(nothing, duration, 4),
  'keep last': mainly(nothing, fc.nat({ max: 4 }), 4),
});
