import type { MissingRequirement } from '../../gc/requirements.ts';
import type { Action } from '../../simulator/action.ts';
import { printable } from '../../values/names.ts';
import { item, type Line } from '../block.ts';

/** Writes an action in the language of an adapter, ready to be pasted; null if the language has no words for it. */
export type ActionText = (action: Action) => string | null;

const MOST_CHARACTERS = 400;

/** The text of an action, to be read rather than pasted: cut if it is long. */
export function actionName(action: Action, textOf: ActionText): string {
  return printable(textOf(action) ?? action.type, MOST_CHARACTERS);
}

/** The texts of actions that only make sense together: none if one of them has no words. */
export function actionTexts(actions: readonly Action[], textOf: ActionText): readonly string[] {
  const texts = actions.map((action) => textOf(action)).filter((text) => text !== null);
  return texts.length === actions.length ? texts : [];
}

/** What to do about a refusal: the texts of the actions that would succeed, one per line. */
export function adviceLines(texts: readonly string[]): readonly string[] {
  return texts.map((text, at) => `${at === 0 ? 'Try' : 'then'}: ${text}`);
}

/** What garbage collection needs in order to run, and what to do about it. */
export function describeMissing(missing: readonly MissingRequirement[], textOf: ActionText): readonly Line[] {
  return missing.flatMap(({ sentence, repair }) => [
    item(sentence),
    ...adviceLines(actionTexts([repair], textOf)).map((text) => item(text)),
  ]);
}
