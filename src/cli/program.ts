import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { scenarioJsonSchema } from '../scenario/schema.ts';
import { rulesCommand } from './rules-command.ts';
import { type RunOptions, runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { EXIT, type ExitStatus, UnusableInput } from './unusable.ts';
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
      new Option('--rewrite', 'refresh the recordings of show steps, where every claim holds').conflicts([
        'json',
        'quiet',
      ]),
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
    .action(() => terminal.out(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`));

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
