import { produce } from 'immer';
import type { BlobKey } from '../../../src/bucket/blob.ts';
import type { Bucket, BucketDraft } from '../../../src/bucket/bucket.ts';
import * as bucketOf from '../../../src/bucket/bucket.ts';
import type { BucketPolicy } from '../../../src/bucket/policy.ts';
import type { Bytes, Instant } from '../../../src/values/units.ts';

const changed = (bucket: Bucket, change: (draft: BucketDraft) => void): Bucket =>
  produce<Bucket, BucketDraft>(bucket, (draft) => change(draft));

/** The bucket after a put; like everything here it leaves the bucket before as it was. */
export function putBlob(
  bucket: Bucket,
  policy: BucketPolicy,
  key: BlobKey,
  sizeBytes: Bytes,
  now: Instant,
): Bucket {
  return changed(bucket, (draft) => bucketOf.putBlobs(draft, policy, [[key, sizeBytes]], now));
}

/** The bucket after a delete. */
export function deleteBlob(bucket: Bucket, policy: BucketPolicy, key: BlobKey, now: Instant): Bucket {
  return changed(bucket, (draft) => bucketOf.deleteBlob(draft, policy, key, now));
}

/** The bucket after an undelete. */
export function undeleteBlob(bucket: Bucket, policy: BucketPolicy, key: BlobKey, now: Instant): Bucket {
  return changed(bucket, (draft) => bucketOf.undeleteBlob(draft, policy, key, now));
}

/** The bucket after it dropped what was due. */
export function dropCopies(bucket: Bucket, policy: BucketPolicy, now: Instant): Bucket {
  return changed(bucket, (draft) => bucketOf.dropCopies(draft, policy, now));
}

/** The bucket after its lifecycle rules changed. */
export function applyLifecycle(bucket: Bucket, policy: BucketPolicy): Bucket {
  return changed(bucket, (draft) => bucketOf.applyLifecycle(draft, policy));
}
