import { type RunningServer, startServer } from '../../../src/server/server.ts';
import { emptyStore, type Store } from '../../../src/store/store.ts';
import { DEFAULT_ENTITY, DEFAULT_PROJECT } from '../../../src/values/names.ts';
import { Client, digestOfTexts, manifestFileOf } from '../../support/server/wire.ts';
import { play } from '../limbo.ts';
import { heapBytes } from '../load.ts';
import type { Clock } from '../stopwatch.ts';
import { Workload } from '../workload.ts';
import { BareServer, Connection } from './exchange.ts';

/** What is asked of a server: pages of 50 at three depths and in three lists, a deletion, and a log of one file. */
export const REQUESTS = [
  'first page',
  'middle page',
  'last page',
  "page of a run's outputs",
  'page of runs',
  'delete',
  'log a file',
] as const;
/** One of them. */
export type RequestName = (typeof REQUESTS)[number];

/** What it costs to answer, over one connection that is kept alive. The log of a file is nine requests. */
export interface RequestFigure {
  readonly request: RequestName;
  readonly micros: number;
  /** The same requests against a bare server that gives the same answers at once. */
  readonly bareMicros: number;
  readonly ratio: number;
}

/** What a server costs that serves so many versions. */
export interface ServerFigures {
  readonly versions: number;
  readonly figures: readonly RequestFigure[];
  /** What the store holds on to, and then the server with it after all requests, in bytes. */
  readonly storeBytes: number;
  readonly servedBytes: number;
}

/** How often everything is asked: in so many rounds, of which the best counts, and so many times in each. */
export interface Amount {
  readonly rounds: number;
  readonly times: number;
}

/** Measures a server of so many versions, all in one artifact collection. */
export async function measureServer(
  versions: number,
  amount: Amount,
  clock: Clock,
  described: (text: string) => void,
): Promise<ServerFigures> {
  const before = heapBytes();
  described('loading');
  const store = servedStore(versions);
  const storeBytes = heapBytes() - before;
  const server = await startServer({ store });
  const figures = await measureRequests(server, amount, clock, described);
  const servedBytes = heapBytes() - before;
  await server.close();
  return { versions, figures, storeBytes, servedBytes };
}

/** A store of so many versions. Every tenth was logged by a run of its own, and the others by one run. */
export function servedStore(versions: number): Store {
  let store = emptyStore();
  let number = 0;
  for (const commands of new Workload({ shape: 'single', versions }).beginning()) {
    const logged = commands.map((command) => {
      number += 1;
      return { ...command, run: { ...PROJECT, run: number % 10 === 0 ? `run-${number}` : RUN } };
    });
    store = play(store, logged).store;
  }
  return store;
}

const PROJECT = { entity: DEFAULT_ENTITY, project: DEFAULT_PROJECT };
const RUN = 'trainer';
const COLLECTION = 'model-0';
const TYPE = 'model';

/** Measures each of the requests, round by round in turn with the bare server. */
export async function measureRequests(
  server: RunningServer,
  { rounds, times }: Amount,
  clock: Clock,
  described: (text: string) => void,
): Promise<readonly RequestFigure[]> {
  const bare = new BareServer();
  const served = new Connection(server.url, clock);
  const repeated = new Connection(await bare.listen(), clock);
  try {
    const client = new Client(served.send, server.host.users.keys.get('admin') ?? '', DEFAULT_ENTITY);
    const requests = await requestsOf(client, rounds * times);
    const figures: RequestFigure[] = [];
    // Pages first: the others change what is in them.
    for (const request of REQUESTS) {
      let micros = Number.POSITIVE_INFINITY;
      let bareMicros = Number.POSITIVE_INFINITY;
      for (let round = 1; round <= rounds; round += 1) {
        described(`${request}: round ${round} of ${rounds}`);
        served.exchanges.length = 0;
        for (let time = 0; time < times; time += 1) await requests[request]();
        const ms = served.exchanges.reduce((sum, exchange) => sum + exchange.ms, 0);
        micros = Math.min(micros, (ms * 1_000) / times);
        bareMicros = Math.min(bareMicros, ((await bare.repeat(served.exchanges, repeated)) * 1_000) / times);
      }
      figures.push({ request, micros, bareMicros, ratio: micros / bareMicros });
    }
    return figures;
  } finally {
    served.close();
    repeated.close();
    await bare.close();
  }
}

type Requests = Readonly<Record<RequestName, () => Promise<unknown>>>;

async function requestsOf(client: Client, deletions: number): Promise<Requests> {
  const versions = await rowsOf(client, 'versions');
  const outputs = await rowsOf(client, 'outputs');
  const runs = await rowsOf(client, 'runs');
  // From all over the list.
  const deleted = Array.from({ length: deletions }, (_, number) => {
    return versions[Math.floor((number * versions.length) / deletions)]?.node.id ?? '';
  }).values();
  let logged = 0;
  return {
    'first page': () => pageOf(client, 'versions', null),
    'middle page': () => pageOf(client, 'versions', cursorBefore(versions, versions.length / 2)),
    'last page': () => pageOf(client, 'versions', cursorBefore(versions, versions.length - PAGE)),
    "page of a run's outputs": () => pageOf(client, 'outputs', cursorBefore(outputs, outputs.length / 2)),
    'page of runs': () => pageOf(client, 'runs', cursorBefore(runs, runs.length / 2)),
    delete: () => client.delete(deleted.next().value ?? '', true),
    'log a file': () => {
      logged += 1;
      return logFile(client, `content ${logged}`);
    },
  };
}

const PAGE = 50;

// The fields that lead to a list, from a project on.
const LISTS = {
  versions: [`artifactType(name: "${TYPE}")`, `artifactCollection(name: "${COLLECTION}")`, 'artifacts'],
  outputs: [`run(name: "${RUN}")`, 'outputArtifacts'],
  runs: ['runs'],
} as const;

type List = keyof typeof LISTS;

// What clients ask of each row.
const VERSION = `__typename id state digest size fileCount createdAt updatedAt ttlDurationSeconds ttlIsInherited
  description metadata versionIndex commitHash historyStep artifactType { name }
  artifactSequence { __typename name project { id internalId name entity { name } } }
  tags { __typename id name }
  aliases { __typename id alias artifactCollection { __typename name project { name entity { name } } } }`;
const SELECTIONS: Readonly<Record<List, string>> = {
  versions: VERSION,
  outputs: VERSION,
  runs: '__typename id name displayName state createdAt tags config summaryMetrics',
};

interface Row {
  readonly cursor: string;
  readonly node: { readonly id: string };
}

interface Page {
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly edges: readonly Row[];
}

interface Level {
  readonly at?: Level;
}

async function pageOf(
  client: Client,
  list: List,
  after: string | null,
  first = PAGE,
  selection = SELECTIONS[list],
): Promise<Page> {
  const rows = `totalCount pageInfo { endCursor hasNextPage } edges { cursor node { ${selection} } }`;
  const [last, ...outer] = LISTS[list].toReversed();
  const page = `at: ${last}(first: $first, after: $after) { ${rows} }`;
  const fields = outer.reduce((inner, field) => `at: ${field} { ${inner} }`, page);
  const { entity } = client;
  const document = `query ($entity: String!, $project: String!, $first: Int!, $after: String) {
    at: project(entityName: $entity, name: $project) { ${fields} }
  }`;
  const variables = { entity, project: DEFAULT_PROJECT, first, after };
  const { data, errors } = await client.ask<Level>(document, variables);
  let level: Level | undefined = data;
  while (level?.at !== undefined) level = level.at;
  if (level === undefined) throw new Error(`no page of ${list}: ${errors?.[0]?.message}`);
  return level as Page;
}

const MOST_ROWS = 10_000;

async function rowsOf(client: Client, list: List): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  for (let more = true; more; ) {
    const { pageInfo, edges }: Page = await pageOf(client, list, after, MOST_ROWS, 'id');
    rows.push(...edges);
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  return rows;
}

function cursorBefore(rows: readonly Row[], position: number): string | null {
  return rows[Math.floor(position) - 1]?.cursor ?? null;
}

// The requests of the SDK, in its order.
async function logFile(client: Client, text: string): Promise<void> {
  const { entity } = client;
  const files = { 'file.bin': text };
  const name = `${COLLECTION}:latest`;
  await client.ask(
    `query ($entity: String!, $project: String!, $name: String!) {
      project(entityName: $entity, name: $project) { artifact(name: $name) { artifactType { name } } }
    }`,
    { entity, project: DEFAULT_PROJECT, name },
  );
  const { id, base } = await client.begin(COLLECTION, digestOfTexts(files), { type: TYPE, run: RUN });
  await client.manifestUrl(id, { base });
  await client.upload(id, files);
  await client.mustPut(await client.manifestUrl(id, { base }), manifestFileOf(files, id));
  await client.commit(id);
  await client.ask(`query ($id: ID!) { artifact(id: $id) { ${VERSION} } }`, { id });
}
