import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { rehearsalOf } from '../../insight/rehearsal/rehearsal.ts';
import type { ActionText } from '../../narration/answers/advice.ts';
import { describeRehearsal } from '../../narration/answers/rehearsal.ts';
import { rehearsalJson } from '../../narration/answers/rehearsal-json.ts';
import { htmlDocument } from '../../narration/layout/html.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { renderBlocks } from '../../narration/layout/render.ts';
import { parseScenario } from '../../scenario/language/parse.ts';
import type { Scenario } from '../../scenario/language/scenario.ts';
import type { Failure } from '../../scenario/play/frame.ts';
import { play } from '../../scenario/play/play.ts';
import type { Diagnostic } from '../../scenario/yaml/diagnostic.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import { checkSavePath, replaceFile, saveSnapshot } from '../files/snapshot-file.ts';
import { EXIT, InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { playToItsEnd } from './play-to-its-end.ts';
import { command, examples, FROM, type ProgramPart } from './program-part.ts';

// What makes a rehearsal fail although the command succeeded.
const FAIL_ON = ['warning', 'refusal', 'never'] as const;

/** The options of `limbo rehearse`. */
export interface RehearseOptions {
  readonly from?: string;
  readonly expect?: string;
  readonly report?: string;
  readonly save?: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly failOn?: (typeof FAIL_ON)[number];
}

const MOST_LINES = 20;

/** Adds the command; what it runs are the arguments after `--`. */
export function addRehearse({ program, terminal, end }: ProgramPart, afterDashes: readonly string[]): void {
  const rehearse = command(program, 'rehearse')
    .description('run a script against a simulated service, and say what it would do to the real one')
    .usage('[options] [file] -- <command...>')
    .argument('[file]', 'scenario file, played to its end first, - for standard input')
    // As an argument, the command would widen the list of all commands beyond a terminal.
    .allowExcessArguments()
    .option(...FROM)
    .option('--expect <file>', 'what must hold afterward: the body of an expect step')
    .option('--report <file>', 'write the report as an HTML document')
    .option('--save <snapshot>', 'save the store after the command')
    .addOption(
      new Option('--fail-on <what>', 'exit with 1 although the command succeeded')
        .choices(FAIL_ON)
        .default('never'),
    )
    .option('--all', 'show every line')
    .option('--json', 'print one JSON document; the output of the command goes to standard error')
    .addHelpText(
      'after',
      `${examples(
        'limbo rehearse story.yaml -- python clean.py',
        'limbo rehearse --from project.limbo --report report.html -- python clean.py',
        'limbo rehearse story.yaml --expect after.yaml -- ./clean.sh --days 30',
      )}
The environment variables of the SDK point the command at the simulated service;
its cache is private. Nothing else is changed.

Exit status: that of the command; 1 if it succeeded and --fail-on or --expect
fails.
`,
    );
  rehearse.action(async () => {
    // Commander does not say which arguments came after the dashes.
    const [file, ...more] = rehearse.args.slice(0, rehearse.args.length - afterDashes.length);
    if (more.length > 0) throw InputError.of(`${quoted(more[0] ?? '')}: write the command after --`);
    end(await rehearseCommand(file, afterDashes, rehearse.opts<RehearseOptions>(), terminal));
  });
}

/**
 * Runs a command against a simulated service and reports on it. Exits with the status of the command, or 1 if the command
 * succeeded and `--fail-on` or `--expect` is not met.
 */
export async function rehearseCommand(
  file: string | undefined,
  command: readonly string[],
  options: RehearseOptions,
  terminal: Terminal,
): Promise<number> {
  if (!command[0]) {
    throw InputError.of('expected a command after --, such as limbo rehearse story.yaml -- python clean.py');
  }
  const { expect, report, save, json = false, failOn = 'never' } = options;
  if (save !== undefined) await checkSavePath(save, '--save');
  if (report !== undefined) await checkSavePath(report, '--report', 'report');
  const expected = expect === undefined ? null : await readExpectations(expect);
  const { store, title } = await beginning({ file, from: options.from }, terminal);
  // Loaded only here, so that the other commands start without a server.
  const { actionText, rehearse } = await import('../../server/index.ts');
  const script = await rehearse(store, command, {
    // With --json standard output is one document.
    out: json ? (piece) => process.stderr.write(piece) : terminal.out,
    err: (piece) => process.stderr.write(piece),
    notice: terminal.err,
  }).catch((problem: NodeJS.ErrnoException) => {
    if (problem.syscall === undefined) throw problem;
    throw InputError.of(`${quoted(command[0] ?? '')}: cannot be run (${problem.code ?? problem.message})`);
  });
  const rehearsal = rehearsalOf(script);
  const textOf: ActionText = (action) => actionText(action, script.final);
  const failures = expected === null ? [] : failuresOf(expected, script.final);
  const most = options.all === true ? Number.POSITIVE_INFINITY : MOST_LINES;
  const { paint, width } = terminal;
  if (json) {
    terminal.out(jsonText({ ...rehearsalJson(rehearsal, textOf), failures }));
  } else {
    const text = renderBlocks(describeRehearsal(rehearsal, textOf, most), { paint, width });
    terminal.out(`\n${text}\n`);
    for (const { line, expected: wanted, actual } of failures) {
      terminal.out(
        `${paint.bad(`✗ ${quoted(expect ?? '')}:${line}: expected ${wanted}, found ${actual}`)}\n`,
      );
    }
  }
  if (report !== undefined) {
    await replaceFile(report, [htmlDocument(`Rehearsal: ${title}`, describeRehearsal(rehearsal, textOf))]);
  }
  if (save !== undefined) await saveSnapshot(script.final, save, terminal);
  if (script.exitStatus !== 0) return script.exitStatus;
  const isBad =
    failures.length > 0 ||
    (failOn !== 'never' && rehearsal.refused.length > 0) ||
    (failOn === 'warning' && rehearsal.findings.length > 0);
  return isBad ? EXIT.failed : EXIT.ok;
}

async function beginning(
  asked: { readonly file: string | undefined; readonly from: string | undefined },
  terminal: Terminal,
): Promise<{ readonly store: Store; readonly title: string }> {
  if (asked.file === undefined && asked.from === undefined)
    return { store: emptyStore(), title: 'an empty store' };
  const { scenario, final } = await playToItsEnd(asked, terminal);
  return { store: final, title: scenario.title };
}

const HEAD = ['title: expectations', 'steps:', '  - expect:'];
const INDENT = '      ';

// The file is the body of an `expect` step: it is read as one, and mistakes are reported where they are in the file.
async function readExpectations(file: string): Promise<(from: Store) => Scenario> {
  const body = await readFile(file, 'utf8').catch((problem: NodeJS.ErrnoException) => {
    throw InputError.of(`--expect ${quoted(file)}: cannot be read (${problem.code})`);
  });
  const text = [...HEAD, ...body.split(/\r?\n/).map((line) => (line === '' ? '' : INDENT + line))].join('\n');
  const read = (from: Store | null) => {
    const parsed = parseScenario(file, text, from);
    if (parsed.ok) return parsed.scenario;
    throw InputError.at(quoted(file), parsed.diagnostics.map(inBody));
  };
  read(null);
  return read;
}

function inBody(diagnostic: Diagnostic): Diagnostic {
  const { line, column } = diagnostic;
  return {
    ...diagnostic,
    line: Math.max(line - HEAD.length, 1),
    column: Math.max(column - INDENT.length, 1),
  };
}

function failuresOf(expected: (from: Store) => Scenario, final: Store): readonly Failure[] {
  return play(expected(final)).failures.map((failure) => ({
    ...failure,
    line: Math.max(failure.line - HEAD.length, 1),
  }));
}
