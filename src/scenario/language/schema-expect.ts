import { z } from 'zod';
import { EVENT_TYPES } from '../../decider/event.ts';
import { VERSION_STATES } from '../../store/version.ts';
import { parseCollectionName, parseFileName, parseVersionName } from '../../values/names.ts';
import { type Parsed, unparsed } from '../../values/result.ts';
import { DURATION_PATTERN, parseDuration, type Seconds } from '../../values/units.ts';
import {
  collectionName,
  entriesOf,
  indexName,
  keyedEntries,
  oneOf,
  size,
  textOf,
  validTtl,
  versionName,
} from './schema-values.ts';

const state = oneOf(VERSION_STATES);
const bucketStatus = oneOf(['stored', 'noncurrent', 'soft-deleted', 'gone']);

const lifetime = textOf(
  (given): Parsed<Seconds> => {
    const read = parseDuration(given);
    return read.ok ? read : unparsed(`null for never, or ${read.expected}`);
  },
  'a duration such as 8d, or null for never',
  DURATION_PATTERN,
);

/** What a story expects; what is not named is not checked. */
export const expectations = z.strictObject({
  state: keyedEntries(parseVersionName, state, 'a mapping of versions to states')
    .optional()
    .meta({ description: 'The state of each version, by index; tombstones too' }),
  aliases: keyedEntries(
    parseCollectionName,
    entriesOf(indexName.nullable(), 'a mapping of aliases to indexes, null for an absent one'),
    'a mapping of artifact collections to aliases',
  )
    .optional()
    .meta({ description: 'The version that each alias names; null for an absent alias' }),
  'not found': z.array(versionName).optional().meta({ description: 'Names that must not resolve' }),
  versions: keyedEntries(
    parseCollectionName,
    z.array(indexName),
    'a mapping of artifact collections to lists of indexes',
  )
    .optional()
    .meta({ description: 'The indexes that each artifact collection lists' }),
  holders: keyedEntries(
    parseFileName,
    z.array(versionName),
    'a mapping of paths, such as animals:v0/cat.jpg, to lists of versions',
  )
    .optional()
    .meta({ description: 'The versions that hold the object of each path' }),
  object: keyedEntries(
    parseFileName,
    bucketStatus,
    'a mapping of paths, such as animals:v0/cat.jpg, to what the bucket has',
  )
    .optional()
    .meta({ description: 'Where the object of each path is: stored, noncurrent, soft-deleted, or gone' }),
  logical: size.optional().meta({ description: "The sum of the committed versions' files" }),
  stored: size.optional().meta({ description: 'The objects current in the bucket' }),
  billed: size
    .optional()
    .meta({ description: 'The bytes that are billed: stored objects, noncurrent and soft-deleted copies' }),
  freed: size.optional().meta({ description: 'The bytes that the last garbage collection freed' }),
  ttl: keyedEntries(parseVersionName, validTtl, 'a mapping of versions to TTLs')
    .optional()
    .meta({ description: 'The TTL of each version as it was set: inherit, none, or a duration' }),
  'expires in': keyedEntries(
    parseVersionName,
    lifetime.nullable(),
    'a mapping of versions to durations, null for never',
  )
    .optional()
    .meta({ description: 'When each version expires, counted from now; null for never' }),
  links: keyedEntries(parseVersionName, z.array(versionName), 'a mapping of versions to lists of links')
    .optional()
    .meta({ description: 'The links to each version' }),
  collections: z
    .array(collectionName)
    .optional()
    .meta({ description: 'All artifact collections that exist' }),
  events: z
    .array(oneOf(EVENT_TYPES, 'a kind of event: '))
    .optional()
    .meta({ description: 'The kinds of events since the last expect, in order' }),
});

/** A parsed `expect` step. */
export type Expectations = z.output<typeof expectations>;
/** One thing that an `expect` step can check. */
export type ExpectationKey = keyof Expectations;
