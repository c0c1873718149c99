import { collectionById, runById } from '../../store/look-up.ts';
import { type Project, projectIdOf } from '../../store/project.ts';
import type { Run } from '../../store/run.ts';
import type { Store } from '../../store/store.ts';
import type { ProjectName } from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { type Parsed, parsing } from '../../values/result.ts';
import { runField } from './run-fields.ts';

/** The place of a run in an order. It stays the same while other runs are deleted, so that a page can start after it. */
export type RunKey = readonly [kind: number, value: number | string, startedAt: number, run: string];

/** An order of runs. No two runs of a project have the same place. */
export interface RunOrder {
  keyOf(run: Run): RunKey;
  /** Compares two places: negative if the first comes first. */
  compare(left: RunKey, right: RunKey): number;
}

/**
 * Reads an order of runs: a field of `runField`, after `+` or nothing for ascending and `-` for descending order. Numbers
 * come before texts; runs without a value come last in both directions; those with the same value as they started, and
 * then by name. Fails with what is expected.
 */
export function parseRunOrder(text: string, store: Pick<Store, 'now' | 'begins'>): Parsed<RunOrder> {
  return parsing(() => {
    const field = runField(text.replace(/^[+-]/, ''), store);
    const sign = text.startsWith('-') ? -1 : 1;
    return {
      keyOf: (run) => [...placeOf(field.read(run)), run.startedAt, run.name.run],
      compare: (left, right) =>
        left[0] - right[0] ||
        sign * compareValues(left[1], right[1]) ||
        left[2] - right[2] ||
        byCodePoint(left[3], right[3]),
    };
  });
}

/** The existing runs of a project, as they started and then by name; none if there is no such project. */
export function runsIn(store: Store, name: ProjectName): readonly Run[] {
  const project = store.projects.get(projectIdOf(name));
  return Array.from(project?.runs.keys() ?? [], (id) => runById(store, id))
    .filter(({ exists }) => exists)
    .sort((left, right) => left.startedAt - right.startedAt || byCodePoint(left.name.run, right.name.run));
}

/** The existing projects of an entity, by name. */
export function projectsOf(store: Store, entity: string): readonly Project[] {
  return Array.from(store.projects.unorderedRows())
    .filter((project) => project.name.entity === entity && isInUse(store, project))
    .sort((left, right) => byCodePoint(left.name.project, right.name.project));
}

function isInUse(store: Store, { collections, runs }: Project): boolean {
  for (const id of collections.keys()) if (collectionById(store, id).exists) return true;
  for (const id of runs.keys()) if (runById(store, id).exists) return true;
  return false;
}

function placeOf(value: unknown): readonly [kind: number, value: number | string] {
  if (typeof value === 'number') return [0, value];
  return typeof value === 'string' ? [1, value] : [2, 0];
}

function compareValues(left: number | string, right: number | string): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return byCodePoint(String(left), String(right));
}
