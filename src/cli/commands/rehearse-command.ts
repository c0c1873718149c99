import { readFile } from 'node:fs/promises';
import { rehearsalOf } from '../../insight/rehearsal/rehearsal.ts';
import { describeRehearsal } from '../../narration/answers/rehearsal.ts';
import { rehearsalJson } from '../../narration/answers/rehearsal-json.ts';
import { htmlDocument } from '../../narration/layout/html.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { renderBlocks } from '../../narration/layout/render.ts';
import { parseScenario } from '../../scenario/language/parse.ts';
import type { Scenario } from '../../scenario/language/scenario.ts';
import { actionLine } from '../../scenario/language/step-of.ts';
import type { Failure } from '../../scenario/play/frame.ts';
import { play } from '../../scenario/play/play.ts';
import type { Diagnostic } from '../../scenario/yaml/diagnostic.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { checkSavePath, saveSnapshot } from '../files/snapshot-file.ts';
import { EXIT, InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { playToItsEnd } from './play-to-its-end.ts';

/** What makes a rehearsal fail although the command succeeded. */
export const FAIL_ON = ['warning', 'refusal', 'never'] as const;

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
  if (command.length === 0) {
    throw InputError.of('expected a command after --, such as limbo rehearse story.yaml -- python clean.py');
  }
  const { expect, report, save, json = false, failOn = 'never' } = options;
  if (save !== undefined) await checkSavePath(save, '--save');
  if (report !== undefined) await checkSavePath(report, '--report');
  const expected = expect === undefined ? null : await readExpectations(expect);
  const { store, title } = await beginning({ file, from: options.from }, terminal);
  // Loaded only here, so that the other commands start without a server.
  const { rehearse } = await import('../../server/rehearsal/rehearse.ts');
  const script = await rehearse(store, command, {
    // With --json standard output is one document.
    out: json ? (text) => process.stderr.write(text) : terminal.out,
    err: (text) => process.stderr.write(text),
  }).catch((problem: NodeJS.ErrnoException) => {
    if (problem.syscall === undefined) throw problem;
    throw InputError.of(`${quoted(command[0] ?? '')}: cannot be run (${problem.code ?? problem.message})`);
  });
  const rehearsal = rehearsalOf(script);
  const failures = expected === null ? [] : failuresOf(expected, script.final);
  const most = options.all === true ? Number.POSITIVE_INFINITY : MOST_LINES;
  const { paint, width } = terminal;
  if (json) {
    terminal.out(jsonText({ ...rehearsalJson(rehearsal, actionLine), failures }));
  } else {
    const text = renderBlocks(describeRehearsal(rehearsal, actionLine, most), { paint, width });
    terminal.out(`\n${text}\n`);
    for (const { line, expected: wanted, actual } of failures) {
      terminal.out(
        `${paint.bad(`✗ ${quoted(expect ?? '')}:${line}: expected ${wanted}, found ${actual}`)}\n`,
      );
    }
  }
  if (report !== undefined) {
    await writeAtomically(
      report,
      [htmlDocument(`Rehearsal: ${title}`, describeRehearsal(rehearsal, actionLine))],
      true,
    );
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
