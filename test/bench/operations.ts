import type { Command } from '../../src/decider/command.ts';
import type { FileName, VersionName } from '../../src/values/names.ts';
import { seconds } from '../../src/values/units.ts';
import type { Workload } from './workload.ts';

/** What is measured of a store, in the order of a round; `load` is measured while the store is built. */
export const OPERATIONS = [
  'load',
  'log',
  'alias move',
  'look-up by alias',
  'why',
  'delete',
  'restore',
  'expire',
  'collect',
] as const;
/** One of them. */
export type OperationName = (typeof OPERATIONS)[number];

/** What an operation does: commands, questions, or a run of garbage collection; and for how many jobs that counts. */
export type Action = { readonly jobs: number } & (
  | { readonly kind: 'commands'; readonly commands: readonly Command[] }
  | { readonly kind: 'look-up'; readonly names: readonly VersionName[] }
  | { readonly kind: 'why'; readonly files: readonly FileName[] }
  | { readonly kind: 'collect' }
);

/** One operation of a round. */
export interface Operation {
  readonly name: Exclude<OperationName, 'load'>;
  /** What has to be done first, and is not measured. */
  readonly before: readonly Command[];
  /** Makes a new action for each side. */
  readonly action: () => Action;
}

const RETENTION_SECONDS = 7 * 86_400;

/**
 * The operations of one round, from 1. Each does so many jobs: versions are logged, old ones get an alias and lose it,
 * are deleted and restored, and the new ones expire and are collected. So a round leaves the store as it found it, but
 * for tombstones, and each of the new versions takes one object with it.
 */
export function operationsOf(work: Workload, round: number): readonly Operation[] {
  const moves = (names: readonly VersionName[]) =>
    names.map((version, job): Command => {
      return { type: 'editAliases', version, add: [work.aliasOf(job)], remove: [], protect: [] };
    });
  const { jobs } = work;
  const commands = (made: readonly Command[]): Action => ({ kind: 'commands', commands: made, jobs });
  const ttls = work.newVersions(round).map((version, job): Command => {
    return { type: 'setTtl', version, ttl: { kind: 'lasting', seconds: seconds(job + 1) } };
  });
  return [
    { name: 'log', before: [], action: () => commands(work.logs(round)) },
    {
      name: 'alias move',
      before: moves(work.newVersions(round)),
      action: () => commands(moves(work.oldVersions(round))),
    },
    {
      name: 'look-up by alias',
      before: [],
      action: () => ({ kind: 'look-up', names: work.aliasNames(), jobs }),
    },
    { name: 'why', before: [], action: () => ({ kind: 'why', files: work.oldFiles(round), jobs }) },
    {
      name: 'delete',
      before: [],
      action: () =>
        commands(
          work.oldVersions(round).map((name): Command => {
            return { type: 'deleteVersion', target: { by: 'name', name }, deleteAliases: true };
          }),
        ),
    },
    {
      name: 'restore',
      before: [],
      action: () =>
        commands(work.oldVersions(round).map((version): Command => ({ type: 'restoreVersion', version }))),
    },
    {
      name: 'expire',
      before: ttls,
      action: () =>
        commands(
          ttls.flatMap((): readonly Command[] => [
            { type: 'moveClock', bySeconds: seconds(1) },
            { type: 'expireVersions' },
          ]),
        ),
    },
    {
      name: 'collect',
      before: [{ type: 'moveClock', bySeconds: seconds(RETENTION_SECONDS) }],
      action: () => ({ kind: 'collect', jobs }),
    },
  ];
}
