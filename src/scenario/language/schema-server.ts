import { z } from 'zod';
import { BUCKET_CALLS, FAULT_KINDS } from '../../bucket/faults.ts';
import { PROVIDERS } from '../../bucket/policy.ts';
import { COLLECTOR_NAMES, DEPLOYMENTS } from '../../store/settings.ts';
import { count, duration, entriesOf, oneOf, positiveDuration, text } from './schema-values.ts';

const DAYS = 'a whole number of days';

const bucket = z
  .strictObject({
    provider: oneOf(PROVIDERS).optional().meta({ description: 'Whose bucket it is' }),
    versioning: z.boolean().optional().meta({ description: 'AWS, GCP, MinIO: a delete leaves a copy' }),
    noncurrentCopies: count
      .optional()
      .meta({ description: 'How many noncurrent copies of one object the lifecycle rule leaves (1)' }),
    noncurrentDays: fromOne(36_500, DAYS)
      .optional()
      .meta({ description: 'For how many days the lifecycle rule leaves a noncurrent copy (30)' }),
    softDelete: z.boolean().optional().meta({ description: 'Azure: a deleted blob is kept for some days' }),
    softDeleteDays: fromOne(365, DAYS).optional().meta({ description: 'For how many days (7)' }),
  })
  .meta({ description: 'The bucket: whose it is, and what it keeps of what is deleted' });

const fault = z.strictObject({
  call: oneOf(BUCKET_CALLS),
  fault: oneOf(FAULT_KINDS),
  times: fromOne(1_000, 'a whole number').optional().meta({ description: 'How many calls it meets (1)' }),
});

/** The switches of the server, as `server` blocks and steps write them. */
export const server = z.strictObject({
  deployment: oneOf(DEPLOYMENTS).optional().meta({ description: 'How the service is run (shared-cloud)' }),
  env: entriesOf(text, 'a mapping of variables to texts')
    .optional()
    .meta({ description: 'Variables of its environment; the others stay' }),
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
  sharing: oneOf(['collection', 'entity'])
    .optional()
    .meta({ description: 'Within what equal content is stored once (collection)' }),
  latestAfterDelete: oneOf(['absent', 'resolve-newest'])
    .optional()
    .meta({ description: 'What latest names when its version was deleted (absent)' }),
  collector: oneOf(COLLECTOR_NAMES)
    .optional()
    .meta({ description: 'How garbage is collected (reference-counting)' }),
});

function fromOne(most: number, what: string) {
  const error = () => `expected ${what}, from 1 to ${most}`;
  return z.int({ error }).min(1, { error }).max(most, { error });
}
