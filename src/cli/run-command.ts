import { realpath, rename, stat, writeFile } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import type { Failure } from '../scenario/frame.ts';
import { Narrator, verdictText } from '../scenario/narrate.ts';
import { type Playback, play } from '../scenario/play.ts';
import { reportRun, reportScenario, reportStep, type StepReport } from '../scenario/report.ts';
import { rewriteRecordings } from '../scenario/rewrite.ts';
import { printable } from '../values/names.ts';
import { jsonText } from './json-text.ts';
import { type ReadScenario, readScenarios } from './read-scenario.ts';
import type { Terminal } from './terminal.ts';
import { EXIT, type ExitStatus, UnusableInput } from './unusable.ts';

/** How `limbo run` answers. */
export interface RunOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly rewrite?: boolean;
}

/** Plays scenarios. Every file is read before the first is played; bad input plays none. */
export async function runCommand(
  files: readonly string[],
  options: RunOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const scenarios = await readScenarios(files, terminal);
  if (options.rewrite === true) return rewriteAll(scenarios, terminal);
  if (options.json === true) return runJson(scenarios, terminal);
  const playbacks = scenarios.map((read) =>
    (options.quiet === true ? runQuiet : runNarrated)(read, terminal),
  );
  const failed = playbacks.filter(({ failures }) => failures.length > 0).length;
  if (playbacks.length > 1) terminal.out(`${playbacks.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? EXIT.ok : EXIT.failed;
}

function runNarrated({ scenario, folders }: ReadScenario, terminal: Terminal): Playback {
  const narrator = new Narrator(terminal.paint, terminal.width);
  terminal.out(narrator.opening(scenario));
  const playback = play(scenario, folders, (frame) => terminal.out(narrator.frame(frame)));
  terminal.out(`${narrator.verdict(playback)}\n`);
  return playback;
}

function runQuiet({ scenario, folders }: ReadScenario, terminal: Terminal): Playback {
  const playback = play(scenario, folders);
  terminal.out(quietLine(playback, terminal));
  return playback;
}

function runJson(scenarios: readonly ReadScenario[], terminal: Terminal): ExitStatus {
  const report = reportRun(
    scenarios.map(({ scenario, folders }) => {
      const steps: StepReport[] = [];
      const playback = play(scenario, folders, (frame) => steps.push(reportStep(frame)));
      return reportScenario(playback, steps);
    }),
  );
  terminal.out(jsonText(report));
  return report.failed === 0 ? EXIT.ok : EXIT.failed;
}

function quietLine({ scenario, failures }: Playback, { paint }: Terminal): string {
  const [first] = failures;
  const verdict = first === undefined ? paint.good('passed') : paint.bad('failed');
  const detail =
    first === undefined
      ? scenario.title
      : `line ${first.line}: expected ${first.expected}, actual ${first.actual}`;
  return `${verdict}  ${printable(scenario.file, 1_000)}  ${printable(detail.replace(/\s+/g, ' '), 200)}\n`;
}

// A recording may be refreshed only where every claim holds: what a broken story prints is worth nothing.
async function rewriteAll(scenarios: readonly ReadScenario[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.ok;
  for (const { scenario, folders, text } of scenarios) {
    const shown: (string | null)[] = [];
    const broken: Failure[] = [];
    play(scenario, folders, (frame) => {
      if (frame.shown === null) broken.push(...frame.failures);
      shown.push(frame.shown);
    });
    if (broken.length > 0) {
      terminal.err(`${printable(scenario.file, 1_000)}: not rewritten; ${verdictText(broken.length)}\n`);
      for (const { line, expected, actual } of broken) {
        terminal.err(
          `${printable(scenario.file, 1_000)}:${line}:1: expected ${expected}, actual ${actual}\n`,
        );
      }
      status = EXIT.failed;
      continue;
    }
    const rewritten = rewriteRecordings(scenario.file, text, shown);
    if (!rewritten.ok) throw UnusableInput.at(scenario.file, rewritten.diagnostics);
    if (rewritten.text === text) {
      terminal.out(`${printable(scenario.file)}: every recording is up to date\n`);
      continue;
    }
    terminal.out(createTwoFilesPatch(scenario.file, scenario.file, text, rewritten.text));
    await writeWhole(scenario.file, rewritten.text);
  }
  return status;
}

// Written aside and renamed, so that an interruption leaves the old file or the new one.
async function writeWhole(file: string, text: string): Promise<void> {
  const target = await realpath(file);
  const { mode } = await stat(target);
  const aside = `${target}.${process.pid}.rewritten`;
  await writeFile(aside, text, { flag: 'wx', mode });
  await rename(aside, target);
}
