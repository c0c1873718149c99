import type { FileName } from '../../src/values/names.ts';
import type { Baseline } from './baseline.ts';
import { type BaselineVersion, filesOf } from './baseline-records.ts';

/** Why a file is stored: since when, and which versions hold it. */
export interface BaselineWhy {
  readonly since: number;
  readonly holders: readonly {
    readonly version: string;
    readonly state: string;
    readonly aliases: readonly string[];
  }[];
}

/**
 * Answers the same question as `why`, null where the file is not stored. It looks for the holders around the version
 * that is asked about, on one side while there are any and then on the other, and stops at the last one; and in each of
 * them first where the file lay in the one that is asked about.
 */
export function baselineWhy(baseline: Baseline, file: FileName): BaselineWhy | null {
  const version = baseline.at(file.version);
  const files = filesOf(version?.manifest ?? NO_FILES);
  const place = files.findIndex(({ path }) => path === file.path);
  const digest = files[place]?.digest;
  if (version === undefined || digest === undefined) return null;
  const { versions, objects, name } = version.sequence;
  const object = objects.get(digest);
  if (object === undefined) return null;
  const holders: BaselineVersion[] = [];
  let [here, there] = [
    { at: version.index, step: 1 },
    { at: version.index - 1, step: -1 },
  ];
  while (holders.length < object.holders && (versions[here.at] ?? versions[there.at]) !== undefined) {
    const candidate = versions[here.at];
    here.at += here.step;
    if (candidate !== undefined && holds(candidate, digest, place)) holders.push(candidate);
    else [here, there] = [there, here];
  }
  return {
    since: object.since,
    holders: holders
      .sort((left, right) => left.index - right.index)
      .map(({ index, state, aliases }) => ({ version: `${name.collection}:v${index}`, state, aliases })),
  };
}

const NO_FILES = { entries: [] };

function holds({ state, manifest }: BaselineVersion, digest: string, place: number): boolean {
  if (state === 'DELETED') return false;
  const files = filesOf(manifest);
  return files[place]?.digest === digest || files.some((file) => file.digest === digest);
}
