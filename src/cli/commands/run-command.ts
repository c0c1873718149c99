import { createTwoFilesPatch } from 'diff';
import { jsonText } from '../../narration/layout/json-text.ts';
import type { Failure } from '../../scenario/play/frame.ts';
import { Narrator, verdictText } from '../../scenario/play/narrator.ts';
import { type Playback, play } from '../../scenario/play/play.ts';
import { reportRun, reportScenario, reportStep, type StepReport } from '../../scenario/play/report.ts';
import { rewriteRecordings } from '../../scenario/play/rewrite.ts';
import { printable } from '../../values/names.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { type ReadScenario, readScenarios, STANDARD_INPUT } from '../files/read-scenario.ts';
import { checkSavePath, loadSnapshot, saveSnapshot } from '../files/snapshot-file.ts';
import { EXIT, type ExitStatus, InputError, quoted } from '../input-error.ts';
import { CANONICAL_STORY, type Chapter, chapterNamed, shippedChapters, shippedName } from '../shipped.ts';
import type { Terminal } from '../terminal.ts';

/** The options of `limbo run`. */
export interface RunOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly rewrite?: boolean;
  /** The snapshot from which the stories start. */
  readonly from?: string;
  /** Where to save the store at the end of the story, if the story passes. */
  readonly save?: string;
  /** Plays the stories that come with the package: all of them, or one chapter. */
  readonly stories?: true | string;
}

/** Plays scenarios. Reads every file first, and plays none if one cannot be read. */
export async function runCommand(
  files: readonly string[],
  options: RunOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { from, save, stories } = options;
  if (stories !== undefined) {
    if (files.length > 0)
      throw InputError.of(`${quoted(files[0] ?? '')}: files cannot be combined with --stories`);
    return runShipped(stories, options, terminal);
  }
  if (files.length === 0) throw InputError.of('expected a scenario file, or --stories');
  if (save !== undefined && files.length > 1) {
    throw InputError.of(`--save ${quoted(save)}: requires exactly one scenario file`);
  }
  if (options.rewrite === true && files.includes(STANDARD_INPUT)) {
    throw InputError.of(`${STANDARD_INPUT}: --rewrite requires a file that it can write`);
  }
  if (save !== undefined) await checkSavePath(save, '--save');
  const scenarios = await readScenarios(files, terminal, loadSnapshot(from, terminal)?.store ?? null);
  if (options.rewrite === true) return rewriteAll(scenarios, terminal);
  const playbacks =
    options.json === true ? runJson(scenarios, options, terminal) : runEach(scenarios, options, terminal);
  if (save !== undefined) await saveEnd(save, playbacks, terminal);
  return statusOf(playbacks);
}

// All stories in full would fill hundreds of screens: without a chapter, print one and count the rest.
async function runShipped(
  named: true | string,
  options: RunOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const chapters = await shippedChapters();
  const chosen = named === true ? chapters : [chapterNamed(named, chapters)];
  const read = async ({ files }: Chapter) =>
    (await readScenarios(files, terminal)).map((story) => ({
      ...story,
      scenario: { ...story.scenario, file: shippedName(story.scenario.file) },
    }));
  const stories = await Promise.all(chosen.map(read));
  if (named !== true || options.quiet === true || options.json === true) {
    const run = options.json === true ? runJson : runEach;
    return statusOf(run(stories.flat(), options, terminal));
  }
  const canonical = stories.flat().find(({ scenario }) => scenario.file === CANONICAL_STORY);
  if (canonical !== undefined) runNarrated(canonical, terminal);
  const playbacks = stories.map((chapter) => chapter.map(({ scenario, folders }) => play(scenario, folders)));
  for (const [at, { number, name }] of chosen.entries()) {
    terminal.out(chapterLine(`${String(number).padStart(2)} ${name}`, playbacks[at] ?? [], terminal));
  }
  terminal.out('\nlimbo run --stories deleting tells the stories of a chapter.\n');
  return statusOf(playbacks.flat());
}

function chapterLine(title: string, playbacks: readonly Playback[], { paint }: Terminal): string {
  const failed = playbacks.filter(({ failures }) => failures.length > 0).length;
  const verdict = `${playbacks.length - failed} passed${failed === 0 ? '' : `, ${failed} failed`}`;
  return `${failed === 0 ? paint.good('✓') : paint.bad('✗')} ${title.padEnd(32)} ${verdict}\n`;
}

function statusOf(playbacks: readonly Playback[]): ExitStatus {
  return playbacks.every(({ failures }) => failures.length === 0) ? EXIT.ok : EXIT.failed;
}

// Save only if the story passed.
async function saveEnd(save: string, playbacks: readonly Playback[], terminal: Terminal): Promise<void> {
  const [playback] = playbacks;
  if (playback === undefined || playback.failures.length > 0) {
    terminal.err(`${quoted(save)}: nothing is saved, since the story failed\n`);
    return;
  }
  await saveSnapshot(playback.final, save, terminal);
  terminal.err(`saved as ${quoted(save)}\n`);
}

function runEach(
  scenarios: readonly ReadScenario[],
  options: RunOptions,
  terminal: Terminal,
): readonly Playback[] {
  const playbacks = scenarios.map((read) =>
    (options.quiet === true ? runQuiet : runNarrated)(read, terminal),
  );
  const failed = playbacks.filter(({ failures }) => failures.length > 0).length;
  if (playbacks.length > 1) terminal.out(`${playbacks.length - failed} passed, ${failed} failed\n`);
  return playbacks;
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

function runJson(
  scenarios: readonly ReadScenario[],
  _options: RunOptions,
  terminal: Terminal,
): readonly Playback[] {
  const played = scenarios.map(({ scenario, folders }) => {
    const steps: StepReport[] = [];
    const playback = play(scenario, folders, (frame) => steps.push(reportStep(frame)));
    return { playback, report: reportScenario(playback, steps) };
  });
  terminal.out(jsonText(reportRun(played.map(({ report }) => report))));
  return played.map(({ playback }) => playback);
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

// Rewrite recorded output only if every check of the story passed.
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
    const rewritten = rewriteRecordings(scenario.file, text, shown, scenario.from);
    if (!rewritten.ok) throw InputError.at(scenario.file, rewritten.diagnostics);
    if (rewritten.text === text) {
      terminal.out(`${printable(scenario.file)}: every recording is up to date\n`);
      continue;
    }
    terminal.out(createTwoFilesPatch(scenario.file, scenario.file, text, rewritten.text));
    await writeAtomically(scenario.file, [rewritten.text], true);
  }
  return status;
}
