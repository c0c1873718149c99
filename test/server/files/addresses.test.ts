import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blobAddress,
  digestInAddress,
  isFilePath,
  runFileAddress,
  storagePath,
  versionInAddress,
} from '../../../src/server/files/addresses.ts';
import type { RunId, VersionId } from '../../../src/values/names.ts';
import { runs } from '../../support/property-runs.ts';
import { digestOfText } from '../../support/server/digest-of-text.ts';

const VERSION = '5d41402abc4b2a76b9719d911017c592#12' as VersionId;
const DIGEST = digestOfText('hello');

describe('the address of a file of a version', () => {
  test('says which version and digest it is for, and is read back', () => {
    const [, , , , version = '', hexDigest = '', name] = blobAddress(VERSION, DIGEST, 'a/b/cat.jpg').split(
      '/',
    );
    expect([versionInAddress(version), digestInAddress(hexDigest), name]).toEqual([
      VERSION,
      DIGEST,
      'cat.jpg',
    ]);
  });

  test('contains the storage path, as clients check', () => {
    const place = storagePath(VERSION, DIGEST, 'cat.jpg');
    expect(place).toMatch(/^wandb_artifacts\//);
    expect(blobAddress(VERSION, DIGEST, 'cat.jpg')).toBe(`/limbo/files/${place}`);
  });

  test('is one that no client rewrites, whatever the file is called', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', 'a/..', 'a/', '\ud800')),
        (path) => {
          const address = blobAddress(VERSION, DIGEST, path);
          expect(new URL(address, 'http://localhost').pathname).toBe(address);
          expect(address.split('/').length).toBe(7);
        },
      ),
      runs(500),
    );
  });

  test.each(['', 'x', 'A'.repeat(32), 'g'.repeat(32), 'a'.repeat(31), '../../x'])(
    'has no digest in %j',
    (text) => {
      expect(digestInAddress(text)).toBeUndefined();
    },
  );
});

describe('the path of a file of a run', () => {
  test.each(['output.log', 'media/images/a b.png', 'é', '...', 'a..b'])('can be %j', (path) => {
    expect(isFilePath(path)).toBe(true);
    const address = runFileAddress('r' as RunId, path);
    expect(decodeURIComponent(new URL(address, 'http://localhost').pathname)).toBe(
      `/limbo/files/runs/r/${path}`,
    );
  });

  test.each([
    '',
    '/',
    '/etc/passwd',
    '..',
    'a/../b',
    './a',
    'a//b',
    'a/',
    'a\0b',
    'a\\b',
    'a\nb',
    '\ud800',
    'x'.repeat(1_001),
  ])('cannot be %j', (path) => expect(isFilePath(path)).toBe(false));
});
