import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { USAGE_LEVELS } from '../insight/report-usage.ts';
import { scenarioJsonSchema } from '../scenario/schema.ts';
import { type ExploreOptions, exploreCommand } from './explore-command.ts';
import { jsonText } from './json-text.ts';
import { type PlanOptions, planCommand } from './plan-command.ts';
import { PlanRequest } from './plan-request.ts';
import { rulesCommand } from './rules-command.ts';
import { type RunOptions, runCommand } from './run-command.ts';
import { type ShellOptions, shellCommand } from './shell-command.ts';
import { SHELL_STATUS_HELP } from './shell-help.ts';
import { processInput } from './shell-input.ts';
import type { Terminal } from './terminal.ts';
import { type TimelineOptions, timelineCommand } from './timeline-command.ts';
import { EXIT, type ExitStatus, UnusableInput } from './unusable.ts';
import { type UsageOptions, usageCommand } from './usage-command.ts';
import { verifyCommand } from './verify-command.ts';
import { whyCommand } from './why-command.ts';

/** Runs the command line, and answers the exit status: 0 all is well, 1 something failed, 2 unusable input. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.ok;
  const program = programOf(terminal, (result) => {
    status = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (problem) {
    // Commander has printed its own message; help and version end with 0, everything else is unusable input.
    if (problem instanceof CommanderError) return problem.exitCode === 0 ? EXIT.ok : EXIT.unusable;
    if (!(problem instanceof UnusableInput)) throw problem;
    terminal.err(`${problem.message}\n`);
    return EXIT.unusable;
  }
}

function programOf(terminal: Terminal, end: (status: ExitStatus) => void): Command {
  const program = new Command('limbo')
    .description('Plays stories about an artifact store: what is deleted, what stays, and why.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
    })
    .showHelpAfterError('(limbo --help shows what there is)')
    .exitOverride()
    .addHelpText(
      'after',
      examples('limbo run story.yaml', 'limbo why story.yaml animals:v0/cat.jpg', 'limbo rules DEL'),
    );

  command(program, 'run')
    .description('play scenarios, and check what they claim')
    .argument('<file...>', 'scenario files')
    .addOption(new Option('--quiet', 'print one line a file').conflicts('json'))
    .option('--json', 'print one JSON document')
    .addOption(
      new Option(
        '--rewrite',
        'refresh the recordings of show and verify steps, where every claim holds',
      ).conflicts(['json', 'quiet']),
    )
    .addHelpText(
      'after',
      examples(
        'limbo run story.yaml',
        'limbo run --quiet stories/*.yaml',
        'limbo run --json story.yaml | jq .passed',
      ),
    )
    .action(async (files: string[], options: RunOptions) => end(await runCommand(files, options, terminal)));

  command(program, 'why')
    .description('say why a file is stored where a story ends, and what would free it')
    .argument('<file>', 'scenario file')
    .argument('<name>', 'a path of a version, such as animals:v0/cat.jpg')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'limbo why story.yaml animals:v0/cat.jpg',
        'limbo why --json story.yaml demo/animals:best/a/b.csv',
      ),
    )
    .action(async (file: string, name: string, options: { json?: boolean }) =>
      end(await whyCommand(file, name, options, terminal)),
    );

  const request = new PlanRequest();
  const deletion = (flags: string, description: string, read: (text: string) => void) =>
    new Option(flags, description).argParser(read);
  command(program, 'plan')
    .description('say what deletions would do where a story ends, before anybody does them')
    .argument('<file>', 'scenario file')
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
      ),
    )
    .action(async (file: string, options: PlanOptions) =>
      end(await planCommand(file, request, options, terminal)),
    );

  command(program, 'usage')
    .description('say who uses how much where a story ends, and what of it could be freed')
    .argument('<file>', 'scenario file')
    .addOption(new Option('--by <level>', 'only this table').choices(USAGE_LEVELS))
    .option('--all', 'show every line')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples('limbo usage story.yaml', 'limbo usage --by version story.yaml'))
    .action(async (file: string, options: UsageOptions) => end(await usageCommand(file, options, terminal)));

  command(program, 'timeline')
    .description('show what happened to each version over time')
    .argument('<file>', 'scenario file')
    .addOption(new Option('--json', 'print one JSON document, with every version').conflicts('mermaid'))
    .option('--mermaid', 'print a Gantt diagram of Mermaid, for documents')
    .option('--all', 'show every version, however many there are')
    .addHelpText('after', examples('limbo timeline story.yaml', 'limbo timeline --mermaid story.yaml'))
    .action(async (file: string, options: TimelineOptions) =>
      end(await timelineCommand(file, options, terminal)),
    );

  command(program, 'verify')
    .description('recount everything where a story ends, and say what is missing or off')
    .argument('<file>', 'scenario file')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples('limbo verify story.yaml', 'limbo verify --json story.yaml | jq .findings'),
    )
    .action(async (file: string, options: { json?: boolean }) =>
      end(await verifyCommand(file, options, terminal)),
    );

  command(program, 'shell')
    .description('take steps line by line, on a new store or where a story ends')
    .argument('[file]', 'scenario file to begin with')
    .option('--journal <file>', 'keep every command in this file, and go on where it stops')
    .addHelpText(
      'after',
      `${examples('limbo shell', 'limbo shell story.yaml', 'limbo shell --journal today.jsonl')}${SHELL_STATUS_HELP}`,
    )
    .action(async (file: string | undefined, options: ShellOptions) =>
      end(await shellCommand(file, options, terminal, processInput())),
    );

  command(program, 'explore')
    .description('search every order of the steps of several actors, and every crash')
    .argument('<file>', 'scenario file with a together block')
    .option('--states <number>', 'search at most so many states (1000000)')
    .option('--seconds <number>', 'search for at most so long (600)')
    .option('--collector <name>', 'collect garbage with this collector instead')
    .option('--save <file>', 'write the first counterexample as a scenario')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'limbo explore story.yaml',
        'limbo explore story.yaml --collector mark-and-sweep',
        'limbo explore story.yaml --save counterexample.yaml',
      ),
    )
    .action(async (file: string, options: ExploreOptions) =>
      end(await exploreCommand(file, options, terminal)),
    );

  command(program, 'rules')
    .description('print the rules, how sure each is, and the stories that show it')
    .argument('[rule...]', 'only these, or these chapters: DEL-2, GC')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples('limbo rules', 'limbo rules DEL-2 GC', 'limbo rules --json | jq length'))
    .action(async (rules: string[], options: { json?: boolean }) =>
      end(await rulesCommand(rules, options, terminal)),
    );

  command(program, 'schema')
    .description('print a JSON Schema of scenario files, for editors')
    .addHelpText(
      'after',
      `${examples('limbo schema > limbo.schema.json')}
Then begin a scenario with this line, and the editor completes and checks it:
  # yaml-language-server: $schema=limbo.schema.json
`,
    )
    .action(() => terminal.out(jsonText(scenarioJsonSchema())));

  return program;
}

function command(program: Command, name: string): Command {
  return program.command(name).helpOption('-h, --help', 'print this help');
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  const contents: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const version = typeof contents === 'object' && contents !== null && Reflect.get(contents, 'version');
  return String(version);
}
