import { describe, expect, test } from 'vitest';
import { ENABLING_VARIABLE } from '../../src/gc/requirements.ts';
import { clock, log, removeWithAliases, server } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { plain } from '../support/stores/plain.ts';

const skip = (runs: number) => ({ type: 'skipGarbageCollection', runs }) as const;
const due = [log('animals', { cat: '2MB' }), removeWithAliases('animals:v0'), clock('7d')] as const;
const selfManaged = server({ deployment: 'self-managed', bucket: { provider: 'aws' } });

describe('a skip of scheduled runs (GC-6)', () => {
  test('says how many they are, and everything that is missing', () => {
    const { events } = given(...due, selfManaged)
      .when(skip(4))
      .thenTypes(['garbageCollectionSkipped']);
    expect(events).toMatchObject([
      { runs: 4, refusal: { code: 'gc-not-enabled', blockers: [ENABLING_VARIABLE, 'versioning'] } },
    ]);
  });

  test('changes nothing in the store: what waits keeps waiting, and nothing is freed', () => {
    const before = given(...due, selfManaged);
    expect(plain(before.when(skip(1)).store)).toEqual(plain(before.store));
  });

  test('does not happen if no requirement is missing', () => {
    given(...due)
      .when(skip(1))
      .thenNothing();
    given(
      ...due,
      server({ deployment: 'bring-your-own-bucket', bucket: { provider: 'minio', versioning: true } }),
    )
      .when(skip(1))
      .thenNothing();
  });
});
