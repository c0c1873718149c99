import { z } from 'zod';
import { REFUSAL_CODES, type RefusalCode } from '../../rules/refusals.ts';
import { RUN_ENDS } from '../../store/run.ts';
import { MANIFEST_DIGEST, type ManifestDigest } from '../../values/digest.ts';
import { expectations } from './schema-expect.ts';
import { addedFiles, files, ownFiles } from './schema-files.ts';
import { server } from './schema-server.ts';
import {
  collectionName,
  count,
  duration,
  fileOrId,
  jsonObject,
  newId,
  oneOf,
  projectName,
  runName,
  text,
  ttl,
  untilOrDuration,
  versionOrId,
  withTtl,
} from './schema-values.ts';

const anyStep = {
  as: text.optional().meta({ description: 'Who acts (an admin of the team and of every registry)' }),
  refused: oneOf(REFUSAL_CODES as [RefusalCode, ...RefusalCode[]], 'the code of a refusal: ')
    .optional()
    .meta({ description: 'The step passes only if it is refused with this code' }),
};

const content = {
  files: files.optional().meta({ description: 'Its files: path: SIZE, SIZE of CONTENT, or a reference' }),
  type: text.optional().meta({ description: 'The type of the artifact (dataset)' }),
};

const logging = {
  aliases: z.array(text).optional().meta({ description: 'Aliases for the version, in addition to latest' }),
  tags: z.array(text).optional().meta({ description: 'Tags for the version; they never block a deletion' }),
  description: text.optional().meta({ description: 'What people should know about the version' }),
  metadata: jsonObject.optional().meta({ description: 'Any JSON object; no rule reads it' }),
  'history step': count
    .optional()
    .meta({ description: 'The step of the history of its run; no rule reads it' }),
  run: runName.optional().meta({ description: 'The run that logs it' }),
  ttl: ttl.optional().meta({ description: 'Its time to live: a duration such as 30d, none, or inherit' }),
  id: newId
    .optional()
    .meta({ description: 'A name for the version in this scenario, which an upload has before its index' }),
};

const announced = text
  .regex(new RegExp(`${MANIFEST_DIGEST.source}|^none$`), {
    error: () => 'expected the hex MD5 of a manifest, of 32 characters, or none',
  })
  .transform((given) => (given === 'none' ? null : (given as ManifestDigest)));

const runFacts = {
  name: text.optional().meta({ description: 'Its display name, which other runs can have too (its id)' }),
  tags: z.array(text).optional().meta({ description: 'Tags for the run' }),
  config: jsonObject.optional().meta({ description: 'Its configuration; no rule reads it' }),
  summary: jsonObject.optional().meta({ description: 'Its results; no rule reads them' }),
  group: text
    .nullable()
    .optional()
    .meta({ description: 'The group of runs that it belongs to; null for none' }),
  'job type': text.nullable().optional().meta({ description: 'What kind of work it does; null for none' }),
  notes: text.nullable().optional().meta({ description: 'Notes about it; null for none' }),
  progress: jsonObject
    .optional()
    .meta({ description: 'What its client needs to resume it; no rule reads it' }),
  files: ownFiles
    .optional()
    .meta({ description: 'All files that it uploaded for itself; they are no artifacts' }),
};

const described = {
  description: text
    .nullable()
    .optional()
    .meta({ description: 'What people should know about it; null for nothing' }),
  tags: z.array(text).optional().meta({ description: 'All its tags after the step' }),
};

const recording = text
  .optional()
  .meta({ description: 'A recording of the output; limbo run --rewrite refreshes it' });

const deleteAliases = z.boolean().meta({ description: 'Delete the aliases too (false)' });

const where = z
  .strictObject({
    without: z
      .literal('aliases', { error: () => 'expected aliases' })
      .optional()
      .meta({ description: 'aliases: only versions that have none' }),
    with: text.optional().meta({ description: 'The alias that a version must have' }),
    'older than': duration.optional().meta({ description: 'The minimum age, such as 30d' }),
    'keep last': count.optional().meta({ description: 'Keep this many of the newest versions' }),
  })
  .meta({ description: 'Which versions; all conditions must hold' });

/** What `show` can print. */
export const QUESTIONS = ['objects', 'versions', 'holders', 'usage', 'aliases'] as const;

/** The schema of each kind of step, by the key that names it. */
export const STEP_SCHEMAS = {
  log: withTtl(
    'ttl',
    z.strictObject({
      log: collectionName,
      ...content,
      ...logging,
      ...anyStep,
    }),
  ).meta({ description: 'Logs a version and commits it' }),
  begin: withTtl(
    'ttl',
    z.strictObject({
      begin: collectionName,
      ...content,
      'client ids': z
        .array(text)
        .optional()
        .meta({ description: 'Ids that its client chose; another begin with one of them continues it' }),
      announced: announced.optional().meta({
        description:
          'The digest of the whole content, compared instead of that of its files; none: not compared',
      }),
      ...logging,
      ...anyStep,
    }),
  ).meta({ description: 'Starts or continues an upload: a PENDING version, until commit or abandon' }),
  upload: z
    .strictObject({
      upload: versionOrId,
      files: addedFiles.meta({ description: 'The files to add' }),
      run: runName.optional().meta({ description: 'The run that adds them' }),
      ...anyStep,
    })
    .meta({ description: 'Adds files to an upload, named by the id of its begin step or as animals#0' }),
  commit: z
    .strictObject({ commit: versionOrId, ...anyStep })
    .meta({ description: 'Commits an upload, named by the id of its begin step or as animals#0' }),
  abandon: z
    .strictObject({ abandon: versionOrId, ...anyStep })
    .meta({ description: 'Abandons an upload, named by the id of its begin step or as animals#0' }),
  draft: withTtl(
    'ttl',
    z.strictObject({
      draft: versionOrId,
      add: addedFiles.optional().meta({ description: 'Files to add or replace' }),
      remove: z.array(text).optional().meta({ description: 'Paths to remove' }),
      ...logging,
      ...anyStep,
    }),
  ).meta({ description: 'Logs a version that differs from a base version in some paths' }),
  use: z
    .strictObject({ use: versionOrId, run: runName, ...anyStep })
    .meta({ description: 'A run uses a version' }),
  'start run': z
    .strictObject({
      'start run': runName,
      ...runFacts,
      state: oneOf(['running', ...RUN_ENDS])
        .optional()
        .meta({ description: 'Its state after the step (running)' }),
      ...anyStep,
    })
    .meta({ description: 'Starts a run, or resumes it; its id is unique in its project' }),
  'describe run': z
    .strictObject({ 'describe run': runName, ...runFacts, ...anyStep })
    .meta({ description: 'Changes what is known of a run; what is not given stays' }),
  'finish run': z
    .strictObject({
      'finish run': runName,
      state: oneOf(RUN_ENDS).optional().meta({ description: 'How it ended (finished)' }),
      ...anyStep,
    })
    .meta({ description: 'Ends a run' }),
  alias: z
    .strictObject({
      alias: versionOrId,
      add: z.array(text).optional().meta({ description: 'Aliases to add; each moves here' }),
      remove: z.array(text).optional().meta({ description: 'Aliases to remove' }),
      protect: z.array(text).optional().meta({ description: 'Aliases to add as protected aliases' }),
      ...anyStep,
    })
    .meta({ description: 'Edits the aliases of a version or link' }),
  describe: z
    .strictObject({
      describe: versionOrId,
      ...described,
      metadata: logging.metadata,
      ...anyStep,
    })
    .meta({ description: 'Sets the description, metadata, or tags of a version; what it leaves out stays' }),
  'describe collection': z
    .strictObject({
      'describe collection': collectionName,
      ...described,
      ...anyStep,
    })
    .meta({
      description: 'Sets the description or tags of an artifact collection; what it leaves out stays',
    }),
  'rename collection': z
    .strictObject({
      'rename collection': collectionName,
      to: text.meta({ description: 'Its new name, in the same project' }),
      ...anyStep,
    })
    .meta({ description: 'Renames an artifact collection; its versions, aliases and links stay' }),
  'collection type': z
    .strictObject({
      'collection type': collectionName,
      is: text.meta({ description: 'Its new type' }),
      ...anyStep,
    })
    .meta({ description: 'Changes the type of an artifact collection and all its versions' }),
  link: z
    .strictObject({
      link: versionOrId,
      to: collectionName,
      aliases: z.array(text).optional().meta({ description: 'Aliases for the link' }),
      ...anyStep,
    })
    .meta({ description: 'Links a version to a portfolio or registry collection' }),
  unlink: z
    .strictObject({ unlink: versionOrId, ...anyStep })
    .meta({ description: 'Removes a link; the source stays' }),
  ttl: withTtl(
    'is',
    z.strictObject({
      ttl: versionOrId,
      is: ttl.meta({ description: 'A duration such as 30d, none, or inherit' }),
      ...anyStep,
    }),
  ).meta({ description: 'Sets the time to live of a version' }),
  'team ttl': withTtl(
    'team ttl',
    z.strictObject({
      'team ttl': ttl.meta({ description: 'A duration such as 30d, or none' }),
      membersMaySetTtl: z.boolean().optional().meta({ description: 'Whether members may set a TTL' }),
      ...anyStep,
    }),
  ).meta({ description: 'Sets the default time to live of the team' }),
  restore: z
    .strictObject({ restore: versionOrId, ...anyStep })
    .meta({ description: 'Undoes the soft deletion of a version' }),
  recover: z
    .strictObject({ recover: versionOrId, ...anyStep })
    .meta({ description: 'Brings a version back from the bucket after garbage collection' }),
  delete: z
    .strictObject({ delete: versionOrId, deleteAliases: deleteAliases.optional(), ...anyStep })
    .meta({ description: 'Soft-deletes a version; on a link, removes only the link' }),
  'delete collection': z
    .strictObject({ 'delete collection': collectionName, ...anyStep })
    .meta({ description: 'Deletes an artifact collection with its versions, or with its links' }),
  'delete run': z
    .strictObject({
      'delete run': runName,
      artifacts: z
        .boolean()
        .optional()
        .meta({ description: 'Also delete the versions that the run created' }),
      ...anyStep,
    })
    .meta({ description: 'Deletes a run; its artifacts stay unless asked otherwise' }),
  'delete project': z
    .strictObject({ 'delete project': projectName, ...anyStep })
    .meta({ description: 'Deletes all artifacts of a project' }),
  'delete all': z
    .strictObject({
      'delete all': collectionName,
      where: where.optional(),
      deleteAliases: deleteAliases.optional(),
      ...anyStep,
    })
    .meta({ description: 'Deletes every version of an artifact collection that the filter matches' }),
  wait: z
    .strictObject({
      wait: untilOrDuration.meta({
        description: 'A duration such as 8d, or { until: 2026-03-01 } in a story that begins at a date',
      }),
      ...anyStep,
    })
    .meta({
      description:
        'Moves the clock by a duration, or until a date; scheduled jobs run on the way, each at its time',
    }),
  collect: z
    .strictObject({
      collect: oneOf(['now', 'step']).meta({
        description: 'A whole run (now), or only its next step (step)',
      }),
      ...anyStep,
    })
    .meta({ description: 'Runs garbage collection now' }),
  expire: z
    .strictObject({ expire: z.literal('now', { error: () => 'expected now' }), ...anyStep })
    .meta({ description: 'Runs the job that expires versions and abandons stale uploads' }),
  'bucket delete': z
    .strictObject({ 'bucket delete': fileOrId, ...anyStep })
    .meta({ description: 'Deletes an object in the bucket itself, without telling the store' }),
  'bucket undelete': z
    .strictObject({ 'bucket undelete': fileOrId, ...anyStep })
    .meta({ description: 'Brings an object back in the bucket itself' }),
  crash: z
    .strictObject({ crash: crashPoint(), ...anyStep })
    .meta({ description: 'Plans a crash of the garbage collector' }),
  server: z
    .strictObject({ server, ...anyStep })
    .meta({ description: 'Changes the settings that it names; the others stay' }),
  verify: z
    .strictObject({ verify: z.literal('now', { error: () => 'expected now' }), is: recording })
    .meta({ description: 'Recounts everything and reports what is missing' }),
  expect: z
    .strictObject({ expect: expectations })
    .meta({ description: 'Checks that must hold; anything not listed is not checked' }),
  show: z
    .strictObject({ show: oneOf(QUESTIONS), is: recording })
    .meta({ description: 'Prints a table, and compares it with a recording' }),
} as const;

function crashPoint() {
  const error = () => 'expected now, or after N, such as after 2';
  return z
    .string({ error })
    .regex(/^(now|after \d{1,9})$/, { error })
    .meta({ description: 'after N: the next run stops after N steps; now: the current run stops' })
    .transform((given) => (given === 'now' ? 'now' : Number(given.slice('after '.length))));
}

/** The key that names a kind of step: `delete`, `log`, … */
export type StepKind = keyof typeof STEP_SCHEMAS;
/** Every kind of step. */
export const STEP_KINDS = Object.keys(STEP_SCHEMAS) as readonly StepKind[];

/** A parsed step, with the line on which it begins. */
export type Step = {
  readonly [Kind in StepKind]: {
    readonly kind: Kind;
    readonly line: number;
    /** The step as a scenario writes it, on one line, without what it claims; cut if it is long. */
    readonly text: string;
    readonly body: z.output<(typeof STEP_SCHEMAS)[Kind]>;
    /** The line of each check of an `expect` step. */
    readonly claimLines: ReadonlyMap<string, number>;
  };
}[StepKind];

/** A step of one kind. */
export type StepOf<Kind extends StepKind> = Extract<Step, { readonly kind: Kind }>;

/** A step that only reads the store. */
export type LookingStep = StepOf<'expect' | 'show' | 'verify'>;
/** A step that changes the store, or tries to. */
export type DoingStep = Exclude<Step, LookingStep>;
/** A step that consists of commands; the others advance the clock or run jobs. */
export type CommandingStep = Exclude<DoingStep, StepOf<'wait' | 'collect'>>;

/** Whether a step changes the store, or tries to. */
export function isDoing(step: Step): step is DoingStep {
  return step.kind !== 'expect' && step.kind !== 'show' && step.kind !== 'verify';
}
