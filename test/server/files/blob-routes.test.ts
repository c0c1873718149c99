import { describe, expect, test } from 'vitest';
import { appFor } from '../../../src/server/app.ts';
import { blobAddress } from '../../../src/server/files/addresses.ts';
import { artifactId } from '../../../src/server/graphql/ids.ts';
import type { Host } from '../../../src/server/host.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import type { FileEntry } from '../../../src/store/manifest.ts';
import type { VersionId } from '../../../src/values/names.ts';
import { bytes } from '../../../src/values/units.ts';
import { digestOfText } from '../../support/server/digest-of-text.ts';
import { Wire } from '../../support/server/wire.ts';
import { log, server } from '../../support/stores/builders.ts';

const TEXT = 'hello, world';
const DIGEST = digestOfText(TEXT);
const HEX = Buffer.from(DIGEST, 'base64').toString('hex');
const BASIC = `Basic ${Buffer.from('api:key').toString('base64')}`;

function entry(path: string, text: string): FileEntry {
  return { kind: 'file', path, digest: digestOfText(text), sizeBytes: bytes(text.length) };
}

/** A server with one version, which holds a file of this text, and the id of that version. */
function served(...before: readonly Action[]): { readonly host: Host; readonly id: VersionId } {
  const simulator = new Simulator();
  for (const action of [...before, log('animals', [entry('a/cat.txt', TEXT)])]) simulator.apply(action);
  const [version] = simulator.store.versions.unorderedRows();
  if (version === undefined) throw new Error('nothing was logged');
  return { host: new Wire(simulator.store).host, id: version.id };
}

async function call(host: Host, method: 'GET' | 'PUT' | 'HEAD', url: string, more: object = {}) {
  const { statusCode: status, body, headers } = await appFor(host).inject({ method, url, ...more });
  return { status, body, headers };
}

const download = (host: Host, id: VersionId, headers: object = {}) =>
  call(host, 'GET', blobAddress(id, DIGEST, 'a/cat.txt'), { headers });

describe('a file of a version', () => {
  test('is uploaded without key or content type, or with any, and downloaded again', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }, { 'content-type': 'image/png' }]) {
      const { host, id } = served();
      const put = await call(host, 'PUT', blobAddress(id, DIGEST, 'a/cat.txt'), { headers, payload: TEXT });
      expect([put.status, put.body]).toEqual([200, '']);
      const { status, body, headers: given } = await download(host, id);
      expect([status, body, given['content-type'], given['content-length']]).toEqual([
        200,
        TEXT,
        'application/octet-stream',
        String(TEXT.length),
      ]);
    }
  });

  test('can be empty', async () => {
    const { host, id } = served();
    const address = blobAddress(id, digestOfText(''), 'empty');
    expect((await call(host, 'PUT', address)).status).toBe(200);
    expect(host.contents.sizeOf(digestOfText(''))).toBe(0);
  });

  test('is refused where its bytes have another MD5, and for a version that does not exist', async () => {
    const { host, id } = served();
    const wrong = await call(host, 'PUT', blobAddress(id, DIGEST, 'x'), { payload: 'other' });
    const nowhere = await call(host, 'PUT', blobAddress('x#0' as VersionId, DIGEST, 'x'), { payload: TEXT });
    expect([wrong.status, nowhere.status, host.contents.has(DIGEST)]).toEqual([400, 404, false]);
  });

  test('of which only the size is known is not there, and the answer says so', async () => {
    const { host, id } = served();
    const { status, body } = await download(host, id);
    expect([status, body]).toEqual([404, expect.stringContaining('Only the size of this file is known')]);
  });

  test('is not there once it is collected, and back after an undo', async () => {
    const { host, id } = served();
    await host.contents.put(DIGEST, Buffer.from(TEXT));
    await host.turn('delete', (turn) =>
      turn.apply({ type: 'deleteVersion', target: { by: 'id', versionId: id }, deleteAliases: true }),
    );
    expect((await download(host, id)).status).toBe(200);
    await host.turn('wait', (turn) => turn.apply({ type: 'wait', duration: (30 * 86_400) as never }));
    const { status, body } = await download(host, id);
    expect([status, body]).toEqual([404, expect.stringContaining('The bucket does not store this file')]);
    host.service.undo();
    expect((await download(host, id)).status).toBe(200);
  });

  test.each([
    ['bytes=0-', 206, TEXT, 'bytes 0-11/12'],
    ['bytes=7-', 206, 'world', 'bytes 7-11/12'],
    ['bytes=0-4', 206, 'hello', 'bytes 0-4/12'],
    ['bytes=7-99', 206, 'world', 'bytes 7-11/12'],
    ['bytes=-5', 206, 'world', 'bytes 7-11/12'],
    ['bytes=-99', 206, TEXT, 'bytes 0-11/12'],
    ['bytes=0-1,3-4', 200, TEXT, undefined],
    ['bytes=-', 200, TEXT, undefined],
    ['lines=1-2', 200, TEXT, undefined],
  ])('is downloaded in part with %s', async (range, status, body, contentRange) => {
    const { host, id } = served();
    await host.contents.put(DIGEST, Buffer.from(TEXT));
    const answer = await download(host, id, { range });
    expect([answer.status, answer.body, answer.headers['content-range']]).toEqual([
      status,
      body,
      contentRange,
    ]);
  });

  test.each(['bytes=12-', 'bytes=5-4', 'bytes=-0'])('has no part %s', async (range) => {
    const { host, id } = served();
    await host.contents.put(DIGEST, Buffer.from(TEXT));
    const { status, headers } = await download(host, id, { range });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */12']);
  });
});

describe('a file by name', () => {
  const names = (id: VersionId) => {
    const place = '/artifactsV2/default/team/demo/animals';
    const wire = encodeURIComponent(artifactId(id));
    return [
      `${place}/${wire}/${HEX}/cat.txt`,
      `${place}/${wire}/${wire}/${HEX}/cat.txt`,
      `${place}/${wire}/${HEX}/`,
      `${place}/${wire}/${HEX}/?.txt`,
    ];
  };

  test('is downloaded with a key, as a password or a token', async () => {
    const { host, id } = served();
    await host.contents.put(DIGEST, Buffer.from(TEXT));
    for (const authorization of [BASIC, 'Bearer key']) {
      for (const name of names(id)) {
        const { status, body } = await call(host, 'GET', name, { headers: { authorization } });
        expect([name, status, body]).toEqual([name, 200, TEXT]);
      }
    }
  });

  test('is not downloaded without one', async () => {
    const { host, id } = served();
    for (const name of [...names(id), `/artifacts/team/${HEX}`]) {
      expect((await call(host, 'GET', name)).status).toBe(401);
    }
  });

  test.each(['/artifactsV2/', '/artifactsV2/a/b/c', `/artifactsV2/a/b/c/d/e/${HEX}/x`, '/artifacts/team/x'])(
    'is not there: %s',
    async (url) => {
      const { host } = served();
      expect((await call(host, 'GET', url, { headers: { authorization: BASIC } })).status).toBe(404);
    },
  );

  test('is downloaded by its entity where the entity shares its objects', async () => {
    const { host } = served(server({ sharing: 'entity' }));
    await host.contents.put(DIGEST, Buffer.from(TEXT));
    const headers = { authorization: BASIC };
    expect((await call(host, 'GET', `/artifacts/team/${HEX}`, { headers })).body).toBe(TEXT);
    expect((await call(host, 'GET', `/artifacts/other/${HEX}`, { headers })).status).toBe(404);
  });
});
