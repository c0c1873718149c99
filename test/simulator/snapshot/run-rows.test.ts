import { expect, test } from 'vitest';
import { type FileEntry, withExtra } from '../../../src/store/manifest.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import { bytes } from '../../../src/values/units.ts';
import { clock, finish, log, removeRun, start, use } from '../../support/stores/builders.ts';
import { json } from '../../support/stores/json.ts';
import { plain } from '../../support/stores/plain.ts';
import { rowsOf, snapshotBytes, storeIn } from '../../support/stores/snapshots.ts';
import { simulated } from '../simulated.ts';

const LOG: FileEntry = { kind: 'file', path: 'a.log', digest: digestOfName('a'), sizeBytes: bytes(1) };
const SAID = withExtra({ ...LOG, path: 'b.log', sizeBytes: bytes(2) }, json({ etag: 'x' }));
const CONFIG = json(new Map([['__proto__', { rate: 0.1 }]]));

const { store } = simulated([
  log('animals', { cat: '1MB' }, { run: 'night-1' }),
  clock('1h'),
  start('night-2', { displayName: 'night', tags: ['a', 'a'], config: CONFIG }),
  log('animals', { cat: '1MB' }, { run: 'night-2' }),
  log('plants', { fern: '1MB' }, { run: 'night-2' }),
  clock('1h'),
  finish('night-2', 'failed'),
  start('night-3', { displayName: 'night-3', summary: json({ loss: 1 }), files: [LOG, SAID] }),
  log('animals', { cat: '1MB' }, { run: 'night-3' }),
  use('plants:v0', 'night-3'),
  removeRun('night-3'),
]);

test('a run has a row with the facts that are not the usual ones', () => {
  expect(rowsOf(store, 'runs', 'collections')).toEqual([
    { name: ['team', 'demo', 'night-1'], exists: true, owner: null, startedAt: 0 },
    {
      ...{ name: ['team', 'demo', 'night-2'], exists: true, owner: null, startedAt: 3_600 },
      ...{ ended: ['failed', 7_200], displayName: 'night', tags: ['a', 'a'], config: CONFIG },
    },
    {
      ...{ name: ['team', 'demo', 'night-3'], exists: false, owner: null, startedAt: 7_200 },
      summary: '{"loss":1}',
      files: [
        ['a.log', LOG.digest, 1],
        ['b.log', SAID.digest, 2, '{"etag":"x"}'],
      ],
    },
  ]);
});

test('a version that a run logged without creating it has a row, with the run and its place (RUN-3)', () => {
  expect(rowsOf(store, 'outputs', 'scopes')).toEqual([
    [1, 0, 0],
    [2, 0, 0],
  ]);
});

test('runs are the same after reading, with their facts and outputs', () => {
  expect(plain(storeIn(snapshotBytes(store)))).toEqual(plain(store));
});
