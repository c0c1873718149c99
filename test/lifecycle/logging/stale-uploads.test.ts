import { describe, expect, test } from 'vitest';
import { versionById } from '../../../src/store/look-up.ts';
import {
  abandon,
  abandonStale,
  begin,
  bytesOf,
  clock,
  commit,
  log,
  recover,
  removeCollection,
  restore,
  server,
  time,
} from '../../support/stores/builders.ts';
import { abandoned } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';

const [v0, v1] = [versionId('animals#0'), versionId('animals#1')];

describe('uploads that are never committed (LOG-8)', () => {
  const three = [
    begin('animals', { cat: '2MB' }),
    clock('1d'),
    begin('plants', { fern: '1MB' }),
    clock('1s'),
    begin('animals', { dog: '1MB' }),
  ] as const;

  test('are abandoned when they are as old as the setting says, and not a second before', () => {
    given(...three, clock('518398s'))
      .when(abandonStale)
      .thenNothing();
    given(...three, clock('518399s'))
      .when(abandonStale)
      .then(abandoned('animals#0'));
    given(...three, clock('604799s'))
      .when(abandonStale)
      .then(abandoned('animals#0'), abandoned('plants#0'));
    given(...three, clock('1w'))
      .when(abandonStale)
      .then(abandoned('animals#0'), abandoned('plants#0'), abandoned('animals#1'));
  });

  test('are judged by the current setting, shorter or longer', () => {
    given(...three, server({ abandonAfterSeconds: time('1s') }))
      .when(abandonStale)
      .then(abandoned('animals#0'), abandoned('plants#0'));
    given(...three, server({ abandonAfterSeconds: time('30d') }), clock('8d'))
      .when(abandonStale)
      .thenNothing();
    given(...three, server({ abandonAfterSeconds: time('0s') }))
      .when(abandonStale)
      .then(abandoned('animals#0'), abandoned('plants#0'), abandoned('animals#1'));
  });

  test('do not include those that were committed, abandoned or deleted in the meantime', () => {
    given(...three, commit(v0), abandon(v1), removeCollection('plants'), clock('30d'))
      .when(abandonStale)
      .thenNothing();
  });

  test('are none if nothing is being uploaded', () => {
    given().when(abandonStale).thenNothing();
    given(log('animals'), clock('30d')).when(abandonStale).thenNothing();
  });

  test('are PENDING_DELETION then, released by garbage collection after their retention', () => {
    const stale = [...three, clock('1w'), abandonStale] as const;
    const { store } = given(...stale);
    expect(versionById(store, v0).state).toEqual({
      kind: 'PENDING_DELETION',
      deletedAt: time('8d') + 1,
      trashNumber: 0,
      stage: 'waiting',
      committedAt: null,
    });
    expect(store.uploads.size).toBe(0);
    expect(store.logicalBytes).toBe(0);
    expect(given(...stale, clock('6d'), collected).store.bucket.storedBytes).toBe(bytesOf('4MB'));
    expect(given(...stale, clock('7d'), collected).store.bucket.storedBytes).toBe(0);
  });

  test('can neither be committed, nor restored, nor recovered afterwards', () => {
    const stale = given(...three, clock('1w'), abandonStale);
    stale.when(commit(v0)).thenRefused('not-pending');
    for (const command of [restore('animals#0'), recover('animals#0')]) {
      stale.when(command).thenRefused('not-restorable', {
        rule: 'DEL-15',
        sentence: 'animals#0 cannot be restored: its upload was never committed.',
      });
    }
  });
});
