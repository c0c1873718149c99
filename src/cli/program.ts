import { Command, CommanderError, Option } from 'commander';
import { jsonText } from '../narration/layout/json-text.ts';
import { scenarioJsonSchema } from '../scenario/language/schema.ts';
import { type ExploreOptions, exploreCommand } from './commands/explore-command.ts';
import { type GenerateOptions, generateCommand } from './commands/generate-command.ts';
import { languageCommand } from './commands/language-command.ts';
import { command, examples, FROM } from './commands/program-part.ts';
import { addQuestions } from './commands/program-questions.ts';
import { addRehearse } from './commands/rehearse-command.ts';
import { rulesCommand } from './commands/rules-command.ts';
import { type RunOptions, runCommand } from './commands/run-command.ts';
import { addServe } from './commands/serve-command.ts';
import { EXIT, InputError } from './input-error.ts';
import { type ShellOptions, shellCommand } from './shell/command.ts';
import { SHELL_STATUS_HELP } from './shell/help.ts';
import { processInput } from './shell/input.ts';
import { packageVersion } from './shipped.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs the command line and returns the exit status: 0 success, 1 something failed or was refused, 2 unusable input; of
 * `rehearse`, that of the command.
 */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = EXIT.ok;
  const program = programOf(terminal, args, (result) => {
    status = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (problem) {
    // Commander has already printed its message. Only help and version exit with 0.
    if (problem instanceof CommanderError) return problem.exitCode === 0 ? EXIT.ok : EXIT.unusable;
    if (!(problem instanceof InputError)) throw problem;
    terminal.err(`${problem.message}\n`);
    return EXIT.unusable;
  }
}

function programOf(terminal: Terminal, args: readonly string[], end: (status: number) => void): Command {
  const program = new Command('limbo')
    .description('Simulate an artifact store: what is deleted, what stays, and why.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
    })
    .showHelpAfterError('(see limbo --help)')
    .exitOverride()
    .addHelpText(
      'after',
      examples('limbo run story.yaml', 'limbo why story.yaml animals:v0/cat.jpg', 'limbo rules DEL'),
    );

  command(program, 'run')
    .description('play scenarios and check their claims')
    .argument('[file...]', 'scenario files, - for standard input; none with --stories')
    .addOption(
      new Option(
        '--stories [chapter]',
        'play the stories that come with limbo, or narrate those of one chapter',
      ).conflicts(['rewrite', 'from', 'save']),
    )
    .addOption(new Option('--quiet', 'print one line per file').conflicts('json'))
    .option('--json', 'print one JSON document')
    .addOption(
      new Option(
        '--rewrite',
        'refresh the recordings of show and verify steps if every claim holds',
      ).conflicts(['json', 'quiet', 'save']),
    )
    .option(...FROM)
    .option('--save <snapshot>', 'save the store at the end of the story if it passes')
    .addHelpText(
      'after',
      `${examples(
        'limbo run story.yaml',
        'limbo run --quiet stories/*.yaml',
        'limbo run --json story.yaml | jq .passed',
        'limbo run story.yaml --save before.limbo',
        'limbo run cleanup.yaml --from before.limbo',
        './write-a-story.sh | limbo run -',
        'limbo run --stories',
        'limbo run --stories garbage-collection',
      )}
Dates:
  a story that says begins: 2026-01-31T08:00:00Z is shown with dates instead of
  days, and can wait: { until: 2026-03-01 }
`,
    )
    .action(async (files: string[], options: RunOptions) => end(await runCommand(files, options, terminal)));

  addQuestions({ program, terminal, end });
  const dashes = args.indexOf('--');
  addRehearse({ program, terminal, end }, dashes < 0 ? [] : args.slice(dashes + 1));
  addServe({ program, terminal, end });

  command(program, 'shell')
    .description('take steps one by one on an empty store, a snapshot, or the end of a story')
    .argument('[file]', 'scenario file to start from')
    .option(...FROM)
    .option('--journal <file>', 'record every step in this file, and continue where it ends')
    .addHelpText(
      'after',
      `${examples('limbo shell', 'limbo shell story.yaml', 'limbo shell --from before.limbo', 'limbo shell --journal today.jsonl')}${SHELL_STATUS_HELP}`,
    )
    .action(async (file: string | undefined, options: ShellOptions) =>
      end(await shellCommand(file, options, terminal, processInput())),
    );

  command(program, 'explore')
    .description('try every order of several actors and every crash')
    .argument('<file>', 'scenario file with a together block, - for standard input')
    .option('--states <number>', 'stop after this many states (default: 1000000)')
    .option('--seconds <number>', 'stop after this many seconds (default: 600)')
    .option('--collector <name>', 'use this garbage collector')
    .addOption(new Option(...FROM).conflicts('save'))
    .option('--save <file>', 'write the first counterexample, or path to a reachable state, as a scenario')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'limbo explore story.yaml',
        'limbo explore story.yaml --collector mark-and-sweep',
        'limbo explore story.yaml --save counterexample.yaml',
        'limbo explore story.yaml --from before.limbo',
      ) +
        `
Next to together, a story can claim what must hold in every state (always) and
when all actors are done (finally), and ask how to reach a state (reachable):
  always: { object: { "model:v1/weights.bin": stored } }
`,
    )
    .action(async (file: string, options: ExploreOptions) =>
      end(await exploreCommand(file, options, terminal)),
    );

  command(program, 'generate')
    .description('make a large synthetic store and save it as a snapshot')
    .option('--collections <number>', 'number of artifact collections (default: 10)')
    .option('--versions <number>', 'versions in each, one per day (default: 100)')
    .option('--files <number>', 'files in each version (default: 10)')
    .option('--churn <share>', 'share of files that are new in each version (default: 0.1)')
    .option('--shape <shape>', 'checkpoints, dataset, tables, or mixed (default: mixed)')
    .option('--seed <number>', 'seed of the random choices (default: 1)')
    .requiredOption('--save <snapshot>', 'file to write')
    .addHelpText(
      'after',
      examples(
        'limbo generate --save small.limbo',
        'limbo generate --collections 1000 --versions 1000 --seed 7 --save large.limbo',
        'limbo generate --shape dataset --churn 0.01 --save data.limbo',
      ) +
        '\nFor a million versions, give Node more memory:\n' +
        '  NODE_OPTIONS="--max-old-space-size=8192 --max-semi-space-size=128"\n',
    )
    .action(async (options: GenerateOptions) => end(await generateCommand(options, terminal)));

  command(program, 'rules')
    .description('print the rules, how sure each one is, and the stories that show it')
    .argument('[rule...]', 'only these rules or chapters, with their sources: DEL-2, GC')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples('limbo rules', 'limbo rules DEL-2 GC', 'limbo rules --json | jq length'))
    .action(async (rules: string[], options: { json?: boolean }) =>
      end(await rulesCommand(rules, options, terminal)),
    );

  command(program, 'language')
    .description('print the scenario language: steps, claims, and settings')
    .argument('[step...]', 'only the keys of these steps: log, "delete all"')
    .addHelpText('after', examples('limbo language', 'limbo language log "delete all"'))
    .action((steps: string[]) => end(languageCommand(steps, terminal)));

  command(program, 'schema')
    .description('print the JSON Schema of scenario files, for editors')
    .addHelpText(
      'after',
      `${examples('limbo schema > limbo.schema.json')}
Start a scenario with this line, and your editor completes and checks it:
  # yaml-language-server: $schema=limbo.schema.json
`,
    )
    .action(() => terminal.out(jsonText(scenarioJsonSchema())));

  return program;
}
