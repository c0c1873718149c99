import type { Answer } from '../service/answer.ts';
import { actingAs, type Service, type Turn } from '../service/turns.ts';
import type { Who } from '../store/people.ts';
import type { Run as RunRow } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import type { CollectionId, ProjectName } from '../values/names.ts';
import { orThrow } from './errors.ts';
import type { ArtifactCollection, Run } from './public/types.ts';

/** The objects that an artifact leads to; passed in, because they lead to artifacts again. */
export interface Neighbors {
  run(connection: Connection, row: RunRow): Run;
  collection(connection: Connection, store: Store, id: CollectionId): ArtifactCollection;
}

/** The service as a person sees it, with the default entity and project of names. */
export class Connection {
  readonly service: Service;
  readonly who: Who;
  readonly place: ProjectName;
  readonly neighbors: Neighbors;

  constructor(service: Service, who: Who, place: ProjectName, neighbors: Neighbors) {
    this.service = service;
    this.who = who;
    this.place = place;
    this.neighbors = neighbors;
  }

  /** The same with another default project. */
  within(place: ProjectName): Connection {
    return new Connection(this.service, this.who, place, this.neighbors);
  }

  /** Changes the store, in a turn. Rejects with the error of a refusal. */
  change<Value>(label: string, body: (turn: Turn) => Answer<Value>, call?: number): Promise<Value> {
    return this.service.turn(label, (turn) => orThrow(body(actingAs(turn, this.who)), this.who), call);
  }

  /** Reads the store, in a turn. Rejects with the error of a refusal. */
  read<Value>(label: string, look: (store: Store) => Answer<Value>): Promise<Value> {
    return this.service.look(label, (store) => orThrow(look(store), this.who));
  }
}
