import type { Refusal } from '../lifecycle/decision.ts';
import { printable } from '../values/names.ts';

// The catalogue has no sentences for these: no command of the model reads files, or asks for a type.

/** Files of a version cannot be read: somebody deleted them in the bucket itself (BKT-6; basis: doc). */
export function filesMissing(version: string, paths: readonly string[]): Refusal {
  return {
    code: 'objects-missing',
    rule: 'BKT-6',
    sentence: `${printable(version)} cannot be read: the bucket does not have ${printable(paths.join(', '))}.`,
    blockers: paths,
    instead: `recover: ${printable(version, 2_000)}, if the bucket has kept a copy`,
  };
}

/** What is there is of another type than was asked for (LOG-4; basis: sdk). */
export function notOfType(name: string, stands: string, asked: string): Refusal {
  return {
    code: 'type-mismatch',
    rule: 'LOG-4',
    sentence: `${printable(name)} is of the type "${printable(stands)}", and not "${printable(asked)}".`,
    blockers: [],
    instead: null,
  };
}

/** Nothing in a project is of a type (DEL-3; basis: chosen). */
export function noSuchType(type: string, project: string): Refusal {
  return {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: `There is no artifact type "${printable(type)}" in the project ${printable(project)}.`,
    blockers: [],
    instead: null,
  };
}
