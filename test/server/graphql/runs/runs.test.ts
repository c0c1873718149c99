import { describe, expect, test } from 'vitest';
import { Simulator } from '../../../../src/simulator/simulator.ts';
import { type Client, Wire } from '../../../support/server/wire.ts';
import { finish, log, start } from '../../../support/stores/builders.ts';
import { playText, storyWith } from '../../../support/stores/story.ts';

const RUN = `id name displayName state group jobType notes tags config summaryMetrics projectId createdAt heartbeatAt
  historyLineCount eventsLineCount logLineCount historyTail eventsTail wandbConfig(keys: ["t"]) fileCount stopped readOnly
  sweepName commit description systemMetrics historyKeys storageBytes user { name username } project { name entity { name } }`;

/** The run of this name; null if there is none. */
async function runOf(client: Client, name: string, project = 'demo') {
  const query = `query ($name: String!, $project: String!) {
    model(name: $project) { bucket(name: $name, missingOk: true) { ${RUN} } }
  }`;
  const { data, errors } = await client.ask<{ readonly model: { readonly bucket: Bucket | null } | null }>(
    query,
    {
      name,
      project,
    },
  );
  if (data === undefined) throw new Error(errors?.[0]?.message);
  return data.model?.bucket ?? null;
}

interface Bucket {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly config: string;
  readonly wandbConfig: string;
}

/** Starts or changes a run, as clients do. */
async function upsert(client: Client, input: object) {
  return client.change<{ readonly bucket: Bucket; readonly inserted: boolean }>(
    'upsertBucket',
    'UpsertBucketInput',
    { modelName: 'demo', ...input },
    `{ bucket { ${RUN} } inserted }`,
  );
}

/** A page of the runs of the project. */
async function pageOf(client: Client, list: object): Promise<Listed['project']> {
  const query = `query ($after: String, $first: Int, $order: String, $filters: JSONString) {
    project(name: "demo") {
      runCount(filters: $filters)
      runs(filters: $filters, after: $after, first: $first, order: $order) {
        totalCount edges { node { id name } cursor } pageInfo { endCursor hasNextPage }
      }
    }
  }`;
  const { data, errors } = await client.ask<Listed>(query, list);
  if (data === undefined) throw new Error(errors?.[0]?.message);
  return data.project;
}

/** The names of the runs that a list has on its pages. */
async function listed(client: Client, list: object = {}, first = 50): Promise<readonly string[]> {
  const names: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { runs, runCount }: Listed['project'] = await pageOf(client, {
      after,
      first,
      filters: '{}',
      ...list,
    });
    expect(runs.totalCount).toBe(runCount);
    names.push(...runs.edges.map(({ node }) => node.name));
    after = runs.pageInfo.endCursor;
    more = runs.pageInfo.hasNextPage;
  }
  return names;
}

interface Listed {
  readonly project: {
    readonly runCount: number;
    readonly runs: {
      readonly totalCount: number;
      readonly edges: readonly {
        readonly node: { readonly id: string; readonly name: string };
        readonly cursor: string;
      }[];
      readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    };
  };
}

const CONFIG = {
  lr: { value: 0.1, desc: null },
  deep: { value: { value: 3 } },
  _wandb: { value: { t: { 1: [2] } } },
};

describe('a run', () => {
  test('starts in the entity of its user, with its project, and says what it was given', async () => {
    const client = new Wire().stranger();
    const { bucket, inserted } = await upsert(client, {
      name: 'r1',
      entityName: null,
      modelName: 'new',
      displayName: 'first',
      groupName: 'g',
      jobType: 'train',
      notes: 'a note',
      tags: ['b', 'a'],
      config: JSON.stringify(CONFIG),
      summaryMetrics: '{"loss":1}',
    });
    expect(inserted).toBe(true);
    expect(bucket).toMatchObject({
      name: 'r1',
      displayName: 'first',
      state: 'running',
      group: 'g',
      jobType: 'train',
      notes: 'a note',
      tags: ['b', 'a'],
      summaryMetrics: '{"loss":1}',
      wandbConfig: '{"t":{"1":[2]}}',
      user: { username: client.entity },
      project: { name: 'new', entity: { name: client.entity } },
      ...{ stopped: false, readOnly: false, fileCount: 0, historyLineCount: 0, historyTail: '[]' },
    });
    expect(JSON.parse(bucket.config)).toEqual({
      lr: { value: 0.1 },
      deep: { value: { value: 3 } },
      _wandb: CONFIG._wandb,
    });
  });

  test('keeps its configuration as users write it', async () => {
    const wire = new Wire();
    await upsert(wire.member(), { name: 'r1', config: JSON.stringify(CONFIG) });
    const [run] = wire.host.store.runs.unorderedRows();
    expect(JSON.parse(run?.config ?? '')).toEqual({ lr: 0.1, deep: { value: 3 } });
  });

  test('keeps what is not sent again', async () => {
    const client = new Wire().member();
    const sent = { displayName: 'first', tags: ['a'], config: JSON.stringify(CONFIG) };
    const { bucket: before } = await upsert(client, { name: 'r1', ...sent });
    const { bucket: after, inserted } = await upsert(client, { name: 'r1', notes: 'new', tags: null });
    expect([inserted, after]).toEqual([false, { ...before, notes: 'new' }]);
  });

  test('has any key in its configuration', async () => {
    const client = new Wire().member();
    const config = '{"__proto__":{"value":1},"constructor":{"value":2},"10":{"value":3}}';
    const { bucket } = await upsert(client, { name: 'r1', config });
    expect(Object.entries(JSON.parse(bucket.config)).sort()).toEqual(
      Object.entries(JSON.parse(config)).sort(),
    );
  });

  test.each(['[]', 'null', '1', '{', ''])('is refused a configuration that is %j', async (config) => {
    const client = new Wire().member();
    await expect(upsert(client, { name: 'r1', config })).rejects.toThrow('Expected a JSON object.');
    expect(await runOf(client, 'r1')).toBeNull();
  });

  test('is changed by its id without being resumed', async () => {
    const wire = new Wire(playText(storyWith('', 'start run: r1', 'finish run: r1')).final);
    const { id } = (await runOf(wire.member(), 'r1')) ?? {};
    const { bucket, inserted } = await upsert(wire.member(), {
      id,
      displayName: 'renamed',
      modelName: undefined,
    });
    expect([inserted, bucket['state'], bucket['displayName']]).toEqual([false, 'finished', 'renamed']);
  });

  test('resumes where its client gives its name', async () => {
    const wire = new Wire(playText(storyWith('', 'start run: r1', 'finish run: r1')).final);
    expect((await upsert(wire.member(), { name: 'r1' })).bucket['state']).toBe('running');
  });

  test('of a story can be resumed', async () => {
    const wire = new Wire(playText(storyWith('', 'start run: r1\nconfig: { lr: 0.1 }')).final);
    const { wandbConfig, config } = (await runOf(wire.member(), 'r1')) ?? {};
    expect([wandbConfig, config]).toEqual(['{"t":{}}', '{"lr":{"value":0.1}}']);
  });

  test('that was deleted is null, and its id is not used again', async () => {
    const wire = new Wire();
    const { bucket } = await upsert(wire.member(), { name: 'r1' });
    const input = { id: bucket.id, clientMutationId: 'x' };
    const deleted = await wire.member().change('deleteRun', 'DeleteRunInput', input, '{ clientMutationId }');
    expect([deleted, await runOf(wire.member(), 'r1')]).toEqual([{ clientMutationId: 'x' }, null]);
    await expect(upsert(wire.member(), { name: 'r1' })).rejects.toThrow('was deleted');
    await expect(upsert(wire.member(), { id: bucket.id })).rejects.toThrow('There is no run with this id.');
  });

  test.each([
    [false, ['animals:v0']],
    [true, []],
  ])('is deleted with its artifacts only if that is asked for: %s', async (deleteArtifacts, left) => {
    const simulator = new Simulator();
    simulator.apply(log('animals', { cat: '1MB' }, { run: 'r1' }));
    const wire = new Wire(simulator.store);
    const { id } = (await runOf(wire.member(), 'r1')) ?? {};
    await wire
      .member()
      .change('deleteRun', 'DeleteRunInput', { id, deleteArtifacts }, '{ clientMutationId }');
    const states = Array.from(wire.host.store.versions.unorderedRows(), ({ state }) => state.kind);
    expect(states).toEqual(left.length === 0 ? ['PENDING_DELETION'] : ['COMMITTED']);
  });

  test('of somebody else is not deleted by a member (ACL-2)', async () => {
    const wire = new Wire(
      playText(storyWith('team: { members: { ann: member, bob: member } }', 'start run: r1\nas: ann')).final,
    );
    const run = await runOf(wire.member(), 'r1');
    const { id } = run ?? {};
    expect(run?.['user']).toEqual({ name: 'ann', username: 'ann' });
    const remove = (who: string) =>
      wire.member(who).change('deleteRun', 'DeleteRunInput', { id }, '{ clientMutationId }');
    await expect(remove('bob')).rejects.toThrow('bob');
    await remove('ann');
    expect(await runOf(wire.member(), 'r1')).toBeNull();
  });
});

describe('the runs of a project', () => {
  function served(): Client {
    const simulator = new Simulator();
    const facts = [
      { displayName: 'alpha', tags: ['x'], config: '{"lr":0.1}', summary: '{"loss":3}' },
      { displayName: 'beta', group: 'g', config: '{"lr":0.2}', summary: '{"loss":1}' },
      { displayName: 'alphabet', tags: ['x', 'y'], summary: '{"loss":2}' },
    ];
    for (const [at, given] of facts.entries()) {
      simulator.apply(start(`r${at + 1}`, given as never));
      simulator.apply({ type: 'wait', duration: 60 as never });
    }
    simulator.apply(finish('r1', 'failed'));
    return new Wire(simulator.store).member();
  }

  test.each([
    [{}, ['r1', 'r2', 'r3']],
    [{ order: '-created_at' }, ['r3', 'r2', 'r1']],
    [{ order: '+summary_metrics.loss' }, ['r2', 'r3', 'r1']],
    [{ filters: '{"state":"failed"}' }, ['r1']],
    [{ filters: '{"display_name":{"$regex":"^alpha"}}' }, ['r1', 'r3']],
    [{ filters: '{"$or":[{"group":"g"},{"tags":{"$in":["y"]}}]}' }, ['r2', 'r3']],
    [{ filters: '{"config.lr":0.2}' }, ['r2']],
    [{ filters: '{"config.lr.value":0.2}' }, ['r2']],
    [{ filters: null }, ['r1', 'r2', 'r3']],
    [{ filters: '{"state":"crashed"}' }, []],
  ])('are listed by %j, on pages of any size', async (list, names) => {
    for (const size of [1, 2, 50]) expect(await listed(served(), list, size)).toEqual(names);
  });

  test.each([
    [{ filters: '{' }, '"filters": expected a filter in JSON'],
    [{ filters: '{"frob":1}' }, '"filters": expected one of the fields'],
    [{ order: 'frob' }, '"order": expected one of the fields'],
    [{ after: 'eA' }, '"after" must be a cursor'],
    [{ after: Buffer.from('["a"]').toString('base64url') }, '"after" must be a cursor'],
  ])('are not listed by %j', async (list, message) => {
    await expect(listed(served(), list)).rejects.toThrow(message);
  });

  test('skip none while the runs of earlier pages are deleted', async () => {
    const client = served();
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { runs }: Listed['project'] = await pageOf(client, { first: 1, after });
      const [edge] = runs.edges;
      if (edge === undefined) break;
      seen.push(edge.node.name);
      after = edge.cursor;
      // A project without runs and artifacts does not exist.
      if (edge.node.name === 'r3') break;
      await client.change('deleteRun', 'DeleteRunInput', { id: edge.node.id }, '{ clientMutationId }');
    }
    expect(seen).toEqual(['r1', 'r2', 'r3']);
  });

  test('are deleted together by a filter', async () => {
    const client = served();
    const input = { entityName: 'team', projectName: 'demo', filters: '{"tags":{"$in":["x"]}}' };
    await client.change('deleteRuns', 'DeleteRunsInput', input, '{ success }');
    expect(await listed(client)).toEqual(['r2']);
  });
});

test('the projects of an entity are listed by name', async () => {
  const client = new Wire().member();
  for (const modelName of ['zoo', 'farm']) await upsert(client, { name: 'r1', modelName });
  const { data } = await client.ask(
    '{ models { totalCount edges { node { name entityName user { username } } } } }',
  );
  expect(data).toEqual({
    models: {
      totalCount: 2,
      edges: ['farm', 'zoo'].map((name) => ({
        node: { name, entityName: 'team', user: { username: 'admin' } },
      })),
    },
  });
});

test('a user says what clients ask', async () => {
  const wire = new Wire(playText(storyWith('team: { members: { ann: member } }', 'wait: 1d')).final);
  const query = `{ viewer { id name username email admin flags entity deletedAt apiKeys { edges { node { id } } }
    teams { edges { node { name } } } organizations { name } } entity { organization { coreWeaveOrganizationId } } }`;
  const { data } = await wire.member('ann').ask<{ viewer: object }>(query);
  expect(data).toMatchObject({
    viewer: {
      name: 'ann',
      username: 'ann',
      entity: 'team',
      flags: '{}',
      teams: { edges: [{ node: { name: 'team' } }] },
    },
    entity: { organization: null },
  });
});
