import type { StoreEvent } from '../../decider/event.ts';
import { plan } from '../../insight/plan.ts';
import { timelineOf } from '../../insight/timeline.ts';
import { usage } from '../../insight/usage.ts';
import { verify } from '../../insight/verify.ts';
import { why } from '../../insight/why.ts';
import { describeFindings } from '../../narration/answers/findings.ts';
import { planText } from '../../narration/answers/plan-page.ts';
import { USAGE_LEVELS } from '../../narration/answers/report-usage.ts';
import { timelineChart } from '../../narration/answers/timeline-chart.ts';
import { usageText } from '../../narration/answers/usage-page.ts';
import { explainWhy } from '../../narration/answers/why.ts';
import { hanging } from '../../narration/layout/hanging-lines.ts';
import { wrap } from '../../narration/layout/wrap.ts';
import { parseStepLine } from '../../scenario/language/step-line.ts';
import { deletionOf } from '../../scenario/play/deletion-command.ts';
import type { Store } from '../../store/store.ts';
import { parseFileName } from '../../values/names.ts';
import { quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';

/** What a question is asked about. */
export interface Subject {
  readonly store: Store;
  /** Every event that led to it, in order. */
  readonly events: () => Iterable<StoreEvent>;
}

/** What a question came to: an answer, an answer that something is not as it should be, or a question that has none. */
export interface Answer {
  readonly outcome: 'done' | 'failed' | 'unusable';
  readonly text: string;
}

/** A word that asks something about the store, and changes nothing. */
export interface ShellQuestion {
  /** As the help shows it: the word, and what stands behind it. */
  readonly usage: string;
  readonly summary: string;
  readonly answer: (rest: string, subject: Subject, terminal: Terminal) => Answer;
}

/** The questions by their words. Another one is one more line here. */
export const SHELL_QUESTIONS: ReadonlyMap<string, ShellQuestion> = new Map([
  [
    'why',
    { usage: 'why NAME:V/PATH', summary: 'why a file is stored, and what would free it', answer: askWhy },
  ],
  ['plan', { usage: 'plan DELETION', summary: 'what a step that deletes would do', answer: askPlan }],
  [
    'usage',
    {
      usage: 'usage [LEVEL]',
      summary: 'who uses how much: project, collection or version',
      answer: askUsage,
    },
  ],
  [
    'timeline',
    { usage: 'timeline', summary: 'what happened to each version over time', answer: askTimeline },
  ],
  ['verify', { usage: 'verify', summary: 'recount everything', answer: askVerify }],
]);

const MOST_VERSIONS = 100;

function askWhy(rest: string, { store }: Subject, { width }: Terminal): Answer {
  const asked = parseFileName(rest);
  if (!asked.ok) return { outcome: 'unusable', text: `${quoted(rest)}: expected ${asked.expected}` };
  const answer = why(store, asked.value);
  const isThere = answer.kind !== 'not found' && answer.kind !== 'no such path';
  const paragraphs = explainWhy(store, answer).map((lines) =>
    lines.flatMap((line) => hanging(line, width)).join('\n'),
  );
  return { outcome: isThere ? 'done' : 'failed', text: paragraphs.join('\n\n') };
}

function askPlan(rest: string, { store }: Subject, { width }: Terminal): Answer {
  const example = 'such as plan delete: animals:v0, deleteAliases: true';
  if (rest === '') return { outcome: 'unusable', text: `expected a step that deletes, ${example}` };
  const read = parseStepLine(rest, 1);
  if (!read.ok)
    return { outcome: 'unusable', text: read.diagnostics.map(({ message }) => message).join('; ') };
  const command = deletionOf(read.placed.step);
  if (command === null) {
    return { outcome: 'unusable', text: `expected a step that deletes what it names, ${example}` };
  }
  const planned = plan(store, [command]);
  const outcome = planned.refused.length === 0 ? 'done' : 'failed';
  return { outcome, text: planText(store, planned, width, Number.POSITIVE_INFINITY) };
}

function askUsage(rest: string, { store }: Subject, { paint, width }: Terminal): Answer {
  const levels = USAGE_LEVELS.filter((level) => rest === '' || rest === level);
  if (levels.length === 0) {
    return {
      outcome: 'unusable',
      text: `expected ${USAGE_LEVELS.join(', ')} or nothing, found ${quoted(rest)}`,
    };
  }
  const look = { levels, width, most: Number.POSITIVE_INFINITY, paint };
  return { outcome: 'done', text: usageText(store, usage(store), look) };
}

function askTimeline(rest: string, { store, events }: Subject, { paint, width }: Terminal): Answer {
  const answer = () => timelineChart(timelineOf(events(), store), { paint, width, most: MOST_VERSIONS });
  return nothingBehind(rest) ?? { outcome: 'done', text: answer().join('\n') };
}

function askVerify(rest: string, { store }: Subject, { width }: Terminal): Answer {
  const verification = verify(store);
  const outcome = verification.findings.length === 0 ? 'done' : 'failed';
  return nothingBehind(rest) ?? { outcome, text: wrapped(describeFindings(verification), width) };
}

function nothingBehind(rest: string): Answer | null {
  return rest === ''
    ? null
    : { outcome: 'unusable', text: `expected nothing behind the word, found ${quoted(rest)}` };
}

function wrapped(lines: readonly string[], width: number): string {
  return lines.flatMap((line) => wrap(line, width)).join('\n');
}
