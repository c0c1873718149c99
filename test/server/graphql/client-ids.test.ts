import { describe, expect, test } from 'vitest';
import { digestOfText } from '../../support/server/digest-of-text.ts';
import { collect, digestOfTexts, manifestOfEntry, served } from '../../support/server/wire.ts';

const CAT = { 'cat.txt': 'meow' };
const BOTH = { 'cat.txt': 'meow', 'dog.txt': 'woof' };

describe('a distributed artifact', () => {
  test('is one version that several runs add to, and has all their files once it is committed', async () => {
    const { wire, client } = served();
    const shared = { distributedID: 'group-1', manifest: 'PATCH' } as const;
    const before = await client.log('animals', { 'ant.txt': 'tick' });
    await client.delete(before, true);
    const one = await client.log('animals', CAT, { ...shared, run: 'one', clientID: 'c1' });
    await collect(wire);
    const two = await client.log('animals', { 'ant.txt': 'tick' }, { ...shared, run: 'two', clientID: 'c2' });
    expect(two).toBe(one);
    await collect(wire);
    expect(await client.fetch('animals:latest')).toBeNull();
    await client.commit(await client.log('animals', {}, { ...shared, run: 'three', clientID: 'c3' }));
    expect(await client.texts('animals:latest')).toEqual({ ...CAT, 'ant.txt': 'tick' });
  });

  test('begins again under the same id after its commit, and is another one in another sequence', async () => {
    const { client } = served();
    const shared = { distributedID: 'group-1', manifest: 'PATCH' } as const;
    const first = await client.log('animals', CAT, shared);
    const other = await client.log('plants', CAT, shared);
    expect(other).not.toBe(first);
    expect(await client.log('animals', CAT, shared)).toBe(first);
    await client.commit(first);
    expect(await client.log('animals', CAT, shared)).not.toBe(first);
  });
});

describe('a client id', () => {
  test('names one upload, however often it is begun', async () => {
    const { client } = served();
    const one = await client.begin('animals', digestOfTexts(CAT), { clientID: 'mine' });
    expect(await client.begin('animals', digestOfTexts(CAT), { clientID: 'mine' })).toEqual(one);
    const other = client.begin('animals', digestOfTexts(BOTH), { clientID: 'mine' });
    await expect(other).rejects.toThrow(/mine/);
  });

  test('stands for a version in references', async () => {
    const { client } = served();
    const target = await client.log('animals', CAT, { clientID: 'mine' });
    const entry = { digest: digestOfText('meow'), ref: 'wandb-client-artifact://mine/cat.txt' };
    const { id } = await client.begin('index', 'f'.repeat(32));
    await client.mustPut(await client.manifestUrl(id), manifestOfEntry('first', entry));
    await client.commit(id);
    const url = (await client.fetch('index:v0'))?.artifact.currentManifest?.file.directUrl ?? '';
    const { contents } = JSON.parse((await client.get(url)).body);
    const hex = Buffer.from(target, 'base64').toString('hex');
    expect(contents.first).toEqual({
      digest: digestOfText('meow'),
      size: 4,
      ref: `wandb-artifact://${hex}/cat.txt`,
    });
  });
});
