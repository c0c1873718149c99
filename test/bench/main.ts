import { cpus } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { OPERATIONS, type OperationName } from './operations.ts';
import {
  bestOf,
  keepRatios,
  keptRatios,
  middleOf,
  missingFrom,
  QUICK_TASKS,
  type Ratios,
  ratiosOf,
  worseThan,
} from './quick.ts';
import { reportOf } from './report.ts';
import { runTask, SEMI_SPACE_MEGABYTES } from './run-task.ts';
import { CLOCKS, type Clock } from './stopwatch.ts';
import { type Result, SECTIONS, type SectionName, type Task, tasksOf } from './tasks.ts';

interface Options {
  readonly sizes: readonly number[];
  readonly only?: SectionName | OperationName;
  readonly clock: Clock;
  readonly semiSpace: number;
  readonly json?: true;
  readonly quick?: true;
  readonly keep?: true;
}

// A lucky run that was kept would make every later one worse.
const KEPT_OF = 3;

const program = new Command('bench')
  .description('measures what limbo costs, beside a raw mutable baseline in the same run')
  .option('--sizes <list>', 'how many versions the stores have', sizesIn, [1_000, 10_000, 100_000, 1_000_000])
  .addOption(
    new Option('--only <name>', 'one section or one operation').choices([...SECTIONS, ...OPERATIONS]),
  )
  .addOption(
    new Option('--clock <clock>', 'what time is read from; cpu where others use the machine too')
      .choices(CLOCKS)
      .default('wall'),
  )
  .option(
    '--semi-space <megabytes>',
    'how much new there may be before V8 clears memory; its own choice is 16',
    megabytesIn,
    SEMI_SPACE_MEGABYTES,
  )
  .option('--json', 'print one JSON document')
  .option(
    '--quick',
    'check, in about a minute if none looks worse, that no ratio is much worse than what was kept',
  )
  .option('--keep', 'keep the ratios of the quick check for later ones')
  .parse();

const options = program.opts<Options>();
process.exitCode = await (options.keep ? keep() : options.quick ? check() : measure());

// What cannot be measured is told, and does not take with it what was.
async function measure(): Promise<0 | 1> {
  const results: Result[] = [];
  let failed = 0;
  for (const task of tasks()) {
    try {
      results.push(await measured(task));
    } catch (problem) {
      failed += 1;
      process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
    }
  }
  process.stdout.write(`${options.json ? documentOf(results) : `${machine()}\n\n${reportOf(results)}`}\n`);
  return failed === 0 ? 0 : 1;
}

function tasks(): readonly Task[] {
  const { sizes, only, clock } = options;
  if (only === undefined) return SECTIONS.flatMap((section) => tasksOf(section, sizes, null, clock));
  return isSection(only) ? tasksOf(only, sizes, null, clock) : tasksOf('operations', sizes, only, clock);
}

async function keep(): Promise<0> {
  const runs: Ratios[] = [];
  for (let run = 0; run < KEPT_OF; run += 1) {
    const results: Result[] = [];
    for (const task of QUICK_TASKS) results.push(await measured(task));
    runs.push(ratiosOf(results));
  }
  const ratios = middleOf(runs);
  keepRatios(ratios);
  process.stdout.write(`kept ${ratios.size} ratios\n`);
  return 0;
}

async function check(): Promise<0 | 1> {
  const kept = keptRatios();
  const ratios = new Map<string, number>();
  for (const task of QUICK_TASKS) {
    const first = ratiosOf([await measured(task)]);
    // Whoever else uses the machine can make a ratio worse once: only what is worse twice is worse.
    const isSuspect = worseThan(kept, first).length > 0;
    const best = isSuspect ? bestOf(first, ratiosOf([await measured(task)])) : first;
    for (const [name, ratio] of best) ratios.set(name, ratio);
  }
  const worse = worseThan(kept, ratios);
  const missing = missingFrom(kept, ratios);
  for (const { name, kept: before, measured } of worse) {
    process.stdout.write(
      `${name}: ${measured.toFixed(1)} times the baseline, and was ${before.toFixed(1)}\n`,
    );
  }
  for (const name of missing) process.stdout.write(`${name}: no longer measured\n`);
  process.stdout.write(
    `${ratios.size} ratios, ${worse.length} worse than they may be, ${missing.length} missing\n`,
  );
  return worse.length + missing.length === 0 ? 0 : 1;
}

function measured(task: Task): Promise<Result> {
  return runTask(task, options.semiSpace);
}

function documentOf(results: readonly Result[]): string {
  const [cpu] = cpus();
  return JSON.stringify({
    node: process.version,
    cpu: cpu?.model ?? null,
    cores: cpus().length,
    clock: options.clock,
    semiSpaceMegabytes: options.semiSpace,
    results,
  });
}

function machine(): string {
  const [cpu] = cpus();
  return `Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'an unknown processor'}, ${options.clock} time, semi-space of ${options.semiSpace} MB`;
}

function sizesIn(text: string): readonly number[] {
  return text.split(',').map((part) => {
    const size = Number(part);
    const isUsable = Number.isSafeInteger(size) && size > 0 && (size < 1_000 || size % 1_000 === 0);
    if (!isUsable) throw new InvalidArgumentError('a size is below 1,000 or a multiple of it.');
    return size;
  });
}

function megabytesIn(text: string): number {
  const megabytes = Number(text);
  if (Number.isSafeInteger(megabytes) && megabytes > 0) return megabytes;
  throw new InvalidArgumentError('a number of megabytes is whole and above 0.');
}

function isSection(name: string): name is SectionName {
  return (SECTIONS as readonly string[]).includes(name);
}
