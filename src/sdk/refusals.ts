import { type Refusal, refused } from '../lifecycle/decision.ts';

/** Files of a version cannot be read: somebody deleted them in the bucket itself (BKT-6; basis: doc). */
export function filesMissing(version: string, paths: readonly string[]): Refusal {
  return refused('filesUnreadable', { version, paths: paths.join(', ') }, paths).refusal;
}

/** What is there is of another type than was asked for (LOG-1; basis: doc). */
export function notOfType(name: string, stands: string, asked: string): Refusal {
  return refused('otherTypeAsked', { name, stands, asked }).refusal;
}

/** Nothing in a project is of a type (LOG-1; basis: doc). */
export function noSuchType(type: string, project: string): Refusal {
  return refused('noSuchType', { type, project }).refusal;
}
