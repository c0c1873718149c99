import { beforeAll, describe, expect, test } from 'vitest';
import { digestOfName } from '../../../src/values/digest.ts';
import { type Served, serverOf, type Variables } from '../../support/server/served.ts';
import {
  alias,
  bytesOf,
  describeVersion,
  finish,
  link,
  log,
  reference,
  setTtl,
  start,
  use,
} from '../../support/stores/builders.ts';

/** Anything but null. */
const GIVEN: unknown = expect.anything();

// The fragments of the contract: what clients cannot do without.
const PROJECT = { id: GIVEN, internalId: GIVEN, name: GIVEN, entity: { name: GIVEN } };
const ALIAS = { __typename: 'ArtifactAlias', id: GIVEN, alias: GIVEN };
const TAG = { __typename: 'Tag', id: GIVEN, name: GIVEN };
const VERSION = {
  __typename: 'Artifact',
  id: GIVEN,
  state: 'COMMITTED',
  digest: GIVEN,
  size: GIVEN,
  fileCount: GIVEN,
  createdAt: GIVEN,
  ttlDurationSeconds: GIVEN,
  ttlIsInherited: GIVEN,
  artifactType: { name: GIVEN },
  artifactSequence: { __typename: 'ArtifactSequence', name: GIVEN, project: PROJECT },
};
const PAGE = { __typename: 'PageInfo', hasNextPage: false };
const COLLECTION = { id: GIVEN, name: GIVEN, createdAt: GIVEN, project: PROJECT, type: { name: GIVEN } };
const SEQUENCE = { __typename: 'ArtifactSequence', ...COLLECTION };
const PORTFOLIO = { __typename: 'ArtifactPortfolio', ...COLLECTION };
const RUN = { __typename: 'Run', id: GIVEN, name: GIVEN, project: PROJECT };

const FRAGMENTS = `
  fragment ofProject on Project { id internalId name entity { name } }
  fragment ofAlias on ArtifactAlias {
    __typename id alias artifactCollection { __typename name project { ...ofProject } }
  }
  fragment ofVersion on Artifact {
    __typename id state digest size fileCount createdAt updatedAt ttlDurationSeconds ttlIsInherited
    description metadata versionIndex commitHash digestAlgorithm historyStep storageBytes
    artifactType { name }
    artifactSequence { __typename name project { ...ofProject } }
    tags { __typename id name }
    aliases { ...ofAlias }
  }
  fragment ofMembership on ArtifactCollectionMembership {
    __typename id createdAt versionIndex
    aliases { __typename id alias }
    artifactCollection { __typename name project { ...ofProject } }
    artifact { ...ofVersion }
  }
  fragment ofCollection on ArtifactCollection {
    __typename id name createdAt updatedAt description
    project { ...ofProject }
    type: defaultArtifactType { name }
    tags { edges { node { __typename id name } } }
  }
  fragment ofFile on File {
    __typename id name: displayName sizeBytes directUrl url storagePath mimetype updatedAt digest md5
  }
  fragment ofRun on Run { __typename id name project { ...ofProject } }
  fragment ofPage on PageInfo { __typename endCursor hasNextPage }
`;

describe('what a client reads', () => {
  let served: Served;

  beforeAll(async () => {
    served = await serverOf(
      start('train'),
      log('animals', { 'a.txt': '1KB' }, { aliases: ['best'], tags: ['good one'], run: 'train' }),
      log('animals', [
        { kind: 'file', path: 'b.txt', digest: digestOfName('b'), sizeBytes: bytesOf('2KB') },
        reference('photos/c.jpg', 's3://photos/c.jpg', '1MB'),
      ]),
      describeVersion('animals:v0', { metadata: '{"depth":3}' as never }),
      setTtl('animals:v0', '30d'),
      link('animals:v0', 'models/zoo', ['production']),
      use('animals:v0', 'eval/test'),
      use('animals:v0', 'train'),
      finish('train'),
    );
  });

  // Only the fragments that a document spreads may be in it.
  async function read(document: string, variables: Variables = {}): Promise<unknown> {
    const used = new Set<string>();
    const search = (text: string): void => {
      for (const [, name = ''] of text.matchAll(/\.\.\.(of\w+)/g)) {
        if (used.has(name)) continue;
        used.add(name);
        search(fragment(name));
      }
    };
    search(document);
    return served.query(`${document}\n${[...used].map(fragment).join('\n')}`, variables);
  }

  function fragment(name: string): string {
    const [, text = ''] = new RegExp(`(fragment ${name} on [^]*?)(?=\\n  fragment|$)`).exec(FRAGMENTS) ?? [];
    return text;
  }

  test('of a membership by name', async () => {
    const document = `query ($name: String!) {
      project(name: "demo", entityName: "team") { artifactCollectionMembership(name: $name) { ...ofMembership } }
    }`;
    expect(await read(document, { name: 'animals:best' })).toMatchObject({
      project: {
        artifactCollectionMembership: {
          __typename: 'ArtifactCollectionMembership',
          id: GIVEN,
          createdAt: GIVEN,
          versionIndex: 0,
          aliases: [{ ...ALIAS, alias: 'best' }],
          artifactCollection: { __typename: 'ArtifactSequence', name: 'animals', project: PROJECT },
          artifact: {
            ...VERSION,
            tags: [{ ...TAG, name: 'good one' }],
            aliases: [
              { ...ALIAS, alias: 'best', artifactCollection: { name: 'animals', project: PROJECT } },
              { ...ALIAS, alias: 'latest', artifactCollection: { name: 'zoo', project: PROJECT } },
              { ...ALIAS, alias: 'production', artifactCollection: { name: 'zoo', project: PROJECT } },
            ],
            description: 'mine',
            metadata: '{"depth":3}',
            size: 1_000,
            ttlDurationSeconds: 30 * 86_400,
            ttlIsInherited: false,
          },
        },
      },
    });
  });

  test('of a membership through a link: the place of the link, and the version of the source', async () => {
    const document = `{
      project(name: "models", entityName: "team") { artifactCollectionMembership(name: "zoo:production") { ...ofMembership } }
    }`;
    expect(await read(document)).toMatchObject({
      project: {
        artifactCollectionMembership: {
          versionIndex: 0,
          aliases: [{ alias: 'latest' }, { alias: 'production' }],
          artifactCollection: { __typename: 'ArtifactPortfolio', name: 'zoo', project: { name: 'models' } },
          artifact: { ...VERSION, artifactSequence: { name: 'animals', project: { name: 'demo' } } },
        },
      },
    });
  });

  test('of the versions of an artifact collection, newest first', async () => {
    const document = `query ($filters: JSONString, $order: String) {
      project(name: "demo", entityName: "team") { artifactType(name: "dataset") { artifactCollection(name: "animals") {
        artifacts(first: 50, filters: $filters, order: $order) {
          totalCount pageInfo { ...ofPage } edges { version node { ...ofVersion } }
        }
      } } }
    }`;
    const listed = (versions: readonly string[]) => ({
      project: {
        artifactType: {
          artifactCollection: {
            artifacts: {
              totalCount: versions.length,
              pageInfo: PAGE,
              edges: versions.map((version) => ({ version, node: VERSION })),
            },
          },
        },
      },
    });
    expect(await read(document)).toMatchObject(listed(['v1', 'v0']));
    for (const order of ['version_index', '+version_index']) {
      expect(await read(document, { order, filters: '{"state": "COMMITTED"}' }), order).toMatchObject(
        listed(['v0', 'v1']),
      );
    }
    expect(await read(document, { order: '-version_index' })).toMatchObject(listed(['v1', 'v0']));
    expect(await read(document, { filters: '{"state": "DELETED"}' })).toMatchObject(listed([]));
  });

  test('of an artifact collection by type and name, portfolios included', async () => {
    const document = `query ($project: String!, $name: String!, $type: String!) {
      project(name: $project, entityName: "team") {
        artifactType(name: $type) { artifactCollection(name: $name) { ...ofCollection } }
      }
    }`;
    const dataset = { project: 'demo', type: 'dataset', name: 'animals' };
    const of = (artifactCollection: unknown) => ({ project: { artifactType: { artifactCollection } } });
    expect(await read(document, dataset)).toMatchObject(of({ ...SEQUENCE, tags: { edges: [] } }));
    expect(await read(document, { ...dataset, project: 'models', name: 'zoo' })).toMatchObject(of(PORTFOLIO));
    expect(await read(document, { ...dataset, name: 'zoo' })).toEqual(of(null));
    expect(await read(document, { ...dataset, type: 'model' })).toEqual({ project: { artifactType: null } });
  });

  test('of the artifact collections of a project and of a type', async () => {
    const list = `(first: 10, filters: $filters, order: $order) {
      totalCount pageInfo { ...ofPage } edges { node { ...ofCollection } }
    }`;
    const document = `query ($filters: JSONString, $order: String) { project(name: "demo", entityName: "team") {
      artifactCollections${list}
      artifactType(name: "dataset") { artifactCollections${list} }
    } }`;
    const listed = { totalCount: 1, pageInfo: PAGE, edges: [{ node: SEQUENCE }] };
    const all = { project: { artifactCollections: listed, artifactType: { artifactCollections: listed } } };
    expect(await read(document)).toMatchObject(all);
    expect(await read(document, { filters: '{"name": "animals"}', order: 'name' })).toMatchObject(all);
    const none = { totalCount: 0, edges: [] };
    expect(await read(document, { filters: '{"name": "mnist"}', order: '-name' })).toMatchObject({
      project: { artifactCollections: none, artifactType: { artifactCollections: none } },
    });
  });

  test('of artifact types', async () => {
    const document = `{ project(name: "demo", entityName: "team") {
      artifactType(name: "dataset") { __typename id name createdAt description }
      artifactTypes(first: 50) { pageInfo { ...ofPage } edges { node { __typename id name createdAt } cursor } }
    } }`;
    const type = { __typename: 'ArtifactType', id: GIVEN, name: 'dataset', createdAt: GIVEN };
    expect(await read(document)).toMatchObject({
      project: { artifactType: type, artifactTypes: { pageInfo: PAGE, edges: [{ node: type }] } },
    });
  });

  test('of the aliases of an artifact collection: its own, each once', async () => {
    const { collectionId, portfolioId } = await idsOf(served);
    const document = `query ($id: ID!) { artifactCollection(id: $id) {
      __typename aliases(first: 1000) { pageInfo { ...ofPage } edges { node { __typename id alias } } }
    } }`;
    const listed = (...aliases: readonly string[]) => ({
      pageInfo: PAGE,
      edges: aliases.map((name) => ({ node: { ...ALIAS, alias: name } })),
    });
    expect(await read(document, { id: collectionId })).toMatchObject({
      artifactCollection: { __typename: 'ArtifactSequence', aliases: listed('best', 'latest') },
    });
    expect(await read(document, { id: portfolioId })).toMatchObject({
      artifactCollection: { __typename: 'ArtifactPortfolio', aliases: listed('latest', 'production') },
    });
  });

  test('of the files of a membership, references included', async () => {
    const document = `query ($names: [String!]) { project(name: "demo", entityName: "team") {
      artifactCollection(name: "animals") { __typename artifactMembership(aliasName: "v1") {
        files(first: 50, names: $names) { totalCount pageInfo { ...ofPage } edges { node { ...ofFile } } }
      } }
    } }`;
    const digest = digestOfName('b');
    const hexDigest = Buffer.from(digest, 'base64').toString('hex');
    const file = { __typename: 'File', id: GIVEN, name: 'b.txt', sizeBytes: 2_000, digest, md5: digest };
    const reference = { ...file, name: 'photos/c.jpg', sizeBytes: 1_000_000, digest: GIVEN, md5: null };
    const answer = await read(document);
    expect(answer).toMatchObject({
      project: {
        artifactCollection: {
          __typename: 'ArtifactSequence',
          artifactMembership: {
            files: {
              totalCount: 2,
              pageInfo: PAGE,
              edges: [
                {
                  node: {
                    ...file,
                    directUrl: expect.stringMatching(/^http:\/\/limbo\.test:8080\/.*wandb_artifacts\//),
                  },
                },
                { node: { ...reference, directUrl: GIVEN } },
              ],
            },
          },
        },
      },
    });
    expect(JSON.stringify(answer)).toContain(`/${hexDigest}/b.txt`);
    expect(await read(document, { names: ['photos/c.jpg', 'nothing', 'photos/c.jpg'] })).toMatchObject({
      project: {
        artifactCollection: {
          artifactMembership: { files: { totalCount: 1, edges: [{ node: reference }] } },
        },
      },
    });
    expect(await read(document, { names: [] })).toEqual(answer);
  });

  test('of a version by its id: its manifest, memberships and lineage', async () => {
    const { versionId } = await idsOf(served);
    const document = `query ($id: ID!) { artifact(id: $id) {
      ...ofVersion
      currentManifest { id file { directUrl } }
      artifactMemberships { edges { node { id versionIndex createdAt aliases { ...ofAlias } artifactCollection { __typename name project { ...ofProject } } } } }
      usedBy { edges { node { ...ofRun } } }
      createdBy { ... on Run { ...ofRun } }
    } }`;
    const place = { id: GIVEN, createdAt: GIVEN };
    expect(await read(document, { id: versionId })).toMatchObject({
      artifact: {
        ...VERSION,
        currentManifest: {
          id: GIVEN,
          file: { directUrl: expect.stringMatching(/^http:.*wandb_manifest\.json$/) },
        },
        artifactMemberships: {
          edges: [
            {
              node: {
                ...place,
                artifactCollection: { __typename: 'ArtifactSequence', name: 'animals', project: PROJECT },
              },
            },
            {
              node: {
                ...place,
                artifactCollection: { __typename: 'ArtifactPortfolio', name: 'zoo', project: PROJECT },
              },
            },
          ],
        },
        usedBy: { edges: [{ node: { ...RUN, name: 'train' } }, { node: { ...RUN, name: 'test' } }] },
        createdBy: { ...RUN, name: 'train' },
      },
    });
  });

  test('of what a run logged and used', async () => {
    const list = `(first: 100) { totalCount pageInfo { hasNextPage } edges { cursor node { ...ofVersion } } }`;
    const document = `query ($project: String!, $run: String!) { project(name: $project, entityName: "team") {
      run(name: $run) { outputArtifacts${list} inputArtifacts${list} }
    } }`;
    const one = {
      totalCount: 1,
      pageInfo: { hasNextPage: false },
      edges: [{ cursor: GIVEN, node: VERSION }],
    };
    const none = { totalCount: 0, edges: [] };
    expect(await read(document, { project: 'demo', run: 'train' })).toMatchObject({
      project: { run: { outputArtifacts: one, inputArtifacts: one } },
    });
    expect(await read(document, { project: 'eval', run: 'test' })).toMatchObject({
      project: { run: { outputArtifacts: none, inputArtifacts: one } },
    });
    expect(await read(document, { project: 'eval', run: 'train' })).toEqual({ project: { run: null } });
  });

  test('of who calls, and what the server can do', async () => {
    const document = `{
      viewer { id entity username }
      serverInfo { features { name isEnabled } cliVersionInfo latestLocalVersionInfo { outOfDate } }
      entity(name: "team") { id name organization { id } }
      organization(name: "acme") { id }
    }`;
    const features = expect.arrayContaining([{ name: 'TOTAL_COUNT_IN_FILE_CONNECTION', isEnabled: true }]);
    expect(await read(document)).toMatchObject({
      viewer: { id: GIVEN, entity: 'team' },
      serverInfo: { features, cliVersionInfo: { max_cli_version: GIVEN }, latestLocalVersionInfo: null },
      entity: { name: 'team', organization: null },
      organization: null,
    });
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
        aliases: [{ alias: 'latest' }, { alias: 'production' }, { alias: 'staging' }],
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

async function idsOf(served: Served) {
  const document = `{
    demo: project(name: "demo", entityName: "team") {
      artifactCollection(name: "animals") { id artifactMembership(aliasName: "v0") { artifact { id } } }
    }
    models: project(name: "models", entityName: "team") { artifactCollection(name: "zoo") { id } }
  }`;
  const { demo, models } = await served.query<{
    demo: { artifactCollection: { id: string; artifactMembership: { artifact: { id: string } } } };
    models: { artifactCollection: { id: string } };
  }>(document);
  return {
    collectionId: demo.artifactCollection.id,
    versionId: demo.artifactCollection.artifactMembership.artifact.id,
    portfolioId: models.artifactCollection.id,
  };
}
