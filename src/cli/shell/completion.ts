import { namesOf } from '../../scenario/language/schema-people.ts';
import { completeStep, type Typing } from '../../scenario/session/complete-step.ts';
import { fileNames } from '../../scenario/session/name-completion.ts';
import type { Session } from '../../scenario/session/session.ts';
import { printable } from '../../values/names.ts';
import { SHELL_WORDS } from './help.ts';

const MOST_OFFERED = 200;

/** What Tab offers at the end of a line, and the end of the line that an offer replaces. */
export function completeLine(before: string, session: Session): readonly [readonly string[], string] {
  const [, asked] = /^\s*why\s+(.*)$/s.exec(before) ?? [];
  if (asked !== undefined) return offered(fileNames(session.store, asked), asked);
  const [, planned] = /^\s*plan\s+(.*)$/s.exec(before) ?? [];
  const { offers, typed } = completeStep(planned ?? before, typingIn(session));
  const word = before.trimStart();
  const words = word === typed ? SHELL_WORDS.filter((known) => known.startsWith(word)) : [];
  return offered([...offers, ...words], typed);
}

// Names that cannot be printed unchanged are not offered.
function offered(offers: readonly string[], typed: string): readonly [readonly string[], string] {
  const shown = offers.filter((offer) => offer.startsWith(typed) && printable(offer, 1_000) === offer);
  return [[...new Set(shown)].slice(0, MOST_OFFERED), typed];
}

function typingIn(session: Session): Typing {
  const { steps, done } = session.place;
  const all = [...session.given, ...steps.slice(0, done)];
  return {
    store: session.store,
    people: namesOf(session.scenario.people),
    ids: all.flatMap(({ step }) => ('id' in step.body ? (step.body.id ?? []) : [])),
  };
}
