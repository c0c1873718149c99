import { describe, test } from 'vitest';
import { NO_BYTES } from '../../../src/values/units.ts';
import { file, log, reference } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';

const CAT = {
  kind: 'reference',
  path: 'cat',
  address: 's3://kennel/cat',
  checksum: 's3://kennel/cat',
  sizeBytes: NO_BYTES,
} as const;
const logged = ['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut'] as const;

describe('a path, an address or a checksum with half a character', () => {
  test.each([
    ['the path of a file', [file('half a \ud83d', '1MB', 'cat')]],
    ['the path of a reference', [reference('half a \ud83d', 's3://kennel/cat')]],
    ['one of several paths', [file('cat', '1MB'), file('half a \ud83d', '1MB', 'dog')]],
  ])('is refused: %s', (_what, entries) => {
    given()
      .when(log('animals', entries))
      .thenRefused('bad-name', { rule: 'LOG-9', sentence: /^The path.*of "half a .*UTF-8 cannot encode\.$/ });
  });

  test('is refused in the address of a reference too, whose path is named', () => {
    given()
      .when(log('animals', [reference('cat', 's3://kennel/\udc08')]))
      .thenRefused('bad-name', { rule: 'LOG-9', sentence: /of "cat" contains half a surrogate pair/ });
  });

  test('is refused in the checksum of a reference too, since it would be part of the digest', () => {
    given()
      .when(log('animals', [{ ...CAT, checksum: 'sum \udc08' }]))
      .thenRefused('bad-name', { rule: 'LOG-9', sentence: /of "cat" contains half a surrogate pair/ });
  });

  test('is refused even if the other half follows in the next text', () => {
    given()
      .when(log('animals', [reference('half a \ud83d', '\udc08')]))
      .thenRefused('bad-name', { rule: 'LOG-9' });
  });

  test('is not to be found where both halves are there', () => {
    given()
      .when(log('animals', [file('🐈', '1MB'), reference('🐕', 's3://kennel/🐕')]))
      .thenTypes(logged);
  });
});

describe('the figures of the store', () => {
  test('can reach the largest exact number, and not exceed it (BKT-7)', () => {
    given()
      .when(log('animals', { whale: '9007199254740991B' }))
      .thenTypes(logged);
    given(log('animals', { whale: '9007199254740991B' }))
      .when(log('animals', { krill: '1B' }))
      .thenRefused('too-large', { rule: 'BKT-7', sentence: /^With 1B more/ });
  });

  test('do not include references, each of which can have any size (GC-5)', () => {
    given()
      .when(
        log('animals', [
          reference('cat', 's3://kennel/cat', '2MB'),
          reference('dog', 's3://kennel/dog', '1MB'),
        ]),
      )
      .thenTypes(logged);
  });
});
