import type { Exploration, Footprint, State } from './exploration.ts';
import type { Choice } from './transitions.ts';

/**
 * Of the choices in a state, those that have to be searched. Where the next move of one actor touches nothing that any
 * later move of the others touches, it commutes with all of them, and nothing that it does can hide what they break:
 * so it is enough to take it first (a persistent set of one). Otherwise all choices are searched.
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

/** Whether two moves have nothing to do with one another, so that it makes no difference which comes first. */
export function isApart(left: Footprint, right: Footprint): boolean {
  if (left === 'everything' || right === 'everything') return false;
  for (const key of left) if (right.has(key)) return false;
  return true;
}
