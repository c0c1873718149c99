import { z } from 'zod';
import { REFUSAL_CODES, type RefusalCode } from '../rules/refusals.ts';
import { expectations } from './schema-expect.ts';
import { addedFiles, files } from './schema-files.ts';
import {
  collectionName,
  count,
  duration,
  oneOf,
  positiveDuration,
  projectName,
  runName,
  someText,
  text,
  versionName,
  versionOrId,
} from './schema-values.ts';

const refusable = {
  refused: oneOf(REFUSAL_CODES as [RefusalCode, ...RefusalCode[]], 'the code of a refusal: ')
    .optional()
    .meta({ description: 'The step passes only if it is refused with this code' }),
};

const logging = {
  aliases: z.array(text).optional().meta({ description: 'Aliases for the version, beside latest' }),
  tags: z.array(text).optional().meta({ description: 'Tags for the version; they never hold up a deletion' }),
  run: runName.optional().meta({ description: 'The run that logs it' }),
  id: someText
    .optional()
    .meta({ description: 'A name for the version within this scenario, for commit, abandon and delete' }),
};

const where = z
  .strictObject({
    without: z.literal('aliases', { error: () => 'expected aliases' }).optional(),
    with: text.optional().meta({ description: 'The alias that a version must bear' }),
    'older than': duration.optional(),
    'keep last': count.optional(),
  })
  .meta({ description: 'Which versions: all conditions must hold' });

/** The switches of the server, as `server` blocks and steps write them. */
export const server = z.strictObject({
  retention: duration
    .optional()
    .meta({ description: 'How long a soft-deleted version keeps its files (7d)' }),
  gcEvery: positiveDuration
    .optional()
    .meta({ description: 'Garbage collection runs at each multiple of it (6h)' }),
  abandonAfter: duration
    .optional()
    .meta({ description: 'When an upload that nobody commits is given up (7d)' }),
  sharing: oneOf(['collection', 'entity']).optional(),
  latestAfterDelete: oneOf(['absent', 'resolve-newest']).optional(),
});

/** What `show` can print. */
export const QUESTIONS = ['objects', 'versions', 'holders', 'usage', 'aliases'] as const;

/** The schema of each kind of step, by the key that names it. */
export const STEP_SCHEMAS = {
  log: z.strictObject({
    log: collectionName,
    files: files.optional(),
    type: text.optional(),
    ...logging,
    ...refusable,
  }),
  begin: z.strictObject({
    begin: collectionName,
    files: files.optional(),
    type: text.optional(),
    ...logging,
    ...refusable,
  }),
  commit: z.strictObject({ commit: text, ...refusable }),
  abandon: z.strictObject({ abandon: text, ...refusable }),
  draft: z.strictObject({
    draft: versionName,
    add: addedFiles.optional(),
    remove: z.array(text).optional(),
    ...logging,
    ...refusable,
  }),
  use: z.strictObject({ use: versionName, run: runName, ...refusable }),
  alias: z.strictObject({
    alias: versionName,
    add: z.array(text).optional(),
    remove: z.array(text).optional(),
    ...refusable,
  }),
  link: z.strictObject({
    link: versionName,
    to: collectionName,
    aliases: z.array(text).optional(),
    ...refusable,
  }),
  unlink: z.strictObject({ unlink: versionName, ...refusable }),
  restore: z.strictObject({ restore: versionName, ...refusable }),
  delete: z.strictObject({ delete: versionOrId, deleteAliases: z.boolean().optional(), ...refusable }),
  'delete collection': z.strictObject({ 'delete collection': collectionName, ...refusable }),
  'delete run': z.strictObject({
    'delete run': runName,
    artifacts: z.boolean().optional().meta({ description: 'Delete what the run logged, too' }),
    ...refusable,
  }),
  'delete project': z.strictObject({ 'delete project': projectName, ...refusable }),
  'delete all': z.strictObject({
    'delete all': collectionName,
    where: where.optional(),
    deleteAliases: z.boolean().optional(),
    ...refusable,
  }),
  wait: z.strictObject({ wait: duration, ...refusable }),
  collect: z.strictObject({ collect: z.literal('now', { error: () => 'expected now' }), ...refusable }),
  crash: z.strictObject({ crash: crashPoint(), ...refusable }),
  server: z.strictObject({ server, ...refusable }),
  expect: z.strictObject({ expect: expectations }),
  show: z.strictObject({
    show: oneOf(QUESTIONS),
    is: text
      .optional()
      .meta({ description: 'A recording of what is printed; limbo run --rewrite refreshes it' }),
  }),
} as const;

function crashPoint() {
  return z
    .string({ error: () => 'expected after N, such as after 2' })
    .regex(/^after \d{1,9}$/, { error: () => 'expected after N, such as after 2' })
    .meta({ description: 'The next garbage collection stops after N of its steps' })
    .transform((given) => Number(given.slice('after '.length)));
}

/** The key that names a kind of step. */
export type StepKind = keyof typeof STEP_SCHEMAS;
/** Every kind of step. */
export const STEP_KINDS = Object.keys(STEP_SCHEMAS) as readonly StepKind[];

/** One step as it was read, with the line that it begins on. */
export type Step = {
  readonly [Kind in StepKind]: {
    readonly kind: Kind;
    readonly line: number;
    readonly body: z.output<(typeof STEP_SCHEMAS)[Kind]>;
    /** The line of each claim of an `expect`. */
    readonly claimLines: ReadonlyMap<string, number>;
  };
}[StepKind];

/** The step of one kind. */
export type StepOf<Kind extends StepKind> = Extract<Step, { readonly kind: Kind }>;
