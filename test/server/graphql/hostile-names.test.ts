import { describe, expect, test } from 'vitest';
import { digestOfName } from '../../../src/values/digest.ts';
import { serverOf } from '../../support/server/served.ts';
import { bytesOf, link, log, start } from '../../support/stores/builders.ts';

const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '🦊 fox',
  'two\nlines\u0000',
  '<img src=x onerror=alert(1)>',
  '"; DROP TABLE',
  '\u202egnp.exe',
  'a'.repeat(10_000),
  '\ud800',
  '',
];

/** Names that a story can have, where names are checked. */
const ALIASES = HOSTILE.filter((name) => name !== '');
const PATHS = ALIASES.filter((name) => !/\p{Cs}/u.test(name));
const OWNERS = HOSTILE.filter((name) => /^[^\p{Cc}\p{Cs}]{1,128}$/u.test(name));

describe('names that users choose are data', () => {
  test.each(ALIASES)('as an alias, a tag and a type: %j', async (name) => {
    const served = await serverOf(
      log('animals', { a: '1B' }, { aliases: [name], tags: [name], type: `type ${name}` }),
      link('animals:v0', 'models/zoo', [name]),
    );
    const document = `query ($type: String!, $name: String!, $alias: String!) {
      project(name: "demo", entityName: "team") {
        artifactCollectionMembership(name: $name) { artifact { tags { name } aliases { alias } artifactType { name } } }
        artifactType(name: $type) {
          name artifactCollection(name: "animals") { artifactMembership(aliasName: $alias) { versionIndex } }
        }
        artifactTypes { edges { node { name } } }
      }
    }`;
    const variables = { type: `type ${name}`, name: `animals:${name}`, alias: name };
    const type = { name: `type ${name}` };
    expect(await served.query(document, variables)).toEqual({
      project: {
        artifactCollectionMembership: {
          artifact: {
            tags: [{ name }],
            aliases: expect.arrayContaining([{ alias: name }, { alias: 'latest' }]),
            artifactType: type,
          },
        },
        artifactType: { ...type, artifactCollection: { artifactMembership: { versionIndex: 0 } } },
        artifactTypes: { edges: [{ node: type }] },
      },
    });
  });

  test.each(OWNERS)('as a project, an entity and a run: %j', async (name) => {
    const served = await serverOf(
      start(`${name}/${name}/${name}`),
      log(`${name}/${name}/animals`, { a: '1B' }),
    );
    const document = `query ($name: String!) { project(name: $name, entityName: $name) {
      name entity { name } run(name: $name) { name project { name entityName } } artifactCollection(name: "animals") { name }
    } }`;
    expect(await served.query(document, { name })).toEqual({
      project: {
        name,
        entity: { name },
        run: { name, project: { name, entityName: name } },
        artifactCollection: { name: 'animals' },
      },
    });
  });

  test.each(PATHS)('as the path of a file, which has an address and keeps its place: %j', async (path) => {
    const files = [path, 'plain.txt'].map((name) => ({
      kind: 'file' as const,
      path: name,
      digest: digestOfName(name),
      sizeBytes: bytesOf('1KB'),
    }));
    const served = await serverOf(log('animals', files));
    const document = `query ($names: [String!], $after: String) { project(name: "demo", entityName: "team") {
      artifactCollection(name: "animals") { artifactMembership(aliasName: "latest") {
        files(names: $names, first: 1, after: $after) {
          totalCount pageInfo { endCursor hasNextPage } edges { node { name displayName directUrl } }
        }
      } }
    } }`;
    interface Files {
      readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
      readonly edges: readonly { readonly node: { readonly name: string; readonly directUrl: string } }[];
    }
    const read = async (variables: object) => {
      const data = await served.query<{
        project: { artifactCollection: { artifactMembership: { files: Files } } };
      }>(document, { ...variables });
      return data.project.artifactCollection.artifactMembership.files;
    };
    const named = await read({ names: [path] });
    expect(named).toMatchObject({ totalCount: 1, edges: [{ node: { name: path, displayName: path } }] });
    const { directUrl } = named.edges[0]?.node ?? { directUrl: '' };
    expect(new URL(directUrl).href).toBe(directUrl);
    expect(directUrl.length).toBeLessThan(2_000);
    const first = await read({});
    const second = await read({ after: first.pageInfo.endCursor });
    expect(second.pageInfo.hasNextPage).toBe(false);
    const names = [...first.edges, ...second.edges].map(({ node }) => node.name);
    expect(names.sort()).toEqual([path, 'plain.txt'].sort());
  });

  test.each(HOSTILE)('in every look-up, where they name nothing: %j', async (name) => {
    const served = await serverOf(log('animals', { a: '1B' }));
    const document = `query ($name: String!, $id: ID!) {
      project(name: $name, entityName: "team") { id }
      other: project(name: "demo", entityName: $name) { id }
      artifact(id: $id) { id }
      demo: project(name: "demo", entityName: "team") {
        artifactType(name: $name) { id } artifactCollection(name: $name) { id }
        artifactCollectionMembership(name: $name) { id } artifact(name: $name) { id } run(name: $name) { id }
        animals: artifactCollection(name: "animals") { artifactMembership(aliasName: $name) { id } }
      }
    }`;
    expect(await served.query(document, { name, id: name })).toEqual({
      project: null,
      other: null,
      artifact: null,
      demo: {
        artifactType: null,
        artifactCollection: null,
        artifactCollectionMembership: null,
        artifact: null,
        run: null,
        animals: { artifactMembership: null },
      },
    });
    await expect(
      served.query('query ($id: ID!) { artifactCollection(id: $id) { id } }', { id: name }),
    ).rejects.toThrow('400: Expected the id of a ArtifactCollection');
  });
});
