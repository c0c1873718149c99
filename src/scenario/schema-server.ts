import { z } from 'zod';
import { BUCKET_CALLS, FAULT_KINDS } from '../bucket/faults.ts';
import { PROVIDERS } from '../bucket/policy.ts';
import { DEPLOYMENTS } from '../store/settings.ts';
import { count, duration, entriesOf, oneOf, positiveDuration, text } from './schema-values.ts';

const days = (most: number) =>
  z
    .int({ error: () => `expected a whole number of days, from 1 to ${most}` })
    .min(1, { error: () => `expected a whole number of days, from 1 to ${most}` })
    .max(most, { error: () => `expected a whole number of days, from 1 to ${most}` });

const MOST_FAULTS = 1_000;
const times = z
  .int({ error: () => `expected a whole number, from 1 to ${MOST_FAULTS}` })
  .min(1, { error: () => `expected a whole number, from 1 to ${MOST_FAULTS}` })
  .max(MOST_FAULTS, { error: () => `expected a whole number, from 1 to ${MOST_FAULTS}` });

const bucket = z
  .strictObject({
    provider: oneOf(PROVIDERS).optional().meta({ description: 'Whose bucket it is' }),
    versioning: z.boolean().optional().meta({ description: 'AWS, GCP, MinIO: a delete leaves a copy' }),
    noncurrentCopies: count
      .optional()
      .meta({ description: 'How many noncurrent copies of one object the lifecycle rule leaves (1)' }),
    noncurrentDays: days(36_500)
      .optional()
      .meta({ description: 'For how many days the lifecycle rule leaves a noncurrent copy (30)' }),
    softDelete: z.boolean().optional().meta({ description: 'Azure: a deleted blob is kept for some days' }),
    softDeleteDays: days(365).optional().meta({ description: 'For how many days (7)' }),
  })
  .meta({ description: 'The bucket: whose it is, and what it keeps of what is deleted' });

const fault = z.strictObject({
  call: oneOf(BUCKET_CALLS),
  fault: oneOf(FAULT_KINDS),
  times: times.optional().meta({ description: 'How many calls it meets (1)' }),
});

/** The switches of the server, as `server` blocks and steps write them. */
export const server = z.strictObject({
  deployment: oneOf(DEPLOYMENTS).optional().meta({ description: 'How the service is run (shared-cloud)' }),
  env: entriesOf(text, 'a mapping of variables to texts').optional(),
  bucket: bucket.optional(),
  'bucket faults': z
    .array(fault)
    .optional()
    .meta({ description: 'What goes wrong with the next calls to the bucket' }),
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
