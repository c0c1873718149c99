import type { FileName } from '../../src/values/names.ts';
import type { Twin } from './twin.ts';
import { filesOf, type TwinVersion } from './twin-records.ts';

/** Why a file is stored: since when, and which versions hold it. */
export interface TwinWhy {
  readonly since: number;
  readonly holders: readonly {
    readonly version: string;
    readonly state: string;
    readonly aliases: readonly string[];
  }[];
}

/**
 * Answers the same question as `why`, null where the file is not stored. It looks for the holders around the version
 * that is asked about, on both sides at once, and stops at the last one: versions that share a file mostly lie together.
 */
export function twinWhy(twin: Twin, file: FileName): TwinWhy | null {
  const version = twin.at(file.version);
  const digest = filesOf(version?.manifest ?? NO_FILES).find(({ path }) => path === file.path)?.digest;
  if (version === undefined || digest === undefined) return null;
  const { versions, objects, name } = version.sequence;
  const object = objects.get(digest);
  if (object === undefined) return null;
  const holders: TwinVersion[] = [];
  for (let distance = 0; holders.length < object.holders && distance < versions.length; distance += 1) {
    for (const index of distance === 0
      ? [version.index]
      : [version.index - distance, version.index + distance]) {
      const candidate = versions[index];
      if (candidate !== undefined && holds(candidate, digest)) holders.push(candidate);
    }
  }
  return {
    since: object.since,
    holders: holders
      .sort((left, right) => left.index - right.index)
      .map(({ index, state, aliases }) => ({ version: `${name.collection}:v${index}`, state, aliases })),
  };
}

const NO_FILES = { entries: [] };

function holds({ state, manifest }: TwinVersion, digest: string): boolean {
  if (state === 'DELETED') return false;
  for (const file of filesOf(manifest)) if (file.digest === digest) return true;
  return false;
}
