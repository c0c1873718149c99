import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/store/settings.ts';
import { emptyStore } from '../../src/store/store.ts';
import { clock, server, time } from '../support/builders.ts';
import { given } from '../support/given.ts';

describe('the switches of the server', () => {
  test('stand at seven days of retention, a run every six hours, sharing by collection, latest absent', () => {
    expect(given().store.settings).toEqual({
      retentionSeconds: time('7d'),
      gcEverySeconds: time('6h'),
      sharing: 'collection',
      latestAfterDelete: 'absent',
    });
  });

  test('are changed one by one; the others stay', () => {
    const changes = { retentionSeconds: time('1d') };
    const when = given().when(server(changes)).then({ type: 'settingsChanged', changes });
    expect(when.store.settings).toEqual({ ...DEFAULT_SETTINGS, ...changes });
  });

  test('are changed together, in one event', () => {
    const changes = { sharing: 'entity', latestAfterDelete: 'resolve-newest' } as const;
    given().when(server(changes)).then({ type: 'settingsChanged', changes });
  });

  test('set to what they are change nothing', () => {
    given().when(server({})).thenNothing();
    given().when(server(DEFAULT_SETTINGS)).thenNothing();
  });

  test('of one store are not those of another', () => {
    given(server({ sharing: 'entity' }));
    expect(DEFAULT_SETTINGS.sharing).toBe('collection');
    expect(emptyStore().settings.sharing).toBe('collection');
  });
});

describe('the clock', () => {
  test('goes on by what it is moved by', () => {
    expect(given(clock('1d'), clock('6h')).store.now).toBe(108_000);
  });

  test('moved by nothing changes nothing', () => {
    given(clock('1d')).when(clock('0s')).thenNothing();
  });

  test('goes to the last second that is an exact number, and not beyond (GC-1)', () => {
    const last = given(clock('9007199254740991s'));
    expect(last.store.now).toBe(Number.MAX_SAFE_INTEGER);
    last.when(clock('1s')).thenRefused('too-large', { rule: 'GC-1', blockers: [], instead: null });
    last.when(clock('9007199254740991s')).thenRefused('too-large');
  });
});
