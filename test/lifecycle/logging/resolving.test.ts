import { describe, expect, test } from 'vitest';
import { artifactAddress } from '../../../src/store/references/artifact-address.ts';
import type { Store } from '../../../src/store/store.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import {
  begin,
  bytesOf,
  draft,
  link,
  log,
  reference,
  removeWithAliases,
} from '../../support/stores/builders.ts';
import { reused } from '../../support/stores/events.ts';
import { given } from '../../support/stores/given.ts';
import { json } from '../../support/stores/json.ts';
import { versionId } from '../../support/stores/names.ts';

const animals = log('animals', { cat: '2MB', 'photos/dog': '1MB' });
const others = log('animals', { owl: '3MB' });
const at = (name: string, path: string) => artifactAddress({ versionId: versionId(name), path });
const indexOf = (address: string) => log('index', [reference('first', address)]);
const entriesOf = (store: Store, name: string) => store.versions.get(versionId(name))?.manifest.entries;
const toCat = {
  kind: 'reference',
  path: 'first',
  address: at('animals:v0', 'cat'),
  checksum: digestOfName('cat'),
  sizeBytes: bytesOf('2MB'),
};

describe('a reference to another version (DEL-18)', () => {
  test.each([
    'wandb-artifact://animals:v0/cat',
    'wandb-artifact://animals:latest/cat',
    'wandb-artifact://team/demo/animals:v0/cat',
    'wandb-artifact://models/prod:live/cat',
    at('animals:v0', 'cat'),
  ])('given as %s is stored with the id of the version, and the size and digest of the file', (address) => {
    const { store } = given(animals, link('animals:v0', 'models/prod', ['live']), indexOf(address), others);
    expect(entriesOf(store, 'index:v0')).toEqual([toCat]);
  });

  test('keeps the size, checksum, and extra that it came with', () => {
    const extra = json({ version: 7 });
    const own = { ...reference('first', 'wandb-artifact://animals:v0/cat', '5B'), checksum: 'etag', extra };
    const { store } = given(animals, log('index', [own]));
    expect(entriesOf(store, 'index:v0')).toEqual([{ ...toCat, checksum: 'etag', sizeBytes: 5, extra }]);
  });

  test('to a reference points to what that one points to, in the store or out of it', () => {
    const far = log('far', [reference('sky', 's3://x/sky', '7MB')]);
    const second = log('second', [
      reference('first', 'wandb-artifact://index:v0/first'),
      reference('sky', 'wandb-artifact://far:v0/sky'),
    ]);
    const { store } = given(animals, far, indexOf('wandb-artifact://animals:v0/cat'), second);
    expect(entriesOf(store, 'second:v0')).toEqual([
      toCat,
      {
        kind: 'reference',
        path: 'sky',
        address: at('far:v0', 'sky'),
        checksum: 's3://x/sky',
        sizeBytes: bytesOf('7MB'),
      },
    ]);
  });

  test('makes no new version where it points to equal content (LOG-3)', () => {
    const copies = log('animals', { cat: '2MB' });
    const index = indexOf('wandb-artifact://animals:latest/cat');
    const { store } = given(animals, index, copies).when(index).then(reused('index:v0'));
    expect(entriesOf(store, 'index:v0')).toEqual([toCat]);
  });

  test('is no object of the version that refers, and holds nothing (GC-3)', () => {
    const { store } = given(animals, indexOf('wandb-artifact://animals:v0/cat'));
    expect(store.objects.size).toBe(2);
    expect([...store.objects.unorderedRows()].map(({ holders }) => holders)).toEqual([1, 1]);
    expect(store.logicalBytes).toBe(bytesOf('3MB'));
  });
});

describe('a reference that points to nothing is refused, naming what is missing', () => {
  const POINTS = 'The reference "first" points to nothing: ';
  test.each([
    ['wandb-artifact://animals:v1/cat', 'There is no version animals:v1.'],
    ['wandb-artifact://plants:latest/cat', 'There is no version plants:latest.'],
    ['wandb-artifact://animals:v0/dog', 'animals:v0 has no path "dog".'],
    ['wandb-artifact://gone:v0/x', 'gone:v0 is PENDING_DELETION and can no longer be found by name.'],
    [at('gone:v0', 'x'), 'gone:v0 is PENDING_DELETION and can no longer be found by name.'],
    ['wandb-artifact://up:v0/x', 'There is no version up:v0.'],
    ['wandb-artifact://up#0/x', 'up#0 is still being uploaded and cannot be found by name.'],
    [at('up:v0', 'x'), 'up#0 is still being uploaded and cannot be found by name.'],
    ['wandb-artifact://index:v0/second', 'gone:v0 is PENDING_DELETION and can no longer be found by name.'],
  ])('%s', (address, missing) => {
    given(
      animals,
      log('gone', { x: '1MB' }),
      log('index', [reference('second', 'wandb-artifact://gone:v0/x')]),
      removeWithAliases('gone:v0'),
      begin('up', { x: '1MB' }),
    )
      .when(indexOf(address))
      .thenRefused('not-found', { rule: 'DEL-18', sentence: `${POINTS}${missing}`, blockers: [address] });
  });

  test('by an id that no version has', () => {
    given(animals)
      .when(indexOf(at('plants:v0', 'fern')))
      .thenRefused('not-found', { rule: 'DEL-18' });
  });

  test('but not in a draft that only keeps what its base has (LOG-10)', () => {
    const history = given(
      animals,
      log('index', [reference('first', 'wandb-artifact://animals:v0/cat')]),
      removeWithAliases('animals:v0'),
    );
    expect(history.when(draft('index:v0', { add: { a: '1B' } })).accepted).toBe(true);
    expect(history.when(draft('index:v0', { add: { a: '1B' }, remove: ['first'] })).accepted).toBe(true);
    const again = [reference('second', 'wandb-artifact://index:v0/first')];
    history.when(draft('index:v0', { add: again })).thenRefused('not-found', { rule: 'DEL-18' });
  });
});
