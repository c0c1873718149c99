import type { Command } from '../decider/command.ts';
import type { StoreEvent } from '../decider/event.ts';
import type { Who } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { CollectionId, ProjectName, RunName } from '../values/names.ts';
import type { ArtifactCollection, Run } from './public-types.ts';
import type { Server, ServerTurn } from './server.ts';

/** The objects that an artifact leads to; passed in, because they lead to artifacts again. */
export interface Neighbors {
  run(connection: Connection, name: RunName): Run;
  collection(connection: Connection, store: Store, id: CollectionId): ArtifactCollection;
}

/** What a person's call can do in its turn. A refusal is thrown. */
export interface Asking {
  readonly store: Store;
  ask(command: Command): readonly StoreEvent[];
}

/** The server as a person sees it, with the default entity and project of names. */
export class Connection {
  readonly server: Server;
  readonly who: Who;
  readonly place: ProjectName;
  readonly neighbors: Neighbors;

  constructor(server: Server, who: Who, place: ProjectName, neighbors: Neighbors) {
    this.server = server;
    this.who = who;
    this.place = place;
    this.neighbors = neighbors;
  }

  /** The same with another default project. */
  within(place: ProjectName): Connection {
    return new Connection(this.server, this.who, place, this.neighbors);
  }

  /** Changes the store, in a turn. */
  change<Result>(label: string, body: (asking: Asking) => Result, call?: number): Promise<Result> {
    return this.server.turn(label, (turn) => body(this.#asking(turn)), call);
  }

  /** Reads the store, in a turn. */
  read<Result>(label: string, look: (store: Store) => Result): Promise<Result> {
    return this.server.look(label, look);
  }

  #asking(turn: ServerTurn): Asking {
    return {
      get store() {
        return turn.store;
      },
      ask: (command) => turn.play({ ...command, by: this.who }),
    };
  }
}
