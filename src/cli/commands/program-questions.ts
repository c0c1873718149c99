import { type Command, Option } from 'commander';
import { USAGE_LEVELS } from '../../narration/answers/report-usage.ts';
import { type PlanOptions, planCommand } from './plan-command.ts';
import { PlanRequest } from './plan-request.ts';
import { command, examples, FROM, type ProgramPart } from './program-part.ts';
import { type TimelineOptions, timelineCommand } from './timeline-command.ts';
import { type UsageOptions, usageCommand } from './usage-command.ts';
import { verifyCommand } from './verify-command.ts';
import { whyCommand } from './why-command.ts';

const FILE = 'scenario file; with --from it may be left out';

/** Adds the commands that ask where a story ends, or about a saved state, and change nothing. */
export function addQuestions({ program, terminal, end }: ProgramPart): void {
  command(program, 'why')
    .description('say why a file is stored where a story ends, and what would free it')
    .usage('[options] [file] <name>')
    .argument('[file]', FILE)
    .argument('[name]', 'a path of a version, such as animals:v0/cat.jpg')
    .option(...FROM)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'limbo why story.yaml animals:v0/cat.jpg',
        'limbo why --json story.yaml demo/animals:best/a/b.csv',
        'limbo why --from before.limbo animals:v0/cat.jpg',
      ),
    )
    .action(
      async (
        first: string | undefined,
        second: string | undefined,
        options: { readonly json?: boolean; readonly from?: string },
        asked: Command,
      ) => {
        const [file, name] =
          second === undefined && options.from !== undefined ? [undefined, first] : [first, second];
        if (name === undefined) return asked.error("error: missing required argument 'name'");
        end(await whyCommand(file, name, options, terminal));
      },
    );

  const request = new PlanRequest();
  const deletion = (flags: string, description: string, read: (text: string) => void) =>
    new Option(flags, description).argParser(read);
  command(program, 'plan')
    .description('say what deletions would do where a story ends, before anybody does them')
    .argument('[file]', FILE)
    .option(...FROM)
    .addOption(
      deletion('--delete <name...>', 'versions, or links: animals:v0', (text) => request.version(text)),
    )
    .addOption(
      deletion('--delete-collection <name...>', 'artifact collections', (text) => request.collection(text)),
    )
    .addOption(deletion('--delete-run <run...>', 'runs', (text) => request.run(text)))
    .addOption(deletion('--delete-project <project...>', 'projects', (text) => request.project(text)))
    .addOption(
      deletion('--delete-all <name>', 'what --where picks of an artifact collection', (text) =>
        request.all(text),
      ),
    )
    .addOption(
      deletion(
        '--where <condition...>',
        '"without aliases", "with ALIAS", "older than 30d", "keep last 3"; all must hold',
        (text) => request.where(text),
      ),
    )
    .option('--delete-aliases', 'with the aliases of the versions')
    .option('--artifacts', 'with the versions that the runs logged')
    .option('--as <person>', 'who asks; without it an admin')
    .option('--all', 'show every line, and what every version that stays would hold')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'limbo plan story.yaml --delete animals:v0 animals:v1 --delete-aliases',
        'limbo plan story.yaml --delete-all animals --where "keep last 3"',
        'limbo plan story.yaml --delete-run train-1 --artifacts --as bob',
        'limbo plan --from before.limbo --delete-all animals --where "keep last 3"',
      ),
    )
    .action(async (file: string | undefined, options: PlanOptions) =>
      end(await planCommand(file, request, options, terminal)),
    );

  command(program, 'usage')
    .description('say who uses how much where a story ends, and what of it could be freed')
    .argument('[file]', FILE)
    .option(...FROM)
    .addOption(new Option('--by <level>', 'only this table').choices(USAGE_LEVELS))
    .option('--all', 'show every line')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'limbo usage story.yaml',
        'limbo usage --by version story.yaml',
        'limbo usage --from before.limbo',
      ),
    )
    .action(async (file: string | undefined, options: UsageOptions) =>
      end(await usageCommand(file, options, terminal)),
    );

  command(program, 'timeline')
    .description('show what happened to each version over time')
    .argument('[file]', FILE)
    .option(...FROM)
    .addOption(new Option('--json', 'print one JSON document, with every version').conflicts('mermaid'))
    .option('--mermaid', 'print a Gantt diagram of Mermaid, for documents')
    .option('--all', 'show every version, however many there are')
    .addHelpText(
      'after',
      examples(
        'limbo timeline story.yaml',
        'limbo timeline --mermaid story.yaml',
        'limbo timeline --from before.limbo',
      ),
    )
    .action(async (file: string | undefined, options: TimelineOptions) =>
      end(await timelineCommand(file, options, terminal)),
    );

  command(program, 'verify')
    .description('recount everything where a story ends, and say what is missing or off')
    .argument('[file]', FILE)
    .option(...FROM)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'limbo verify story.yaml',
        'limbo verify --json story.yaml | jq .findings',
        'limbo verify --from before.limbo',
      ),
    )
    .action(async (file: string | undefined, options: { readonly json?: boolean; readonly from?: string }) =>
      end(await verifyCommand(file, options, terminal)),
    );
}
