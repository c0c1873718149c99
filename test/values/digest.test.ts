import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentHasher, digestOfManifestText, digestOfName, keyOfName } from '../../src/values/digest.ts';

const texts = fc.string({ unit: 'binary' });

describe('digests', () => {
  test('of a name is the base64 MD5 of its UTF-8, as Node takes it (LOG-9)', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(digestOfName(text)).toBe(createHash('md5').update(text, 'utf8').digest('base64'));
      }),
    );
  });

  test('of a manifest is the hex MD5 of its text, as Node takes it (LOG-9)', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(digestOfManifestText(text)).toBe(createHash('md5').update(text, 'utf8').digest('hex'));
      }),
    );
  });

  test('of content is the same into whatever pieces it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (pieces) => {
        const hasher = contentHasher();
        for (const piece of pieces) hasher.update(piece);
        expect(hasher.digest()).toBe(createHash('md5').update(Buffer.concat(pieces)).digest('base64'));
      }),
    );
  });

  test('of content and of its name agree', () => {
    const hasher = contentHasher();
    hasher.update(new TextEncoder().encode('hello'));
    expect(hasher.digest()).toBe(digestOfName('hello'));
    expect(digestOfName('hello')).toBe('XUFAKrxLKna5cZ2REBfFkg==');
  });
});

describe('the key of a name that a user chose', () => {
  test('has the same length for every name, so that nobody can choose colliding names in a big table', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.constantFrom('', '__proto__', 'x'.repeat(10_000))), (name) => {
        expect(keyOfName(name)).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });
});
