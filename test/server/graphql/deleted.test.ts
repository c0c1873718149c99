import { describe, expect, test } from 'vitest';
import { type Served, serverOf } from '../../support/server/served.ts';
import {
  begin,
  link,
  log,
  removeCollection,
  removeWithAliases,
  start,
  time,
} from '../../support/stores/builders.ts';

async function idOf(served: Served, name: string): Promise<string> {
  const data = await served.query<{ project: { artifact: { id: string } } }>(
    'query ($name: String!) { project(name: "demo", entityName: "team") { artifact(name: $name) { id } } }',
    { name },
  );
  return data.project.artifact.id;
}

const BY_ID = `query ($id: ID!) { artifact(id: $id) {
  state versionIndex digest size fileCount aliases { alias } artifactMemberships { totalCount }
  files { totalCount } currentManifest { id } artifactSequence { name state project { name } }
} }`;

describe('a deleted version', () => {
  async function deleted() {
    const served = await serverOf(
      start('train'),
      log('animals', { 'a.txt': '1KB' }, { run: 'train', aliases: ['best'] }),
      log('animals', { 'b.txt': '1KB' }, { run: 'train' }),
      link('animals:v0', 'models/zoo'),
    );
    const id = await idOf(served, 'animals:v0');
    await served.play(removeWithAliases('animals:v0'));
    return { served, id };
  }

  test('can still be read by its id, without what it lost', async () => {
    const { served, id } = await deleted();
    const gone = {
      artifact: {
        state: 'DELETED',
        versionIndex: 0,
        digest: expect.any(String),
        size: 1_000,
        fileCount: 1,
        aliases: [],
        artifactMemberships: { totalCount: 0 },
        files: { totalCount: 0 },
        currentManifest: null,
        artifactSequence: { name: 'animals', state: 'READY', project: { name: 'demo' } },
      },
    };
    expect(await served.query(BY_ID, { id })).toEqual(gone);
    await served.play({ type: 'wait', duration: time('8d') }, { type: 'collectGarbage' });
    expect(served.store.versions.get(Buffer.from(id, 'base64').toString() as never)?.state.kind).toBe(
      'DELETED',
    );
    expect(await served.query(BY_ID, { id })).toEqual(gone);
  });

  test('is not found by name or alias, through a link, or in a list', async () => {
    const { served } = await deleted();
    const document = `{
      project(name: "demo", entityName: "team") {
        artifact(name: "animals:v0") { id }
        best: artifactCollectionMembership(name: "animals:best") { id }
        artifactCollection(name: "animals") {
          artifactMembership(aliasName: "v0") { id } artifacts { totalCount edges { version } }
        }
        run(name: "train") { outputArtifacts { totalCount edges { node { versionIndex } } } }
      }
      models: project(name: "models", entityName: "team") {
        artifactCollectionMembership(name: "zoo:v0") { id } artifactCollection(name: "zoo") { artifacts { totalCount } }
      }
    }`;
    expect(await served.query(document)).toEqual({
      project: {
        artifact: null,
        best: null,
        artifactCollection: {
          artifactMembership: null,
          artifacts: { totalCount: 1, edges: [{ version: 'v1' }] },
        },
        run: { outputArtifacts: { totalCount: 1, edges: [{ node: { versionIndex: 1 } }] } },
      },
      models: { artifactCollectionMembership: null, artifactCollection: { artifacts: { totalCount: 0 } } },
    });
  });
});

test('a version that is being uploaded is PENDING by its id, and hidden otherwise', async () => {
  const served = await serverOf(log('animals', { a: '1B' }), begin('animals', { b: '1B' }));
  const { collectionId } = [...served.store.versions.unorderedRows()][0] ?? {};
  const id = btoa(`${collectionId}#1`);
  expect(await served.query(BY_ID, { id })).toMatchObject({
    artifact: { state: 'PENDING', versionIndex: null, aliases: [], artifactMemberships: { totalCount: 0 } },
  });
  const document = `{ project(name: "demo", entityName: "team") { artifactCollection(name: "animals") {
    artifacts { totalCount } latestArtifact: artifactMembership(aliasName: "latest") { versionIndex }
  } } }`;
  expect(await served.query(document)).toEqual({
    project: { artifactCollection: { artifacts: { totalCount: 1 }, latestArtifact: { versionIndex: 0 } } },
  });
});

test('a deleted artifact collection is DELETED and empty by its id, and not found by name', async () => {
  const served = await serverOf(log('animals', { a: '1B' }), log('plants', { a: '1B' }));
  const byName = `query ($name: String!) { project(name: "demo", entityName: "team") {
    artifactCollection(name: $name) { id } artifactCollections { edges { node { name } } }
  } }`;
  const before = await served.query<{ project: { artifactCollection: { id: string } } }>(byName, {
    name: 'animals',
  });
  await served.play(removeCollection('animals'));
  expect(await served.query(byName, { name: 'animals' })).toEqual({
    project: { artifactCollection: null, artifactCollections: { edges: [{ node: { name: 'plants' } }] } },
  });
  const byId = `query ($id: ID!) { artifactCollection(id: $id) {
    name state artifacts { totalCount } aliases { totalCount } artifactMembership(aliasName: "v0") { id }
    ... on ArtifactSequence { latestArtifact { id } }
  } }`;
  expect(await served.query(byId, { id: before.project.artifactCollection.id })).toEqual({
    artifactCollection: {
      name: 'animals',
      state: 'DELETED',
      artifacts: { totalCount: 0 },
      aliases: { totalCount: 0 },
      artifactMembership: null,
      latestArtifact: null,
    },
  });
});
