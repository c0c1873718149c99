import { describe, expect, test } from 'vitest';
import { digestOfText } from '../../support/server/digest-of-text.ts';
import {
  collect,
  digestOfTexts,
  manifestFileOf,
  manifestOfEntry,
  served,
  Wire,
} from '../../support/server/wire.ts';
import { snapshotBytes, storeIn } from '../../support/stores/snapshots.ts';

const CAT = { 'cat.txt': 'meow' };
const BOTH = { 'cat.txt': 'meow', 'dog.txt': 'woof' };

describe('a manifest file', () => {
  test('of a draft may keep files of its base that were never uploaded for it', async () => {
    const { client } = served();
    const base = await client.log('animals', CAT);
    const { id } = await client.begin('animals', digestOfTexts(BOTH));
    await client.upload(id, { 'dog.txt': 'woof' });
    const kept = JSON.parse(manifestFileOf(CAT, base));
    const added = JSON.parse(manifestFileOf({ 'dog.txt': 'woof' }, id));
    const contents = { ...kept.contents, ...added.contents };
    await client.mustPut(await client.manifestUrl(id, { base }), JSON.stringify({ ...kept, contents }));
    await client.commit(id);
    expect(await client.texts('animals:v1')).toEqual(BOTH);
  });

  test('is complete if it is FULL, whatever its base has', async () => {
    const { client } = served();
    await client.log('animals', BOTH);
    await client.log('animals', CAT);
    expect(await client.texts('animals:v1')).toEqual(CAT);
  });

  test('changes its base if it is INCREMENTAL', async () => {
    const { client } = served();
    await client.log('animals', BOTH);
    await client.log('animals', { 'dog.txt': 'wuff', 'rat.txt': 'squeak' }, { manifest: 'INCREMENTAL' });
    const merged = { 'cat.txt': 'meow', 'dog.txt': 'wuff', 'rat.txt': 'squeak' };
    expect(await client.texts('animals:v1')).toEqual(merged);
    expect((await client.fetch('animals:v1'))?.artifact.digest).toBe(digestOfTexts(merged));
  });

  test('is INCREMENTAL without a base in a new sequence', async () => {
    const { client } = served();
    await client.log('animals', CAT, { manifest: 'INCREMENTAL' });
    expect(await client.texts('animals:v0')).toEqual(CAT);
  });

  test('is downloaded as it was uploaded', async () => {
    const { client } = served();
    const id = await client.log('animals', BOTH);
    const url = (await client.fetch('animals:v0'))?.artifact.currentManifest?.file.directUrl ?? '';
    expect(url).toContain('wandb_manifest.json');
    const { body } = await client.get(url);
    expect(JSON.parse(body)).toMatchObject(JSON.parse(manifestFileOf(BOTH, id)));
  });

  test('says again what clients said of its entries for themselves', async () => {
    const { client } = served();
    const entry = { digest: 'etag', ref: 's3://bucket/cat', size: 1, extra: { versionID: '1' } };
    for (const manifest of ['FULL', 'INCREMENTAL'] as const) {
      const { id, base } = await client.begin('animals', digestOfTexts({ [manifest]: '' }));
      const text = manifestOfEntry(manifest === 'FULL' ? 'cat' : 'dog', entry);
      await client.mustPut(await client.manifestUrl(id, { manifest, base }), text);
      await client.commit(id);
    }
    const url = (await client.fetch('animals:v1'))?.artifact.currentManifest?.file.directUrl ?? '';
    const { contents } = JSON.parse((await client.get(url)).body);
    expect(contents).toEqual({ cat: entry, dog: entry });
  });

  test('says it again of a file that was stored before, after an undo and in a store from a snapshot', async () => {
    const { host, client } = served();
    await client.log('plants', CAT);
    const { id } = await client.begin('animals', digestOfTexts(CAT));
    await client.upload(id, CAT);
    const said = { digest: digestOfText('meow'), size: 4, extra: { etag: 'x' } };
    await client.mustPut(await client.manifestUrl(id), manifestOfEntry('cat.txt', said));
    await client.commit(id);
    for (const turn of [() => host.service.undo(), () => host.service.redo()]) turn();
    const again = new Wire(storeIn(snapshotBytes(host.store))).member();
    for (const reader of [client, again]) {
      const url = (await reader.fetch('animals:v0'))?.artifact.currentManifest?.file.directUrl ?? '';
      const { contents } = JSON.parse((await reader.get(url)).body);
      expect(contents).toMatchObject({ 'cat.txt': said });
    }
  });

  test.each([
    ['is not JSON', 'meow', 'Cannot read the manifest of animals#0'],
    ['has another version', '{"version": 2, "contents": {}}', 'Cannot read the manifest of animals#0'],
    [
      'lists what nobody uploaded',
      manifestFileOf({ ghost: 'boo' }),
      '"ghost" of animals#0 is neither uploaded nor stored',
    ],
    [
      'refers to an artifact that does not exist',
      manifestOfEntry('cat', { digest: 'x', ref: 'wandb-client-artifact://nobody/cat' }),
      'The reference "cat" points to nothing',
    ],
  ])('that %s is refused, and changes nothing', async (_, text, message) => {
    const { host, client } = served();
    const { id } = await client.begin('animals', digestOfTexts(CAT));
    const { store } = host;
    const { status, body } = await client.put(await client.manifestUrl(id), text);
    expect(status).toBe(400);
    expect(body).toContain(JSON.stringify(message).slice(1, -1));
    expect(host.store).toBe(store);
  });

  test('that gives a file another size than its bytes have is refused', async () => {
    const { client } = served();
    const { id } = await client.begin('animals', digestOfTexts(CAT));
    await client.upload(id, CAT);
    const text = manifestOfEntry('cat.txt', { digest: digestOfText('meow'), size: 5 });
    expect(await client.put(await client.manifestUrl(id), text)).toMatchObject({ status: 400 });
  });

  test('that keeps a file of a base that was collected meanwhile is refused', async () => {
    const { wire, client } = served();
    const base = await client.log('animals', CAT);
    const { id } = await client.begin('animals', digestOfTexts(BOTH));
    await client.delete(base, true);
    await collect(wire);
    const { status, body } = await client.put(
      await client.manifestUrl(id, { base }),
      manifestFileOf(CAT, base),
    );
    expect({ status, body }).toMatchObject({ status: 400, body: expect.stringContaining('cat.txt') });
  });

  test('of no upload is refused', async () => {
    const { client } = served();
    const { status } = await client.put(
      'http://localhost/limbo/files/manifests/e30/wandb_manifest.json',
      '{}',
    );
    expect(status).toBe(400);
  });
});
