import { describe, expect, test } from 'vitest';
import { digestOfTexts, served } from '../../support/server/wire.ts';

const CAT = { 'cat.txt': 'meow' };
const ARTIFACT = '{ artifact { id state } }';

describe('deleting a version', () => {
  test('is refused while it has an alias, and says in Python what would go through', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT, { aliases: ['best'] });
    await expect(client.delete(id)).rejects.toThrow(
      'animals:v0 has the aliases best, latest. Try: api.artifact("team/demo/animals:v0").delete(delete_aliases=True)',
    );
    expect(await client.fetch('animals:v0')).not.toBeNull();
  });

  test('with its aliases makes it DELETED, and it is found no more', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    expect(await client.delete(id, true)).toEqual({ artifact: { id, state: 'DELETED' } });
    expect(await client.fetch('animals:v0')).toBeNull();
    await expect(client.delete(id, true)).rejects.toThrow('animals:v0 is PENDING_DELETION, not COMMITTED');
  });

  test('that is linked removes its links too', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    await client.link(id, 'prod');
    await client.delete(id, true);
    expect(await client.fetch('prod:v0')).toBeNull();
  });

  test('that the service manages is refused in its words', async () => {
    const { client } = served();
    const id = await client.log('run-1-history', CAT, { type: 'wandb-history' });
    await expect(client.delete(id, true)).rejects.toThrow('cannot delete system managed artifact');
  });

  test.each(['', 'nonsense', 'bm9uc2Vuc2U=', '__proto__', 'x'.repeat(10_000), '\ud800'])(
    'by an id of nothing is refused: %.20j',
    async (id) => {
      await expect(served().client.delete(id)).rejects.toThrow('There is no artifact with the id');
    },
  );
});

describe('updating a version', () => {
  test('sets its description, metadata, tags and TTL, and leaves what is not given', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT, { tags: ['wild', 'old'] });
    const update = (fields: object) =>
      client.change('updateArtifact', 'UpdateArtifactInput', { artifactID: id, ...fields }, ARTIFACT);
    await update({ description: 'cats', metadata: '{"legs": 4}', ttlDurationSeconds: 86_400 });
    await update({ tagsToAdd: [{ tagName: 'New One' }], tagsToDelete: [{ tagName: 'old' }] });
    expect((await client.fetch('animals:v0'))?.artifact).toMatchObject({
      description: 'cats',
      metadata: '{"legs":4}',
      tags: [{ name: 'wild' }, { name: 'New One' }],
      ttlDurationSeconds: 86_400,
      ttlIsInherited: false,
    });
    await update({ description: '', ttlDurationSeconds: -2, metadata: null });
    expect((await client.fetch('animals:v0'))?.artifact).toMatchObject({
      description: '',
      metadata: '{"legs":4}',
      ttlDurationSeconds: -1,
      ttlIsInherited: false,
    });
    await update({ ttlDurationSeconds: '-1' });
    expect((await client.fetch('animals:v0'))?.artifact).toMatchObject({ ttlIsInherited: true });
  });

  test.each([
    [{ ttlDurationSeconds: 0 }, 'Invalid TTL "0s"'],
    [{ ttlDurationSeconds: -86_400 }, 'Invalid TTL "-86400s"'],
    [{ ttlDurationSeconds: 1.5 }, 'whole number'],
    [{ ttlDurationSeconds: { a: 1 } }, 'whole number'],
    [{ ttlDurationSeconds: 1e300 }, 'whole number'],
    [{ metadata: '[]' }, 'metadata'],
    [{ metadata: 'no JSON' }, 'metadata'],
    [{ metadata: { legs: 4 } }, 'metadata'],
    [{ metadata: `${'{"a":'.repeat(200)}1${'}'.repeat(200)}` }, 'metadata'],
    [{ aliases: [] }, 'addAliases'],
  ])('with %j is refused', async (fields, message) => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    const updated = client.change(
      'updateArtifact',
      'UpdateArtifactInput',
      { artifactID: id, ...fields },
      ARTIFACT,
    );
    await expect(updated).rejects.toThrow(message);
  });

  test('that is not committed is refused', async () => {
    const { client } = served();
    const { id } = await client.begin('animals', digestOfTexts(CAT));
    const input = { artifactID: id, description: 'cats' };
    const updated = client.change('updateArtifact', 'UpdateArtifactInput', input, ARTIFACT);
    await expect(updated).rejects.toThrow('still being uploaded');
  });
});

describe('aliases', () => {
  test('are added to and removed from the artifact collection that is named: the sequence or a portfolio', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    await client.link(id, 'prod');
    await client.alias('addAliases', id, 'animals', ['best', 'live']);
    await client.alias('addAliases', id, 'prod', ['shown']);
    await client.alias('deleteAliases', id, 'animals', ['latest', 'live']);
    expect((await client.fetch('animals:v0'))?.aliases).toEqual([{ alias: 'best' }]);
    expect((await client.fetch('prod:v0'))?.aliases).toEqual([{ alias: 'latest' }, { alias: 'shown' }]);
    expect(await client.fetch('animals:latest')).toBeNull();
  });

  test('move, and are not removed from the version that has them since', async () => {
    const { client } = served();
    const first = await client.log('animals', CAT, { aliases: ['best'] });
    const second = await client.log('animals', { 'dog.txt': 'woof' });
    await client.alias('addAliases', second, 'animals', ['best']);
    await client.alias('deleteAliases', first, 'animals', ['best']);
    expect((await client.fetch('animals:best'))?.versionIndex).toBe(1);
  });

  test.each(['a/b', 'a:b', '', 'v7'])('cannot be %j', async (alias) => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    await expect(client.alias('addAliases', id, 'animals', [alias])).rejects.toThrow('Invalid alias');
  });

  test('are refused where the version is not', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    await client.log('plants', CAT);
    await expect(client.alias('addAliases', id, 'plants', ['best'])).rejects.toThrow(
      'plants does not contain animals:v0',
    );
    await expect(client.alias('addAliases', id, 'minerals', ['best'])).rejects.toThrow(
      'There is no artifact collection minerals',
    );
  });
});

describe('using a version', () => {
  test('records it for a run of any project', async () => {
    const { host, client } = served();
    const id = await client.log('animals', CAT);
    const input = { artifactID: id, entityName: client.entity, projectName: 'other', runName: 'reader' };
    await client.change('useArtifact', 'UseArtifactInput', { ...input, usedAs: 'data' }, ARTIFACT);
    const [run] = Array.from(host.store.runs.unorderedRows()).filter(({ name }) => name.project === 'other');
    expect(run).toMatchObject({ name: { run: 'reader' } });
    expect(run?.used.size).toBe(1);
  });

  test('that was deleted is refused', async () => {
    const { client } = served();
    const id = await client.log('animals', CAT);
    await client.delete(id, true);
    const input = { artifactID: id, entityName: client.entity, projectName: 'demo', runName: 'reader' };
    await expect(client.change('useArtifact', 'UseArtifactInput', input, ARTIFACT)).rejects.toThrow(
      'animals:v0 is PENDING_DELETION',
    );
  });
});
