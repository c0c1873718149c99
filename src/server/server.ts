import type { Beginning } from '../service/operator/story.ts';
import type { Store } from '../store/store.ts';
import { isUnixTime } from '../values/dates.ts';
import { DEFAULT_ENTITY } from '../values/names.ts';
import { byCodePoint } from '../values/order.ts';
import type { Bytes } from '../values/units.ts';
import { type AppOptions, appFor } from './app.ts';
import { Clock, type Pace } from './clock.ts';
import { Contents } from './files/contents.ts';
import { Host } from './host.ts';
import { inUrl, isLoopback } from './host-header.ts';
import { removeLeftFolders } from './temporary-folder.ts';
import { Users } from './users.ts';

/** What to serve, and where. */
export interface ServerOptions {
  /** The store to begin with. If it does not say when it begins, its current instant is the present. */
  readonly store: Store;
  /** How the store was made, for the story so far; what the store shows of it, unless said. */
  readonly beginning?: Beginning | null;
  /** The address to bind to; that of this machine alone, unless said. */
  readonly host?: string;
  /** 0, as unless said, takes a free port. */
  readonly port?: number;
  readonly clock?: Pace;
  /** How many bytes of files to keep in memory; the others go into a temporary folder. */
  readonly maxBytes?: Bytes;
  /** Whether other machines may connect, by any name. */
  readonly allowRemote?: boolean;
  /** Whether every key is the admin's: a script that is rehearsed may bring the key of its real account. */
  readonly isOneUser?: boolean;
  /** For tests: how patient to be with slow clients. */
  readonly patience?: Pick<AppOptions, 'headersMs' | 'requestMs'>;
}

/** A server that runs. */
export interface RunningServer {
  /** Its address as clients need it: `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly host: Host;
  /** Takes no more requests, finishes those under way, and removes the temporary folder. */
  readonly close: () => Promise<void>;
}

/** An address that other machines can reach, though nobody allowed it. */
export class NotLoopback extends Error {
  readonly code = 'not-loopback';

  constructor(address: string) {
    super(`other machines can reach ${address}`);
  }
}

/** Starts a server. Rejects with the system's error if it cannot listen, and with `NotLoopback`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, host: address = '127.0.0.1', port = 0, clock = 'manual', maxBytes } = options;
  const { allowRemote = false, isOneUser = false, patience } = options;
  if (!allowRemote && !isLoopback(address)) throw new NotLoopback(address);
  await removeLeftFolders();
  const host = new Host(
    dated(store),
    new Contents(maxBytes),
    usersOf(store, isOneUser),
    options.beginning ?? undefined,
  );
  const app = appFor(host, {
    address: allowRemote ? null : address,
    clock: new Clock(clock),
    ...patience,
  });
  let isStopping = false;
  // Otherwise a client keeps its connection, and the server waits for it.
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close');
  });
  await app.listen({ host: address, port, backlog: MOST_WAITING });
  const bound = app.server.address();
  const url = `http://${inUrl(address)}:${bound === null || typeof bound === 'string' ? port : bound.port}`;
  return {
    url,
    host,
    close: async () => {
      isStopping = true;
      const late = setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS);
      await app.close();
      clearTimeout(late);
      await host.contents.close();
    },
  };
}

const MOST_WAITING = 4_096;
const PATIENCE_MS = 10_000;

function usersOf({ projects, people }: Store, isOneUser: boolean): Users {
  const [entity = DEFAULT_ENTITY] = Array.from(projects.unorderedRows(), ({ name }) => name.entity).sort(
    byCodePoint,
  );
  return new Users(entity, people.team.keys(), isOneUser);
}

// Clients read dates: without one of its own, the story began so long ago that it is now the present.
function dated(store: Store): Store {
  const begins = Math.floor(Date.now() / 1_000) - store.now;
  return store.begins === null && isUnixTime(begins) ? Object.freeze({ ...store, begins }) : store;
}
