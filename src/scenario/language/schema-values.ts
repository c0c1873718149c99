import { z } from 'zod';
import { parseTtl, type RequestedTtl, type TimeToLive } from '../../store/time-to-live.ts';
import { parseUnixTime, UNIX_TIME, UNIX_TIME_PATTERN, type UnixTime } from '../../values/dates.ts';
import { DEEPEST_JSON, type Json, jsonObjectOf } from '../../values/json.ts';
import {
  isUploadName,
  parseCollectionName,
  parseFileName,
  parseProjectName,
  parseRunName,
  parseSelector,
  parseVersionName,
  type VersionName,
} from '../../values/names.ts';
import { type Parsed, parsed, unparsed } from '../../values/result.ts';
import {
  type Bytes,
  DURATION_PATTERN,
  POSITIVE_DURATION_PATTERN,
  parseDuration,
  parseSize,
  type Seconds,
  SIZE_PATTERN,
} from '../../values/units.ts';
import { nearest } from '../yaml/nearest-word.ts';
import { decodeKey, isMapping } from '../yaml/yaml-keys.ts';

/** Text that a parser of `values/` reads; the parser's "expected …" becomes the message. */
export function textOf<Value>(parse: (text: string) => Parsed<Value>, description: string, pattern?: RegExp) {
  return z
    .string({ error: noText(description) })
    .meta({ description, ...(pattern === undefined ? {} : { pattern: pattern.source }) })
    .transform((text, context): Value => {
      const result = parse(text);
      if (result.ok) return result.value;
      context.issues.push({ code: 'custom', message: `expected ${result.expected}`, input: text });
      return z.NEVER;
    });
}

function noText(description: string) {
  return ({ input }: { readonly input?: unknown }) =>
    typeof input === 'number' && /\ba (size|duration)\b/.test(description)
      ? `expected ${description}; a bare number has no unit`
      : `expected ${description}`;
}

/** Free text. Numbers and booleans must be quoted, so that nothing is guessed from `1.0` or `yes`. */
export const text = z.string({
  error: ({ input }) =>
    ['number', 'boolean'].includes(typeof input) || input === null
      ? 'expected text; a number, true or null needs quotes around it'
      : 'expected text',
});

/** A duration longer than 0s, or one of a few words, for editors. */
export function durationOr(...words: readonly string[]): RegExp {
  return new RegExp(`^(${words.join('|')})$|${POSITIVE_DURATION_PATTERN.source}`);
}

const TTL = 'inherit, none or a duration such as 30d';
const TTL_PATTERN = durationOr('inherit', 'none');

/** A TTL that a claim expects. */
export const validTtl = textOf(
  (given): Parsed<TimeToLive> => {
    const read = parseTtl(given);
    return read.kind === 'invalid' ? unparsed(TTL) : parsed(read);
  },
  TTL,
  TTL_PATTERN,
);

/** A TTL. Invalid text is kept, so that a story can show how the server refuses it; see `withTtl`. */
export const ttl = text.transform(parseTtl);

/** A JSON object, of which nothing is read: metadata that users choose. */
export const jsonObject = z
  .custom<unknown>(isMapping, { error: () => 'expected a mapping' })
  .meta({ type: 'object' })
  .transform((given, context): Json => {
    const json = jsonObjectOf(decoded(given));
    if (json !== null) return json;
    const message = `expected a mapping of JSON values, at most ${DEEPEST_JSON} levels deep`;
    context.issues.push({ code: 'custom', message, input: given });
    return z.NEVER;
  });

function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (!isMapping(value)) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [decodeKey(key), decoded(inner)]));
}

/** A step with a TTL at `key`, which must be valid unless the step says that it is refused. */
export function withTtl<StepSchema extends z.ZodObject>(key: string, step: StepSchema): StepSchema {
  return step
    .superRefine((body, { addIssue }) => {
      const given = Reflect.get(body, key) as RequestedTtl | undefined;
      if (given?.kind !== 'invalid' || Reflect.get(body, 'refused') !== undefined) return;
      const message = `expected ${TTL}; a step that shows how another is refused says refused: bad-ttl`;
      addIssue({ code: 'custom', message, path: [key] });
    })
    .meta({
      anyOf: [
        { properties: { refused: true }, required: ['refused'] },
        { properties: { [key]: { type: 'string', pattern: TTL_PATTERN.source } } },
      ],
    });
}

/** Text that is not empty. */
export const someText = text.min(1, { error: () => 'expected text; this is empty' });

/** One of a few words; the message suggests the nearest one. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, what = '') {
  const listed = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return z.enum(words, {
    error: ({ input }) => {
      const meant = typeof input === 'string' ? nearest(input, words) : null;
      return `expected ${what}${listed}${meant === null ? '' : `; did you mean "${meant}"?`}`;
    },
  });
}

/** `2MB`, `10KiB`, … */
export const size = textOf<Bytes>(parseSize, 'a size such as 512B, 10KB, 2MB or 1GiB', SIZE_PATTERN);

const DURATION = 'a duration such as 90s, 15m, 6h, 8d or 2w';

/** `90s`, `6h`, `8d`, … */
export const duration = textOf<Seconds>(parseDuration, DURATION, DURATION_PATTERN);

/** `2026-01-31T08:00:00Z`, `2026-01-31`. */
export const unixTime = textOf<UnixTime>(parseUnixTime, UNIX_TIME, UNIX_TIME_PATTERN);

/** A duration, or the date until which it lasts. */
export const untilOrDuration = z.union(
  [duration, z.strictObject({ until: unixTime.meta({ description: `${UNIX_TIME}; needs "begins"` }) })],
  { error: noText(DURATION) },
);

/** A duration that is not zero. */
export const positiveDuration = textOf<Seconds>(
  (given) => {
    const result = parseDuration(given);
    return result.ok && result.value === 0 ? unparsed('a duration longer than 0s') : result;
  },
  'a duration longer than 0s, such as 90s, 15m, 6h, 8d or 2w',
  POSITIVE_DURATION_PATTERN,
);

/** `animals`, `project/animals`, `entity/project/animals`. */
export const collectionName = textOf(
  parseCollectionName,
  'the name of an artifact collection: animals, project/animals or entity/project/animals',
);

/** A version by its name or by the id that a step gave it. */
export type VersionOrId =
  | { readonly by: 'name'; readonly name: VersionName }
  | { readonly by: 'id'; readonly id: string };

/** Parses `animals:v0`, or the id that a step gave a version, which has no colon. */
export function parseVersionOrId(given: string): Parsed<VersionOrId> {
  if (!given.includes(':') && !isUploadName(given)) return parsed({ by: 'id', id: given });
  const name = parseVersionName(given);
  return name.ok ? parsed({ by: 'name', name: name.value }) : name;
}

/** `animals:v0`, or an id. */
export const versionOrId = textOf(
  parseVersionOrId,
  'a version such as animals:v0, or the id that a step gave to one',
);

/** A path of a version by its name or id. */
export interface FileOrId {
  readonly version: VersionOrId;
  readonly path: string;
}

/** Parses `animals:v0/cat.jpg`, or `up/cat.jpg` for a version with the id `up`. */
export function parseFileOrId(given: string): Parsed<FileOrId> {
  const name = parseFileName(given);
  if (name.ok) return parsed({ version: { by: 'name', name: name.value.version }, path: name.value.path });
  const slash = given.indexOf('/');
  if (slash < 0) return name;
  return parsed({ version: { by: 'id', id: given.slice(0, slash) }, path: given.slice(slash + 1) });
}

/** `animals:v0/cat.jpg`, or `up/cat.jpg`. */
export const fileOrId = textOf(
  parseFileOrId,
  'a path of a version: animals:v0/cat.jpg, or up/cat.jpg for the version with the id up',
);

/** The id that a step gives to a version. */
export const newId = someText.refine((given) => !isUploadName(given) && !/[:/]/.test(given), {
  error: () => 'expected an id without a colon or slash, and not like animals#0',
});

/** `run-1`, `project/run-1`. */
export const runName = textOf(
  parseRunName,
  'the name of a run: train-1, project/train-1 or entity/project/train-1',
);

/** `demo`, `team/demo`. */
export const projectName = textOf(parseProjectName, 'the name of a project: demo or team/demo');

/** `v0`. */
export const indexName = textOf(
  (given) => {
    const selector = parseSelector(given);
    return selector.kind === 'index' ? parsed(selector.index) : unparsed('an index such as v0');
  },
  'an index such as v0',
  /^v(0|[1-9]\d*)$/,
);

/** A whole number, zero or more. */
export const count = z
  .int({ error: () => 'expected a whole number, from 0' })
  .min(0, { error: () => 'expected a whole number, from 0' });

/** A mapping with keys that users choose, as entries, because a key may be `__proto__`. */
export function entriesOf<Value extends z.ZodType>(value: Value, what: string) {
  return z
    .record(z.string(), value, {
      error: (issue) => (issue.code === 'invalid_type' ? `expected ${what}` : undefined),
    })
    .transform((record) => Object.entries(record).map(([key, inner]) => [decodeKey(key), inner] as const));
}

/** The same, with keys that a parser of `values/` reads. */
export function keyedEntries<Key, Value extends z.ZodType>(
  parse: (given: string) => Parsed<Key>,
  value: Value,
  what: string,
) {
  return z
    .record(z.string(), value, {
      error: (issue) => (issue.code === 'invalid_type' ? `expected ${what}` : undefined),
    })
    .transform((record, context) => {
      const entries: { readonly key: Key; readonly text: string; readonly value: z.output<Value> }[] = [];
      for (const [encoded, inner] of Object.entries(record)) {
        const given = decodeKey(encoded);
        const key = parse(given);
        if (key.ok) entries.push({ key: key.value, text: given, value: inner });
        else
          context.issues.push({
            code: 'custom',
            message: `expected ${key.expected}`,
            input: record,
            path: [encoded],
            params: { key: true },
          });
      }
      return entries;
    });
}
