import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from '../../../src/bucket/faults.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  abandon,
  begin,
  clock,
  dropCopies,
  faults,
  link,
  log,
  recover,
  release,
  removeCollection,
  removeWithAliases,
  review,
  server,
} from '../../support/stores/builders.ts';
import { faulted, recovered } from '../../support/stores/events.ts';
import { collected, given } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';
import { plain } from '../../support/stores/plain.ts';

const v0 = versionId('animals:v0');
const versioned = server({ bucket: { provider: 'aws', versioning: true } });
const softDeleting = server({ bucket: { provider: 'azure', softDelete: true, softDeleteDays: 9 } });
const pair = log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'] });
const pairGone = [pair, clock('1h'), removeWithAliases('animals:v0'), clock('7d')];
const pairCollected = [...pairGone, collected];

describe('a recovery is refused', () => {
  test('when one object is gone, listing every path that is missing; nothing is brought back', () => {
    const lost = [
      versioned,
      log('animals', { cat: '2MB', 'copy.cat': '2MB cat', dog: '1MB', rat: '3MB', tree: '4MB' }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      collected,
      clock('30d'),
      dropCopies,
    ];
    given(...lost)
      .when(recover('animals:v0'))
      .thenRefused('objects-missing', {
        rule: 'BKT-5',
        sentence: 'animals:v0 cannot be recovered: the bucket has no copy of cat, dog, rat, tree.',
        blockers: ['cat', 'dog', 'rat', 'tree'],
      });
    const partly = given(...lost, log('animals', { dog: '1MB', tree: '4MB' }));
    const when = partly
      .when(recover('animals:v0'))
      .thenRefused('objects-missing', { blockers: ['cat', 'rat'] });
    expect(plain(when.store)).toEqual(plain(partly.store));
  });

  test('when the copies are dropped, and not a second before (BKT-3, BKT-4)', () => {
    for (const [bucket, kept] of [
      [versioned, '30d'],
      [softDeleting, '9d'],
    ] as const) {
      given(bucket, ...pairCollected, clock(kept), clock('0s'))
        .when(recover('animals:v0'))
        .then(recovered('animals:v0', 'cat', 'dog'));
      given(bucket, ...pairCollected, clock(kept), dropCopies)
        .when(recover('animals:v0'))
        .thenRefused('objects-missing', { blockers: ['cat', 'dog'] });
    }
  });

  test('if the bucket keeps no deleted objects (BKT-1)', () => {
    given(...pairCollected)
      .when(recover('animals:v0'))
      .thenRefused('objects-missing', { blockers: ['cat', 'dog'] });
    given(...pairCollected, server({ bucket: { provider: 'aws', versioning: true } }))
      .when(recover('animals:v0'))
      .thenRefused('objects-missing', { blockers: ['cat', 'dog'] });
  });

  test('for an upload in progress, and for one that was never committed', () => {
    const upload = begin('animals', { cat: '2MB' });
    given(upload).when(recover('animals#0')).thenRefused('not-restorable', {
      rule: 'DEL-15',
      sentence: 'animals#0 is PENDING: it was never deleted.',
    });
    for (const history of [[abandon(v0)], [abandon(v0), clock('7d'), collected]]) {
      given(versioned, upload, ...history)
        .when(recover('animals#0'))
        .thenRefused('not-restorable', {
          rule: 'DEL-15',
          sentence: 'animals#0 cannot be restored: its upload was never committed.',
        });
    }
  });

  test('if a portfolio has taken the name', () => {
    given(
      versioned,
      pair,
      removeCollection('animals'),
      clock('7d'),
      collected,
      log('plants'),
      link('plants:v0', 'animals'),
    )
      .when(recover('animals:v0'))
      .thenRefused('not-restorable', { sentence: /animals is a portfolio now/ });
  });

  test.each(['animals:v9', 'plants:v0', 'animals:__proto__'])('for what never was: %s', (name) => {
    given(pair)
      .when(recover(name))
      .thenRefused('not-found', { rule: 'DEL-3', sentence: `There is no version ${name}.` });
  });

  test('by an alias or a link that went with the version', () => {
    const gone = given(versioned, pair, link('animals:v0', 'prod'), removeWithAliases('animals:v0'));
    gone.when(recover('animals:best')).thenRefused('not-found');
    gone.when(recover('animals:latest')).thenRefused('not-found', { rule: 'ALI-6' });
    gone.when(recover('prod:v0')).thenRefused('not-found');
  });
});

describe('a bucket whose undelete fails', () => {
  const call = 'undelete';
  const fault = (kind: (typeof FAULT_KINDS)[number], content: string, size: string) =>
    faulted(call, kind, 'animals', content, size);

  test('is asked again until it is done', () => {
    given(
      versioned,
      ...pairCollected,
      faults(
        { call, fault: 'fails', times: 2 },
        { call, fault: 'answers twice', times: 1 },
        { call, fault: 'answers late', times: 1 },
      ),
    )
      .when(recover('animals:v0'))
      .then(
        fault('fails', 'cat', '2MB'),
        fault('fails', 'cat', '2MB'),
        fault('answers twice', 'cat', '2MB'),
        fault('answers late', 'dog', '1MB'),
        recovered('animals:v0', 'cat', 'dog'),
      );
  });

  test.each(FAULT_KINDS)('%s: the store ends as without it', (kind) => {
    const planned = faults({ call, fault: kind, times: 2 });
    for (const bucket of [versioned, softDeleting]) {
      const without = given(bucket, ...pairCollected, recover('animals:v0')).store;
      const { store } = given(bucket, ...pairCollected, planned, recover('animals:v0'));
      expect(plain(store)).toEqual(plain(without));
    }
  });

  test('is not called for existing objects, nor if the recovery is refused', () => {
    const planned = faults({ call, fault: 'fails', times: 1 });
    const left = (store: Store) => store.bucketFaults.length;
    const half = [versioned, ...pairGone, planned, review, release(v0)];
    given(...half)
      .when(recover('animals:v0'))
      .then(recovered('animals:v0'));
    expect(left(given(...half, recover('animals:v0')).store)).toBe(1);
    given(...pairCollected, planned)
      .when(recover('animals:v0'))
      .thenRefused('objects-missing');
  });
});
