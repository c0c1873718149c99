import type { Action } from '../simulator/action.ts';
import type { Who } from '../store/people.ts';
import type { RequestedTtl } from '../store/time-to-live.ts';
import { fullVersionName, type VersionName } from '../values/names.ts';

// A longer call would hide the sentence before it.
const LONGEST = 400;

/**
 * An action as a call that a script of this person can make, with its `api` and `simulator`; null if it is too long to be
 * read.
 */
export function actionText(action: Action, who: Who = null): string | null {
  const text = callOf(action, who);
  return text.length > LONGEST ? null : text;
}

function callOf(action: Action, who: Who): string {
  if ((('by' in action ? action.by : null) ?? null) === who) {
    if (action.type === 'deleteVersion' && action.target.by === 'name') {
      const options = action.deleteAliases ? '{ deleteAliases: true }' : '';
      return `${artifactOf(action.target.name)}.delete(${options})`;
    }
    if (action.type === 'setTtl') return `${artifactOf(action.version)}.ttl = ${ttlOf(action.ttl)}`;
  }
  return `simulator.dispatch(${JSON.stringify(action)})`;
}

function artifactOf(name: VersionName): string {
  return `(await api.artifact(${JSON.stringify(fullVersionName(name))}))`;
}

function ttlOf(ttl: RequestedTtl): string {
  switch (ttl.kind) {
    case 'inherit':
      return 'ArtifactTTL.INHERIT';
    case 'lasting':
      return `timedelta({ seconds: ${ttl.seconds} })`;
    case 'none':
    case 'invalid':
      return 'null';
  }
}
