import { beforeAll, describe, expect, test } from 'vitest';
import { digestOfName } from '../../../src/values/digest.ts';
import {
  ALIAS,
  GIVEN,
  idsOf,
  PAGE,
  PROJECT,
  RUN,
  readWith,
  servedExample,
  TAG,
  VERSION,
} from '../../support/server/example.ts';
import type { Served, Variables } from '../../support/server/served.ts';

describe('what a client reads of a version', () => {
  let served: Served;
  const read = (document: string, variables: Variables = {}) => readWith(served, document, variables);

  beforeAll(async () => {
    served = await servedExample();
  });

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
              // The number of the link, which clients find nowhere else in a list.
              { ...ALIAS, alias: 'v0', artifactCollection: { name: 'zoo', project: PROJECT } },
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
});
