import { expect } from 'vitest';
import { digestOfName } from '../../../src/values/digest.ts';
import {
  bytesOf,
  describeVersion,
  finish,
  link,
  log,
  reference,
  setTtl,
  start,
  use,
} from '../stores/builders.ts';
import { type Served, serverOf, type Variables } from './served.ts';

/** Anything but null. */
export const GIVEN: unknown = expect.anything();

// The fragments of the contract: what clients cannot do without.
export const PROJECT = { id: GIVEN, internalId: GIVEN, name: GIVEN, entity: { name: GIVEN } };
export const ALIAS = { __typename: 'ArtifactAlias', id: GIVEN, alias: GIVEN };
export const TAG = { __typename: 'Tag', id: GIVEN, name: GIVEN };
export const VERSION = {
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
export const PAGE = { __typename: 'PageInfo', hasNextPage: false };
export const COLLECTION = {
  id: GIVEN,
  name: GIVEN,
  createdAt: GIVEN,
  project: PROJECT,
  type: { name: GIVEN },
};
export const SEQUENCE = { __typename: 'ArtifactSequence', ...COLLECTION };
export const PORTFOLIO = { __typename: 'ArtifactPortfolio', ...COLLECTION };
export const RUN = { __typename: 'Run', id: GIVEN, name: GIVEN, project: PROJECT };

export const FRAGMENTS = `
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

/** A server with one of everything: two versions with files and references, a link, runs. */
export function servedExample(): Promise<Served> {
  return serverOf(
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
}

/** The data that a document asks for, which can spread the fragments of this file. */
export function readWith(served: Served, document: string, variables: Variables = {}): Promise<unknown> {
  // Only the fragments that a document spreads may be in it.
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

/** The ids of the example: of the version `animals:v0`, its sequence, and the portfolio of its link. */
export async function idsOf(served: Served) {
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
