import { describe, expect, test } from 'vitest';
import type { StoreEvent } from '../../src/decider/event.ts';
import { refused } from '../../src/lifecycle/decision.ts';
import type { Store } from '../../src/store/store.ts';
import type { Version } from '../../src/store/version.ts';
import type { Bytes, Instant } from '../../src/values/units.ts';
import { deleteBlob } from '../support/stores/bucket-changes.ts';
import { clock, log, release, remove, restore, review, server, time } from '../support/stores/builders.ts';
import { given, type History } from '../support/stores/given.ts';
import { collectionId, objectId, versionId } from '../support/stores/names.ts';
import { between, collectMove, commandMove, explorationOfMoves, wrong } from './made-transitions.ts';

const givenStory = (...history: readonly History[]) =>
  given(server({ retentionSeconds: time('2d') }), ...history);

const m0 = versionId('m:v0');
const twice = [log('m', { a: '1MB', b: '2MB' }), log('m', { b: '2MB' })] as const;
const trashed = [...twice, remove('m:v0')] as const;

describe('an index that was given', () => {
  const NAME = 'indexes only grow';
  const id = collectionId('m');
  const { store } = givenStory(...twice);
  const forgotten = { ...store, collections: store.collections.remove(id) };
  const withNext = (nextIndex: number): Store => ({
    ...store,
    collections: store.collections.amend(id, (row) => ({ ...row, nextIndex })),
  });

  test('may be the last one, or be followed by another', () => {
    expect(wrong(NAME, between(store, store))).toEqual([]);
    expect(wrong(NAME, between(store, withNext(3)))).toEqual([]);
    expect(wrong(NAME, between(givenStory().store, store))).toEqual([]);
  });

  test('is not given again, not even once its artifact collection is forgotten', () => {
    expect(wrong(NAME, between(store, withNext(1)))).toEqual(['m would reuse an index']);
    expect(wrong(NAME, between(store, forgotten))).toEqual(['m would reuse an index']);
  });

  test('an artifact collection is not forgotten even if it has given none', () => {
    expect(wrong(NAME, between(withNext(0), withNext(0)))).toEqual([]);
    expect(wrong(NAME, between(withNext(0), forgotten))).toEqual(['m would reuse an index']);
  });
});

describe('a refusal', () => {
  const { refusal } = refused('versionNotFound', { version: 'm:v7' });
  const { store } = givenStory(...twice);

  test('leaves the very same store', () => {
    const NAME = 'a refusal changes nothing';
    const other = givenStory(...trashed).store;
    expect(wrong(NAME, between(store, store, { refusal }))).toEqual([]);
    expect(wrong(NAME, between(store, other))).toEqual([]);
    expect(wrong(NAME, between(store, other, { refusal }))).toEqual(['not-found changed the store']);
  });

  test('is the one that the story expects, if it expects one', () => {
    const NAME = 'a step is refused as the story expects';
    const expecting = explorationOfMoves(commandMove({ refused: 'not-found' }));
    const other = { ...refusal, code: 'has-aliases' as const };
    expect(wrong(NAME, between(store, store, { refusal }), expecting)).toEqual([]);
    expect(wrong(NAME, between(store, store), expecting)).toEqual([
      'restore m:v0 should be refused with not-found, but it went through',
    ]);
    expect(wrong(NAME, between(store, store, { refusal: other }), expecting)).toEqual([
      'restore m:v0 should be refused with not-found, but it was refused with has-aliases',
    ]);
    expect(wrong(NAME, between(store, store, { refusal: other }))).toEqual([]);
    expect(wrong(NAME, between(store, store), explorationOfMoves(collectMove()))).toEqual([]);
  });
});

describe('bytes', () => {
  const NAME = 'bytes are never negative';
  const { store } = givenStory(...twice);
  const counted = (logical: number, stored: number, billed: number): Store => ({
    ...store,
    logicalBytes: logical as Bytes,
    bucket: { ...store.bucket, storedBytes: stored as Bytes, billedBytes: billed as Bytes },
  });

  test.each([
    [0, 0, 0],
    [5, 3, 3],
    [1, 0, 2],
  ] as const)('may be logical %i, stored %i, billed %i', (logical, stored, billed) => {
    expect(wrong(NAME, between(store, counted(logical, stored, billed)))).toEqual([]);
  });

  test.each([
    [-1, 0, 0],
    [0, -1, 0],
    [0, -1, -1],
    [5, 3, 2],
  ] as const)('may not be logical %i, stored %i, billed %i', (logical, stored, billed) => {
    expect(wrong(NAME, between(store, counted(logical, stored, billed)))).toEqual([
      `logical ${logical}, stored ${stored}, billed ${billed}`,
    ]);
  });
});

describe('a restore', () => {
  const NAME = 'a restore reinstates exactly what was deleted';
  const deleted = givenStory(...trashed).store;
  const { store } = givenStory(...trashed, restore('m:v0'));
  const events: readonly StoreEvent[] = [{ type: 'versionRestored', versionId: m0 }];
  const amended = (change: (row: Version) => Version): Store => ({
    ...store,
    versions: store.versions.amend(m0, change),
  });

  test('is right if the version is committed again with the same files, all of them stored', () => {
    expect(wrong(NAME, between(deleted, store, { events }))).toEqual([]);
    expect(wrong(NAME, between(deleted, deleted))).toEqual([]);
  });

  test('is wrong if the version is not committed', () => {
    expect(wrong(NAME, between(deleted, deleted, { events }))).toEqual([
      'm:v0 is PENDING_DELETION after its restore',
    ]);
  });

  test('is wrong if the version has other files', () => {
    const changed = amended((row) => ({ ...row, manifest: { ...row.manifest } }));
    expect(wrong(NAME, between(deleted, changed, { events }))).toEqual(['m:v0 came back with other files']);
  });

  test('is wrong if a file is not stored', () => {
    const bucket = deleteBlob(store.bucket, store.settings.bucket, objectId('m', 'a'), store.now);
    expect(wrong(NAME, between(deleted, { ...store, bucket }, { events }))).toEqual([
      'm:v0 came back without a',
    ]);
  });
});

describe('a release', () => {
  const NAME = 'a version can be restored until its retention has passed';
  const due = givenStory(...trashed, clock('2d'), review);
  const { events } = due.when(release(m0));

  test('is too early by one second, and right once the retention has passed', () => {
    const early = { ...due.store, now: (due.store.now - 1) as Instant };
    expect(wrong(NAME, between(due.store, due.store, { events }))).toEqual([]);
    expect(wrong(NAME, between(early, early, { events }))).toEqual([
      'm:v0 is released before its retention has passed',
    ]);
  });

  test('of a version that is not deleted is not a question of its retention', () => {
    const { store } = givenStory(...twice);
    expect(wrong(NAME, between(store, store, { events }))).toEqual([]);
  });

  test('is all that the retention delays', () => {
    const { store } = givenStory(...trashed);
    const { events: restored } = givenStory(...trashed).when(restore('m:v0'));
    expect(wrong(NAME, between(store, store, { events: restored }))).toEqual([]);
  });
});
