import type { BucketFault } from '../bucket/faults.ts';
import type { StoreEvent } from '../decider/event.ts';
import { canonicalStore } from '../explore/fingerprint.ts';
import { type Plan, plan } from '../insight/plan/plan.ts';
import { type Why, why } from '../insight/why.ts';
import type { SettingsChanges } from '../lifecycle/operation/operating.ts';
import type { Start } from '../scenario/play/scenario-of.ts';
import { collectGarbage, type Effects, effectsOf } from '../service/collecting.ts';
import type { Paging } from '../service/paging.ts';
import { type HistoryEntry, type Schedule, Service } from '../service/turns.ts';
import type { Action } from '../simulator/action.ts';
import { runIdOf } from '../store/run.ts';
import type { Settings } from '../store/settings.ts';
import { emptyStore, type Store } from '../store/store.ts';
import { formatUnixTime } from '../values/dates.ts';
import { digestOfName } from '../values/digest.ts';
import { DEFAULT_ENTITY, DEFAULT_PROJECT, type ProjectName, printable, type RunId } from '../values/names.ts';
import { formatDuration, type Instant } from '../values/units.ts';
import { Api, connect } from './api.ts';
import type { Connection } from './connection.ts';
import { enumerable } from './enumerable.ts';
import { orThrow, ValueError } from './errors.ts';
import {
  durationIn,
  fileIn,
  flagIn,
  optionsIn,
  textIn,
  textsIn,
  unixTimeIn,
  versionIn,
} from './input/arguments.ts';
import { copied } from './input/copied.ts';
import {
  bucketFaultsIn,
  peopleOf,
  type Registries,
  registryNames,
  startingSettings,
  type Team,
} from './input/settings.ts';
import type { Timedelta } from './input/timedelta.ts';
import type { Run } from './public/types.ts';
import { factsIn, LimboRun, type RunOptions, runPartIn } from './run.ts';
import { scenarioText, storeAfterScenario, storeInSnapshot } from './scenario-text.ts';
import { inOrder } from './scheduler.ts';

const PAGINGS: readonly Paging[] = ['cursor', 'offset'];

/** How a simulation begins, with defaults for what is left out. */
export interface SimulatorOptions {
  /** The settings of the server; those left out, also of the bucket and the environment, have their defaults. */
  readonly settings?: SettingsChanges;
  /** The members of the team; by default only the admin who acts if no person is named. */
  readonly team?: Team;
  /** The registries and their members. */
  readonly registries?: Registries;
  /** The faults of the next calls to the bucket, in order. */
  readonly bucketFaults?: readonly BucketFault[];
  /** The real time at which it begins, `2026-01-31T08:00:00Z` or `2026-01-31`: instants are then shown as dates. */
  readonly begins?: string;
  /** The default entity of names: `team`. */
  readonly entity?: string;
  /** The default project of names: `demo`. */
  readonly project?: string;
  /** Decides when each turn is taken; by default in the order of the requests. */
  readonly schedule?: Schedule;
  /** How the next page of results is found: `cursor`, the default, or `offset`. See `Pages`. */
  readonly paging?: Paging;
}

/** The person who calls the API, and the default entity and project of names. */
export interface Perspective {
  /** The name of the person; by default an admin of the team and of every registry. */
  readonly as?: string;
  /** By default that of the simulator. */
  readonly entity?: string;
  /** By default that of the simulator. */
  readonly project?: string;
}

export type { Effects };

/**
 * A simulated server with a clock, which scripts call through `api()`. It takes the place of Python's `wandb` module and
 * the service. Every call of a script, of the clock and of the collector takes a turn, by default in the order of the
 * calls.
 */
export class Simulator {
  /** The default entity and project of names. */
  readonly place: ProjectName;
  #service: Service;
  #start: Start | null;
  readonly #named = new Set<RunId>();
  #runs = 0;

  /** Throws `ValueError` for invalid options. */
  constructor(options: SimulatorOptions = {}) {
    const given = optionsIn(options, "entity: 'team'");
    const { entity = DEFAULT_ENTITY, project = DEFAULT_PROJECT } = given;
    const { schedule = inOrder(), paging = 'cursor' } = given;
    if (typeof schedule !== 'function') throw new TypeError('a schedule must be a function');
    if (!PAGINGS.includes(paging)) {
      throw new ValueError(`Unknown paging "${printable(String(paging))}": use ${PAGINGS.join(' or ')}`);
    }
    this.place = Object.freeze({ entity, project });
    const settings = startingSettings(options.settings ?? {});
    const faults = given.bucketFaults === undefined ? [] : bucketFaultsIn(given.bucketFaults);
    const people = peopleOf(options.team ?? {}, options.registries ?? [], this.place);
    const begins = given.begins === undefined ? null : unixTimeIn(given.begins);
    this.#service = new Service(emptyStore(settings, people, faults, begins), schedule, paging);
    const registries = registryNames(options.registries ?? [], this.place);
    this.#start = { settings, people, bucketFaults: faults, registries, begins };
    connect(this.#service, null, this.place);
    enumerable(this, ['now', 'digest']);
  }

  /** A simulator that starts from a snapshot, as `limbo` writes it. Throws `ValueError` unless the bytes are a snapshot. */
  static fromSnapshot(bytes: Uint8Array): Simulator {
    return Simulator.#goingOnFrom(storeInSnapshot(bytes));
  }

  /**
   * A simulator that starts where a scenario ends. Throws `ValueError` if the scenario has mistakes, names real folders, or
   * fails.
   */
  static fromScenario(text: string): Simulator {
    return Simulator.#goingOnFrom(storeAfterScenario(text));
  }

  /**
   * What was played and not undone, as the text of a scenario that replays to the same store. Throws `ValueError` if the
   * simulator started from another store, and for what no scenario can express, such as moving the clock alone.
   */
  toScenario(title = 'A story from code'): string {
    return scenarioText(title, this.#start, this.#service.actions);
  }

  static #goingOnFrom(store: Store): Simulator {
    const simulator = new Simulator();
    simulator.#service = new Service(store, inOrder(), 'cursor');
    simulator.#start = null;
    connect(simulator.#service, null, simulator.place);
    return simulator;
  }

  /** The public API for a person. Python: `wandb.Api`. */
  api(perspective: Perspective = {}): Api {
    return new Api(this.#seenBy(optionsIn(perspective, "as: 'bob'")));
  }

  /**
   * Starts a run, which exists from now on, or resumes the run with this id (RUN-1). The default id is the next unused one
   * of `run-1`, `run-2`, …; two runs can have the same name. Throws `ValueError` for an invalid id; the calls of a run
   * whose id belonged to a deleted one reject with `CommError` (`run-deleted`, RUN-2). Python: `wandb.init`.
   */
  init(options: Perspective & RunOptions = {}): Run {
    const { id, name, tags, config, ...perspective } = optionsIn(options, "id: 'train-1'");
    const connection = this.#seenBy(perspective);
    const run = { ...connection.place, run: runPartIn(id ?? this.#freeId(connection.place)) };
    const runId = runIdOf(run);
    this.#named.add(runId);
    return LimboRun.started(connection, run, factsIn({ name, tags, config }), this.store.runs.get(runId));
  }

  /**
   * Advances the clock in one turn and runs the scheduled jobs on the way, each at its time (GC-1, TTL-6, LOG-8). Takes a
   * timedelta, or text such as `8d`.
   */
  async advance(duration: Timedelta | string): Promise<Effects> {
    const length = durationIn(duration);
    return this.#service.turn(`wait ${formatDuration(length)}`, (turn) =>
      effectsOf(orThrow(turn.apply({ type: 'wait', duration: length })), turn.store),
    );
  }

  /**
   * Runs garbage collection now, each step in its own turn. Rejects with `CommError` if a requirement is missing (GC-6;
   * basis: doc, said).
   */
  async collect(): Promise<Effects> {
    return orThrow(await collectGarbage(this.#service));
  }

  /** Plays an action that has no call in the public API, such as `restoreVersion`. Rejects if it is refused. */
  async dispatch(action: Action): Promise<readonly StoreEvent[]> {
    const own = copied(action);
    return this.#service.turn(own.type, (turn) => orThrow(turn.apply(own)));
  }

  /** The current store: frozen, and not changed by later calls. */
  get store(): Store {
    return this.#service.store;
  }

  /**
   * Equal for two simulators if and only if their stores are equal. `toEqual` and `deepStrictEqual` compare simulators by
   * this, by the time, and by the default place of names.
   */
  get digest(): string {
    return digestOfName(canonicalStore(this.store));
  }

  /** The time in seconds since the simulation began. */
  get now(): Instant {
    return this.store.now;
  }

  /** The real time at which it begins, as `2026-01-31T08:00:00Z`; null if none was given. */
  get begins(): string | null {
    const { begins } = this.store;
    return begins === null ? null : formatUnixTime(begins);
  }

  /** The current settings. */
  get settings(): Settings {
    return this.store.settings;
  }

  /** Every turn that changed the store and is not undone. */
  get history(): readonly HistoryEntry[] {
    return this.#service.history;
  }

  /**
   * Undoes the last call that changed the store; returns false if there is none. A call of several turns, such as an upload
   * or a garbage collection run, is undone as a whole. If other calls came between its turns, only its turns after the last
   * of those are undone; the next undo continues from there.
   *
   * Fetched objects keep their attributes. Their calls use the store as it is then, and are refused with `not-found` if what
   * the object was made from no longer exists, even if something else has its name. The same holds for the end of an upload
   * whose beginning was undone.
   */
  undo(): boolean {
    return this.#service.undo();
  }

  /** Redoes the call that was undone last; returns false if there is none. */
  redo(): boolean {
    return this.#service.redo();
  }

  /** Why the bytes of `NAME:V/PATH` are stored, or are not. */
  why(file: string): Why {
    return why(this.store, fileIn(file, this.place));
  }

  /** What deleting these artifacts, in order, would do. */
  plan(names: readonly string[], options: { readonly deleteAliases?: boolean } = {}): Plan {
    const deleteAliases = flagIn(optionsIn(options, 'deleteAliases: true').deleteAliases, 'deleteAliases');
    const commands = textsIn(names, 'names').map(
      (name) =>
        ({
          type: 'deleteVersion',
          target: { by: 'name', name: versionIn(name, this.place) },
          deleteAliases,
        }) as const,
    );
    return plan(this.store, commands);
  }

  #seenBy({ as, ...place }: Perspective): Connection {
    const who = as === undefined ? null : textIn(as, 'the name of a person');
    return connect(this.#service, who, { ...this.place, ...place });
  }

  #freeId(place: ProjectName): string {
    for (;;) {
      this.#runs += 1;
      const run = `run-${this.#runs}`;
      const id = runIdOf({ ...place, run });
      if (!this.#named.has(id) && !this.store.runs.has(id)) return run;
    }
  }
}
