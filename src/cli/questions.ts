import { type Command, Option } from 'commander';
import type { StoreEvent } from '../decider/event.ts';
import { type DeletionCommand, isDeletion } from '../insight/plan/deletions.ts';
import { plan } from '../insight/plan/plan.ts';
import { timelineOf } from '../insight/timeline.ts';
import { usage } from '../insight/usage/usage.ts';
import { verify } from '../insight/verify.ts';
import { why } from '../insight/why.ts';
import { describeFindings } from '../narration/answers/findings.ts';
import { findingsJson, planJson, timelineJson, usageJson, whyJson } from '../narration/answers/json.ts';
import { describePlan } from '../narration/answers/plan.ts';
import { timelineChart } from '../narration/answers/timeline-chart.ts';
import { timelineMermaid } from '../narration/answers/timeline-mermaid.ts';
import { describeUsage, USAGE_LEVELS, type UsageLevel } from '../narration/answers/usage.ts';
import { describeWhy } from '../narration/answers/why.ts';
import { type Look, renderBlocks } from '../narration/layout/render.ts';
import { wrap } from '../narration/layout/wrap.ts';
import { NO_FOLDERS } from '../scenario/language/scenario.ts';
import { isDoing } from '../scenario/language/schema-steps.ts';
import { parseStepLine } from '../scenario/language/step-line.ts';
import { actionLine } from '../scenario/language/step-of.ts';
import { actionsOf } from '../scenario/play/perform.ts';
import { emptyStore, type Store } from '../store/store.ts';
import { parseFileName, printable } from '../values/names.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { PlanRequest } from './commands/plan-request.ts';
import { InputError, quoted } from './input-error.ts';

/** The store that a question is about. */
export interface Subject {
  readonly store: Store;
  /** Every event that led to the store, in order. */
  readonly events: () => Iterable<StoreEvent>;
  /** The title of the answer; null if none is needed. */
  readonly title: string | null;
}

/** The answer to a question. */
export interface Answer {
  /** Whether everything is in order; otherwise the exit status is 1. */
  readonly isWell: boolean;
  /** As text, with lists of at most `most` lines. */
  readonly text: (look: Look & { readonly most: number }) => string;
  /** As a JSON document. */
  readonly json: () => unknown;
}

/** A parsed question. */
export type Ask = (subject: Subject) => Answer;

/** The options of all questions; each question has some of them. */
export interface QuestionOptions {
  readonly from?: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly by?: UsageLevel;
  readonly mermaid?: boolean;
  readonly deleteAliases?: boolean;
  readonly artifacts?: boolean;
  readonly as?: string;
}

/** A question about a store, for the command line and the shell. It changes nothing. */
export interface Question {
  readonly name: string;
  /** The description in `--help`. */
  readonly description: string;
  /** The argument after the file: its name and description; null if there is none. */
  readonly operand: readonly [name: string, description: string] | null;
  readonly examples: readonly string[];
  /** How many lines a list has without `--all`. */
  readonly most: number;
  /** Adds the options of the command and returns how to parse them. Throws `InputError` for unusable values. */
  readonly options: (command: Command) => (operand: string, options: QuestionOptions) => Ask;
  /** How the help of the shell shows it: the word with its arguments, and what it answers. */
  readonly usage: string;
  readonly summary: string;
  /** Parses what follows the word in the shell. Throws `InputError` if it cannot be read. */
  readonly read: (text: string) => Ask;
}

const ALL = ['--all', 'show every line'] as const;

/** Every question. */
export const QUESTIONS: readonly Question[] = [
  {
    name: 'why',
    description: 'say why a file is stored at the end of a story, and what would free it',
    operand: ['name', 'a path of a version, such as animals:v0/cat.jpg'],
    examples: [
      'limbo why story.yaml animals:v0/cat.jpg',
      'limbo why --json story.yaml demo/animals:best/a/b.csv',
      'limbo why --from before.limbo animals:v0/cat.jpg',
    ],
    most: Number.POSITIVE_INFINITY,
    options: () => askWhy,
    usage: 'why NAME:V/PATH',
    summary: 'why a file is stored, and what would free it',
    read: askWhy,
  },
  {
    name: 'plan',
    description: 'preview what deletions would do at the end of a story',
    operand: null,
    examples: [
      'limbo plan story.yaml --delete animals:v0 animals:v1 --delete-aliases',
      'limbo plan story.yaml --delete-all animals --where "keep last 3"',
      'limbo plan story.yaml --delete-run train-1 --artifacts --as bob',
      'limbo plan --from before.limbo --delete-all animals --where "keep last 3"',
    ],
    most: 20,
    options: planOptions,
    usage: 'plan DELETION',
    summary: 'what a step that deletes would do',
    read: (text) => askPlan([deletionIn(text)]),
  },
  {
    name: 'usage',
    description: 'show storage usage at the end of a story, and how much could be freed',
    operand: null,
    examples: [
      'limbo usage story.yaml',
      'limbo usage --by version story.yaml',
      'limbo usage --from before.limbo',
    ],
    most: 20,
    options: (command) => {
      command.addOption(new Option('--by <level>', 'only this table').choices(USAGE_LEVELS)).option(...ALL);
      return (_, { by }) => askUsage(USAGE_LEVELS.filter((level) => by === undefined || level === by));
    },
    usage: 'usage [LEVEL]',
    summary: 'who uses how much: project, collection or version',
    read: (text) => {
      const levels = USAGE_LEVELS.filter((level) => text === '' || text === level);
      if (levels.length > 0) return askUsage(levels);
      throw InputError.of(`expected ${USAGE_LEVELS.join(', ')} or nothing, found ${quoted(text)}`);
    },
  },
  {
    name: 'timeline',
    description: 'show what happened to each version over time',
    operand: null,
    examples: [
      'limbo timeline story.yaml',
      'limbo timeline --mermaid story.yaml',
      'limbo timeline --from before.limbo',
    ],
    most: 100,
    options: (command) => {
      const mermaid = new Option('--mermaid', 'print a Gantt diagram of Mermaid, for documents');
      command.addOption(mermaid.conflicts('json')).option('--all', 'show every version');
      return (_, { mermaid: isMermaid = false }) => askTimeline(isMermaid);
    },
    usage: 'timeline',
    summary: 'what happened to each version over time',
    read: (text) => nothingIn(text, askTimeline(false)),
  },
  {
    name: 'verify',
    description: 'recount everything at the end of a story and report inconsistencies',
    operand: null,
    examples: [
      'limbo verify story.yaml',
      'limbo verify --json story.yaml | jq .findings',
      'limbo verify --from before.limbo',
    ],
    most: Number.POSITIVE_INFINITY,
    options: () => () => askVerify,
    usage: 'verify',
    summary: 'recount everything',
    read: (text) => nothingIn(text, askVerify),
  },
];

function askWhy(text: string): Ask {
  const asked = parseFileName(text);
  if (!asked.ok) throw InputError.of(`${quoted(text)}: expected ${asked.expected}`);
  return ({ store }) => {
    const answer = why(store, asked.value);
    return {
      isWell: answer.kind !== 'not found' && answer.kind !== 'no such path',
      text: (look) => renderBlocks(describeWhy(answer, actionLine), look),
      json: () => whyJson(answer, actionLine),
    };
  };
}

function askPlan(commands: readonly DeletionCommand[], all = false): Ask {
  return ({ store }) => {
    const planned = plan(store, commands, { all });
    return {
      isWell: planned.refused.length === 0,
      text: (look) => renderBlocks(describePlan(planned, actionLine, look.most), look),
      json: () => planJson(planned, actionLine),
    };
  };
}

function askUsage(levels: readonly UsageLevel[]): Ask {
  return ({ store }) => {
    const used = usage(store);
    return {
      isWell: true,
      text: (look) => renderBlocks(describeUsage(used, levels, actionLine, look.most), look),
      json: () => usageJson(used, levels, actionLine),
    };
  };
}

function askTimeline(mermaid: boolean): Ask {
  return ({ store, events, title }) => {
    const timeline = timelineOf(events(), store);
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

function askVerify({ store }: Subject): Answer {
  const verification = verify(store);
  return {
    isWell: verification.findings.length === 0,
    text: (look) => renderBlocks(describeFindings(verification, actionLine), look),
    json: () => findingsJson(verification, actionLine),
  };
}

function planOptions(command: Command): (operand: string, options: QuestionOptions) => Ask {
  const request = new PlanRequest();
  const deletion = (flags: string, description: string, read: (text: string) => void) =>
    command.addOption(new Option(flags, description).argParser(read));
  deletion('--delete <name...>', 'versions, or links: animals:v0', (text) => request.version(text));
  deletion('--delete-collection <name...>', 'artifact collections', (text) => request.collection(text));
  deletion('--delete-run <run...>', 'runs', (text) => request.run(text));
  deletion('--delete-project <project...>', 'projects', (text) => request.project(text));
  deletion('--delete-all <name>', 'the versions of an artifact collection that --where matches', (text) =>
    request.all(text),
  );
  deletion(
    '--where <condition...>',
    '"without aliases", "with ALIAS", "older than 30d", "keep last 3"; all must hold',
    (text) => request.where(text),
  );
  command
    .option('--delete-aliases', 'with the aliases of the versions')
    .option('--artifacts', 'with the versions that the runs created')
    .option('--as <person>', 'act as this person (default: an admin)')
    .option('--all', 'show every line, and what every version that stays would hold');
  return (_, { deleteAliases = false, artifacts = false, as: by = null, all = false }) =>
    askPlan(request.commands({ deleteAliases, artifacts, by }), all);
}

function deletionIn(text: string): DeletionCommand {
  const example = 'such as plan delete: animals:v0, deleteAliases: true';
  if (text === '') throw InputError.of(`expected a step that deletes, ${example}`);
  const read = parseStepLine(text, 1);
  if (!read.ok) throw InputError.of(read.diagnostics.map(({ message }) => message).join('; '));
  const { step } = read.placed;
  const [command] = isDoing(step)
    ? (actionsOf(step, emptyStore(), emptySortedTable(), NO_FOLDERS) ?? [])
    : [];
  if (command !== undefined && isDeletion(command)) return command;
  throw InputError.of(`expected a step that deletes what it names, ${example}`);
}

function nothingIn(text: string, ask: Ask): Ask {
  if (text === '') return ask;
  throw InputError.of(`expected nothing after the word, found ${quoted(text)}`);
}
