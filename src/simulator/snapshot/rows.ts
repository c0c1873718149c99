import { z } from 'zod';
import type { BucketFault } from '../../bucket/faults.ts';
import { isComplete, wrongFaults } from '../../lifecycle/operation/setting-checks.ts';
import { ROLES } from '../../store/people.ts';
import { RUN_ENDS } from '../../store/run.ts';
import type { Settings } from '../../store/settings.ts';
import { isUnixTime } from '../../values/dates.ts';
import { isManifestDigest, type ManifestDigest } from '../../values/digest.ts';
import { isJsonObject, type Json } from '../../values/json.ts';
import type { CollectionId } from '../../values/names.ts';
import type { Bytes, Instant, Seconds } from '../../values/units.ts';

const count = z.int().min(0);
const text = z.string();
const seconds = count.transform((value) => value as Seconds);
const instant = count.transform((value) => value as Instant);
const sizeBytes = count.transform((value) => value as Bytes);
const json = z.custom<Json>((value) => typeof value === 'string' && isJsonObject(value));
const members = z.array(z.tuple([text, z.enum(ROLES)]));
// A place: the number of an artifact collection, and the serial of a version or the index of a link in it.
const place = [count, count] as const;
// An object: the number of its scope, and that of its content.
const thing = [count, count] as const;

/** Everything that is not a table: the clock, the settings, the people, counters, and sums. */
export const STORE_ROW = z.strictObject({
  now: instant,
  begins: count.refine(isUnixTime).nullable(),
  settings: z.custom<Settings>(isComplete),
  team: members,
  registries: z.array(z.tuple([text, members])),
  membersMaySetTtl: z.boolean(),
  ttlDefaultSeconds: seconds.nullable(),
  bucketFaults: z.custom<readonly BucketFault[]>((faults) => wrongFaults(faults) === undefined),
  crashAfterSteps: count.nullable(),
  nextUploadNumber: count,
  nextTrashNumber: count,
  nextCopyNumber: count,
  logicalBytes: sizeBytes,
  everBegunBytes: sizeBytes,
  storedBytes: sizeBytes,
  billedBytes: sizeBytes,
});

/** A run. Omitted facts have their usual values; its lineage is stored with the versions. */
export const RUN_ROW = z.strictObject({
  name: z.tuple([text, text, text]),
  exists: z.boolean(),
  owner: text.nullable(),
  startedAt: instant,
  ended: z.tuple([z.enum(RUN_ENDS), instant]).optional(),
  displayName: text.optional(),
  tags: z.array(text).optional(),
  config: json.optional(),
  summary: json.optional(),
  group: text.optional(),
  jobType: text.optional(),
  notes: text.optional(),
  progress: json.optional(),
  files: z.array(z.tuple([text, text, sizeBytes, json.optional()])).optional(),
});

/** A version that a run logged without creating it (RUN-3): the number of the run, and the version. */
export const OUTPUT_ROW = z.tuple([count, ...place]);

const key = text.regex(/^[0-9a-f]{32}$/).transform((value) => value as CollectionId);

/** An artifact collection; what it lists is stored with the versions and the links. */
export const COLLECTION_ROW = z.strictObject({
  name: z.tuple([text, text, text]),
  /** Its id, unless it is the key of its name. */
  id: key.optional(),
  kind: z.enum(['sequence', 'portfolio']),
  type: text,
  createdAt: instant,
  description: text.optional(),
  tags: z.array(text).optional(),
  exists: z.boolean(),
  nextIndex: count,
  aliases: z.array(z.tuple([text, count])),
  protectedAliases: z.array(text),
});

/** The key of a name, and the number of the artifact collection that took it last. */
export const NAME_ROW = z.tuple([key, count]);

/**
 * A version, or a part of the next row's additions. Omitted fields have their usual values: the artifact collection of
 * the previous row, the next index if it was ever committed, the instant of the previous row, committed at creation, and
 * the previous manifest with a few differences.
 */
export const VERSION_ROW = z.strictObject({
  /** The number of its artifact collection. */
  in: count.optional(),
  index: count.optional(),
  /** Seconds between the creation of the previous version and this one. */
  after: count.optional(),
  /** Its state; COMMITTED if none of these is set. */
  pending: z.tuple([count, z.array(text)]).optional(),
  committedAt: instant.optional(),
  aliases: z.array(text).optional(),
  softDeletedNow: z
    .tuple([instant, count, z.enum(['waiting', 'reviewed', 'released']), instant.nullable()])
    .optional(),
  closed: z.tuple([instant, instant.nullable()]).optional(),
  /** The number of an earlier, equal manifest. */
  same: count.optional(),
  /** Whether its manifest is complete rather than a difference from the previous one. */
  whole: z.literal(true).optional(),
  /** Paths and contents in turn: in full the first time, then by number. */
  add: z.array(z.unknown()).optional(),
  /** The numbers of paths that only the previous manifest has. */
  remove: z.array(count).optional(),
  /** The first part of the next row's additions. */
  part: z.array(z.unknown()).optional(),
  /** Whether its objects are shared within the entity. */
  shared: z.literal(true).optional(),
  ttl: z.union([z.literal('none'), seconds]).optional(),
  tags: z.array(text).optional(),
  description: text.optional(),
  metadata: json.optional(),
  historyStep: count.optional(),
  links: z.array(z.tuple([...place])).optional(),
  loggedBy: count.optional(),
  usedBy: z.array(count).optional(),
});
/** A version's row as it is written. */
export type VersionRow = z.input<typeof VERSION_ROW>;

/** A client id: its key, the version, and the digest that was announced with it. */
export const CLIENT_ID_ROW = z.tuple([
  text,
  ...place,
  z.custom<ManifestDigest>((value) => typeof value === 'string' && isManifestDigest(value)).nullable(),
]);

/** A reference, or a file with an extra, among the additions of a manifest. */
export const UNUSUAL_ENTRY = z.union([
  z.strictObject({ address: text, checksum: text, sizeBytes, extra: json.optional() }),
  z.strictObject({ content: z.union([z.tuple([count]), z.tuple([text, sizeBytes])]), extra: json }),
]);

/** A link and its source. */
export const LINK_ROW = z.tuple([...place, ...place, z.array(text), instant]);

/** A scope: the number of an artifact collection, or the name of an entity. */
export const SCOPE_ROW = z.union([count, z.tuple([text])]);

/** A usual object: its number of holders, since when it is stored, and whether it was written with versioning on. */
export const ORDINARY_OBJECT_ROW = z.tuple([...thing, count, instant, z.literal(true).optional()]);

/** An unusual object: unknown to the store, not in the bucket, or with copies there. */
export const OBJECT_ROW = z.strictObject({
  object: z.tuple([...thing]),
  holders: count.nullable(),
  bucket: z
    .strictObject({
      current: z.boolean(),
      versioned: z.boolean(),
      since: instant,
      copies: z.array(
        z.tuple([z.enum(['noncurrent', 'soft-deleted']), count, instant, instant.nullable(), z.boolean()]),
      ),
    })
    .nullable(),
});

/** An object in a list. */
export const LISTED_OBJECT = z.tuple([...thing]);
/** A version in a list. */
export const LISTED_VERSION = z.tuple([...place]);
/** A version in a numbered queue. */
export const NUMBERED_VERSION = z.tuple([count, ...place]);
/** A version in an expiry queue, with the part of its place before the id. */
export const QUEUED_VERSION = z.tuple([text, ...place]);
