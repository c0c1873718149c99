import { z } from 'zod';
import { EVENT_TYPES } from '../../decider/event.ts';
import { VERSION_STATES } from '../../store/version.ts';
import { parseCollectionName } from '../../values/names.ts';
import { type Parsed, unparsed } from '../../values/result.ts';
import { DURATION_PATTERN, parseDuration, type Seconds } from '../../values/units.ts';
import { isMapping, mappingOf } from '../yaml/yaml-keys.ts';
import {
  collectionName,
  entriesOf,
  indexName,
  keyedEntries,
  oneOf,
  parseFileOrId,
  parseVersionOrId,
  size,
  textOf,
  validTtl,
  versionOrId,
} from './schema-values.ts';
import type { Mapping } from './step-of.ts';

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
  state: keyedEntries(parseVersionOrId, state, 'a mapping of versions to states')
    .optional()
    .meta({ description: 'The state of each version, by index or id; tombstones too' }),
  aliases: keyedEntries(
    parseCollectionName,
    entriesOf(indexName.nullable(), 'a mapping of aliases to indexes, null for an absent one'),
    'a mapping of artifact collections to aliases',
  )
    .optional()
    .meta({ description: 'The version that each alias names; null for an absent alias' }),
  'not found': z.array(versionOrId).optional().meta({ description: 'Names that must not resolve' }),
  versions: keyedEntries(
    parseCollectionName,
    z.array(indexName),
    'a mapping of artifact collections to lists of indexes',
  )
    .optional()
    .meta({ description: 'The indexes that each artifact collection lists' }),
  holders: keyedEntries(
    parseFileOrId,
    z.array(versionOrId),
    'a mapping of paths, such as animals:v0/cat.jpg, to lists of versions',
  )
    .optional()
    .meta({ description: 'The versions that hold the object of each path' }),
  object: keyedEntries(
    parseFileOrId,
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
  ttl: keyedEntries(parseVersionOrId, validTtl, 'a mapping of versions to TTLs')
    .optional()
    .meta({ description: 'The TTL of each version as it was set: inherit, none, or a duration' }),
  'expires in': keyedEntries(
    parseVersionOrId,
    lifetime.nullable(),
    'a mapping of versions to durations, null for never',
  )
    .optional()
    .meta({ description: 'When each version expires, counted from now; null for never' }),
  links: keyedEntries(parseVersionOrId, z.array(versionOrId), 'a mapping of versions to lists of links')
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

function ofTheWay(key: string) {
  const error = () => `expected a claim about the store; "${key}" is about what happened on the way`;
  return z.never({ error }).optional();
}

/** What a story claims of the states that its actors reach: only what the store itself tells. */
export const stateClaims = expectations
  .extend({ freed: ofTheWay('freed'), events: ofTheWay('events') })
  .refine((claims) => Object.keys(claims).length > 0, {
    error: 'expected at least one claim, such as stored: 6MB',
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 });

/** What a story claims of every state, of every end, or of some state that its actors reach. */
export const CLAIM_KINDS = ['always', 'finally', 'reachable'] as const;

/** A claim of a story about the states that its actors reach. */
export interface StoryClaim {
  readonly kind: (typeof CLAIM_KINDS)[number];
  readonly expected: Expectations;
  /** The claim as an `expect` writes it; its keys are encoded. */
  readonly written: Mapping;
}

/** The claims in a valid block: one each, unless they must hold in the same state. */
export function storyClaims(kind: StoryClaim['kind'], block: Mapping): readonly StoryClaim[] {
  const written = kind === 'reachable' ? [block] : singleClaims(block);
  return written.map((claim) => ({ kind, expected: stateClaims.parse(claim), written: claim }));
}

function singleClaims(block: Mapping): readonly Mapping[] {
  return Object.entries(block).flatMap(([key, value]): readonly Mapping[] => {
    if (key === 'not found' && Array.isArray(value)) return value.map((name) => ({ [key]: [name] }));
    if (key !== 'aliases') return single(value).map((claim) => ({ [key]: claim }));
    return Object.entries(mappingOf(value)).flatMap(([collection, aliases]) =>
      single(aliases).map((alias) => ({ [key]: { [collection]: alias } })),
    );
  });
}

function single(value: unknown): readonly unknown[] {
  return isMapping(value) ? Object.entries(value).map(([key, inner]) => ({ [key]: inner })) : [value];
}

/** One thing that an `expect` step can check. */
export type ExpectationKey = keyof Expectations;
