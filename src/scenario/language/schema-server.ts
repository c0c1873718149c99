import { z } from 'zod';
import { BUCKET_CALLS, FAULT_KINDS } from '../../bucket/faults.ts';
import { lifecycleText } from '../../bucket/lifecycle.ts';
import { PROVIDERS } from '../../bucket/policy.ts';
import {
  ARTIFACT_REFERENCES,
  COLLECTOR_NAMES,
  DEPLOYMENTS,
  LATEST_AFTER_DELETE,
  SHARINGS,
} from '../../store/settings.ts';
import { mappingOf } from '../yaml/yaml-keys.ts';
import { count, duration, entriesOf, oneOf, positiveDuration, text } from './schema-values.ts';

const DAYS = 'a whole number of days';

const lifecycleRule = z
  .strictObject({
    noncurrentDays: fromOne(36_500, DAYS)
      .optional()
      .meta({ description: 'Days for which a copy has been noncurrent' }),
    newerCopies: count.optional().meta({ description: 'Newer noncurrent copies of the object' }),
  })
  .refine((rule) => Object.keys(rule).length > 0, {
    error: 'expected noncurrentDays, newerCopies, or both',
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 });

const bucket = z
  .strictObject(
    {
      provider: oneOf(PROVIDERS)
        .optional()
        .meta({ description: 'Who provides the bucket (managed; aws if the operator brings it)' }),
      versioning: z
        .boolean()
        .optional()
        .meta({ description: 'AWS, GCP, MinIO: a delete leaves a noncurrent copy' }),
      lifecycle: z.array(lifecycleRule).optional().meta({
        description:
          'Rules, each with noncurrentDays, newerCopies, or both: one removes a copy when all its conditions hold (30 days)',
      }),
      softDelete: z.boolean().optional().meta({
        description: 'Azure, GCP: a deleted object is kept for some days (on GCP, on)',
      }),
      softDeleteDays: fromOne(365, DAYS)
        .optional()
        .meta({ description: 'Days for which it is kept; on GCP 7 to 90 (7)' }),
    },
    { error: (issue) => (issue.code === 'unrecognized_keys' ? oldLimits(issue.input) : undefined) },
  )
  .meta({ description: 'The bucket, and what it keeps of deleted objects' });

// Each of the old limits applied on its own, so each becomes a rule.
function oldLimits(given: unknown): string | undefined {
  const { noncurrentCopies, noncurrentDays } = mappingOf(given);
  if (noncurrentCopies === undefined && noncurrentDays === undefined) return undefined;
  const rules = [
    { newerCopies: typeof noncurrentCopies === 'number' ? noncurrentCopies : 1 },
    { noncurrentDays: typeof noncurrentDays === 'number' ? noncurrentDays : 30 },
  ];
  return `expected "lifecycle: ${lifecycleText(rules)}" in place of "noncurrentCopies" and "noncurrentDays"`;
}

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
    .meta({ description: 'What a reference does when its target is to be deleted (dangle)' }),
  collector: oneOf(COLLECTOR_NAMES)
    .optional()
    .meta({ description: 'The garbage collector (reference-counting)' }),
});

function fromOne(most: number, what: string) {
  const error = () => `expected ${what}, from 1 to ${most}`;
  return z.int({ error }).min(1, { error }).max(most, { error });
}
