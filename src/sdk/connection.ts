import type { Command } from '../decider/command.ts';
import type { StoreEvent } from '../decider/event.ts';
import type { Who } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { CollectionId, ProjectName, RunName } from '../values/names.ts';
import type { ArtifactCollection, Run } from './public-types.ts';
import type { Server, ServerTurn } from './server.ts';

/** What an artifact can lead to; its own file cannot know them, since they lead to artifacts. */
export interface Neighbors {
  run(connection: Connection, name: RunName): Run;
  collection(connection: Connection, store: Store, id: CollectionId): ArtifactCollection;
}

/** What a call of somebody may do at its turn. What is refused is thrown. */
export interface Asking {
  readonly store: Store;
  ask(command: Command): readonly StoreEvent[];
}

/** The server as somebody sees it: who asks, and what a name means that says no entity or project. */
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

  /** The same, for names that are meant within another project. */
  within(place: ProjectName): Connection {
    return new Connection(this.server, this.who, place, this.neighbors);
  }

  /** Asks for a change, at its turn. */
  change<Result>(label: string, body: (asking: Asking) => Result, call?: number): Promise<Result> {
    return this.server.turn(label, (turn) => body(this.#asking(turn)), call);
  }

  /** Looks at the store, at its turn. */
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
