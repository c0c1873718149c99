import { realpath, writeFile } from 'node:fs/promises';
import type { Exploration } from '../../explore/exploration.ts';
import { explore, type SearchResult } from '../../explore/explore.ts';
import { searchJson } from '../../narration/answers/json.ts';
import { describeSearch, firstShown } from '../../narration/answers/search.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { renderBlocks } from '../../narration/layout/render.ts';
import { explorationOf } from '../../scenario/play/exploration-of.ts';
import { savePath } from '../../scenario/play/save-path.ts';
import { COLLECTOR_NAMES, type CollectorName } from '../../store/settings.ts';
import { readScenario } from '../files/read-scenario.ts';
import { loadSnapshot } from '../files/snapshot-file.ts';
import { EXIT, type ExitStatus, InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';

/** The options of `limbo explore`. */
export interface ExploreOptions {
  readonly json?: boolean;
  readonly states?: string;
  readonly seconds?: string;
  readonly collector?: string;
  readonly save?: string;
  readonly from?: string;
}

const MOST_STATES = 1_000_000;
const MOST_SECONDS = 600;

/** Searches every order of the steps of a story's actors and prints which properties hold. */
export async function exploreCommand(
  named: string,
  options: ExploreOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const mostStates = count(options.states, '--states', MOST_STATES);
  const seconds = count(options.seconds, '--seconds', MOST_SECONDS);
  const collector = collectorNamed(options.collector);
  const from = loadSnapshot(options.from, terminal)?.store ?? null;
  const read = await readScenario(named, terminal, from);
  const { file } = read.scenario;
  if (read.scenario.together.length === 0) {
    throw InputError.of(
      `${quoted(file)}:1:1: expected a story with a "together" block: actors, each with its steps`,
    );
  }
  const settings = collector === null ? read.scenario.settings : { ...read.scenario.settings, collector };
  const exploration = explorationOf({ ...read.scenario, settings }, read.folders);
  const result = search(exploration, mostStates, seconds, terminal);
  terminal.out(
    options.json === true
      ? jsonText(searchJson(file, exploration, result))
      : `${renderBlocks(describeSearch(exploration, result), terminal)}\n`,
  );
  if (options.save !== undefined) {
    await save(
      options.save,
      { file, text: read.text, collector: settings.collector },
      exploration,
      result,
      terminal,
    );
  }
  const holds = result.verdicts.every(
    ({ property, holds: held }) => property.kind === 'sometimes' || held === true,
  );
  return holds && result.bound === null ? EXIT.ok : EXIT.failed;
}

function search(
  exploration: Exploration,
  mostStates: number,
  seconds: number,
  terminal: Terminal,
): SearchResult {
  const began = performance.now();
  const counter = terminal.counter('states');
  const result = explore(exploration, {
    mostStates,
    goOn: (states) => {
      counter.show(states);
      return performance.now() - began < seconds * 1_000;
    },
  });
  const took = Math.max(1, performance.now() - began);
  // The speed differs between runs, so it is not part of the answer.
  counter.done(
    `searched in ${(took / 1_000).toFixed(1)} s, ${Math.round((result.states / took) * 1_000)} states a second`,
  );
  return result;
}

/** A parsed story and the collector that it is explored with. */
interface Described {
  readonly file: string;
  readonly text: string;
  readonly collector: CollectorName;
}

async function save(
  target: string,
  { file, text, collector }: Described,
  exploration: Exploration,
  result: SearchResult,
  terminal: Terminal,
): Promise<void> {
  const found = firstShown(result);
  if (found === undefined) {
    terminal.err(`nothing to save: no property is broken, and no state to reach was found\n`);
    return;
  }
  const saved = savePath(text, exploration, collector, found);
  if (target === file || (await sameFile(target, file))) {
    throw InputError.of(`${quoted(target)}: cannot overwrite the story`);
  }
  await writeFile(target, saved, { flag: 'wx' }).catch((problem: unknown) => {
    throw InputError.of(
      `${quoted(target)}: this cannot be written (${String(Reflect.get(Object(problem), 'code'))})`,
    );
  });
  terminal.err(`saved as ${quoted(target)}\n`);
}

async function sameFile(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all([left, right].map((file) => realpath(file).catch(() => file)));
  return one === other;
}

function count(given: string | undefined, option: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (/^[1-9]\d*$/.test(given) && Number.isSafeInteger(value)) return value;
  throw InputError.of(`${option} ${quoted(given)}: expected a whole number, from 1`);
}

function collectorNamed(given: string | undefined): CollectorName | null {
  if (given === undefined) return null;
  const known = COLLECTOR_NAMES.find((name) => name === given);
  if (known !== undefined) return known;
  throw InputError.of(`--collector ${quoted(given)}: expected one of ${COLLECTOR_NAMES.join(', ')}`);
}
