import { beforeAll, describe, expect, test } from 'vitest';
import { idsOf, readWith, servedExample } from '../../support/server/example.ts';
import { type Served, serverAfter, serverOf, type Variables } from '../../support/server/served.ts';
import { alias, link, log, reference } from '../../support/stores/builders.ts';
import { storyWith } from '../../support/stores/story.ts';

describe('a look-up', () => {
  let served: Served;
  const read = (document: string, variables: Variables = {}) => readWith(served, document, variables);

  beforeAll(async () => {
    served = await servedExample();
  });

  test('of what does not exist: null', async () => {
    const document = `{
      no: project(name: "nothing", entityName: "team") { id }
      other: project(name: "demo", entityName: "nobody") { id }
      project(name: "demo", entityName: "team") {
        collection: artifactCollection(name: "nothing") { id }
        membership: artifactCollectionMembership(name: "animals:v9") { id }
        artifact(name: "nothing:latest") { artifactType { name } }
        type: artifactType(name: "nothing") { id }
        run(name: "nothing") { id }
        bucket(name: "nothing", missingOk: true) { id }
      }
      artifact(id: "bm90aGluZw==") { id }
    }`;
    expect(await read(document)).toEqual({
      no: null,
      other: null,
      project: { collection: null, membership: null, artifact: null, type: null, run: null, bucket: null },
      artifact: null,
    });
  });

  test('of a bare name: the version that `latest` names', async () => {
    const document = `{ project(name: "demo", entityName: "team") {
      artifact(name: "animals") { versionIndex }
      membership: artifactCollectionMembership(name: "animals") { versionIndex }
    } }`;
    expect(await read(document)).toEqual({
      project: { artifact: { versionIndex: 1 }, membership: { versionIndex: 1 } },
    });
  });

  test('of a version in one of its artifact collections', async () => {
    await served.play(alias('models/zoo:v0', { add: ['staging'] }));
    const { versionId } = await idsOf(served);
    const document = `query ($id: ID!) { artifact(id: $id) {
      here: versionIndex(artifactCollectionName: "animals") there: versionIndex(artifactCollectionName: "zoo")
      nowhere: versionIndex(artifactCollectionName: "nothing")
      aliases(artifactCollectionName: "zoo") { alias }
    } }`;
    expect(await read(document, { id: versionId })).toEqual({
      artifact: {
        here: 0,
        there: 0,
        nowhere: null,
        aliases: [{ alias: 'latest' }, { alias: 'production' }, { alias: 'staging' }, { alias: 'v0' }],
      },
    });
  });
});

describe('an artifact collection looks up', () => {
  test('a version by index, alias, digest and commit hash', async () => {
    const served = await serverOf(
      log('animals', { a: '1B' }, { aliases: ['best'] }),
      log('animals', { b: '1B' }),
      log('animals', { a: '1B' }),
      link('animals:v0', 'models/zoo'),
    );
    const { versionId } = await idsOf(served);
    const { artifact } = await served.query<{ artifact: { digest: string; commitHash: string } }>(
      'query ($id: ID!) { artifact(id: $id) { digest commitHash } }',
      { id: versionId },
    );
    const indexOf = async (project: string, collection: string, aliasName: string) => {
      const document = `query ($project: String!, $collection: String!, $aliasName: String!) {
        project(name: $project, entityName: "team") { artifactCollection(name: $collection) {
          artifactMembership(aliasName: $aliasName) { versionIndex }
        } }
      }`;
      const data = await served.query<{
        project: { artifactCollection: { artifactMembership: { versionIndex: number } | null } };
      }>(document, { project, collection, aliasName });
      return data.project.artifactCollection.artifactMembership?.versionIndex ?? null;
    };
    expect(await indexOf('demo', 'animals', 'v0')).toBe(0);
    expect(await indexOf('demo', 'animals', 'best')).toBe(0);
    expect(await indexOf('demo', 'animals', artifact.commitHash)).toBe(0);
    // The newest version with this content.
    expect(await indexOf('demo', 'animals', artifact.digest)).toBe(2);
    expect(await indexOf('models', 'zoo', artifact.digest)).toBe(0);
    expect(await indexOf('models', 'zoo', artifact.commitHash)).toBe(0);
    expect(await indexOf('demo', 'animals', 'f'.repeat(32))).toBeNull();
  });
});

test('the storage of a project and of an entity is what their versions hold, each object once', async () => {
  const served = await serverOf(
    log('animals', { 'a.txt': '1KB', 'b.txt': '2KB' }),
    log('animals', { 'a.txt': '1KB', 'c.txt': '4KB' }),
    log('other/plants', { 'a.txt': '1KB' }),
    log('guests/demo/animals', { 'a.txt': '1KB' }),
    log('animals', [reference('r', 's3://r', '1MB')]),
  );
  const document = `{
    project(name: "demo", entityName: "team") { storageBytes
      artifact(name: "animals:v2") { size storageBytes } }
    entity(name: "team") { storageBytes } guests: entity(name: "guests") { storageBytes }
    nobody: entity(name: "nobody") { storageBytes }
  }`;
  expect(await served.query(document)).toEqual({
    project: { storageBytes: 7_000, artifact: { size: 1_000_000, storageBytes: 0 } },
    entity: { storageBytes: 8_000 },
    guests: { storageBytes: 1_000 },
    nobody: { storageBytes: 0 },
  });
});

test('a type is found as long as an artifact collection has it', async () => {
  const served = await serverOf(
    log('animals', { a: '1B' }, { type: 'pictures' }),
    log('plants', { a: '1B' }),
  );
  const document = `{ project(name: "demo", entityName: "team") { artifactType(name: "pictures") { name } } }`;
  expect(await served.query(document)).toEqual({ project: { artifactType: { name: 'pictures' } } });
  await served.play({
    type: 'changeCollectionType',
    collection: { entity: 'team', project: 'demo', collection: 'animals' },
    artifactType: 'photos',
  });
  expect(await served.query(document)).toEqual({ project: { artifactType: null } });
});

test('a project is read-only for viewers, and for people without a role in it', async () => {
  const served = serverAfter(
    storyWith('team: { members: { ann: viewer, bob: member } }', 'log: animals\nfiles: { a.txt: 1KB }'),
  );
  const document = '{ project(name: "demo", entityName: "team") { readOnly } }';
  for (const [who, readOnly] of [
    ['admin', false],
    ['bob', false],
    ['ann', true],
    ['x'.repeat(40), true],
  ] as const) {
    expect(await served.query(document, {}, who), who).toEqual({ project: { readOnly } });
  }
});
