import { type Command, Option } from 'commander';
import { type DeletionCommand, isDeletion } from '../insight/plan/deletions.ts';
import { USAGE_LEVELS, type UsageLevel } from '../narration/answers/usage.ts';
import { NO_FOLDERS } from '../scenario/language/scenario.ts';
import { isDoing } from '../scenario/language/schema-steps.ts';
import { parseStepLine } from '../scenario/language/step-line.ts';
import { actionsOf } from '../scenario/play/perform.ts';
import { PlanRequest } from '../service/plan-request.ts';
import { type Ask, askPlan, askTimeline, askUsage, askVerify, askWhy } from '../service/questions.ts';
import { emptyStore } from '../store/store.ts';
import { parseFileName } from '../values/names.ts';
import type { Parsed } from '../values/result.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import type { Needs } from './commands/served-subject.ts';
import { InputError, quoted } from './input-error.ts';

/** The options of all questions; each question has some of them. */
export interface QuestionOptions {
  readonly from?: string;
  readonly server?: string;
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
  readonly needs: Needs;
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
      'limbo why --server http://127.0.0.1:8080 animals:v0/cat.jpg',
    ],
    most: Number.POSITIVE_INFINITY,
    needs: 'store',
    options: () => askAbout,
    usage: 'why NAME:V/PATH',
    summary: 'why a file is stored, and what would free it',
    read: askAbout,
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
      'limbo plan --server http://127.0.0.1:8080 --delete animals:v0',
    ],
    most: 20,
    needs: 'store',
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
      'limbo usage --server http://127.0.0.1:8080',
    ],
    most: 20,
    needs: 'store',
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
      'limbo timeline --server http://127.0.0.1:8080',
    ],
    most: 100,
    needs: 'past',
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
      'limbo verify --server http://127.0.0.1:8080',
    ],
    most: Number.POSITIVE_INFINITY,
    needs: 'store',
    options: () => () => askVerify,
    usage: 'verify',
    summary: 'recount everything',
    read: (text) => nothingIn(text, askVerify),
  },
];

function askAbout(text: string): Ask {
  const asked = parseFileName(text);
  if (asked.ok) return askWhy(asked.value);
  throw InputError.of(`${quoted(text)}: expected ${asked.expected}`);
}

function planOptions(command: Command): (operand: string, options: QuestionOptions) => Ask {
  const request = new PlanRequest();
  const deletion = (flags: string, description: string, read: (text: string) => Parsed<null> | null) =>
    command.addOption(
      new Option(flags, description).argParser((text: string) => {
        const added = read(text);
        if (added?.ok === true) return;
        const [option] = flags.split(' ');
        throw InputError.of(
          `${option} ${quoted(text)}: expected ${added?.expected ?? 'a --delete-all NAME before it'}`,
        );
      }),
    );
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
  return (_, { deleteAliases = false, artifacts = false, as: by = null, all = false }) => {
    const commands = request.commands({ deleteAliases, artifacts, by });
    if (commands.length > 0) return askPlan(commands, all);
    throw InputError.of('expected something to delete, such as --delete animals:v0');
  };
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
