import type { Action } from '../simulator/action.ts';
import type { Who } from '../store/people.ts';
import { fullVersionName } from '../values/names.ts';

// A longer call would hide the sentence before it.
const LONGEST = 400;

/**
 * An action as a call that a script of this person can make, with its `api` and `simulator`; null if it is too long to be
 * read, and for a log, whose manifest cannot be written as a literal.
 */
export function actionText(action: Action, who: Who = null): string | null {
  if ('manifest' in action) return null;
  const text = callOf(action, who);
  return text.length > LONGEST ? null : text;
}

function callOf(action: Action, who: Who): string {
  if (action.type === 'deleteVersion' && action.target.by === 'name' && (action.by ?? null) === who) {
    const artifact = `(await api.artifact(${JSON.stringify(fullVersionName(action.target.name))}))`;
    return `await ${artifact}.delete(${action.deleteAliases ? '{ deleteAliases: true }' : ''})`;
  }
  return `await simulator.dispatch(${JSON.stringify(action)})`;
}
