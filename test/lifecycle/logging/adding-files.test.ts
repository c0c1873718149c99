import { describe, expect, test } from 'vitest';
import { versionById } from '../../../src/store/look-up.ts';
import { withExtra } from '../../../src/store/manifest.ts';
import {
  abandon,
  addFiles,
  begin,
  bytesOf,
  clock,
  commit,
  faults,
  file,
  log,
  reference,
  removeRun,
  removeWithAliases,
} from '../../support/stores/builders.ts';
import { added, committed, faulted, lineageOf, put } from '../../support/stores/events.ts';
import { collected, given, givenAmong, type History } from '../../support/stores/given.ts';
import { json } from '../../support/stores/json.ts';
import { objectId, versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const upload = versionId('animals#1');
const cat = objectId('animals', 'cat');
const uploading = [log('animals', { cat: '2MB' }), begin('animals', { dog: '1MB' }, { run: 'one' })] as const;
const holdersOf = (content: string, ...history: readonly History[]) =>
  given(...history).store.objects.get(objectId('animals', content))?.holders;

describe('files that are added to an upload (LOG-5)', () => {
  test('are held at once, whether uploaded or shared', () => {
    given(...uploading)
      .when(addFiles(upload, { rat: '3MB', cat: '2MB' }))
      .then(
        added(
          'animals#1',
          { cat: '2MB', dog: '1MB', rat: '3MB' },
          { uploaded: ['rat'], alreadyStored: ['cat'] },
        ),
      );
    const more = [...uploading, addFiles(upload, { rat: '3MB', cat: '2MB' })] as const;
    expect(['cat', 'dog', 'rat'].map((content) => holdersOf(content, ...more))).toEqual([2, 1, 1]);
    const { store } = given(...more);
    expect(store.bucket.storedBytes).toBe(bytesOf('6MB'));
    expect(store.logicalBytes).toBe(bytesOf('2MB'));
  });

  test('keep what a deleted version shares, though garbage collection runs before the commit (GC-3)', () => {
    const { store } = given(
      ...uploading,
      addFiles(upload, { 'copy.cat': '2MB cat' }),
      removeWithAliases('animals:v0'),
      clock('7d'),
      collected,
      commit(upload),
    );
    expect(store.objects.get(cat)?.holders).toBe(1);
    expect(store.bucket.storedBytes).toBe(bytesOf('3MB'));
    expect(store.logicalBytes).toBe(bytesOf('3MB'));
  });

  test('are freed with it, if it is abandoned', () => {
    const { store } = given(
      ...uploading,
      addFiles(upload, { rat: '3MB', 'copy.cat': '2MB cat' }),
      abandon(upload),
      clock('7d'),
      collected,
    );
    expect(store.bucket.storedBytes).toBe(bytesOf('2MB'));
    expect(store.objects.get(cat)?.holders).toBe(1);
  });

  test('are counted once if the upload has their content under another path', () => {
    const twice = addFiles(upload, { 'copy.dog': '1MB dog', rat: '3MB', 'copy.rat': '3MB rat' });
    given(...uploading)
      .when(twice)
      .then(
        added(
          'animals#1',
          { 'copy.dog': '1MB dog', 'copy.rat': '3MB rat', dog: '1MB', rat: '3MB' },
          { uploaded: ['rat'], alreadyStored: ['dog'] },
        ),
      );
    expect(['dog', 'rat'].map((content) => holdersOf(content, ...uploading, twice))).toEqual([1, 1]);
    expect(given(...uploading, twice, commit(upload)).store.logicalBytes).toBe(bytesOf('10MB'));
  });

  test('may come from several runs, which all have the version as an output (RUN-3)', () => {
    given(...uploading)
      .when(addFiles(upload, { rat: '3MB' }, 'two'))
      .then(
        added('animals#1', { dog: '1MB', rat: '3MB' }, { uploaded: ['rat'] }),
        lineageOf('two', 'output', 'animals#1'),
      );
    given(...uploading)
      .when(addFiles(upload, { rat: '3MB' }, 'one'))
      .then(added('animals#1', { dog: '1MB', rat: '3MB' }, { uploaded: ['rat'] }));
    const { store } = given(
      ...uploading,
      addFiles(upload, { rat: '3MB' }, 'two'),
      addFiles(upload, { owl: '4MB' }, 'three'),
      commit(upload),
    );
    expect(versionById(store, upload).manifest.entries.map(({ path }) => path)).toEqual([
      'dog',
      'owl',
      'rat',
    ]);
  });

  test('belong to the run that began the upload: only deleting that run can delete the version (DEL-10)', () => {
    const logged = [...uploading, addFiles(upload, { rat: '3MB' }, 'two'), commit(upload)] as const;
    given(...logged)
      .when(removeRun('two', { artifacts: true }))
      .thenTypes(['runDeleted']);
    given(...logged)
      .when(removeRun('one', { artifacts: true }))
      .thenTypes(['versionDeleted', 'runDeleted']);
  });

  test('change nothing if they are there already, files and references alike', () => {
    given(...uploading)
      .when(addFiles(upload, { dog: '1MB' }))
      .thenNothing();
    given(...uploading)
      .when(addFiles(upload, {}))
      .thenNothing();
    const map = reference('map', 's3://maps/1', '5GB');
    given(...uploading, addFiles(upload, [map]))
      .when(addFiles(upload, [map, file('dog', '1MB')]))
      .thenNothing();
    given(...uploading)
      .when(addFiles(upload, { dog: '1MB' }, 'two'))
      .then(lineageOf('two', 'output', 'animals#1'));
  });

  test('are uploaded with the calls that it takes (GC-8)', () => {
    given(...uploading, faults({ call: 'put', fault: 'fails', times: 2 }))
      .when(addFiles(upload, { rat: '3MB' }))
      .then(
        faulted('put', 'fails', 'animals', 'rat', '3MB'),
        faulted('put', 'fails', 'animals', 'rat', '3MB'),
        added('animals#1', { dog: '1MB', rat: '3MB' }, { uploaded: ['rat'] }),
      );
  });

  test('are part of what the commit commits, and of what the next log is compared with (LOG-3)', () => {
    const whole = [...uploading, addFiles(upload, { rat: '3MB' })] as const;
    given(...whole)
      .when(commit(upload))
      .then(committed('animals#1', 1), put('animals:v1', 'latest', 0));
    given(...whole, commit(upload))
      .when(log('animals', { rat: '3MB', dog: '1MB' }))
      .thenTypes(['versionReused']);
    given(...whole, commit(upload))
      .when(log('animals', { dog: '1MB' }))
      .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
  });
});

describe('files that are added again', () => {
  const dog = (extra: object) => withExtra(file('dog', '1MB'), json(extra));
  const said = addFiles(upload, [dog({ etag: 'x' })]);

  test('are accepted whatever a client says of them for itself, of which the latest is kept', () => {
    given(...uploading)
      .when(said)
      .then(added('animals#1', [dog({ etag: 'x' })], { alreadyStored: ['dog'] }));
    given(...uploading, said)
      .when(addFiles(upload, [dog({ etag: 'y' })]))
      .then(added('animals#1', [dog({ etag: 'y' })], { alreadyStored: ['dog'] }));
    expect(holdersOf('dog', ...uploading, said)).toBe(1);
  });

  test('change nothing if the client says the same, or nothing', () => {
    given(...uploading, said)
      .when(said)
      .thenNothing();
    given(...uploading, said)
      .when(addFiles(upload, { dog: '1MB' }))
      .thenNothing();
    given(...uploading, said)
      .when(addFiles(upload, { dog: '1MB', rat: '3MB' }))
      .then(
        added('animals#1', [dog({ etag: 'x' }), file('rat', '3MB')], {
          uploaded: ['rat'],
          alreadyStored: ['dog'],
        }),
      );
  });
});

describe('files are not added', () => {
  test('to an upload that has ended', () => {
    const over = [[commit(upload)], [abandon(upload)], [commit(upload), removeWithAliases('animals:v1')]];
    for (const end of over) {
      given(...uploading, ...end)
        .when(addFiles(upload, { rat: '3MB' }))
        .thenRefused('not-pending', { rule: 'LOG-5' });
    }
  });

  test('under a path that has other content: another file, or another reference', () => {
    const conflict = {
      rule: 'LOG-5',
      sentence: 'The upload animals#1 already has other content under the path "dog".',
    } as const;
    for (const other of [file('dog', '1MB', 'poodle'), reference('dog', 's3://dogs', '1MB')]) {
      given(...uploading)
        .when(addFiles(upload, [file('rat', '3MB'), other]))
        .thenRefused('content-conflict', conflict);
    }
    given(...uploading, addFiles(upload, [reference('map', 's3://maps/1')]))
      .when(addFiles(upload, [reference('map', 's3://maps/2')]))
      .thenRefused('content-conflict');
  });

  test('if their content has another size in the store, or their path is no text (LOG-9)', () => {
    given(...uploading)
      .when(addFiles(upload, { kitten: '3MB cat' }))
      .thenRefused('content-conflict', { rule: 'LOG-9' });
    given(...uploading)
      .when(addFiles(upload, [file('\ud800', '1MB', 'half')]))
      .thenRefused('bad-name');
  });

  test('by a deleted run (RUN-2)', () => {
    given(...uploading, log('plants', {}, { run: 'gone' }), removeRun('gone'))
      .when(addFiles(upload, { rat: '3MB' }, 'gone'))
      .thenRefused('run-deleted', { rule: 'RUN-2' });
  });

  test('if the figures would not be exact; what is there already does not count', () => {
    const whale = begin('animals', { whale: '9PB' });
    given(whale)
      .when(addFiles(versionId('animals#0'), { tree: '8TB' }))
      .thenRefused('too-large');
    given(whale)
      .when(addFiles(versionId('animals#0'), { whale: '9PB', fern: '7TB' }))
      .thenTypes(['filesAdded']);
    given(whale, addFiles(versionId('animals#0'), { fern: '7TB' }))
      .when(log('plants', { fern: '1TB' }))
      .thenRefused('too-large');
  });

  test('by somebody who may only look (ACL-1)', () => {
    const among = givenAmong(peopleOf({ team: { ann: 'member', vera: 'viewer' } }));
    among(...uploading)
      .when(addFiles(upload, { rat: '3MB' }, undefined, 'vera'))
      .thenRefused('forbidden', { rule: 'ACL-1' });
    among(...uploading)
      .when(addFiles(upload, { rat: '3MB' }, undefined, 'ann'))
      .thenTypes(['filesAdded']);
  });
});
