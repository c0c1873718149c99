import { z } from 'zod';
import { BUCKET_CALLS, FAULT_KINDS } from '../../bucket/faults.ts';
import { PROVIDERS } from '../../bucket/policy.ts';
import {
  ARTIFACT_REFERENCES,
  COLLECTOR_NAMES,
  DEPLOYMENTS,
  LATEST_AFTER_DELETE,
  SHARINGS,
} from '../../store/settings.ts';
import { count, duration, entriesOf, oneOf, positiveDuration, text } from './schema-values.ts';

const DAYS = 'a whole number of days';

const bucket = z
  .strictObject({
    provider: oneOf(PROVIDERS)
      .optional()
      .meta({ description: 'Who provides the bucket (managed; aws if the operator brings it)' }),
    versioning: z
      .boolean()
      .optional()
      .meta({ description: 'AWS, GCP, MinIO: a delete leaves a noncurrent copy' }),
    noncurrentCopies: count
      .optional()
      .meta({ description: 'Noncurrent copies of an object that the lifecycle rule keeps (1)' }),
    noncurrentDays: fromOne(36_500, DAYS)
      .optional()
      .meta({ description: 'Days for which the lifecycle rule keeps a noncurrent copy (30)' }),
    softDelete: z.boolean().optional().meta({ description: 'Azure: a deleted blob is kept for some days' }),
    softDeleteDays: fromOne(365, DAYS).optional().meta({ description: 'Days for which it is kept (7)' }),
  })
  .meta({ description: 'The bucket, and what it keeps of deleted objects' });

const fault = z.strictObject({
  call: oneOf(BUCKET_CALLS),
  fault: oneOf(FAULT_KINDS),
  times: fromOne(1_000, 'a whole number')
    .optional()
    .meta({ description: 'Number of calls that fail in this way (1)' }),
});

/** The settings of the server, as `server` blocks and steps write them. */
export const server = z.strictObject({
  deployment: oneOf(DEPLOYMENTS)
    .optional()
    .meta({ description: 'How the service is deployed (shared-cloud)' }),
  env: entriesOf(text, 'a mapping of variables to texts')
    .optional()
    .meta({ description: 'Environment variables; the others stay' }),
  bucket: bucket.optional(),
  'bucket faults': z.array(fault).optional().meta({ description: 'Faults of the next calls to the bucket' }),
  retention: duration
    .optional()
    .meta({ description: 'How long a soft-deleted version keeps its files (7d)' }),
  gcEvery: positiveDuration
    .optional()
    .meta({ description: 'Scheduled jobs run at each multiple of this (6h)' }),
  abandonAfter: duration.optional().meta({ description: 'When an uncommitted upload is abandoned (7d)' }),
  sharing: oneOf(SHARINGS)
    .optional()
    .meta({ description: 'Where equal content is stored once (collection)' }),
  latestAfterDelete: oneOf(LATEST_AFTER_DELETE)
    .optional()
    .meta({ description: 'What latest resolves to after its version was deleted (absent)' }),
  runHistoryArtifacts: z
    .boolean()
    .optional()
    .meta({ description: 'Whether each run that ends logs its history as an artifact (false)' }),
  artifactReferences: oneOf(ARTIFACT_REFERENCES)
    .optional()
    .meta({ description: 'Whether a reference from another artifact holds its target (dangle)' }),
  collector: oneOf(COLLECTOR_NAMES)
    .optional()
    .meta({ description: 'The garbage collector (reference-counting)' }),
});

function fromOne(most: number, what: string) {
  const error = () => `expected ${what}, from 1 to ${most}`;
  return z.int({ error }).min(1, { error }).max(most, { error });
}
