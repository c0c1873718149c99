import { describe, expect, test } from 'vitest';
import { entriesInFile, manifestText } from '../../../src/server/files/manifest-json.ts';
import { artifactId } from '../../../src/server/graphql/ids.ts';
import { type ManifestEntry, manifestOf, withExtra } from '../../../src/store/manifest.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import type { Bytes } from '../../../src/values/units.ts';
import { file, reference } from '../../support/stores/builders.ts';
import { json } from '../../support/stores/json.ts';
import { versionId } from '../../support/stores/names.ts';

const DIGEST = 'XUFAKrxLKna5cZ2REBfFkg==';
const ID = versionId('animals#0');

describe('a manifest file', () => {
  test('lists files, references and the version for which a file was uploaded', () => {
    const given = read({
      cat: {
        digest: DIGEST,
        size: 5,
        birthArtifactID: artifactId(ID),
        local_path: '/tmp/cat',
        skip_cache: false,
      },
      'far/dog': { digest: 'etag', ref: 's3://bucket/dog', size: 7, extra: { versionID: '1' } },
      bird: { digest: 'etag', ref: 's3://bucket/bird', extra: {} },
    });
    expect(given).toStrictEqual([
      { entry: { kind: 'file', path: 'cat', digest: DIGEST, sizeBytes: 5 }, birthId: ID },
      {
        entry: {
          kind: 'reference',
          path: 'far/dog',
          address: 's3://bucket/dog',
          checksum: 'etag',
          sizeBytes: 7,
          extra: '{"versionID":"1"}',
        },
        birthId: null,
      },
      {
        entry: {
          kind: 'reference',
          path: 'bird',
          address: 's3://bucket/bird',
          checksum: 'etag',
          sizeBytes: 0,
        },
        birthId: null,
      },
    ]);
  });

  test.each(['__proto__', 'constructor', '10', ' ', '../../x', 'a\nb', 'x'.repeat(10_000), '\ud800'])(
    'may have any path: %j',
    (path) => {
      const text = `{"version": 1, "contents": {${JSON.stringify(path)}: {"digest": "${DIGEST}", "size": 5}}}`;
      expect(readText(text)).toEqual([
        { entry: { kind: 'file', path, digest: DIGEST, sizeBytes: 5 }, birthId: null },
      ]);
      expect(Object.hasOwn(Object.prototype, 'digest')).toBe(false);
    },
  );

  test.each([
    'no JSON',
    '',
    'null',
    '[]',
    '"text"',
    '{}',
    '{"version": 2, "contents": {}}',
    '{"version": "1", "contents": {}}',
    '{"version": 1}',
    '{"version": 1, "contents": []}',
    '{"version": 1, "contents": null}',
    `${'['.repeat(100_000)}`,
  ])('is refused if it is none: %.60s', (text) => {
    expect(entriesInFile(Buffer.from(text))).toEqual({
      ok: false,
      expected: 'a JSON object with "version": 1 and "contents"',
    });
  });

  test('is refused if it is not UTF-8', () => {
    expect(entriesInFile(Uint8Array.of(0x22, 0xff, 0x22)).ok).toBe(false);
  });

  test.each([
    ['a negative size', `"digest": "${DIGEST}", "size": -1`],
    ['half a byte', `"digest": "${DIGEST}", "size": 0.5`],
    ['more bytes than are exact', `"digest": "${DIGEST}", "size": 9007199254740992`],
    ['more bytes than a number holds', `"digest": "${DIGEST}", "size": 1e999`],
    ['a size that is text', `"digest": "${DIGEST}", "size": "NaN"`],
    ['no digest', '"size": 1'],
    ['a digest in hexadecimal', '"digest": "5d41402abc4b2a76b9719d911017c592", "size": 5'],
    ['an empty digest', '"digest": "", "size": 5'],
    ['an address that is no text', `"digest": "${DIGEST}", "ref": {}`],
  ])('is refused with %s, naming the path', (_, fields) => {
    const text = `{"version": 1, "contents": {"cat": {${fields}}}}`;
    expect(entriesInFile(Buffer.from(text))).toEqual({
      ok: false,
      expected: 'a digest and a size of whole bytes for the path "cat"',
    });
  });

  test('is refused with an empty path, and with an entry that is no object', () => {
    expect(entriesInFile(Buffer.from(`{"version":1,"contents":{"":{"digest":"${DIGEST}"}}}`)).ok).toBe(false);
    expect(entriesInFile(Buffer.from('{"version":1,"contents":{"cat":null}}')).ok).toBe(false);
  });

  test('is written as it is read, whatever the paths are', () => {
    const entries: ManifestEntry[] = [
      file('b', '2B'),
      reference('a', 's3://bucket/a', '3B'),
      withExtra(file('c', '2B'), json({ etag: 'x' })),
      ...['__proto__', '2', '10', 'é', '🐈', '\u2028'].map((path): ManifestEntry => {
        return { kind: 'file', path, digest: digestOfName(path), sizeBytes: 1 as Bytes };
      }),
    ];
    const manifest = manifestOf(entries);
    const text = manifestText(ID, manifest);
    expect(readText(text).map(({ entry }) => entry)).toEqual(
      expect.arrayContaining(manifest.entries as ManifestEntry[]),
    );
    expect(readText(text)).toHaveLength(entries.length);
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      storagePolicy: 'wandb-storage-policy-v1',
      storagePolicyConfig: { storageLayout: 'V2', storageRegion: 'minio-local' },
      contents: {
        b: { digest: digestOfName('b'), size: 2, birthArtifactID: artifactId(ID) },
        a: { digest: 's3://bucket/a', size: 3, ref: 's3://bucket/a' },
        c: { extra: { etag: 'x' } },
      },
    });
  });
});

function read(contents: object) {
  return readText(JSON.stringify({ version: 1, contents }));
}

function readText(text: string) {
  const given = entriesInFile(Buffer.from(text));
  if (!given.ok) throw new Error(given.expected);
  return given.value;
}
