import type { BucketFault } from '../bucket/faults.ts';
import type { StoreEvent } from '../decider/event.ts';
import { canonicalStore } from '../explore/fingerprint.ts';
import { type Plan, plan } from '../insight/plan.ts';
import { type Why, why } from '../insight/why.ts';
import type { SettingsChanges } from '../lifecycle/operating.ts';
import type { Start } from '../scenario/play/scenario-of.ts';
import type { Action } from '../simulator/action.ts';
import { runIdOf } from '../store/run.ts';
import type { Settings } from '../store/settings.ts';
import { emptyStore, type Store } from '../store/store.ts';
import { digestOfName } from '../values/digest.ts';
import { DEFAULT_ENTITY, DEFAULT_PROJECT, type ProjectName, printable, type RunId } from '../values/names.ts';
import { formatDuration, type Instant } from '../values/units.ts';
import { Api, connect, runNamed } from './api.ts';
import { durationIn, fileIn, flagIn, optionsIn, textIn, textsIn, versionIn } from './arguments.ts';
import { collectGarbage, type Effects, effectsOf } from './collecting.ts';
import type { Connection } from './connection.ts';
import { copied } from './copied.ts';
import { enumerable } from './enumerable.ts';
import { ValueError } from './errors.ts';
import type { Run } from './public-types.ts';
import { scenarioText, storeAfterScenario, storeInSnapshot } from './scenario-text.ts';
import { inOrder, type Schedule } from './scheduler.ts';
import { type HistoryEntry, type Paging, Server } from './server.ts';
import {
  bucketFaultsIn,
  peopleOf,
  type Registries,
  registryNames,
  startingSettings,
  type Team,
} from './settings.ts';
import type { Timedelta } from './timedelta.ts';

const PAGINGS: readonly Paging[] = ['cursor', 'offset'];

/** How a simulation begins; what is left out has its default. */
export interface SimulatorOptions {
  /** The settings of the server: of the bucket and the environment, too, only those that are named. */
  readonly settings?: SettingsChanges;
  /** Who is in the team; without it nobody but the admin who acts where no person is named. */
  readonly team?: Team;
  /** Which registries there are, and who has which role in each. */
  readonly registries?: Registries;
  /** What is to go wrong with the next calls to the bucket, in order. */
  readonly bucketFaults?: readonly BucketFault[];
  /** The entity of a name that gives none: `team`. */
  readonly entity?: string;
  /** The project of a name that gives none: `demo`. */
  readonly project?: string;
  /** When each turn is taken; one by one in the order in which they were asked for, where nothing else is said. */
  readonly schedule?: Schedule;
  /** How the next page of results is found: `cursor`, the default, or `offset`. See `Pages`. */
  readonly paging?: Paging;
}

/** Who asks, and which entity and project are meant where a name gives none. */
export interface Perspective {
  /** A person by name; an admin of the team and of every registry where none is given. */
  readonly as?: string;
  /** That of the simulator, where none is given. */
  readonly entity?: string;
  /** That of the simulator, where none is given. */
  readonly project?: string;
}

export type { Effects };

/**
 * A simulated server with its clock, which scripts reach through `api()`. It stands where Python has the module `wandb`
 * and the service behind it. Every call of a script, of the clock and of the collector is applied at a turn: by default
 * one after the other, in the order in which they were made.
 */
export class Simulator {
  /** The entity and the project of names that give none. */
  readonly place: ProjectName;
  #server: Server;
  #start: Start | null;
  readonly #named = new Set<RunId>();
  #runs = 0;

  /** Throws `ValueError` for options that cannot be. */
  constructor(options: SimulatorOptions = {}) {
    const given = optionsIn(options, "entity: 'team'");
    const { entity = DEFAULT_ENTITY, project = DEFAULT_PROJECT } = given;
    const { schedule = inOrder(), paging = 'cursor' } = given;
    if (typeof schedule !== 'function') throw new TypeError('a schedule is to be a function');
    if (!PAGINGS.includes(paging)) {
      throw new ValueError(`"${printable(String(paging))}" is no paging: one is ${PAGINGS.join(' or ')}`);
    }
    this.place = Object.freeze({ entity, project });
    const settings = startingSettings(options.settings ?? {});
    const faults = given.bucketFaults === undefined ? [] : bucketFaultsIn(given.bucketFaults);
    const people = peopleOf(options.team ?? {}, options.registries ?? [], this.place);
    this.#server = new Server(emptyStore(settings, people, faults), schedule, paging);
    const registries = registryNames(options.registries ?? [], this.place);
    this.#start = { settings, people, bucketFaults: faults, registries };
    connect(this.#server, null, this.place);
    enumerable(this, ['now', 'digest']);
  }

  /** A simulator that goes on from a snapshot, as `limbo` writes it. Throws `ValueError` for bytes that are none. */
  static fromSnapshot(bytes: Uint8Array): Simulator {
    return Simulator.#goingOnFrom(storeInSnapshot(bytes));
  }

  /**
   * A simulator that goes on where a scenario ends. Throws `ValueError` for a text that is none, for one that takes files
   * from real folders, and where a claim of it does not hold.
   */
  static fromScenario(text: string): Simulator {
    return Simulator.#goingOnFrom(storeAfterScenario(text));
  }

  /**
   * What was played and not undone, as the text of a scenario that replays to the same store. Throws `ValueError` where
   * the simulator did not begin with a new store, and for what no scenario says, such as a clock that moved alone.
   */
  toScenario(title = 'A story from code'): string {
    const actions = this.history.flatMap((entry) => entry.actions);
    return scenarioText(title, this.#start, actions);
  }

  static #goingOnFrom(store: Store): Simulator {
    const simulator = new Simulator();
    simulator.#server = new Server(store, inOrder(), 'cursor');
    simulator.#start = null;
    connect(simulator.#server, null, simulator.place);
    return simulator;
  }

  /** The public API, as somebody sees it. Python: `wandb.Api`. */
  api(perspective: Perspective = {}): Api {
    return new Api(this.#seenBy(optionsIn(perspective, "as: 'bob'")));
  }

  /**
   * A run that can log and use artifacts. Where no name is given, it is the next of `run-1`, `run-2`, … that no run of this
   * simulator has. The store knows it from its first artifact on. Python: `wandb.init`.
   */
  init(options: Perspective & { readonly name?: string } = {}): Run {
    const { name, ...perspective } = optionsIn(options, "name: 'train-1'");
    const connection = this.#seenBy(perspective);
    const run = runNamed(connection, name ?? this.#freeName(connection.place));
    this.#named.add(runIdOf({ ...connection.place, run: run.name }));
    return run;
  }

  /**
   * Lets time pass, in one turn: what is to happen by itself happens on the way, each at its time (GC-1, TTL-6, LOG-8).
   * A timedelta, or a text such as `8d`.
   */
  async advance(duration: Timedelta | string): Promise<Effects> {
    const length = durationIn(duration);
    return this.#server.turn(`wait ${formatDuration(length)}`, (turn) =>
      effectsOf(turn.play({ type: 'wait', duration: length }), turn.store),
    );
  }

  /**
   * Runs garbage collection now, each step at a turn of its own. Rejects with `CommError` where a requirement is missing
   * (GC-6; basis: doc, said).
   */
  async collect(): Promise<Effects> {
    return collectGarbage(this.#server);
  }

  /** Plays an action that the public API has no call for, such as `restoreVersion`. Rejects if it is refused. */
  async dispatch(action: Action): Promise<readonly StoreEvent[]> {
    const own = copied(action);
    return this.#server.turn(own.type, (turn) => turn.play(own));
  }

  /** The store as it is now; frozen, and never changed by what happens later. */
  get store(): Store {
    return this.#server.store;
  }

  /**
   * The same for two simulators exactly where all that is in their stores is the same: by it, by the time and by the place
   * simulators are compared by `toEqual` and `deepStrictEqual`.
   */
  get digest(): string {
    return digestOfName(canonicalStore(this.store));
  }

  /** The time, in seconds since the simulation began. */
  get now(): Instant {
    return this.store.now;
  }

  /** The settings as they are now. */
  get settings(): Settings {
    return this.store.settings;
  }

  /** Every turn that changed the store and is not undone. */
  get history(): readonly HistoryEntry[] {
    return this.#server.history;
  }

  /**
   * Undoes the last call that changed the store; false where there is none. A call of several turns, as an upload or a run
   * of garbage collection is, goes as a whole; where other calls came between its turns, those turns of it go that came
   * after all of them, and the next undo takes back what came before these.
   *
   * Objects that were fetched before stay as they are; what they ask for then is asked of the store as it is, and refused
   * with `not-found` where what they were made from is gone, also if something else has its name since. So is the end of an
   * upload of which the beginning was undone.
   */
  undo(): boolean {
    return this.#server.undo();
  }

  /** Does again what was undone last; false where there is none. */
  redo(): boolean {
    return this.#server.redo();
  }

  /** Why the bytes behind `NAME:V/PATH` are stored, or are not. */
  why(file: string): Why {
    return why(this.store, fileIn(file, this.place));
  }

  /** What it would do to delete these artifacts, one after the other, before anybody does. */
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
    return connect(this.#server, who, { ...this.place, ...place });
  }

  #freeName(place: ProjectName): string {
    for (;;) {
      this.#runs += 1;
      const run = `run-${this.#runs}`;
      const id = runIdOf({ ...place, run });
      if (!this.#named.has(id) && !this.store.runs.has(id)) return run;
    }
  }
}
