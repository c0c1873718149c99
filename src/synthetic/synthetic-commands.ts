import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Command } from '../decider/command.ts';
import { amendedManifest, type FileEntry, type Manifest, manifestOf } from '../store/manifest.ts';
import { INHERITED, type TimeToLive } from '../store/time-to-live.ts';
import { digestOfName } from '../values/digest.ts';
import { DEFAULT_ENTITY } from '../values/names.ts';
import { type Bytes, seconds } from '../values/units.ts';
import { SHAPE_NAMES, SHAPES, type Shape, type SizeRange } from './shapes.ts';
import { changedFiles, type SyntheticPlan } from './synthetic-plan.ts';

const HOURS_A_DAY = 24;
const SECONDS_A_DAY = 86_400;
const SECONDS_AN_HOUR = 3_600;
// The first TTL ends a week after the last version, so that there is something left to expire.
const TTL_DAYS = { least: 7, most: 90 } as const;
const LARGEST_SEED = 2 ** 31 - 1;
const NOTHING_REMOVED: ReadonlySet<string> = new Set();

/**
 * The commands that build a synthetic store: every day each artifact collection gets a version, and the clock moves hour
 * by hour. The same plan gives the same commands, and none is refused.
 */
export function* syntheticCommands(plan: SyntheticPlan): Generator<Command> {
  const seeds = xoroshiro128plus(plan.seed);
  const series = Array.from({ length: plan.collections }, (_, number) => {
    return new Series(plan, number, uniformInt(seeds, 0, LARGEST_SEED));
  });
  for (let day = 0; day < plan.versions; day += 1) {
    let hour = 0;
    for (const [number, one] of series.entries()) {
      yield one.next();
      const due = Math.floor(((number + 1) * HOURS_A_DAY) / series.length);
      if (due > hour) yield { type: 'moveClock', bySeconds: seconds((due - hour) * SECONDS_AN_HOUR) };
      hour = due;
    }
  }
}

// The versions of an artifact collection in order. Its random choices depend on nothing else.
class Series {
  readonly #plan: SyntheticPlan;
  readonly #number: number;
  readonly #shape: Shape;
  readonly #random: RandomGenerator;
  #index = 0;
  #contents = 0;
  #manifest: Manifest | null = null;

  constructor(plan: SyntheticPlan, number: number, seed: number) {
    const name = plan.shape === 'mixed' ? SHAPE_NAMES[number % SHAPE_NAMES.length] : plan.shape;
    this.#plan = plan;
    this.#number = number;
    this.#shape = SHAPES[name ?? 'dataset'];
    this.#random = xoroshiro128plus(seed);
  }

  next(): Command {
    const { project, collection, artifactType, run, aliases, tags } = this.#shape;
    const index = this.#index;
    const manifest =
      this.#manifest === null
        ? manifestOf(Array.from({ length: this.#plan.files }, (_, file) => this.#file(file)))
        : amendedManifest(this.#manifest, this.#changed(), NOTHING_REMOVED);
    this.#manifest = manifest;
    this.#index += 1;
    return {
      type: 'logVersion',
      collection: { entity: DEFAULT_ENTITY, project, collection: collection(this.#number) },
      artifactType,
      manifest,
      aliases: aliases(index, this.#random),
      tags: tags(index),
      run: run === null ? null : { entity: DEFAULT_ENTITY, project, run: run(this.#number) },
      ttl: this.#ttl(),
    };
  }

  #changed(): readonly FileEntry[] {
    const { files } = this.#plan;
    const count = changedFiles(this.#plan);
    if (this.#shape.changes === 'the first' || count === files) {
      return Array.from({ length: count }, (_, file) => this.#file(file));
    }
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(uniformInt(this.#random, 0, files - 1));
    return Array.from(chosen, (file) => this.#file(file));
  }

  #file(file: number): FileEntry {
    const { seed } = this.#plan;
    const { path, changes, changing, staying } = this.#shape;
    const range = changes === 'any' || file < changedFiles(this.#plan) ? changing : staying;
    this.#contents += 1;
    return {
      kind: 'file',
      path: path(file),
      digest: digestOfName(`${seed} ${this.#number} ${this.#contents}`),
      sizeBytes: this.#size(range),
    };
  }

  #size({ least, most }: SizeRange): Bytes {
    return uniformInt(this.#random, least, most) as Bytes;
  }

  #ttl(): TimeToLive {
    const { oneInWithTtl } = this.#shape;
    if (oneInWithTtl === 0 || uniformInt(this.#random, 1, oneInWithTtl) > 1) return INHERITED;
    const daysLeft = this.#plan.versions - this.#index + 1;
    const days = daysLeft + uniformInt(this.#random, TTL_DAYS.least, TTL_DAYS.most);
    return { kind: 'lasting', seconds: seconds(days * SECONDS_A_DAY) };
  }
}
