import type { DeletionCommand } from '../insight/plan/deletions.ts';
import { plan } from '../insight/plan/plan.ts';
import type { Timeline } from '../insight/timeline.ts';
import { usage } from '../insight/usage/usage.ts';
import { verify } from '../insight/verify.ts';
import { why } from '../insight/why.ts';
import { describeFindings } from '../narration/answers/findings.ts';
import { findingsJson, planJson, timelineJson, usageJson, whyJson } from '../narration/answers/json.ts';
import { describePlan } from '../narration/answers/plan.ts';
import { timelineChart } from '../narration/answers/timeline-chart.ts';
import { timelineMermaid } from '../narration/answers/timeline-mermaid.ts';
import { describeUsage, type UsageLevel } from '../narration/answers/usage.ts';
import { describeWhy } from '../narration/answers/why.ts';
import { type Look, renderBlocks } from '../narration/layout/render.ts';
import { wrap } from '../narration/layout/wrap.ts';
import { actionLine } from '../scenario/language/step-of.ts';
import type { Store } from '../store/store.ts';
import { type FileName, printable } from '../values/names.ts';

/** The store that a question is about. */
export interface Subject {
  readonly store: Store;
  /** What happened to each of its versions. */
  readonly timeline: () => Timeline;
  /** The title of the answer; null if none is needed. */
  readonly title: string | null;
}

/** The answer to a question, as text and as a JSON document. */
export interface QuestionAnswer {
  /** Whether everything is in order; otherwise the exit status of the command line is 1. */
  readonly isWell: boolean;
  /** As text, with lists of at most `most` lines. */
  readonly text: (look: Look & { readonly most: number }) => string;
  /** As a JSON document. */
  readonly json: () => unknown;
}

/** A parsed question. */
export type Ask = (subject: Subject) => QuestionAnswer;

/** Asks why a file is stored, and what would free it. Not in order if there is no such version or path. */
export function askWhy(asked: FileName): Ask {
  return ({ store }) => {
    const answer = why(store, asked);
    return {
      isWell: answer.kind !== 'not found' && answer.kind !== 'no such path',
      text: (look) => renderBlocks(describeWhy(answer, actionLine), look),
      json: () => whyJson(answer, actionLine),
    };
  };
}

/** Asks what deletions would do; with `all`, also what every version that stays would hold. */
export function askPlan(commands: readonly DeletionCommand[], all = false): Ask {
  return ({ store }) => {
    const planned = plan(store, commands, { all });
    return {
      isWell: planned.refused.length === 0,
      text: (look) => renderBlocks(describePlan(planned, actionLine, look.most), look),
      json: () => planJson(planned, actionLine),
    };
  };
}

/** Asks who uses how much, in these tables, and how much could be freed. */
export function askUsage(levels: readonly UsageLevel[]): Ask {
  return ({ store }) => {
    const used = usage(store);
    return {
      isWell: true,
      text: (look) => renderBlocks(describeUsage(used, levels, actionLine, look.most), look),
      json: () => usageJson(used, levels, actionLine),
    };
  };
}

/** Asks what happened to each version over time; as text, a chart or a Gantt diagram of Mermaid. */
export function askTimeline(mermaid: boolean): Ask {
  return (subject) => {
    const { title } = subject;
    const timeline = subject.timeline();
    return {
      isWell: true,
      text: (look) => {
        if (mermaid) return timelineMermaid(timeline, title ?? '', look.most).trimEnd();
        const heading = title === null ? [] : wrap(printable(title, 500), look.width);
        const lines = heading.map(look.paint.title);
        return [...lines, ...(title === null ? [] : ['']), ...timelineChart(timeline, look)].join('\n');
      },
      json: () => timelineJson(timeline),
    };
  };
}

/** Recounts everything. Everything is in order if nothing is found. */
export function askVerify({ store }: Subject): QuestionAnswer {
  const verification = verify(store);
  return {
    isWell: verification.findings.length === 0,
    text: (look) => renderBlocks(describeFindings(verification, actionLine), look),
    json: () => findingsJson(verification, actionLine),
  };
}
