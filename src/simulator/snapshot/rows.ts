import { z } from 'zod';
import { BUCKET_CALLS, FAULT_KINDS } from '../../bucket/faults.ts';
import { PROVIDERS } from '../../bucket/policy.ts';
import { ROLES } from '../../store/people.ts';
import { COLLECTOR_NAMES, DEPLOYMENTS } from '../../store/settings.ts';
import type { Bytes, Instant, Seconds } from '../../values/units.ts';

const count = z.int().min(0);
const text = z.string();
const seconds = count.transform((value) => value as Seconds);
const instant = count.transform((value) => value as Instant);
const sizeBytes = count.transform((value) => value as Bytes);
const members = z.array(z.tuple([text, z.enum(ROLES)]));
// Where something is: the number of its artifact collection, and its index there.
const place = [count, count] as const;
// What an object is: the number of its scope, and that of its content.
const thing = [count, count] as const;

/** Everything that is no table: the clock, the switches, the people, the counters and the figures. */
export const STORE_ROW = z.strictObject({
  now: instant,
  settings: z.strictObject({
    deployment: z.enum(DEPLOYMENTS),
    env: z.array(z.strictObject({ name: text, value: text }).readonly()).readonly(),
    bucket: z
      .strictObject({
        provider: z.enum(PROVIDERS),
        versioning: z.boolean(),
        noncurrentCopies: count,
        noncurrentDays: count,
        softDelete: z.boolean(),
        softDeleteDays: count,
      })
      .readonly(),
    retentionSeconds: seconds,
    gcEverySeconds: z
      .int()
      .min(1)
      .transform((value) => value as Seconds),
    abandonAfterSeconds: seconds,
    sharing: z.enum(['collection', 'entity']),
    latestAfterDelete: z.enum(['absent', 'resolve-newest']),
    collector: z.enum(COLLECTOR_NAMES),
  }),
  team: members,
  registries: z.array(z.tuple([text, members])),
  membersMaySetTtl: z.boolean(),
  ttlDefaultSeconds: seconds.nullable(),
  bucketFaults: z.array(
    z
      .strictObject({ call: z.enum(BUCKET_CALLS), fault: z.enum(FAULT_KINDS), times: z.int().min(1) })
      .readonly(),
  ),
  crashAfterSteps: count.nullable(),
  nextUploadNumber: count,
  nextTrashNumber: count,
  nextCopyNumber: count,
  logicalBytes: sizeBytes,
  everBegunBytes: sizeBytes,
  storedBytes: sizeBytes,
  billedBytes: sizeBytes,
});

/** A run; which versions it logged and used stands with the versions. */
export const RUN_ROW = z.strictObject({
  name: z.tuple([text, text, text]),
  exists: z.boolean(),
  owner: text.nullable(),
});

/** An artifact collection. Indexes are written as ranges: a first one, how many, the next first one, … */
export const COLLECTION_ROW = z.strictObject({
  name: z.tuple([text, text, text]),
  kind: z.enum(['sequence', 'portfolio']),
  type: text,
  exists: z.boolean(),
  nextIndex: count,
  listed: z.array(count),
  uploading: z.array(count),
  aliases: z.array(z.tuple([text, count])),
  protectedAliases: z.array(text),
});

/**
 * A version, or a part of the next one's additions. What is left out is as it is for most: the artifact collection of
 * the row before, the next index there, the instant of the row before, committed as it was created, its manifest that
 * of the row before with a few differences.
 */
export const VERSION_ROW = z.strictObject({
  /** The number of its artifact collection. */
  in: count.optional(),
  index: count.optional(),
  /** How many seconds after the version before it was created. */
  after: count.optional(),
  /** Its state; COMMITTED without one of these. */
  pending: z.tuple([count, z.array(text)]).optional(),
  committedAt: instant.optional(),
  aliases: z.array(text).optional(),
  softDeletedNow: z
    .tuple([instant, count, z.enum(['waiting', 'reviewed', 'released']), instant.nullable()])
    .optional(),
  closed: z.tuple([instant, instant.nullable()]).optional(),
  /** The number of an earlier manifest that is the same. */
  same: count.optional(),
  /** Whether its manifest is not told by its differences from the one before. */
  whole: z.literal(true).optional(),
  /** Paths and contents in turn, each new the first time, and a number afterwards. */
  add: z.array(z.unknown()).optional(),
  /** The numbers of paths that the manifest before has, and this one has not. */
  remove: z.array(count).optional(),
  /** The beginning of what the next row adds. */
  part: z.array(z.unknown()).optional(),
  /** Whether its objects are shared within its entity. */
  shared: z.literal(true).optional(),
  ttl: z.union([z.literal('none'), seconds]).optional(),
  tags: z.array(text).optional(),
  links: z.array(z.tuple([...place])).optional(),
  loggedBy: count.optional(),
  usedBy: z.array(count).optional(),
});
/** A version's row, as it is written. */
export type VersionRow = z.input<typeof VERSION_ROW>;

/** A reference within the additions of a manifest. */
export const REFERENCE = z.strictObject({ address: text, checksum: text, sizeBytes });

/** A link, and what it links to. */
export const LINK_ROW = z.tuple([...place, ...place, z.array(text), instant]);

/** Within what objects are shared: the number of an artifact collection, or the name of an entity. */
export const SCOPE_ROW = z.union([count, z.tuple([text])]);

/** An object, its holders, and since when it is stored, as it is for most. */
export const ORDINARY_OBJECT_ROW = z.tuple([...thing, count, instant]);

/** An object that is unknown to the store, or of which the bucket has more to say, or nothing. */
export const OBJECT_ROW = z.strictObject({
  object: z.tuple([...thing]),
  holders: count.nullable(),
  bucket: z
    .strictObject({
      current: z.boolean(),
      since: instant,
      copies: z.array(z.tuple([z.enum(['noncurrent', 'soft-deleted']), count, instant, instant.nullable()])),
    })
    .nullable(),
});

/** An object in a list, or in a queue at a place. */
export const LISTED_OBJECT = z.tuple([...thing]);
/** A copy of an object in the queue of noncurrent ones. */
export const NUMBERED_OBJECT = z.tuple([count, ...thing]);
/** A copy of an object in the queue of soft-deleted ones. */
export const QUEUED_OBJECT = z.tuple([text, ...thing]);
/** A version in a list. */
export const LISTED_VERSION = z.tuple([...place]);
/** A version in a queue that goes by number. */
export const NUMBERED_VERSION = z.tuple([count, ...place]);
/** A version in a queue of expiry: what stands in front of its id there. */
export const QUEUED_VERSION = z.tuple([text, ...place]);
