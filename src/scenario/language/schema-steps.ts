import { z } from 'zod';
import { REFUSAL_CODES, type RefusalCode } from '../../rules/refusals.ts';
import { expectations } from './schema-expect.ts';
import { addedFiles, files } from './schema-files.ts';
import { server } from './schema-server.ts';
import {
  collectionName,
  count,
  duration,
  fileName,
  oneOf,
  projectName,
  runName,
  someText,
  text,
  ttl,
  versionName,
  versionOrId,
} from './schema-values.ts';

const anyStep = {
  as: text
    .optional()
    .meta({ description: 'Who does it; without it an admin of the team and every registry' }),
  refused: oneOf(REFUSAL_CODES as [RefusalCode, ...RefusalCode[]], 'the code of a refusal: ')
    .optional()
    .meta({ description: 'The step passes only if it is refused with this code' }),
};

const logging = {
  aliases: z.array(text).optional().meta({ description: 'Aliases for the version, beside latest' }),
  tags: z.array(text).optional().meta({ description: 'Tags for the version; they never hold up a deletion' }),
  run: runName.optional().meta({ description: 'The run that logs it' }),
  ttl: ttl.optional().meta({ description: 'Its time to live: a duration such as 30d, none or inherit' }),
  id: someText
    .optional()
    .meta({ description: 'A name for the version within this scenario, for commit, abandon and delete' }),
};

const recording = text
  .optional()
  .meta({ description: 'A recording of what is printed; limbo run --rewrite refreshes it' });

const where = z
  .strictObject({
    without: z.literal('aliases', { error: () => 'expected aliases' }).optional(),
    with: text.optional().meta({ description: 'The alias that a version must bear' }),
    'older than': duration.optional(),
    'keep last': count.optional(),
  })
  .meta({ description: 'Which versions: all conditions must hold' });

/** What `show` can print. */
export const QUESTIONS = ['objects', 'versions', 'holders', 'usage', 'aliases'] as const;

/** The schema of each kind of step, by the key that names it. */
export const STEP_SCHEMAS = {
  log: z.strictObject({
    log: collectionName,
    files: files.optional(),
    type: text.optional(),
    ...logging,
    ...anyStep,
  }),
  begin: z.strictObject({
    begin: collectionName,
    files: files.optional(),
    type: text.optional(),
    ...logging,
    ...anyStep,
  }),
  commit: z.strictObject({ commit: text, ...anyStep }),
  abandon: z.strictObject({ abandon: text, ...anyStep }),
  draft: z.strictObject({
    draft: versionName,
    add: addedFiles.optional(),
    remove: z.array(text).optional(),
    ...logging,
    ...anyStep,
  }),
  use: z.strictObject({ use: versionName, run: runName, ...anyStep }),
  alias: z.strictObject({
    alias: versionName,
    add: z.array(text).optional(),
    remove: z.array(text).optional(),
    protect: z.array(text).optional().meta({ description: 'Aliases to put on as protected ones' }),
    ...anyStep,
  }),
  link: z.strictObject({
    link: versionName,
    to: collectionName,
    aliases: z.array(text).optional(),
    ...anyStep,
  }),
  unlink: z.strictObject({ unlink: versionName, ...anyStep }),
  ttl: z.strictObject({
    ttl: versionName,
    is: ttl.meta({ description: 'A duration such as 30d, none or inherit' }),
    ...anyStep,
  }),
  'team ttl': z.strictObject({
    'team ttl': ttl.meta({ description: 'A duration such as 30d, or none' }),
    membersMaySetTtl: z.boolean().optional().meta({ description: 'Whether members may set a TTL' }),
    ...anyStep,
  }),
  restore: z.strictObject({ restore: versionName, ...anyStep }),
  recover: z.strictObject({ recover: versionName, ...anyStep }),
  delete: z.strictObject({ delete: versionOrId, deleteAliases: z.boolean().optional(), ...anyStep }),
  'delete collection': z.strictObject({ 'delete collection': collectionName, ...anyStep }),
  'delete run': z.strictObject({
    'delete run': runName,
    artifacts: z.boolean().optional().meta({ description: 'Delete what the run logged, too' }),
    ...anyStep,
  }),
  'delete project': z.strictObject({ 'delete project': projectName, ...anyStep }),
  'delete all': z.strictObject({
    'delete all': collectionName,
    where: where.optional(),
    deleteAliases: z.boolean().optional(),
    ...anyStep,
  }),
  wait: z.strictObject({ wait: duration, ...anyStep }),
  collect: z.strictObject({
    collect: oneOf(['now', 'step']).meta({ description: 'A whole run, or only the next step of one' }),
    ...anyStep,
  }),
  expire: z.strictObject({ expire: z.literal('now', { error: () => 'expected now' }), ...anyStep }),
  'bucket delete': z.strictObject({ 'bucket delete': fileName, ...anyStep }),
  'bucket undelete': z.strictObject({ 'bucket undelete': fileName, ...anyStep }),
  crash: z.strictObject({ crash: crashPoint(), ...anyStep }),
  server: z.strictObject({ server, ...anyStep }),
  verify: z.strictObject({ verify: z.literal('now', { error: () => 'expected now' }), is: recording }),
  expect: z.strictObject({ expect: expectations }),
  show: z.strictObject({ show: oneOf(QUESTIONS), is: recording }),
} as const;

function crashPoint() {
  const error = () => 'expected now, or after N, such as after 2';
  return z
    .string({ error })
    .regex(/^(now|after \d{1,9})$/, { error })
    .meta({ description: 'The next garbage collection stops after N of its steps, or the one under way now' })
    .transform((given) => (given === 'now' ? 'now' : Number(given.slice('after '.length))));
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

/** A step that only looks at the store. */
export type LookingStep = StepOf<'expect' | 'show' | 'verify'>;
/** A step that does something to the store, or tries to. */
export type DoingStep = Exclude<Step, LookingStep>;
/** A step that comes to commands, where the others let the simulator run on. */
export type CommandingStep = Exclude<DoingStep, StepOf<'wait' | 'collect'>>;
