import fc from 'fast-check';
import type { ServerBlock, StoryHead, StoryStep } from '../histories/story-step.ts';

import { NaiveStore } from './model.ts';

/** A choice that has no meaning yet: a kind of step and numbers, each taken modulo what there is to choose from. */
export interface RoughStep {
  readonly kind: StepKind;
  readonly picks: readonly number[];
}

/** A story before its steps know what they are about. */
export interface RoughStory {
  readonly head: StoryHead;
  readonly steps: readonly RoughStep[];
}

const WEIGHTS = {
  log: 16,
  delete: 12,
  wait: 8,
  begin: 4,
  commit: 4,
  abandon: 2,
  draft: 3,
  use: 2,
  alias: 4,
  protect: 2,
  link: 6,
  unlink: 2,
  'delete collection': 2,
  'delete run': 2,
  'delete project': 1,
  'delete all': 3,
  restore: 4,
  recover: 4,
  ttl: 4,
  'team ttl': 1,
  collect: 3,
  'bucket delete': 3,
  'bucket undelete': 2,
  server: 2,
} as const;

type StepKind = keyof typeof WEIGHTS;

const RUNS = ['r', 's'];
const PICKS = 14;
const SEQUENCES = ['a', 'b', 'other/c'];
const PORTFOLIOS = ['models/prod', 'shelf/best'];
const PEOPLE = [...Array<undefined>(9).fill(undefined), 'alice', 'bob', 'vera'];
const ROLES = ['admin', 'member', 'member', 'viewer', undefined];
const FILES = ['3MB', '3MB of x', '10MB of march', '500KB of april', '7B of may'];
const ALIASES = ['best', 'x', 'latest'];
const BAD_ALIASES = ['', 'v0', 'a/b', 'a:b'];
const WAITS = ['1m', '1h', '6h', '25h', '3d', '7d', '8d', '2w', '40d'];
const TTLS = ['3d', '1d', '30d', '10m', 'none', 'inherit', '0s'];
const TYPES = ['dataset', 'model', 'code', 'wandb-history'];

const rough = fc.record({
  kind: fc.oneof(
    ...Object.entries(WEIGHTS).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.constant(kind as StepKind),
    })),
  ),
  picks: fc.array(fc.nat({ max: 999 }), { minLength: PICKS, maxLength: PICKS }),
});

const bucket = fc.oneof(
  fc.record({ provider: fc.constantFrom('aws', 'gcp', 'minio'), versioning: fc.boolean() }),
  fc.record({
    provider: fc.constantFrom('aws', 'minio'),
    versioning: fc.constant(true),
    noncurrentCopies: fc.nat({ max: 2 }),
    noncurrentDays: fc.constantFrom(3, 10, 30),
  }),
  fc.record({ provider: fc.constant('azure'), softDelete: fc.boolean() }),
  fc.record({
    provider: fc.constant('azure'),
    softDelete: fc.constant(true),
    softDeleteDays: fc.constantFrom(1, 9),
  }),
);

// A delete that fails is done at the next run: the outcome is the same (GC-8), some hours later.
const faults = fc.array(
  fc.oneof(
    fc.record({
      call: fc.constantFrom('put', 'undelete'),
      fault: fc.constantFrom('fails', 'answers twice', 'answers late'),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ call: fc.constant('delete'), fault: fc.constant('answers twice') }),
  ),
  { maxLength: 3 },
);

const server: fc.Arbitrary<ServerBlock> = fc
  .record(
    {
      deployment: fc.constantFrom('self-managed', 'bring-your-own-bucket', 'shared-cloud', 'dedicated-cloud'),
      env: fc.constantFrom({ GORILLA_ARTIFACT_GC_ENABLED: 'true' }, { GORILLA_ARTIFACT_GC_ENABLED: 'false' }),
      bucket,
      'bucket faults': faults,
      retention: fc.constantFrom('7d', '1d', '0s', '90m'),
      gcEvery: fc.constantFrom('6h', '5h', '1d', '45m'),
      abandonAfter: fc.constantFrom('7d', '1d', '90m', '0s'),
      sharing: fc.constantFrom('collection', 'entity'),
      latestAfterDelete: fc.constantFrom('absent', 'resolve-newest'),
    },
    { requiredKeys: [] },
  )
  .map((one) => one);

const members = fc
  .tuple(...['alice', 'bob', 'vera'].map(() => fc.constantFrom(...ROLES)))
  .map((roles) => withoutHoles({ alice: roles[0], bob: roles[1], vera: roles[2] }));

const head: fc.Arbitrary<StoryHead> = fc
  .record({
    server,
    members,
    ttlDefault: fc.constantFrom(undefined, '1d', '30d', 'none'),
    membersMaySetTtl: fc.constantFrom(undefined, false, true),
    models: members,
    shelf: members,
  })
  .map(({ server: switches, models, shelf, ...team }) => ({
    server: switches,
    team: withoutHoles(team),
    // Everybody has to be known to somebody, and nothing happens in the hall.
    registries: { models, shelf, hall: { alice: 'viewer', bob: 'viewer', vera: 'viewer' } },
  }));

/** Stories of at most so many steps. */
export function roughStories(maxLength: number): fc.Arbitrary<RoughStory> {
  const steps = fc.array(rough, { minLength: 1, maxLength, size: 'max' });
  return fc.noBias(fc.record({ head, steps }));
}

/** The steps of a story, each settled by what the naive model has come to before it. */
export function settled({ head: given, steps }: RoughStory): readonly StoryStep[] {
  const store = new NaiveStore(given);
  const ids: string[] = [];
  let runs = RUNS;
  return steps.map((one) => {
    const step = new Settler(store, ids, runs, one.picks).step(one.kind);
    // Whether a run that was deleted and begins again is the same run is not settled: new ones have new names.
    if (one.kind === 'delete run' || one.kind === 'delete project') runs = runs.map((name) => `${name}0`);
    store.apply(step);
    return step;
  });
}

function withoutHoles<Value extends object>(value: Value): { [Key in keyof Value]: NonNullable<Value[Key]> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [Key in keyof Value]: NonNullable<Value[Key]>;
  };
}

class Settler {
  readonly #facts: ReturnType<NaiveStore['observe']>;
  readonly #ids: string[];
  readonly #runs: readonly string[];
  readonly #picks: number[];

  constructor(store: NaiveStore, ids: string[], runs: readonly string[], picks: readonly number[]) {
    this.#facts = store.observe();
    this.#ids = ids;
    this.#runs = runs;
    this.#picks = [...picks];
  }

  step(kind: StepKind): StoryStep {
    const as = this.#of(PEOPLE);
    const step = withoutHoles(this.#bare(kind) as Readonly<Record<string, unknown>>) as StoryStep;
    return as === undefined ? step : { ...step, as };
  }

  #next(): number {
    return this.#picks.shift() ?? 0;
  }

  #of<Value>(list: readonly Value[]): Value {
    return list[this.#next() % list.length] as Value;
  }

  #rarely<Value>(value: () => Value): Value | undefined {
    return this.#next() % 5 === 4 ? value() : undefined;
  }

  #some(list: readonly string[]): string[] {
    const mask = this.#next();
    return list.filter((_, at) => (mask >> at) % 2 === 1);
  }

  #aliases(): string[] | undefined {
    const aliases = this.#some(ALIASES);
    const odd = this.#next() % 40 === 39 ? [this.#of(BAD_ALIASES)] : [];
    return aliases.length + odd.length > 0 ? [...aliases, ...odd] : undefined;
  }

  #files(): Record<string, string | { ref: string; size: string }> {
    if (this.#next() % 3 === 2) return { y: '10MB of march' };
    const paths = this.#some(['x', 'y', 'z']);
    return Object.fromEntries(
      paths.map((path) => {
        const file = this.#next() % 12 === 11 ? undefined : this.#of(FILES);
        const content = file === '3MB' ? '3MB of x' : file;
        return [
          path,
          path === 'x' && file === '3MB' ? file : (content ?? { ref: 's3://far/away', size: '1GB' }),
        ];
      }),
    );
  }

  #name(): string {
    const way = this.#next() % 12;
    const { versions, links } = this.#facts;
    const short = (name: string) => name.replace('team/demo/', '').replace('team/', '');
    if (way === 11 || versions.length === 0)
      return `${this.#of(SEQUENCES)}:${this.#of(['v0', 'v7', 'best', 'latest'])}`;
    if (way === 10) return short(this.#of(versions).name);
    if (way === 9) return `${this.#of([...SEQUENCES, ...PORTFOLIOS])}:${this.#of(ALIASES)}`;
    if (way >= 7 && links.length > 0) return short(this.#of(links).name);
    const committed = versions.filter(({ state }) => state === 'COMMITTED');
    return short(this.#of(committed.length > 0 ? committed : versions).name);
  }

  #linkName(): string {
    const { links } = this.#facts;
    if (links.length === 0 || this.#next() % 8 === 7) return this.#name();
    return this.#of(links).name.replace('team/', '');
  }

  #ever(): string {
    const { versions } = this.#facts;
    const deleted = versions.filter(({ state }) => state !== 'COMMITTED');
    if (this.#next() % 8 === 7 || deleted.length === 0) return this.#name();
    return this.#of(deleted).name.replace('team/demo/', '').replace('team/', '');
  }

  /** Aliases to remove: what one step both adds and removes has no settled meaning. */
  #others(added: readonly string[]): string[] | undefined {
    return this.#rarely(() => this.#some(ALIASES).filter((alias) => !added.includes(alias)));
  }

  #id(): string | undefined {
    const id = `u${this.#ids.length}`;
    this.#ids.push(id);
    return id;
  }

  #bare(kind: StepKind): object {
    switch (kind) {
      case 'log':
      case 'begin':
        return {
          [kind]: this.#of(this.#next() % 30 === 29 ? PORTFOLIOS : SEQUENCES),
          files: this.#files(),
          aliases: this.#aliases(),
          type: this.#rarely(() => this.#of(TYPES)),
          ttl: this.#rarely(() => this.#of(TTLS)),
          run: this.#next() % 2 ? this.#of(this.#runs) : undefined,
          id: kind === 'begin' ? this.#id() : this.#rarely(() => this.#id()),
        };
      case 'commit':
      case 'abandon':
        return this.#ids.length === 0 ? this.#bare('begin') : { [kind]: this.#of([...this.#ids].reverse()) };
      case 'draft':
        return {
          draft: this.#name(),
          add: this.#files(),
          remove: this.#some(['x', 'y', 'z']),
          aliases: this.#rarely(() => this.#aliases()),
          ttl: this.#rarely(() => this.#of(TTLS)),
        };
      case 'use':
        return { use: this.#name(), run: this.#of(this.#runs) };
      case 'alias': {
        const [name, add] = [this.#name(), this.#aliases() ?? []];
        const protect = this.#rarely(() => this.#some(ALIASES)) ?? [];
        return { alias: name, add, protect, remove: this.#others([...add, ...protect]) };
      }
      case 'protect': {
        const protect = [this.#of(ALIASES)];
        return { alias: this.#linkName(), protect, remove: this.#others(protect) };
      }
      case 'link':
        return {
          link: this.#name(),
          to: this.#of(this.#next() % 30 === 29 ? SEQUENCES : PORTFOLIOS),
          aliases: this.#aliases(),
        };
      case 'unlink':
        return { unlink: this.#linkName() };
      case 'delete': {
        if (this.#next() % 10 === 9 && this.#ids.length > 0) {
          return { delete: this.#of(this.#ids), deleteAliases: this.#next() % 3 > 0 ? true : undefined };
        }
        return { delete: this.#name(), deleteAliases: this.#next() % 3 > 0 ? true : undefined };
      }
      case 'delete collection':
        return { 'delete collection': this.#of([...SEQUENCES, ...PORTFOLIOS]) };
      case 'delete run':
        return { 'delete run': this.#of(this.#runs), artifacts: this.#next() % 2 ? true : undefined };
      case 'delete project':
        return { 'delete project': this.#of(['demo', 'other', 'models', 'shelf']) };
      case 'delete all':
        return {
          'delete all': this.#of([...SEQUENCES, ...(this.#next() % 5 === 4 ? PORTFOLIOS : [])]),
          deleteAliases: this.#next() % 2 ? true : undefined,
          where: withoutHoles({
            without: this.#next() % 4 === 3 ? 'aliases' : undefined,
            with: this.#next() % 4 === 3 ? this.#of(ALIASES) : undefined,
            'older than': this.#next() % 4 === 3 ? this.#of(['1d', '0s', '6h']) : undefined,
            'keep last': this.#next() % 2 ? this.#next() % 4 : undefined,
          }),
        };
      case 'restore':
        return { restore: this.#ever() };
      case 'recover':
        return { recover: this.#ever() };
      case 'ttl':
        return { ttl: this.#name(), is: this.#of(TTLS) };
      case 'team ttl':
        return { 'team ttl': this.#of(TTLS) };
      case 'wait':
        return { wait: this.#of(WAITS) };
      case 'collect':
        return { collect: 'now' };
      case 'bucket delete':
        return { 'bucket delete': `${this.#name()}/${this.#of(['y', 'x', 'z'])}` };
      case 'bucket undelete':
        return {
          'bucket undelete': `${this.#next() % 2 ? this.#ever() : this.#name()}/${this.#of(['y', 'x', 'z'])}`,
        };
      case 'server':
        return { server: this.#change() };
    }
  }

  #change(): ServerBlock {
    switch (this.#next() % 8) {
      case 0:
        return { retention: this.#of(['0s', '1d', '7d']) };
      case 1:
        return { gcEvery: this.#of(['7h', '1d', '30m']) };
      case 2:
        return { sharing: this.#of(['entity', 'collection']) };
      case 3:
        return { bucket: { noncurrentDays: this.#of([1, 5, 60]), softDeleteDays: this.#of([1, 20]) } };
      case 4:
        return { bucket: { noncurrentCopies: this.#of([0, 1, 2]) } };
      case 5:
        return { bucket: { [this.#of(['versioning', 'softDelete'])]: this.#next() % 2 === 0 } };
      case 6:
        return { env: { GORILLA_ARTIFACT_GC_ENABLED: this.#of(['true', 'false', 'TRUE']) } };
      default:
        return {
          abandonAfter: this.#of(['0s', '2d']),
          latestAfterDelete: this.#of(['resolve-newest', 'absent']),
        };
    }
  }
}
