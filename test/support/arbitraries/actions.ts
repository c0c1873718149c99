import fc from 'fast-check';
import { collectionById, nameOfVersion } from '../../../src/store/look-up.ts';
import type { ManifestEntry } from '../../../src/store/manifest.ts';
import { targetOf } from '../../../src/store/references/artifact-address.ts';
import { RUN_ENDS } from '../../../src/store/run.ts';
import { aliasesOf } from '../../../src/store/version.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import { shortCollectionName, shortRunName } from '../../../src/values/names.ts';
import { formatSize, seconds } from '../../../src/values/units.ts';
import type { HistoryStep } from '../histories/history.ts';
import type { Plan } from '../histories/resolve.ts';
import { compact, type StoryFile, type StoryFiles, type StoryStep } from '../histories/story-step.ts';
import { type ContentPick, type Nth, pickOf, type VersionPick, type World } from '../histories/world.ts';
import { actor, changes, faults } from './beginnings.ts';
import {
  again,
  alias,
  aliases,
  anyCollection,
  anyRun,
  artifactType,
  CONTENTS,
  DAY,
  description,
  details,
  duration,
  fewPicks,
  files,
  filesThatMayLie,
  flag,
  HOUR,
  mainly,
  metadata,
  often,
  path,
  pick,
  portfolio,
  project,
  run,
  sequence,
  ttl,
  version,
  where,
} from './parts.ts';
import { mostly } from './texts.ts';

type Loose = { readonly [Key in keyof StoryStep]: StoryStep[Key] | undefined };

/** An arbitrary plan of the one step that its random parts make in the world as it is then, or of none. */
function planned<Parts>(
  parts: { [Key in keyof Parts]: fc.Arbitrary<Parts[Key]> },
  step: (drawn: Parts, world: World) => Loose | undefined,
): fc.Arbitrary<Plan> {
  return fc.record(parts).map((drawn) => (world) => {
    const made = step(drawn as Parts, world);
    return made === undefined ? [] : [compact(made)];
  });
}

type Found = NonNullable<ReturnType<World['version']>>;

/** The same for a step about one of the versions that there are. */
function onVersion<Parts>(
  picked: fc.Arbitrary<VersionPick>,
  parts: { [Key in keyof Parts]: fc.Arbitrary<Parts[Key]> },
  step: (found: Found, drawn: Parts, world: World) => Loose | undefined,
): fc.Arbitrary<Plan> {
  return fc.tuple(picked, fc.record(parts)).map(([pickedOne, drawn]) => (world) => {
    const found = world.version(pickedOne);
    const made = found && step(found, drawn as Parts, world);
    return made === undefined ? [] : [compact(made)];
  });
}

/** The same for a step about one of the artifact collections that exist, mostly. */
function onCollection<Parts>(
  parts: { [Key in keyof Parts]: fc.Arbitrary<Parts[Key]> },
  step: (name: string, drawn: Parts) => Loose,
): fc.Arbitrary<Plan> {
  return fc.tuple(anyCollection, fc.record(parts)).map(([picked, drawn]) => (world) => {
    const name = typeof picked === 'string' ? picked : world.collection(picked);
    return name === undefined ? [] : [compact(step(name, drawn as Parts))];
  });
}

const NAMES = new Map([...CONTENTS.keys()].map((name) => [digestOfName(name) as string, name]));
const nothing = fc.constant(undefined);

const logOf = (given: fc.Arbitrary<StoryFiles>, content: fc.Arbitrary<ContentPick | undefined>) =>
  planned(
    {
      how: mainly(fc.constant('log'), fc.constant('begin'), 2),
      collection: sequence,
      type: artifactType,
      given,
      content,
      home: often,
      references,
      details,
    },
    (
      { how, collection, type, given: own, content: picked, home, references: some, details: rest },
      world,
    ) => {
      const model = picked && world.content(picked);
      const { name } = model && home ? collectionById(world.store, model.collectionId) : { name: undefined };
      const to = name === undefined ? collection : shortCollectionName(name);
      const files = model ? filesOf(model.manifest.entries, world) : { ...own, ...referencesIn(some, world) };
      return { [how]: to, files, type, ...rest };
    },
  );

// The history of a run has a content without a name.
function filesOf(entries: readonly ManifestEntry[], { store }: World): StoryFiles {
  return Object.fromEntries(
    entries.flatMap((entry): readonly (readonly [string, StoryFile])[] => {
      const size = formatSize(entry.sizeBytes);
      if (entry.kind === 'file') {
        const name = NAMES.get(entry.digest);
        return name === undefined ? [] : [[entry.path, `${size} of ${name}`]];
      }
      const target = targetOf(entry.address);
      if (target === undefined) return [[entry.path, { ref: entry.address, size }]];
      return [
        [entry.path, { ref: `wandb-artifact://${nameOfVersion(store, target.versionId)}/${target.path}` }],
      ];
    }),
  );
}

const references = mainly(
  fc.constant([]),
  fc.array(fc.record({ at: path, to: version, file: pick }), { minLength: 1, maxLength: 2 }),
  2,
);
// References to other versions, by any of their names; now and then to one that is deleted, or to no path.
function referencesIn(
  drawn: readonly { readonly at: string; readonly to: VersionPick; readonly file: Nth }[],
  world: World,
): StoryFiles {
  return Object.fromEntries(
    drawn.flatMap(({ at, to, file }) => {
      const found = world.version(to);
      if (found === undefined) return [];
      const target = pickOf(found.version.manifest.entries, file)?.path ?? 'none';
      return [[at, { ref: `wandb-artifact://${found.name}/${target}` }]];
    }),
  );
}

export const log = logOf(filesThatMayLie, mainly(nothing, again, 1));
export const honestLog = logOf(files, mainly(nothing, again, 1));
export const logAgain = logOf(files, again);
export const logLost = logOf(files, fc.record({ among: fc.constant('lacking'), at: pick }));

const linked = fc.record({ among: fc.constant('linked'), at: pick, via: pick });
const draftOf = (base: fc.Arbitrary<VersionPick>) =>
  onVersion(
    base,
    { add: files, remove: fewPicks, strange: mainly(nothing, path), details },
    ({ name, version: { manifest } }, { add, remove, strange, details: rest }) => {
      const paths = remove.flatMap((at) => pickOf(manifest.entries, at)?.path ?? []);
      return { draft: name, add, remove: strange === undefined ? paths : [...paths, strange], ...rest };
    },
  );
export const draft = draftOf(version);
export const draftOnLink = draftOf(linked);

export const endUpload = planned(
  { how: fc.constantFrom('commit', 'abandon'), at: pick },
  ({ how, at }, world) => {
    const versionId = world.versionIn('PENDING', at);
    return versionId && { [how]: world.idOf(versionId) };
  },
);

/** A begin with client ids, few enough that it continues other uploads; the digests are of no content that there is. */
export const beginNamed = planned(
  {
    begin: sequence,
    files: mainly(fc.constant({}), files, 1),
    'client ids': fc.array(mostly('one', 'two', 'three'), { minLength: 1, maxLength: 2 }),
    announced: fc.option(fc.constantFrom('none', 'none', '0'.repeat(32), 'f'.repeat(32)), { nil: undefined }),
    details,
  },
  ({ details: rest, ...named }) => ({ ...named, ...rest }),
);

export const addFiles = planned(
  { at: pick, files, run: mainly(nothing, run, 2) },
  ({ at, ...added }, world) => {
    const versionId = world.versionIn('PENDING', at);
    return versionId && { upload: world.idOf(versionId), ...added };
  },
);

export const editAliases = onVersion(
  version,
  { add: aliases, others: fc.array(alias, { maxLength: 1 }), own: fewPicks },
  (found, { add, others, own }) => {
    const existing = aliasesOf(found.version);
    return {
      alias: found.name,
      add,
      remove: [...others, ...own.flatMap((at) => pickOf(existing, at) ?? [])],
    };
  },
);
export const protect = onVersion(
  linked,
  { protect: fc.array(alias, { minLength: 1, maxLength: 2 }) },
  ({ name }, drawn) => ({ alias: name, ...drawn }),
);

export const describe = onVersion(
  version,
  {
    description: mainly(description, nothing, 1),
    metadata: mainly(nothing, metadata, 1),
    tags: mainly(nothing, fc.array(mostly('nightly'), { maxLength: 2 }), 2),
  },
  ({ name }, drawn) => ({ describe: name, ...drawn }),
);

export const describeCollection = onCollection(
  {
    description: mainly(mainly(description, fc.constant(''), 2), nothing, 2),
    tags: mainly(fc.array(mostly('nightly', 'EU west'), { maxLength: 3 }), nothing, 1),
  },
  (name, drawn) => ({ 'describe collection': name, ...drawn }),
);
/** Often to the name of one that exists, or that is deleted, or back to a former name. */
export const rename = onCollection({ to: mostly('animals', 'plants', 'prod', 'beasts') }, (name, drawn) => ({
  'rename collection': name,
  ...drawn,
}));
export const changeType = onCollection(
  { is: mainly(fc.constantFrom('dataset', 'model'), mostly('code', 'wandb-history'), 4) },
  (name, drawn) => ({ 'collection type': name, ...drawn }),
);

/** A link, whose aliases are protected at once now and then. */
export const link: fc.Arbitrary<Plan> = fc
  .record({
    version,
    to: portfolio,
    aliases,
    protect: mainly(nothing, fc.constantFrom(['latest'], ['prod', 'best']), 2),
  })
  .map(({ version: picked, to, aliases: put, protect: protectedOnes }) => (world) => {
    const found = world.version(picked);
    if (found === undefined) return [];
    const linking: StoryStep = { link: found.name, to, aliases: put };
    return protectedOnes === undefined
      ? [linking]
      : [linking, { alias: `${to}:latest`, protect: protectedOnes }];
  });
export const unlink = onVersion(linked, {}, ({ name }) => ({ unlink: name }));
export const startRun = planned(
  {
    run: anyRun,
    name: mainly(nothing, mostly('night', 'day')),
    tags: mainly(nothing, fc.array(mostly('nightly'), { maxLength: 2 }), 3),
    config: mainly(nothing, metadata, 3),
    state: mainly(nothing, fc.constantFrom('running', ...RUN_ENDS), 4),
  },
  ({ run: picked, ...facts }, world) => {
    const name = typeof picked === 'string' ? picked : world.runName(picked);
    return name === undefined ? undefined : { 'start run': name, ...facts };
  },
);
export const describeRun = planned(
  {
    run: anyRun,
    group: mainly(nothing, fc.constantFrom('night', null), 1),
    'job type': mainly(nothing, mostly('train'), 3),
    progress: mainly(nothing, metadata, 3),
    files: mainly(nothing, fc.constantFrom({}, { 'output.log': '1KB' }), 3),
  },
  ({ run: picked, ...facts }, world) => {
    const name = typeof picked === 'string' ? picked : world.runName(picked);
    return name === undefined ? undefined : { 'describe run': name, ...facts };
  },
);
export const finishRun = planned(
  { run: anyRun, state: mainly(nothing, fc.constantFrom(...RUN_ENDS), 1), byOwner: flag },
  ({ run: picked, state, byOwner }, world) => {
    if (typeof picked === 'string') return { 'finish run': picked, state };
    const found = world.run(picked);
    return (
      found && {
        'finish run': shortRunName(found.name),
        state,
        as: byOwner ? (found.owner ?? undefined) : undefined,
      }
    );
  },
);
export const use = onVersion(version, { run }, ({ name }, drawn) => ({ use: name, ...drawn }));

export const deleteVersion = onVersion(
  version,
  { byId: flag, deleteAliases: often },
  (found, { byId, deleteAliases }, world) => ({
    delete: byId ? world.idOf(found.version.id) : found.name,
    deleteAliases,
  }),
);
export const deleteCollection = onCollection({}, (name) => ({ 'delete collection': name }));
export const deleteAll = onCollection(
  { where, deleteAliases: often.map((kept) => !kept) },
  (name, { where: conditions, deleteAliases }) => ({
    'delete all': name,
    where: compact(conditions),
    deleteAliases,
  }),
);

// Often by its owner, whoever takes the step.
const deleteRunWith = (artifacts: fc.Arbitrary<boolean>) =>
  planned({ run: anyRun, artifacts, byOwner: flag }, ({ run: picked, artifacts: also, byOwner }, world) => {
    if (typeof picked === 'string') return { 'delete run': picked, artifacts: also };
    const found = world.run(picked);
    return (
      found && {
        'delete run': shortRunName(found.name),
        artifacts: also,
        as: byOwner ? (found.owner ?? undefined) : undefined,
      }
    );
  });
export const deleteRun = deleteRunWith(often);
export const deleteWholeRun = deleteRunWith(fc.constant(true));
/** The same of a run that has just logged what there is already, perhaps by another run (RUN-3). */
export const deleteRunThatLogsAgain: fc.Arbitrary<Plan> = fc
  .record({ version, run })
  .map(({ version: picked, run: name }) => (world) => {
    const found = world.version(picked)?.version;
    if (found === undefined) return [];
    const log = shortCollectionName(collectionById(world.store, found.collectionId).name);
    const files = filesOf(found.manifest.entries, world);
    return [
      { log, files, run: name },
      { 'delete run': name, artifacts: true },
    ];
  });
export const deleteProject = planned({ project }, ({ project: name }) => ({ 'delete project': name }));

const deleted = fc.record({
  among: mainly(fc.constant('deleted'), fc.constant('ever'), 4),
  at: pick,
  via: fc.constant(0),
});
const lacking = fc.record({ among: fc.constant('lacking'), at: pick, via: fc.constant(0) });
const anyFile = fc.record({
  among: fc.constantFrom('ever', 'committed', 'deleted'),
  at: pick,
  via: fc.constant(0),
});
export const restore = onVersion(deleted, {}, ({ name }) => ({ restore: name }));
export const recover = onVersion(mainly(deleted, lacking, 1), {}, ({ name }) => ({ recover: name }));
export const changeOutOfBand = onVersion(
  mainly(anyFile, lacking, 1),
  { how: fc.constantFrom('bucket delete', 'bucket undelete'), file: pick },
  (found, { how, file }) => {
    const entry = pickOf(found.version.manifest.entries, file);
    return entry && { [how]: `${found.name}/${entry.path}` };
  },
);

const held = fc.record({ among: fc.constant('protected'), at: pick, via: fc.constant(0) });
export const setTtl = onVersion(mainly(version, held, 1), { is: ttl }, ({ name }, { is }) => ({
  ttl: name,
  is,
}));
export const setTeamTtl = planned(
  { ttl: mainly(ttl, fc.constant('none'), 2), membersMaySetTtl: fc.option(flag, { nil: undefined }) },
  ({ ttl: is, membersMaySetTtl }) => ({ 'team ttl': is, membersMaySetTtl }),
);

export const changeSettings = planned({ server: changes }, (drawn) => drawn);
export const planBucketFaults = planned({ faults }, ({ faults: some }) => ({
  server: { 'bucket faults': some },
}));

const crashPoint = mainly(fc.integer({ min: 1, max: 6 }), fc.nat({ max: 12 }), 2);
export const planCrash = planned({ after: crashPoint }, ({ after }) => ({ crash: `after ${after}` }));

const SPANS = [0, 1, 59, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 8 * DAY, 31 * DAY] as const;
/** Time passes, now and then without the scheduled jobs. */
export const wait: fc.Arbitrary<Plan> = mainly(
  planned({ wait: duration }, (drawn) => drawn),
  fc.constantFrom(...SPANS).map((span) => () => moveClock(span)),
  3,
);

/** A run of garbage collection, perhaps with everything due that was deleted so far, since time has passed without jobs. */
export const collect: fc.Arbitrary<Plan> = flag.map((whenDue) => (world) => collecting(world, whenDue));
export const collectDue: fc.Arbitrary<Plan> = fc.constant((world) => collecting(world, true));
/** The same with crashes, run by run, and what happens while what a crash left behind still waits. */
export const crashedCollect = (meanwhile: fc.Arbitrary<Plan>): fc.Arbitrary<Plan> =>
  fc
    .record({
      whenDue: mainly(fc.constant(true), fc.constant(false), 5),
      crashes: mainly(fc.tuple(crashPoint), fc.tuple(crashPoint, crashPoint), 1),
      meanwhile: fc.option(by(meanwhile), { freq: 3 }),
    })
    .map(
      ({ whenDue, crashes, meanwhile: next }) =>
        function* (world: World) {
          if (whenDue) yield* moveClock(world.store.settings.retentionSeconds);
          for (const steps of crashes) yield* [{ crash: `after ${steps}` }, { collect: 'now' }];
          if (next !== null) yield* next(world);
        },
    );

function collecting({ store }: World, whenDue: boolean): readonly HistoryStep[] {
  return [...(whenDue ? moveClock(store.settings.retentionSeconds) : []), { collect: 'now' }];
}

function moveClock(span: number): readonly HistoryStep[] {
  return span === 0 ? [] : [{ command: { type: 'moveClock', bySeconds: seconds(span) } }];
}

/** A step of garbage collection that nobody planned, at something whose turn it may not be at all (GC-8). */
export const unplannedStep: fc.Arbitrary<Plan> = fc
  .record({
    type: fc.constantFrom(
      'closeVersion',
      'releaseHolds',
      'sweepObject',
      'reviewVersions',
      'crashGarbageCollection',
      'forgetCrash',
    ),
    at: pick,
  })
  .map(({ type, at }) => (world) => {
    const versionId = world.versionIn('PENDING_DELETION', at);
    const objectId = world.object(at);
    switch (type) {
      case 'releaseHolds':
      case 'closeVersion':
        return versionId === undefined ? [] : [{ command: { type, versionId } }];
      case 'sweepObject':
        return objectId === undefined ? [] : [{ command: { type, objectId } }];
      case 'crashGarbageCollection':
        return [{ command: { type, afterSteps: at } }];
      case 'reviewVersions':
      case 'forgetCrash':
        return [{ command: { type } }];
    }
  });

/** A plan whose steps somebody takes; time, and garbage collection, pass without anybody. */
export function by(
  plan: fc.Arbitrary<Plan>,
  who: fc.Arbitrary<string | undefined> = actor,
): fc.Arbitrary<Plan> {
  return fc.tuple(plan, who).map(
    ([planning, as]) =>
      function* (world: World) {
        for (const step of planning(world)) {
          const isNobodys = 'command' in step || 'wait' in step || 'collect' in step || 'crash' in step;
          yield as === undefined || isNobodys ? step : { as, ...step };
        }
      },
  );
}
