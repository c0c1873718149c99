import { beforeAll, describe, expect, test } from 'vitest';
import {
  ALIAS,
  GIVEN,
  idsOf,
  PAGE,
  PORTFOLIO,
  readWith,
  SEQUENCE,
  servedExample,
  VERSION,
} from '../../support/server/example.ts';
import type { Served, Variables } from '../../support/server/served.ts';

describe('what a client reads of a project', () => {
  let served: Served;
  const read = (document: string, variables: Variables = {}) => readWith(served, document, variables);

  beforeAll(async () => {
    served = await servedExample();
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
});
