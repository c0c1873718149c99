import type { Exploration, Footprint, State } from './exploration.ts';
import type { Choice } from './transitions.ts';

/**
 * The choices that must be searched in a state. If the next move of an actor touches nothing that any remaining move of
 * the others touches, it commutes with all of them and cannot hide what they break, so trying it first is enough (a
 * persistent set of one). Otherwise all choices are searched.
 */
export function choicesToSearch(
  exploration: Exploration,
  state: State,
  choices: readonly Choice[],
): readonly Choice[] {
  const alone = choices.find(
    ({ actor, kind }) => kind === 'move' && isIndependent(exploration, state, actor),
  );
  return alone === undefined ? choices : [alone];
}

function isIndependent({ actors }: Exploration, state: State, actor: number): boolean {
  const next = actors[actor]?.moves[state.done[actor] ?? 0];
  if (next === undefined) return false;
  return actors.every((other, at) => {
    if (at === actor) return true;
    return other.moves.slice(state.done[at] ?? 0).every(({ touches }) => isApart(next.touches, touches));
  });
}

/** Whether two moves are independent: their order makes no difference. */
export function isApart(left: Footprint, right: Footprint): boolean {
  if (left === 'everything' || right === 'everything') return false;
  for (const key of left) if (right.has(key)) return false;
  return true;
}
