/**
 * What kind of public text a source is: documentation of the service or of the bucket's provider (`doc`); the source of
 * the public Python SDK (`sdk`); a thread in which a maintainer said it or users reported it (`said`).
 */
export type SourceKind = 'doc' | 'sdk' | 'said';

/** A public text that states what a rule says, or part of it. */
export interface Source {
  readonly kind: SourceKind;
  /** Who publishes the text, and its title or path; for a thread, what it says in our words. */
  readonly title: string;
  /** Where it can be read; starts with `https://`. */
  readonly address: string;
  /** The day on which we read it, as `YYYY-MM-DD`. The text may have changed since. */
  readonly read: string;
}

/** The sources that rules refer to. Several rules may share one. */
export const SOURCES = {
  aliases: docs('Reference an artifact version with aliases', 'models/registry/aliases', '2026-11-28'),
  artifactStorage: docs(
    'How much storage does each artifact version use?',
    'models/support/artifact_storage_version',
    '2026-11-28',
  ),
  createAlias: docs('Create an artifact alias', 'models/artifacts/create-a-custom-alias', '2026-11-28'),
  createVersion: docs(
    'Create an artifact version',
    'models/artifacts/create-a-new-artifact-version',
    '2026-11-28',
  ),
  dataPrivacy: docs(
    'Artifact data privacy and compliance',
    'models/artifacts/data-privacy-and-compliance',
    '2026-11-28',
  ),
  deleteArtifacts: docs('Delete an artifact', 'models/artifacts/delete-artifacts', '2026-11-28'),
  deleteManyArtifacts: docs(
    'How do I delete many artifacts at once?',
    'support/models/articles/how-do-i-delete-many-artifacts-at-once',
    '2026-11-28',
  ),
  deleteRegistry: docs('Delete registry', 'models/registry/delete_registry', '2026-11-28'),
  deleteRuns: docs('Delete runs', 'models/runs/delete-runs', '2026-11-28'),
  environment: docs('Configure environment variables', 'platform/hosting/env-vars', '2026-11-28'),
  externalFiles: docs('Track external files', 'models/artifacts/track-external-files', '2026-11-28'),
  manageBucket: docs(
    'Manage bucket storage and costs',
    'platform/hosting/managing-bucket-storage',
    '2026-11-28',
  ),
  registryAccess: docs('Configure registry access', 'models/registry/configure_registry', '2026-11-28'),
  runIdentifiers: docs("Find and customize a run's ID or name", 'models/runs/run-identifiers', '2026-11-28'),
  tags: docs('Organize versions with tags', 'models/registry/organize-with-tags', '2026-11-28'),
  teams: docs('Team settings', 'platform/app/settings-page/teams', '2026-11-28'),
  ttl: docs('Manage artifact data retention', 'models/artifacts/ttl', '2026-11-28'),
  updateArtifact: docs('Update an artifact', 'models/artifacts/update-an-artifact', '2026-11-28'),

  sdkArtifact: sdk('v0.28.2', 'wandb/sdk/artifacts/artifact.py', '2026-11-28'),
  sdkCollections: sdk('v0.28.2', 'wandb/apis/public/artifacts.py', '2026-11-28'),
  sdkHashes: sdk('v0.28.2', 'wandb/sdk/lib/hashutil.py', '2026-11-28'),
  sdkImporter: sdk('v0.27.0', 'wandb/apis/importers/wandb.py', '2026-11-28'),
  sdkInit: sdk('v0.28.2', 'wandb/sdk/wandb_init.py', '2026-11-28'),
  sdkManifest: sdk('v0.28.2', 'wandb/sdk/artifacts/artifact_manifests/artifact_manifest_v1.py', '2026-11-28'),
  sdkRun: sdk('v0.28.2', 'wandb/sdk/wandb_run.py', '2026-11-28'),
  sdkRuns: sdk('v0.28.2', 'wandb/apis/public/runs.py', '2026-11-28'),
  sdkSaver: sdk('v0.28.2', 'core/pkg/artifacts/saver.go', '2026-11-28'),
  sdkStoragePolicy: sdk(
    'v0.28.2',
    'wandb/sdk/artifacts/storage_policies/wandb_storage_policy.py',
    '2026-11-28',
  ),
  sdkValidators: sdk('v0.28.2', 'wandb/sdk/artifacts/_validators.py', '2026-11-28'),

  saidBlocked: thread(
    'wandb/terraform-google-wandb',
    'pull/93',
    'garbage collection waits until the bucket has versioning',
    '2026-11-28',
  ),
  saidClientId: thread('wandb/wandb', 'pull/11039', 'client ids that collided', '2026-11-28'),
  saidCompared: thread('wandb/wandb', 'pull/6190', 'which version a new one is compared with', '2026-11-28'),
  saidDependent: thread('wandb/wandb', 'issues/2448', 'an artifact on which another depends', '2026-11-28'),
  saidEmptied: thread('wandb/wandb', 'issues/4816', 'an artifact without versions remains', '2026-11-28'),
  saidGap: thread('wandb/wandb', 'issues/2828', 'the index of a deleted version is skipped', '2026-11-28'),
  saidLinked: thread('wandb/wandb', 'issues/8631', 'a linked version can be deleted', '2026-11-28'),
  saidNoLatest: thread('wandb/weave', 'pull/528', 'what clients do without `latest`', '2026-11-28'),
  saidOrphaned: thread('wandb/wandb', 'issues/12814', 'history that cannot be deleted', '2026-11-28'),
  saidOutlives: thread('wandb/wandb', 'issues/10459', 'history that outlives its run', '2026-11-28'),

  awsDeleteMarkers: bucket(
    'Amazon S3, "Managing delete markers"',
    'docs.aws.amazon.com/AmazonS3/latest/userguide/ManagingDelMarkers.html',
    '2026-11-28',
  ),
  awsExpiration: bucket(
    'Amazon S3, "NoncurrentVersionExpiration"',
    'docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html',
    '2026-11-28',
  ),
  awsLifecycle: bucket(
    'Amazon S3, "Lifecycle configuration elements"',
    'github.com/awsdocs/amazon-s3-userguide/blob/0009290dee01ae2dd84aa996c8b6756e96a21457/doc_source/intro-lifecycle-rules.md',
    '2026-11-28',
  ),
  awsSuspended: bucket(
    'Amazon S3, "Deleting objects from versioning-suspended buckets"',
    'docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectsfromVersioningSuspendedBuckets.html',
    '2026-11-28',
  ),
  awsTerraform: bucket(
    'W&B Terraform module for AWS, modules/file_storage/main.tf',
    'github.com/wandb/terraform-aws-wandb/blob/0aa7acf05a7ab228ce2302e36ef41d6432e3bfe3/modules/file_storage/main.tf',
    '2026-11-28',
  ),
  azureSoftDelete: bucket(
    'Azure Storage, "Soft delete for blobs"',
    'learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview',
    '2026-11-28',
  ),
  azureSwitch: bucket(
    'Azure Storage, "Enable soft delete for blobs"',
    'github.com/MicrosoftDocs/azure-docs/blob/07dfc03e3f4d9323e6502435d2540322c9f7e4ba/articles/storage/blobs/soft-delete-blob-enable.md',
    '2026-11-28',
  ),
  gcpLifecycle: bucket(
    'Google Cloud Storage, "Object Lifecycle Management"',
    'cloud.google.com/storage/docs/lifecycle',
    '2026-11-28',
  ),
  gcpSoftDelete: bucket(
    'Google Cloud Storage, "Soft delete"',
    'cloud.google.com/storage/docs/soft-delete',
    '2026-11-28',
  ),
  gcpSoftDeleteDays: bucket(
    'Terraform provider for Google Cloud, google_storage_bucket',
    'github.com/hashicorp/terraform-provider-google/blob/0262be693c00e5902e2190d2ae307d6112467e31/website/docs/r/storage_bucket.html.markdown',
    '2026-11-28',
  ),
  gcpVersioning: bucket(
    'Google Cloud Storage, "Object Versioning"',
    'cloud.google.com/storage/docs/object-versioning',
    '2026-11-28',
  ),
  minioVersioning: bucket(
    'MinIO, "Bucket Versioning"',
    'github.com/minio/docs/blob/00ad8a63823d1ebd1d4c2a1ba40fb4ec9f5ad8cf/source/administration/object-management/object-versioning.rst',
    '2026-11-28',
  ),
} satisfies Record<string, Source>;

function docs(title: string, path: string, read: string): Source {
  return {
    kind: 'doc',
    title: `W&B documentation, "${title}"`,
    address: `https://docs.wandb.ai/${path}`,
    read,
  };
}

function sdk(tag: string, path: string, read: string): Source {
  const address = `https://github.com/wandb/wandb/blob/${tag}/${path}`;
  return { kind: 'sdk', title: `wandb ${tag}, ${path}`, address, read };
}

function thread(repository: string, path: string, title: string, read: string): Source {
  const address = `https://github.com/${repository}/${path}`;
  return { kind: 'said', title: `${repository} ${path}, ${title}`, address, read };
}

function bucket(title: string, address: string, read: string): Source {
  return { kind: 'doc', title, address: `https://${address}`, read };
}
