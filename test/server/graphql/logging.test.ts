import { describe, expect, test } from 'vitest';
import { versionIdIn } from '../../../src/server/graphql/ids.ts';
import { versionById } from '../../../src/store/look-up.ts';
import { aliasesOf } from '../../../src/store/version.ts';
import { digestOfText } from '../../support/server/digest-of-text.ts';
import { collect, digestOfTexts, manifestFileOf, served, Wire } from '../../support/server/wire.ts';

const CAT = { 'cat.txt': 'meow' };
const BOTH = { 'cat.txt': 'meow', 'dog.txt': 'woof' };

describe('logging a version', () => {
  test('makes one with the files, digest, aliases, tags, TTL and lineage that were sent', async () => {
    const { host, client } = served();
    const id = await client.log('animals', CAT, { aliases: ['best'], tags: ['wild'], ttl: 60 });
    const version = versionById(host.store, versionIdIn(id));
    expect(version).toMatchObject({ state: { kind: 'COMMITTED' }, index: 0, tags: ['wild'] });
    expect(version.manifest.digest).toBe(digestOfTexts(CAT));
    expect(aliasesOf(version)).toEqual(['best', 'latest']);
    expect(version.ttl).toEqual({ kind: 'lasting', seconds: 60 });
    expect(version.loggedBy).not.toBeNull();
    expect(await client.texts('animals:latest')).toEqual(CAT);
  });

  test('works without files, and is PENDING until its commit', async () => {
    const { client } = served();
    const { id, state, base } = await client.begin('empty', digestOfTexts({}));
    expect({ state, base }).toEqual({ state: 'PENDING', base: null });
    expect(await client.fetch('empty:v0')).toBeNull();
    await client.mustPut(await client.manifestUrl(id), manifestFileOf({}));
    await client.commit(id);
    expect(await client.fetch('empty:v0')).toMatchObject({ artifact: { digest: digestOfTexts({}) } });
  });

  test('takes the description, metadata and history step', async () => {
    const { client } = served();
    const input = {
      entityName: client.entity,
      projectName: 'demo',
      artifactTypeName: 'dataset',
      artifactCollectionName: 'animals',
      digest: digestOfTexts({}),
      description: 'cats',
      metadata: '{"legs": 4, "__proto__": {"x": 1}}',
      historyStep: 7,
    };
    const { artifact } = await client.change<{ artifact: { id: string } }>(
      'createArtifact',
      'CreateArtifactInput',
      input,
      '{ artifact { id } }',
    );
    await client.commit(artifact.id);
    const fetched = await client.fetch('animals:v0');
    expect(fetched?.artifact).toMatchObject({ description: 'cats', historyStep: 7 });
    expect(fetched?.artifact.metadata).toBe('{"legs":4,"__proto__":{"x":1}}');
  });

  test('with the content of the latest version answers that version, and adds it to the outputs of the run', async () => {
    const { host, client } = served();
    const first = await client.log('animals', CAT, { run: 'one' });
    const again = await client.begin('animals', digestOfTexts(CAT), { run: 'two', aliases: ['again'] });
    expect(again).toMatchObject({ id: first, state: 'COMMITTED' });
    const runs = Array.from(host.store.runs.unorderedRows(), ({ logged }) => [...logged.keys()]);
    expect(runs).toEqual([[versionIdIn(first)], [versionIdIn(first)]]);
    expect((await client.fetch('animals:again'))?.artifact.id).toBe(first);
  });

  test('whose content was deleted makes a new version', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    await client.delete(id, true);
    expect(await client.log('animals', CAT)).not.toBe(id);
    expect((await client.fetch('animals:latest'))?.versionIndex).toBe(1);
  });

  test('in a region that does not exist is refused with its name', async () => {
    const { client } = served();
    const input = { ...createInput(client.entity), storageRegion: 'coreweave-us' };
    const begun = client.change('createArtifact', 'CreateArtifactInput', input, '{ artifact { id } }');
    await expect(begun).rejects.toThrow('coreweave-us');
    const here = { ...input, storageRegion: 'minio-local' };
    await client.change('createArtifact', 'CreateArtifactInput', here, '{ artifact { id } }');
  });
});

describe('a name', () => {
  test.each([
    { artifactCollectionName: '../../x' },
    { artifactCollectionName: '' },
    { artifactCollectionName: 'x'.repeat(129) },
    { artifactCollectionName: 'a\u0000' },
    { artifactCollectionName: '💥' },
    { projectName: 'a/b' },
    { projectName: '' },
    { projectName: '%00' },
    { runName: '\ud800' },
    { runName: 'a:b' },
  ])('that is invalid is refused: %j', async (names) => {
    const { host, client } = served();
    const { store } = host;
    const input = { ...createInput(client.entity), ...names };
    const { status, errors } = await client.ask(
      'mutation ($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }',
      { input },
    );
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toMatch(/^Invalid /);
    expect(host.store).toBe(store);
  });

  test.each(['__proto__', 'constructor', 'toString', '-', '..'])('may be %s', async (name) => {
    const { client } = served();
    const id = await client.log(
      name,
      { [name]: name },
      { run: name, aliases: [name], tags: [name], clientID: name },
    );
    await client.link(id, `${name}-links`, { aliases: [name] });
    expect(await client.fetch(`${name}:${name}`)).toMatchObject({ artifact: { id, tags: [{ name }] } });
    expect(await client.fetch(`${name}-links:${name}`)).toMatchObject({ artifact: { id } });
  });

  test('is needed for an artifact collection', async () => {
    const { client } = served();
    const { artifactCollectionName, ...input } = createInput(client.entity);
    const begun = client.change('createArtifact', 'CreateArtifactInput', input, '{ artifact { id } }');
    await expect(begun).rejects.toThrow('"artifactCollectionName"');
    expect(artifactCollectionName).toBe('animals');
  });
});

describe('the files of an upload', () => {
  test('are uploaded only if the sequence does not store them, and held from then on (GC-9)', async () => {
    const { wire, client } = served();
    const first = await client.log('animals', CAT);
    const { id } = await client.begin('animals', digestOfTexts(BOTH));
    expect(await client.upload(id, BOTH)).toEqual(['dog.txt']);
    await client.delete(first, true);
    await collect(wire);
    await client.mustPut(await client.manifestUrl(id), manifestFileOf(BOTH, id));
    await client.commit(id);
    expect(await client.texts('animals:v1')).toEqual(BOTH);
  });

  test('are uploaded again once they were collected', async () => {
    const { wire, client } = served();
    await client.delete(await client.log('animals', CAT), true);
    await collect(wire);
    const { id } = await client.begin('animals', digestOfTexts(CAT));
    expect(await client.upload(id, CAT)).toEqual(['cat.txt']);
  });

  test('are uploaded if only their size is known', async () => {
    const { host, client } = served();
    await client.log('animals', CAT);
    const other = new Wire(host.store).member();
    const { id } = await other.begin('animals', digestOfTexts(BOTH));
    expect(await other.upload(id, CAT)).toEqual(['cat.txt']);
    expect(await other.upload(id, CAT)).toEqual([]);
  });

  test('have their places answered in the order of the request', async () => {
    const { client } = served();
    await client.log('animals', { b: 'b' });
    const { id } = await client.begin('animals', digestOfTexts({ a: 'a' }));
    const paths = ['c', 'a', 'b', 'd/e'];
    const artifactFiles = paths.map((name) => ({ artifactID: id, name, md5: digestOfText(name) }));
    const answer = await client.change(
      'createArtifactFiles',
      'CreateArtifactFilesInput',
      { artifactFiles, storageLayout: 'V2' },
      `{ files { totalCount pageInfo { hasNextPage endCursor } edges { cursor node {
         displayName uploadUrl uploadHeaders storagePath uploadMultipartUrls { uploadID } artifact { id } } } } }`,
    );
    expect(answer).toMatchObject({
      files: {
        totalCount: 4,
        edges: paths.map((displayName) => ({
          node: {
            displayName,
            artifact: { id },
            uploadMultipartUrls: null,
            storagePath: expect.stringMatching(/^wandb_artifacts\//),
            uploadUrl: displayName === 'b' ? null : expect.stringContaining('/wandb_artifacts/'),
          },
        })),
      },
    });
  });

  test.each([
    ['no MD5', { name: 'cat', md5: 'meow' }],
    ['no name', { name: '', md5: digestOfText('meow') }],
  ])('are refused with %s', async (_, file) => {
    const { client } = served();
    const { id } = await client.begin('animals', digestOfTexts(CAT));
    const asked = client.change(
      'createArtifactFiles',
      'CreateArtifactFilesInput',
      { artifactFiles: [{ artifactID: id, ...file }] },
      '{ files { totalCount } }',
    );
    await expect(asked).rejects.toThrow('base64');
  });

  test('cannot be added to a version that is committed', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    await expect(client.upload(id, BOTH)).rejects.toThrow('animals:v0 is COMMITTED, not PENDING');
    await expect(client.manifestUrl(id)).rejects.toThrow('animals:v0 is COMMITTED, not PENDING');
  });
});

describe('logging from an API run', () => {
  test.each(['v0', 'v1'])('puts the content of %s among the outputs of the run', async (name) => {
    const { host, client } = served();
    await client.log('animals', CAT);
    await client.log('animals', BOTH);
    const digest = (await client.fetch(`animals:${name}`))?.artifact.digest ?? '';
    const { artifactCollectionName: collection, ...input } = createInput(client.entity);
    const { artifact } = await client.change<{ artifact: { id: string; state: string; digest: string } }>(
      'createArtifact',
      'CreateArtifactInput',
      { ...input, artifactCollectionNames: [collection], digest, runName: 'later' },
      '{ artifact { id state digest } }',
    );
    expect(artifact).toMatchObject({ state: 'COMMITTED', digest });
    const [run] = Array.from(host.store.runs.unorderedRows()).filter((other) => other.name.run === 'later');
    expect([...(run?.logged.keys() ?? [])]).toEqual([versionIdIn(artifact.id)]);
  });
});

function createInput(entityName: string) {
  return {
    entityName,
    projectName: 'demo',
    artifactTypeName: 'dataset',
    artifactCollectionName: 'animals',
    digest: digestOfTexts({}),
  };
}
