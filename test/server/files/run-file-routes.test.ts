import { describe, expect, test } from 'vitest';
import { type Client, Wire } from '../../support/server/wire.ts';
import { playText, storyWith } from '../../support/stores/story.ts';

const served = () => new Wire(playText(storyWith('', 'start run: r1')).final);
const RUN = { entityName: 'team', projectName: 'demo', runName: 'r1' };

/** Where files of the run go. */
async function urls(client: Client, ...files: readonly string[]): Promise<readonly string[]> {
  const { files: given } = await client.change<{ readonly files: readonly { readonly uploadUrl: string }[] }>(
    'createRunFiles',
    'CreateRunFilesInput',
    { ...RUN, files },
    '{ runID uploadHeaders files { name uploadUrl } }',
  );
  return given.map(({ uploadUrl }) => uploadUrl);
}

async function upload(client: Client, name: string, text: string): Promise<string> {
  const [url = ''] = await urls(client, name);
  await client.mustPut(url, text);
  return url;
}

interface Listed {
  readonly project: {
    readonly run: {
      readonly fileCount: number;
      readonly files: {
        readonly totalCount: number;
        readonly edges: readonly {
          readonly node: {
            readonly id: string;
            readonly name: string;
            readonly sizeBytes: number;
            readonly directUrl: string;
          };
        }[];
      };
    };
  };
}

async function listed(client: Client, list: object = {}) {
  const query = `query ($names: [String] = [], $pattern: String) { project(name: "demo") { run(name: "r1") { fileCount
    files(names: $names, pattern: $pattern, first: 50) {
      totalCount edges { node { id name url(upload: false) directUrl sizeBytes mimetype updatedAt md5 } cursor }
    } } } }`;
  const { data, errors } = await client.ask<Listed>(query, list);
  if (data === undefined) throw new Error(errors?.[0]?.message);
  return data.project.run;
}

const namesIn = async (client: Client, list: object = {}) =>
  (await listed(client, list)).files.edges.map(({ node }) => node.name);

describe('the files of a run', () => {
  test('are uploaded, listed by path, and downloaded', async () => {
    const client = served().member();
    for (const name of ['output.log', 'media/a b é.png', 'config.yaml'])
      await upload(client, name, `of ${name}`);
    const { fileCount, files } = await listed(client);
    expect([fileCount, files.totalCount]).toEqual([3, 3]);
    expect(files.edges.map(({ node }) => node.name)).toEqual([
      'config.yaml',
      'media/a b é.png',
      'output.log',
    ]);
    for (const { node } of files.edges)
      expect((await client.get(node.directUrl)).body).toBe(`of ${node.name}`);
  });

  test('are replaced by path', async () => {
    const client = served().member();
    await upload(client, 'output.log', 'short');
    const url = await upload(client, 'output.log', 'longer');
    const { files } = await listed(client);
    expect(files.edges.map(({ node }) => node.sizeBytes)).toEqual([6]);
    expect((await client.get(url)).body).toBe('longer');
  });

  test('are listed by name and by pattern', async () => {
    const client = served().member();
    for (const name of ['a.json', 'b.json', 'a+json', 'x/a.json']) await upload(client, name, name);
    expect(await namesIn(client, { names: ['b.json', null, 'nothing'] })).toEqual(['b.json']);
    expect(await namesIn(client, { pattern: '%.json' })).toEqual(['a.json', 'b.json', 'x/a.json']);
    expect(await namesIn(client, { pattern: '_.json' })).toEqual(['a.json', 'b.json']);
    await expect(namesIn(client, { pattern: '%'.repeat(1_000) })).rejects.toThrow('"pattern": expected');
  });

  test('are deleted by id, and no others', async () => {
    const client = served().member();
    for (const name of ['a', 'b']) await upload(client, name, name);
    const [first] = (await listed(client)).files.edges;
    const url = first?.node.directUrl ?? '';
    await client.change(
      'deleteFiles',
      'DeleteFilesInput',
      { files: [first?.node.id], projectId: 1 },
      '{ success }',
    );
    expect([await namesIn(client), (await client.get(url)).status]).toEqual([['b'], 404]);
  });

  test.each(['../x', '/etc/passwd', 'a/../../b', '', 'a\0b'])('are not uploaded to %j', async (name) => {
    await expect(urls(served().member(), name)).rejects.toThrow('Expected the path of a file');
  });

  test('of a run that does not exist are not taken', async () => {
    const client = new Wire().member();
    await expect(urls(client, 'a')).rejects.toThrow('There is no run r1.');
    const [url = ''] = await urls(served().member(), 'a');
    expect((await client.put(url, 'x')).status).toBe(404);
  });
});
