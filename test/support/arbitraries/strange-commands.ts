import fc from 'fast-check';
import type { Command } from '../../../src/decider/command.ts';
import type { Filter } from '../../../src/lifecycle/deletion/filter.ts';
import { type ManifestEntry, manifestOf, withExtra } from '../../../src/store/manifest.ts';
import { RUN_ENDS } from '../../../src/store/run.ts';
import { parseTtl } from '../../../src/store/time-to-live.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import { EMPTY_OBJECT, jsonObjectOf } from '../../../src/values/json.ts';
import type { CollectionName, ProjectName, RunName, Selector } from '../../../src/values/names.ts';
import { bytes, seconds } from '../../../src/values/units.ts';
import { json } from '../stores/json.ts';
import { flag, mainly, metadata } from './parts.ts';
import { userText } from './texts.ts';

// Half of each name is one that exists, so that the odd half is looked at too.
const textOr = (...plain: readonly [string, ...string[]]) => mainly(fc.constantFrom(...plain), userText, 1);
const texts = fc.array(userText, { maxLength: 3 });

const collection: fc.Arbitrary<CollectionName> = fc.record({
  entity: textOr('team', 'team', 'rival'),
  project: textOr('demo', 'demo', 'models', 'lab'),
  collection: textOr('animals', 'animals', 'plants', 'prod'),
});

const project: fc.Arbitrary<ProjectName> = fc.record({
  entity: textOr('team', 'team', 'rival'),
  project: textOr('demo', 'demo', 'models', 'lab'),
});

const run: fc.Arbitrary<RunName> = fc.record({
  entity: textOr('team'),
  project: textOr('demo'),
  run: textOr('train-1', 'train-2'),
});

const selector: fc.Arbitrary<Selector> = fc.oneof(
  fc.record({ kind: fc.constant('index'), index: fc.oneof(fc.nat({ max: 3 }), fc.maxSafeNat()) }),
  fc.record({ kind: fc.constant('alias'), alias: textOr('latest', 'best') }),
);
const version = fc.record({ collection, selector });

const size = fc.oneof(fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER), fc.maxSafeNat()).map(bytes);
const entry: fc.Arbitrary<ManifestEntry> = fc.oneof(
  fc.tuple(userText, userText, size).map(
    ([path, content, sizeBytes]): ManifestEntry => ({
      kind: 'file',
      path,
      digest: digestOfName(content),
      sizeBytes,
    }),
  ),
  fc.record({
    kind: fc.constant('reference'),
    path: userText,
    address: fc.oneof(
      userText,
      userText.map((at) => `wandb-artifact://${at}`),
      userText.map((at) => `wandb-artifact://animals:v0/${at}`),
    ),
    checksum: userText,
    sizeBytes: size,
  }),
);
const extra = fc.constantFrom({}, { etag: 'x' }, { etag: 'y' }).map(json);
const entries = fc.array(
  fc.tuple(entry, extra).map(([given, said]) => withExtra(given, said)),
  { maxLength: 3 },
);
const filter: fc.Arbitrary<Filter> = fc.record({
  withoutAliases: flag,
  withAlias: fc.option(textOr('best')),
  olderThanSeconds: fc.option(fc.nat({ max: 30 * 86_400 }).map(seconds)),
  keepLast: fc.option(fc.nat({ max: 4 })),
});
const details = {
  aliases: texts,
  tags: texts,
  run: fc.option(run),
  ttl: textOr('1d', 'inherit').map(parseTtl),
};
const newVersion = {
  collection,
  artifactType: fc.option(userText),
  manifest: entries.map(manifestOf),
  ...details,
};
// Mostly nobody in particular; otherwise people whom the history knows, and others.
const by = mainly(fc.constant(null), textOr('ann', 'bob', 'vera', 'rita'), 3);

const asked: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    type: fc.constant('logVersion'),
    ...newVersion,
  }),
  fc.record(
    {
      type: fc.constant('beginVersion'),
      ...newVersion,
      clientIds: texts,
      announced: fc.constantFrom(null, manifestOf([]).digest),
    },
    { requiredKeys: ['type', 'collection', 'artifactType', 'manifest', 'aliases', 'tags', 'run', 'ttl'] },
  ),
  fc.record({ type: fc.constant('logDraft'), base: version, add: entries, remove: texts, ...details }),
  fc.record({ type: fc.constant('editAliases'), version, add: texts, remove: texts, protect: texts }),
  fc.record({
    type: fc.constant('setFacts'),
    version,
    facts: fc.record(
      {
        description: fc.option(userText),
        metadata: metadata.map((given) => jsonObjectOf(given) ?? EMPTY_OBJECT),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    type: fc.constant('describeCollection'),
    collection,
    facts: fc.record({ description: fc.option(userText), tags: texts }, { requiredKeys: [] }),
  }),
  fc.record({ type: fc.constant('renameCollection'), collection, to: textOr('animals', 'plants', 'prod') }),
  fc.record({
    type: fc.constant('changeCollectionType'),
    collection,
    artifactType: textOr('dataset', 'model'),
  }),
  fc.record({ type: fc.constant('linkVersion'), version, to: collection, aliases: texts }),
  fc.record({ type: fc.constant('unlinkVersion'), link: version }),
  fc.record({ type: fc.constant('useVersion'), version, run }),
  fc.record({ type: fc.constant('startRun'), run, facts: fc.record({ displayName: userText, tags: texts }) }),
  fc.record({
    type: fc.constant('setRunFacts'),
    run,
    facts: fc.record({ group: userText, notes: userText }),
  }),
  fc.record({ type: fc.constant('finishRun'), run, state: fc.constantFrom(...RUN_ENDS) }),
  fc.record({
    type: fc.constant('deleteVersion'),
    target: fc.record({ by: fc.constant('name'), name: version }),
    deleteAliases: flag,
  }),
  fc.record({ type: fc.constant('deleteCollection'), collection }),
  fc.record({
    type: fc.constant('deleteMatching'),
    collection,
    where: fc.tuple(filter, fc.option(userText)).map(([where, withAlias]) => ({ ...where, withAlias })),
    deleteAliases: flag,
  }),
  fc.record({ type: fc.constant('deleteRun'), run, artifacts: flag }),
  fc.record({ type: fc.constant('deleteProject'), project }),
  fc.record({ type: fc.constantFrom('restoreVersion', 'recoverVersion'), version }),
  fc.record({ type: fc.constant('setTtl'), version, ttl: textOr('1d', 'none', 'inherit').map(parseTtl) }),
  fc.record({
    type: fc.constant('setTeamTtl'),
    ttl: textOr('1d', 'none').map(parseTtl),
    membersMaySetTtl: fc.option(flag),
  }),
  fc.record({
    type: fc.constantFrom('deleteOutOfBand', 'undeleteOutOfBand'),
    file: fc.record({ version, path: textOr('a', 'b') }),
  }),
  fc.record({
    type: fc.constant('changeSettings'),
    changes: fc
      .array(fc.record({ name: userText, value: userText }), { maxLength: 2 })
      .map((env) => ({ env })),
  }),
  fc.record({ type: fc.constantFrom('expireVersions', 'abandonStaleUploads', 'dropCopies') }),
  fc.record({ type: fc.constant('moveClock'), bySeconds: fc.maxSafeNat().map(seconds) }),
);

/** Commands whose every text is any text at all; none names by its id what was never handed out. */
export const strangeCommand: fc.Arbitrary<Command> = fc
  .tuple(asked, by)
  .map(([command, who]) => (who === null ? command : { ...command, by: who }));
