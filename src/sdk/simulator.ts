import type { BucketFault } from '../bucket/faults.ts';
import type { Command } from '../decider/command.ts';
import type { StoreEvent } from '../decider/event.ts';
import { type Plan, plan } from '../insight/plan.ts';
import { type Why, why } from '../insight/why.ts';
import type { SettingsChanges } from '../lifecycle/operating.ts';
import { fullNameOfVersion } from '../store/look-up.ts';
import type { Settings } from '../store/settings.ts';
import { emptyStore, type Store } from '../store/store.ts';
import { DEFAULT_ENTITY, DEFAULT_PROJECT, type ProjectName } from '../values/names.ts';
import { type Bytes, formatDuration, type Instant } from '../values/units.ts';
import { Api, connect, runNamed } from './api.ts';
import { durationIn, fileIn, flagIn, optionsIn, textsIn, versionIn } from './arguments.ts';
import { collectGarbage } from './collecting.ts';
import type { HistoryEntry } from './history.ts';
import type { Run } from './public-api.ts';
import { type Paging, Server } from './server.ts';
import { peopleOf, type Registries, startingSettings, type Team } from './settings.ts';
import type { Timedelta } from './timedelta.ts';
import { inOrder, type Schedule } from './turns.ts';

/** How a simulation begins; what is left out has its default. */
export interface SimulatorOptions {
  /** The switches of the server: of the bucket and the environment, too, only those that are named. */
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
  /** When each call is applied; one by one in the order in which they were made, where nothing else is said. */
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

/** What came of garbage collection, or of time that passed. */
export interface Happened {
  /** Every event, in order. */
  readonly events: readonly StoreEvent[];
  /** The sum of the objects that were deleted from the bucket, in bytes (GC-2). */
  readonly freedBytes: Bytes;
  /** The versions that are DELETED since, by their full names. */
  readonly deleted: readonly string[];
}

/**
 * A simulated server with its clock, which scripts reach through `api()`. It stands where Python has the module `wandb`
 * and the service behind it. Every call of a script, of the clock and of the collector is applied at a turn: by default
 * one after the other, in the order in which they were made.
 */
export class Simulator {
  /** The entity and the project of names that give none. */
  readonly place: ProjectName;
  readonly #server: Server;
  #runs = 0;

  /** Throws `ValueError` for options that cannot be. */
  constructor(options: SimulatorOptions = {}) {
    const { entity = DEFAULT_ENTITY, project = DEFAULT_PROJECT, bucketFaults = [] } = options;
    this.place = Object.freeze({ entity, project });
    const settings = startingSettings(options.settings ?? {});
    const people = peopleOf(options.team ?? {}, options.registries ?? [], this.place);
    this.#server = new Server(
      emptyStore(settings, people, bucketFaults),
      options.schedule ?? inOrder(),
      options.paging ?? 'cursor',
    );
    connect(this.#server, null, this.place);
  }

  /** The public API, as somebody sees it. Python: `wandb.Api`. */
  api({ as, ...place }: Perspective = {}): Api {
    return new Api(connect(this.#server, as ?? null, { ...this.place, ...place }));
  }

  /**
   * A run that can log and use artifacts; `run-1`, `run-2`, … where no name is given. The store knows it from its first
   * artifact on. Python: `wandb.init`.
   */
  init({ as, name, ...place }: Perspective & { readonly name?: string } = {}): Run {
    if (name === undefined) this.#runs += 1;
    return runNamed(
      connect(this.#server, as ?? null, { ...this.place, ...place }),
      name ?? `run-${this.#runs}`,
    );
  }

  /**
   * Lets time pass, in one turn: what is to happen by itself happens on the way, each at its time (GC-1, TTL-6, LOG-8).
   * A timedelta, or a text such as `8d`.
   */
  async advance(duration: Timedelta | string): Promise<Happened> {
    const length = durationIn(duration);
    return this.#server.turn(`wait ${formatDuration(length)}`, (turn) =>
      happened(turn.tell({ type: 'wait', duration: length }), turn.store),
    );
  }

  /**
   * Runs garbage collection now, each step at a turn of its own. Rejects with `CommError` where a requirement is missing
   * (GC-6; basis: doc, said).
   */
  async collect(): Promise<Happened> {
    const events = await collectGarbage(this.#server);
    return happened(events, this.store);
  }

  /** Plays a command of the model: what the public API has no call for, such as `restoreVersion`. Rejects what is refused. */
  async dispatch(command: Command): Promise<readonly StoreEvent[]> {
    return this.#server.turn(command.type, (turn) => turn.tell(command));
  }

  /** The store as it is now; frozen, and never changed by what happens later. */
  get store(): Store {
    return this.#server.history.store;
  }

  /** The time, in seconds since the simulation began. */
  get now(): Instant {
    return this.store.now;
  }

  /** The switches as they are now. */
  get settings(): Settings {
    return this.store.settings;
  }

  /** Every turn that changed the store and is not undone. */
  get history(): readonly HistoryEntry[] {
    return this.#server.history.entries;
  }

  /**
   * Undoes the last call that changed the store; false where there is none. Objects that were fetched before stay as they
   * are; what they ask for then is asked of the store as it is.
   */
  undo(): boolean {
    return this.#server.history.undo();
  }

  /** Does the call again that was undone last; false where there is none. */
  redo(): boolean {
    return this.#server.history.redo();
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
}

function happened(events: readonly StoreEvent[], store: Store): Happened {
  const freed = events.reduce(
    (sum, event) => (event.type === 'objectSwept' ? sum + event.freedBytes : sum),
    0,
  );
  const deleted = events.flatMap((event) => (event.type === 'versionClosed' ? [event.versionId] : []));
  return { events, freedBytes: freed as Bytes, deleted: deleted.map((id) => fullNameOfVersion(store, id)) };
}
