import { describe, expect, test } from 'vitest';
import { nodeId } from '../../../src/server/graphql/ids.ts';
import { existingCollection } from '../../../src/store/look-up.ts';
import { type Client, served } from '../../support/server/wire.ts';
import { collectionNamed } from '../../support/stores/names.ts';

const CAT = { 'cat.txt': 'meow' };
const DOG = { 'dog.txt': 'woof' };
const COLLECTION =
  '{ artifactCollection { __typename id name description state tags { edges { node { name } } } } }';

describe('a link', () => {
  test('creates what it needs, has its own index, and takes latest', async () => {
    const { client } = served();
    await client.log('animals', CAT);
    const id = await client.log('animals', DOG);
    const linked = await client.link(id, 'prod', { project: 'model-registry', aliases: ['live'] });
    expect(linked).toMatchObject({ versionIndex: 0, artifactMembership: { versionIndex: 0 } });
    const fetched = await client.fetch('prod:live', 'model-registry');
    expect(fetched).toMatchObject({
      artifact: { id },
      artifactCollection: { __typename: 'ArtifactPortfolio', name: 'prod' },
      aliases: [{ alias: 'latest' }, { alias: 'live' }],
    });
  });

  test('is made by the client id of its source too', async () => {
    const { client } = served();
    await client.log('animals', CAT, { clientID: 'mine' });
    const input = {
      clientID: 'mine',
      artifactPortfolioName: 'prod',
      entityName: 'team',
      projectName: 'demo',
    };
    await client.change('linkArtifact', 'LinkArtifactInput', input, '{ versionIndex }');
    expect(await client.fetch('prod:v0')).not.toBeNull();
  });

  test.each([
    [{}, '"artifactID" or "clientID"'],
    [{ clientID: 'nobody', artifactPortfolioName: 'prod' }, '"artifactID" or "clientID"'],
  ])('is refused with %j', async (input, message) => {
    const linked = served().client.change('linkArtifact', 'LinkArtifactInput', input, '{ versionIndex }');
    await expect(linked).rejects.toThrow(message);
  });

  test('is refused without the name of a portfolio, and to a sequence', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    const nameless = client.change(
      'linkArtifact',
      'LinkArtifactInput',
      { artifactID: id },
      '{ versionIndex }',
    );
    await expect(nameless).rejects.toThrow('"artifactPortfolioName"');
    await client.log('plants', DOG);
    await expect(client.link(id, 'plants')).rejects.toThrow('plants is a sequence');
  });

  test('is removed alone: its source stays', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    await client.link(id, 'prod');
    const portfolio = (await client.fetch('prod:v0'))?.artifactCollection.id;
    const input = { artifactID: id, artifactPortfolioID: portfolio };
    const unlink = () => client.change('unlinkArtifact', 'UnlinkArtifactInput', input, '{ success }');
    expect(await unlink()).toEqual({ success: true });
    expect(await client.fetch('prod:v0')).toBeNull();
    expect((await client.fetch('animals:latest'))?.artifact.state).toBe('COMMITTED');
    await expect(unlink()).rejects.toThrow('prod does not contain animals:v0, nor a link to it');
  });

  test('is not what a version of a sequence is', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    const sequence = (await client.fetch('animals:v0'))?.artifactCollection.id;
    const input = { artifactID: id, artifactPortfolioID: sequence };
    await expect(
      client.change('unlinkArtifact', 'UnlinkArtifactInput', input, '{ success }'),
    ).rejects.toThrow('animals:v0 is not a link');
  });
});

describe('an artifact collection', () => {
  test('is deleted with its versions, if it is a sequence', async () => {
    const { client } = served();
    const id = await collectionOf(client, 'animals');
    const deleted = await client.change(
      'deleteArtifactSequence',
      'DeleteArtifactSequenceInput',
      { artifactSequenceID: id },
      COLLECTION,
    );
    expect(deleted).toMatchObject({
      artifactCollection: { __typename: 'ArtifactSequence', state: 'DELETED' },
    });
    expect(await client.fetch('animals:latest')).toBeNull();
  });

  test('is deleted with its links only, if it is a portfolio', async () => {
    const { client } = served();
    const id = await portfolioOf(client, 'animals', 'prod');
    await client.change(
      'deleteArtifactPortfolio',
      'DeleteArtifactPortfolioInput',
      { artifactPortfolioID: id },
      COLLECTION,
    );
    expect(await client.fetch('prod:v0')).toBeNull();
    expect(await client.fetch('animals:v0')).not.toBeNull();
  });

  test('of the other kind, or that does not exist, is not deleted', async () => {
    const { client } = served();
    const input = { artifactPortfolioID: await collectionOf(client, 'animals') };
    const remove = (given: object) =>
      client.change('deleteArtifactPortfolio', 'DeleteArtifactPortfolioInput', given, COLLECTION);
    await expect(remove(input)).rejects.toThrow('Expected the id of a portfolio');
    await expect(remove({ artifactPortfolioID: 'nonsense' })).rejects.toThrow('Expected the id of a');
    await expect(remove({ artifactPortfolioID: nodeId('ArtifactCollection', 'x') })).rejects.toThrow(
      'There is no',
    );
  });

  test('gets another name, with its versions, and another description', async () => {
    const { client } = served();
    const id = await collectionOf(client, 'animals');
    const update = (fields: object) =>
      client.change(
        'updateArtifactSequence',
        'UpdateArtifactSequenceInput',
        { artifactSequenceID: id, ...fields },
        COLLECTION,
      );
    expect(await update({ name: 'pets', description: '' })).toMatchObject({
      artifactCollection: { id, name: 'pets', description: '' },
    });
    expect(await client.fetch('pets:latest')).not.toBeNull();
    expect(await client.fetch('animals:latest')).toBeNull();
    expect(await update({ name: 'pets', description: null })).toMatchObject({
      artifactCollection: { name: 'pets', description: '' },
    });
    await client.log('plants', DOG);
    await expect(update({ name: 'plants' })).rejects.toThrow('plants');
    await expect(update({ name: 'a/b' })).rejects.toThrow('Invalid artifact collection name');
  });

  test('that is a portfolio is described in the same way', async () => {
    const { client } = served();
    const id = await portfolioOf(client, 'animals', 'prod');
    const updated = await client.change(
      'updateArtifactPortfolio',
      'UpdateArtifactPortfolioInput',
      { artifactPortfolioID: id, description: 'what runs' },
      COLLECTION,
    );
    expect(updated).toMatchObject({ artifactCollection: { name: 'prod', description: 'what runs' } });
  });

  test('moves to another type with its versions, but not to one that the service generates', async () => {
    const { host, client } = served();
    const id = await collectionOf(client, 'animals');
    const move = (destinationArtifactTypeName: string) =>
      client.change(
        'moveArtifactSequence',
        'MoveArtifactSequenceInput',
        { artifactSequenceID: id, destinationArtifactTypeName },
        COLLECTION,
      );
    await move('model');
    expect(existingCollection(host.store, collectionNamed('animals'))?.artifactType).toBe('model');
    await expect(move('wandb-history')).rejects.toThrow('wandb-history');
  });

  test('has tags, each once, in the order in which they were added', async () => {
    const { client } = served();
    await collectionOf(client, 'animals');
    const input = (...tags: string[]) => ({
      entityName: client.entity,
      projectName: 'demo',
      artifactCollectionName: 'animals',
      tags: tags.map((tagName) => ({ tagName })),
    });
    const add = (...tags: string[]) =>
      client.change(
        'createArtifactCollectionTagAssignments',
        'CreateArtifactCollectionTagAssignmentsInput',
        input(...tags),
        '{ tags { id name } }',
      );
    expect(await add('wild', 'old', 'wild')).toMatchObject({ tags: [{ name: 'wild' }, { name: 'old' }] });
    await add('__proto__', 'old');
    await client.change(
      'deleteArtifactCollectionTagAssignments',
      'DeleteArtifactCollectionTagAssignmentsInput',
      { ...input('old', 'absent'), clientMutationID: 'x' },
      '{ success }',
    );
    const id = await collectionOf(client, 'animals');
    const { artifactCollection } = await client.change<{
      artifactCollection: { tags: { edges: unknown[] } };
    }>('updateArtifactSequence', 'UpdateArtifactSequenceInput', { artifactSequenceID: id }, COLLECTION);
    expect(artifactCollection.tags.edges).toHaveLength(2);
  });
});

async function collectionOf(client: Client, name: string): Promise<string> {
  await client.log(name, CAT);
  return (await client.fetch(`${name}:latest`))?.artifactCollection.id ?? '';
}

async function portfolioOf(client: Client, source: string, name: string): Promise<string> {
  await client.link(await client.log(source, CAT), name);
  return (await client.fetch(`${name}:latest`))?.artifactCollection.id ?? '';
}
