import { rename, writeFile } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import { Narrator, verdictText } from '../scenario/narrate.ts';
import { type Playback, play } from '../scenario/play.ts';
import { reportRun } from '../scenario/report.ts';
import { rewriteRecordings } from '../scenario/rewrite.ts';
import { printable } from '../values/names.ts';
import { type ReadScenario, readScenarios } from './read-scenario.ts';
import type { Terminal } from './terminal.ts';
import { EXIT, type ExitStatus } from './unusable.ts';

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
  const playbacks = scenarios.map((read) => {
    const narrator = new Narrator(terminal.paint, terminal.width);
    if (options.json === true) return play(read.scenario, read.folders);
    if (options.quiet === true) {
      const playback = play(read.scenario, read.folders);
      terminal.out(quietLine(playback, terminal));
      return playback;
    }
    terminal.out(narrator.opening(read.scenario));
    const playback = play(read.scenario, read.folders, (frame) => terminal.out(narrator.frame(frame)));
    terminal.out(`${narrator.verdict(playback)}\n`);
    return playback;
  });
  const report = playbacks.filter(({ failures }) => failures.length > 0).length;
  if (options.json === true) terminal.out(`${JSON.stringify(reportRun(playbacks), null, 2)}\n`);
  else if (playbacks.length > 1) terminal.out(summary(playbacks.length - report, report));
  return report === 0 ? EXIT.ok : EXIT.failed;
}

function quietLine({ scenario, failures }: Playback, { paint }: Terminal): string {
  const [first] = failures;
  const verdict = first === undefined ? paint.good('passed') : paint.bad('failed');
  const detail =
    first === undefined
      ? scenario.title
      : `line ${first.line}: expected ${first.expected}, actual ${first.actual}`;
  return `${verdict}  ${scenario.file}  ${printable(detail.replace(/\s+/g, ' '), 200)}\n`;
}

function summary(passed: number, failed: number): string {
  return `${passed} passed, ${failed} failed\n`;
}

// A recording may be refreshed only where every claim holds: what a broken story prints is worth nothing.
async function rewriteAll(scenarios: readonly ReadScenario[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.ok;
  for (const { scenario, placed, folders, text } of scenarios) {
    const playback = play(scenario, folders);
    const broken = playback.frames.flatMap((frame) => (frame.step.kind === 'show' ? [] : frame.failures));
    if (broken.length > 0) {
      terminal.err(`${scenario.file}: not rewritten; ${verdictText(broken.length)}\n`);
      for (const { line, expected, actual } of broken) {
        terminal.err(`${scenario.file}:${line}:1: expected ${expected}, actual ${actual}\n`);
      }
      status = EXIT.failed;
      continue;
    }
    const rewritten = rewriteRecordings(text, placed, playback.frames);
    if (rewritten === text) {
      terminal.out(`${scenario.file}: every recording is up to date\n`);
      continue;
    }
    terminal.out(createTwoFilesPatch(scenario.file, scenario.file, text, rewritten));
    await writeWhole(scenario.file, rewritten);
  }
  return status;
}

// Written aside and renamed, so that an interruption leaves the old file or the new one.
async function writeWhole(file: string, text: string): Promise<void> {
  const aside = `${file}.rewritten`;
  await writeFile(aside, text);
  await rename(aside, file);
}
