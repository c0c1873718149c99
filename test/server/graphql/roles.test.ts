import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/store/settings.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { digestOfText } from '../../support/server/digest-of-text.ts';
import { type Client, digestOfTexts, Wire } from '../../support/server/wire.ts';
import { time } from '../../support/stores/builders.ts';
import { peopleOf } from '../../support/stores/people.ts';

const CAT = { 'cat.txt': 'meow' };
const PEOPLE = {
  team: { alice: 'admin', bob: 'member', vera: 'viewer' },
  registries: { models: { alice: 'admin', vera: 'member' } },
} as const;

type Call = (client: Client, ids: Ids) => Promise<unknown>;

interface Ids {
  /** A version. */
  readonly id: string;
  readonly pending: string;
  readonly sequence: string;
  readonly portfolio: string;
}

const ARTIFACT = '{ artifact { id } }';
const COLLECTION = '{ artifactCollection { id } }';

const CALLS: Readonly<Record<string, Call>> = {
  createArtifact: (client) => client.begin('animals', digestOfTexts({ a: 'a' })),
  createArtifactManifest: (client, { pending }) => client.manifestUrl(pending),
  createArtifactFiles: (client, { pending: artifactID }) =>
    client.change(
      'createArtifactFiles',
      'CreateArtifactFilesInput',
      { artifactFiles: [{ artifactID, name: 'a', md5: digestOfText('a') }] },
      '{ files { totalCount } }',
    ),
  commitArtifact: (client, { pending }) => client.commit(pending),
  useArtifact: (client, { id }) =>
    client.change(
      'useArtifact',
      'UseArtifactInput',
      { artifactID: id, entityName: 'team', projectName: 'demo', runName: 'reader' },
      ARTIFACT,
    ),
  updateArtifact: (client, { id }) =>
    client.change('updateArtifact', 'UpdateArtifactInput', { artifactID: id, description: 'x' }, ARTIFACT),
  addAliases: (client, { id }) => client.alias('addAliases', id, 'animals', ['best']),
  deleteAliases: (client, { id }) => client.alias('deleteAliases', id, 'animals', ['latest']),
  deleteArtifact: (client, { id }) => client.delete(id, true),
  linkArtifact: (client, { id }) => client.link(id, 'prod', { aliases: ['live'] }),
  unlinkArtifact: (client, { id, portfolio }) =>
    client.change(
      'unlinkArtifact',
      'UnlinkArtifactInput',
      { artifactID: id, artifactPortfolioID: portfolio },
      '{ success }',
    ),
  updateArtifactSequence: (client, { sequence }) =>
    client.change(
      'updateArtifactSequence',
      'UpdateArtifactSequenceInput',
      { artifactSequenceID: sequence, description: 'x' },
      COLLECTION,
    ),
  moveArtifactSequence: (client, { sequence }) =>
    client.change(
      'moveArtifactSequence',
      'MoveArtifactSequenceInput',
      { artifactSequenceID: sequence, destinationArtifactTypeName: 'model' },
      COLLECTION,
    ),
  createArtifactCollectionTagAssignments: (client) =>
    client.change(
      'createArtifactCollectionTagAssignments',
      'CreateArtifactCollectionTagAssignmentsInput',
      {
        entityName: 'team',
        projectName: 'demo',
        artifactCollectionName: 'animals',
        tags: [{ tagName: 'wild' }],
      },
      '{ tags { name } }',
    ),
  deleteArtifactSequence: (client, { sequence }) =>
    client.change(
      'deleteArtifactSequence',
      'DeleteArtifactSequenceInput',
      { artifactSequenceID: sequence },
      COLLECTION,
    ),
  deleteArtifactPortfolio: (client, { portfolio }) =>
    client.change(
      'deleteArtifactPortfolio',
      'DeleteArtifactPortfolioInput',
      { artifactPortfolioID: portfolio },
      COLLECTION,
    ),
};

describe('in a team', () => {
  test.each(Object.entries(CALLS))('a viewer is refused %s, and nothing changes (ACL-1)', async (_, call) => {
    const { wire, ids } = await zoo();
    const { store } = wire.host;
    await expect(call(wire.member('vera'), ids)).rejects.toThrow('vera is a viewer in the team');
    expect(wire.host.store).toBe(store);
  });

  test.each(Object.entries(CALLS))(
    'a stranger is refused %s, and nothing changes (ACL-1)',
    async (_, call) => {
      const { wire, ids } = await zoo();
      const { store } = wire.host;
      await expect(call(wire.stranger('team'), ids)).rejects.toThrow('is not in the team');
      expect(wire.host.store).toBe(store);
    },
  );

  test.each(Object.entries(CALLS))('a member may call %s (ACL-2)', async (_, call) => {
    const { wire, ids } = await zoo();
    await call(wire.member('bob'), ids);
  });

  test('a refusal is forbidden, and says whose key would do', async () => {
    const { wire, ids } = await zoo();
    const { status, errors } = await wire
      .member('vera')
      .ask(
        'mutation ($id: ID!) { deleteArtifact(input: {artifactID: $id, deleteAliases: true}) { artifact { id } } }',
        {
          id: ids.id,
        },
      );
    expect(status).toBe(403);
    expect(errors?.[0]?.extensions?.code).toBe('forbidden');
  });

  test('a member whom the admins do not let set a TTL sees it stay as it was (TTL-7)', async () => {
    const { wire, ids } = await zoo({ membersMaySetTtl: false });
    const bob = wire.member('bob');
    const input = { artifactID: ids.id, ttlDurationSeconds: 60 };
    await bob.change('updateArtifact', 'UpdateArtifactInput', input, ARTIFACT);
    expect((await bob.fetch('animals:v0'))?.artifact.ttlIsInherited).toBe(true);
  });
});

describe('in an entity of their own', () => {
  test('strangers may do everything, also with what they read elsewhere', async () => {
    const { wire, ids } = await zoo();
    const stranger = wire.stranger();
    await stranger.delete(await stranger.log('animals', CAT), true);
    await stranger.link(ids.id, 'copies');
    expect(await stranger.fetch('copies:v0')).not.toBeNull();
    const input = { artifactID: ids.id, entityName: stranger.entity, projectName: 'p', runName: 'r' };
    await stranger.change('useArtifact', 'UseArtifactInput', input, ARTIFACT);
  });

  test('strangers cannot reach the aliases of another entity by naming their own', async () => {
    const { wire, ids } = await zoo();
    const stranger = wire.stranger();
    await stranger.log('animals', CAT);
    await expect(stranger.alias('addAliases', ids.id, 'animals', ['best'])).rejects.toThrow(
      'does not contain',
    );
    const places = [stranger.entity, 'team'].map((entityName) => ({
      entityName,
      projectName: 'demo',
      artifactCollectionName: 'animals',
      alias: 'best',
    }));
    const input = { artifactID: ids.id, aliases: places };
    await expect(stranger.change('addAliases', 'AddAliasesInput', input, '{ success }')).rejects.toThrow(
      'Expected aliases of one artifact collection',
    );
  });
});

describe('in a registry', () => {
  test('only its own roles count (ACL-4)', async () => {
    const { wire, ids } = await zoo();
    const link = (who: string) => wire.member(who).link(ids.id, 'prod', { project: 'models' });
    await expect(link('bob')).rejects.toThrow('bob has no role in the registry models');
    expect(await link('vera')).toMatchObject({ versionIndex: 0 });
  });

  test('a link exempts its source from expiry, and nothing can be logged (TTL-4, ACL-4)', async () => {
    const { wire, ids } = await zoo({ ttlDefaultSeconds: time('1h') });
    const alice = wire.member('alice');
    await alice.link(ids.id, 'prod', { project: 'models' });
    expect((await alice.fetch('animals:v0'))?.artifact).toMatchObject({
      ttlDurationSeconds: -1,
      ttlIsInherited: false,
    });
    await expect(alice.log('animals', CAT, { project: 'models' })).rejects.toThrow('models is a registry');
  });
});

async function zoo(rules: Parameters<typeof peopleOf>[0] = {}) {
  const wire = new Wire(emptyStore(DEFAULT_SETTINGS, peopleOf({ ...PEOPLE, ...rules })));
  const admin = wire.member('alice');
  const id = await admin.log('animals', CAT);
  await admin.link(id, 'prod');
  const { id: pending } = await admin.begin('animals', digestOfTexts({ dog: 'woof' }));
  const sequence = (await admin.fetch('animals:v0'))?.artifactCollection.id ?? '';
  const portfolio = (await admin.fetch('prod:v0'))?.artifactCollection.id ?? '';
  return { wire, ids: { id, pending, sequence, portfolio } };
}
