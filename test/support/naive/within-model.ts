import { LIE } from '../arbitraries/parts.ts';
import { uninterrupted } from '../histories/changed-histories.ts';
import { History, type HistoryStep } from '../histories/history.ts';
import type { StoryStep } from '../histories/story-step.ts';

/**
 * The same history without what the second model knows nothing of: steps that no story can ask for, and deletes that
 * fail. Where the rules settle nothing, nothing is asked: what it means to add and remove an alias in one step.
 */
export function withinModel(history: History): History {
  const change = (step: StoryStep): readonly StoryStep[] => {
    if (!isPlain(step)) return [];
    if (step.alias !== undefined && step.remove !== undefined) {
      const put = [...(Array.isArray(step.add) ? step.add : []), ...(step.protect ?? [])];
      return [{ ...step, remove: step.remove.filter((alias) => !put.includes(alias)) }];
    }
    return [step];
  };
  const { head, steps } = uninterrupted(history).mapped(change);
  return new History(head, steps.flatMap(withJobs));
}

// Time that passes without the scheduled jobs passes with them here.
function withJobs(step: HistoryStep): readonly StoryStep[] {
  if (!('command' in step)) return [step];
  return step.command.type === 'moveClock' ? [{ wait: `${step.command.bySeconds}s` }] : [];
}

// Which characters a name may have, and that each content has one size, is for other tests.
function isPlain({ files = {}, add = {}, ...step }: StoryStep): boolean {
  const runs = [step.run, step['start run'], step['describe run'], step['finish run'], step['delete run']];
  const given = Array.isArray(add) ? [] : Object.entries({ ...files, ...add });
  const texts = [
    ...runs,
    ...given.flatMap(([path, file]) => [path, typeof file === 'object' ? file.ref : path]),
  ];
  const plain = /^[\w.:-]+(\/+[\w.-]+)*$/;
  return (
    texts.every((text) => text === undefined || (plain.test(text) && text.length <= 60)) &&
    given.every(([, file]) => file !== LIE)
  );
}
