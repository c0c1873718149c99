import { describe, expect, test } from 'vitest';
import { leftByDelete } from '../../src/bucket/copies.ts';
import { daysLater, isProtected, MANAGED_BUCKET, PROVIDERS, providerName } from '../../src/bucket/policy.ts';
import { day, EVERY_BUCKET, policyOf } from './every-bucket.ts';

describe('a bucket is protected (GC-7)', () => {
  test.each([
    ['managed', false, false, true],
    ['aws', false, false, false],
    ['aws', true, false, true],
    ['gcp', false, false, false],
    ['gcp', true, false, true],
    ['minio', false, false, false],
    ['minio', true, false, true],
    ['azure', false, false, false],
    ['azure', false, true, true],
  ] as const)('%s, versioning %s, soft delete %s: %s', (provider, versioning, softDelete, protects) => {
    expect(isProtected(policyOf({ provider, versioning, softDelete }))).toBe(protects);
  });

  test('only by its own kind of protection', () => {
    expect(isProtected(policyOf({ provider: 'azure', versioning: true }))).toBe(false);
    for (const provider of ['aws', 'gcp', 'minio'] as const) {
      expect(isProtected(policyOf({ provider, softDelete: true }))).toBe(false);
    }
  });

  test('if it keeps deleted objects, on GCP as noncurrent copies; the bucket of the service is always protected', () => {
    for (const { policy, keeps } of EVERY_BUCKET) {
      const isGcp = policy.provider === 'gcp';
      const protects = isGcp ? keeps === 'noncurrent' : keeps !== null || policy.provider === 'managed';
      expect(isProtected(policy)).toBe(protects);
    }
  });
});

describe('a policy', () => {
  test('decides what a delete leaves behind', () => {
    for (const { policy, keeps } of EVERY_BUCKET) {
      expect(leftByDelete(policy, { versioned: false })).toBe(keeps);
    }
  });

  test('has the defaults of the documentation: 30 days, and seven days of soft delete (BKT-3, BKT-4)', () => {
    expect(MANAGED_BUCKET).toEqual({
      provider: 'managed',
      versioning: false,
      lifecycle: [{ noncurrentDays: 30 }],
      softDelete: false,
      softDeleteDays: 7,
    });
    expect(Object.isFrozen(MANAGED_BUCKET)).toBe(true);
  });

  test('names each provider as people write it', () => {
    expect(PROVIDERS.map(providerName)).toEqual(['managed', 'AWS', 'GCP', 'MinIO', 'Azure']);
  });

  test('counts in days of 86,400 seconds', () => {
    expect([daysLater(day(1), 0), daysLater(day(1), 2)]).toEqual([86_400, 259_200]);
  });
});
