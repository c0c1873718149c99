import { z } from 'zod';
import { parsedJson } from '../../values/json.ts';
import type { VersionId } from '../../values/names.ts';

/** How a manifest file adds to a version: as all its content, as changes to a base, or beside what other writers add. */
export type ManifestType = 'FULL' | 'INCREMENTAL' | 'PATCH';

/** What a manifest file is for. */
export interface ManifestPurpose {
  readonly versionId: VersionId;
  readonly type: ManifestType;
  /** The version that an INCREMENTAL manifest changes; null for none. */
  readonly baseId: VersionId | null;
}

/** The id of a manifest, which says what it is for: a server keeps no table of them. */
export function manifestIdOf({ versionId, type, baseId }: ManifestPurpose): string {
  return Buffer.from(JSON.stringify([versionId, type, baseId]), 'utf8').toString('base64url');
}

const parts = z.tuple([z.string(), z.enum(['FULL', 'INCREMENTAL', 'PATCH']), z.string().nullable()]);

/** What the manifest of an id is for; undefined for any other text. */
export function purposeOf(manifestId: string): ManifestPurpose | undefined {
  const text = Buffer.from(manifestId, 'base64url').toString('utf8');
  const read = parts.safeParse(parsedJson(text));
  if (!read.success) return undefined;
  const [versionId, type, baseId] = read.data;
  return { versionId: versionId as VersionId, type, baseId: baseId as VersionId | null };
}
