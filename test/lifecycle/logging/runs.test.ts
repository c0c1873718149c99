import { describe, expect, test } from 'vitest';
import { runById, versionById } from '../../../src/store/look-up.ts';
import type { Run } from '../../../src/store/run.ts';
import type { Store } from '../../../src/store/store.ts';
import { EMPTY_OBJECT } from '../../../src/values/json.ts';
import {
  clock,
  describeRun,
  file,
  finish,
  log,
  removeRun,
  start,
  time,
  use,
} from '../../support/stores/builders.ts';
import { lineageOf, reused, runGone } from '../../support/stores/events.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { json } from '../../support/stores/json.ts';
import { runId, runNamed, versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const among = givenAmong(peopleOf({ team: { ann: 'admin', bob: 'member', eve: 'member', vera: 'viewer' } }));
const CONFIG = json({ rate: 0.1 });
const ended = (run: string, state: 'finished' | 'failed' | 'crashed') =>
  ({ type: 'runFinished', runId: runId(run), state }) as const;
const started = (run: string, facts: object = {}, again = false, by: string | null = null) =>
  ({ type: 'runStarted', runId: runId(run), run: runNamed(run), again, facts, by }) as const;
const runIn = (store: Store, run: string): Run => runById(store, runId(run));

describe('the start of a run (RUN-1)', () => {
  test('makes it exist, before it logs or uses anything', () => {
    const { store } = given(clock('2h')).when(start('run-1')).then(started('run-1'));
    expect(runIn(store, 'run-1')).toMatchObject({
      exists: true,
      owner: null,
      startedAt: time('2h'),
      state: { kind: 'running' },
      displayName: 'run-1',
      tags: [],
      config: EMPTY_OBJECT,
      summary: EMPTY_OBJECT,
    });
    expect([...runIn(store, 'run-1').logged.keys()]).toEqual([]);
    given(start('run-1')).when(removeRun('run-1')).then(runGone('run-1'));
  });

  test('keeps the facts that are given', () => {
    const facts = { displayName: '', tags: ['a', 'a'], config: CONFIG, summary: json({ loss: 1 }) };
    const { store } = among()
      .when(start('lab/run-1', facts, 'ann'))
      .then(started('lab/run-1', facts, false, 'ann'));
    expect(runIn(store, 'lab/run-1')).toMatchObject({ ...facts, owner: 'ann' });
  });

  test('keeps what a client needs to resume it, and the files that it uploaded, which no figure counts', () => {
    const facts = { group: 'night', jobType: 'eval', notes: '', progress: json({ lines: 2 }) };
    const files = [file('output.log', '1KB')].filter((entry) => entry.kind === 'file');
    const { store } = given(start('run-1', facts)).when(describeRun('run-1', { files }));
    expect(runIn(store, 'run-1')).toMatchObject({ ...facts, files, state: { kind: 'running' } });
    expect([store.objects.size, store.bucket.storedBytes]).toEqual([0, 0]);
  });

  test('is followed by what changes: the event says nothing of facts that stay, or are given again', () => {
    const before = given(start('run-1', { group: 'night', tags: ['a'], config: CONFIG }));
    const summary = json({ loss: 0.5 });
    before
      .when(describeRun('run-1', { group: 'night', tags: ['a'], summary }))
      .then({ type: 'runFactsSet', runId: runId('run-1'), facts: { summary } });
  });

  test('lists each file once, by path in code-point order', () => {
    const listed = (...files: readonly ReturnType<typeof file>[]) => ({
      files: files.filter((entry) => entry.kind === 'file'),
    });
    const [old, one, two] = [file('\u{1f600}', '1KB'), file('\u{1f600}', '2KB'), file('\uffee', '1KB')];
    const given_ = listed(old, two, one);
    const sorted = listed(two, one);
    expect(runIn(given(start('run-1', given_)).store, 'run-1')).toMatchObject(sorted);
    const described = given(start('run-1'), describeRun('run-1', given_));
    expect(runIn(described.store, 'run-1')).toMatchObject(sorted);
    described.when(describeRun('run-1', given_)).thenNothing();
  });

  test('is not what changes its facts: a finished run stays finished, and the facts that are not given stay', () => {
    const finished = given(start('run-1', { group: 'night' }), finish('run-1'));
    const { store } = finished.when(describeRun('run-1', { notes: 'done' }));
    expect(runIn(store, 'run-1')).toMatchObject({
      ...{ group: 'night', notes: 'done' },
      state: { kind: 'finished' },
    });
    finished.when(describeRun('run-1', { group: 'night', notes: null })).thenNothing();
    finished.when(describeRun('run-2', { notes: 'x' })).thenRefused('not-found');
    given(start('run-1'), removeRun('run-1')).when(describeRun('run-1', {})).thenRefused('not-found');
  });

  test('is also the first log or use as a run, without facts', () => {
    const animals = log('animals', { cat: '1MB' }, { run: 'run-1' });
    const { store } = given(clock('1h'), animals, use('animals:v0', 'run-2'));
    for (const run of ['run-1', 'run-2']) {
      expect(runIn(store, run)).toMatchObject({
        startedAt: time('1h'),
        displayName: run,
        state: { kind: 'running' },
      });
    }
    given(animals).when(start('run-1')).thenNothing();
  });

  test('under one display name can be that of several runs', () => {
    const { store } = given(
      start('run-1', { displayName: 'train' }),
      start('run-2', { displayName: 'train' }),
    );
    expect(['run-1', 'run-2'].map((run) => runIn(store, run).displayName)).toEqual(['train', 'train']);
    given(start('run-1', { displayName: 'run-2' }))
      .when(start('run-2'))
      .then(started('run-2'));
  });

  test('of the same id in another project or entity is that of another run', () => {
    for (const run of ['lab/run-1', 'org/demo/run-1']) {
      given(start('run-1'), removeRun('run-1')).when(start(run)).then(started(run));
    }
  });

  test('of a run that exists resumes it, and changes only the facts that are given', () => {
    const facts = { displayName: 'night', tags: ['a'], config: CONFIG };
    const { store } = among(start('run-1', facts, 'ann'), finish('run-1', 'crashed'), clock('1h'))
      .when(start('run-1', { tags: ['b'], summary: json({ loss: 1 }) }, 'bob'))
      .then(started('run-1', { tags: ['b'], summary: json({ loss: 1 }) }, true, 'bob'));
    expect(runIn(store, 'run-1')).toMatchObject({
      ...facts,
      tags: ['b'],
      summary: json({ loss: 1 }),
      owner: 'ann',
      startedAt: 0,
      state: { kind: 'running' },
    });
  });

  test('of a run that is running, with the facts that it has, changes nothing', () => {
    const facts = { displayName: 'night', tags: ['a', 'b'], config: CONFIG };
    for (const same of [
      {},
      facts,
      { displayName: 'night' },
      { tags: ['a', 'b'] },
      { summary: EMPTY_OBJECT },
    ]) {
      given(start('run-1', facts)).when(start('run-1', same)).thenNothing();
    }
    const others = [{ displayName: 'day' }, { tags: ['a'] }, { tags: ['b', 'a'] }, { config: EMPTY_OBJECT }];
    for (const other of [...others, { tags: ['a', 'b', 'c'] }, { summary: CONFIG }]) {
      given(start('run-1', facts))
        .when(start('run-1', other))
        .then(started('run-1', other, true));
    }
  });

  test('is refused with the id of a deleted run, and with no id (RUN-2)', () => {
    given(start('run-1'), removeRun('run-1')).when(start('run-1')).thenRefused('run-deleted', {
      rule: 'RUN-2',
      sentence: 'The run run-1 was deleted, and its id can never be used again.',
    });
    for (const id of ['', 'a#b', 'a%/run-1', 'two\nlines', 'x'.repeat(129)]) {
      given().when(start(id)).thenRefused('bad-name', { rule: 'LOG-1' });
    }
  });
});

describe('the end of a run', () => {
  test('is as it says, at that time', () => {
    for (const state of ['finished', 'failed', 'crashed'] as const) {
      const { store } = given(start('run-1'), clock('2h'))
        .when(finish('run-1', state))
        .then(ended('run-1', state));
      expect(runIn(store, 'run-1').state).toEqual({ kind: state, endedAt: time('2h') });
    }
  });

  test('twice in one way changes nothing; in another way it corrects the first', () => {
    const once = [start('run-1'), finish('run-1', 'failed')];
    given(...once)
      .when(finish('run-1', 'failed'))
      .thenNothing();
    given(...once)
      .when(finish('run-1', 'finished'))
      .then(ended('run-1', 'finished'));
  });

  test('keeps it from nothing: it can still log and use', () => {
    const history = [log('animals', { cat: '1MB' }), start('run-1'), finish('run-1')];
    const { store } = given(...history)
      .when(use('animals:v0', 'run-1'))
      .then(lineageOf('run-1', 'used', 'animals:v0'));
    expect(runIn(store, 'run-1').state.kind).toBe('finished');
  });

  test('is refused if it does not exist, or no longer', () => {
    for (const history of [[], [start('run-1'), removeRun('run-1')]]) {
      given(...history)
        .when(finish('run-1'))
        .thenRefused('not-found', { rule: 'DEL-10', sentence: 'There is no run run-1.' });
    }
  });

  test('is up to its owner and the admins (ACL-2)', () => {
    const bobs = start('run-1', {}, 'bob');
    for (const by of ['bob', 'ann', null])
      among(bobs)
        .when(finish('run-1', 'finished', by))
        .then(ended('run-1', 'finished'));
    among(bobs)
      .when(finish('run-1', 'finished', 'eve'))
      .thenRefused('forbidden', {
        rule: 'ACL-2',
        sentence: 'eve can end or delete only their own runs, and run-1 belongs to bob.',
      });
    among(bobs)
      .when(finish('run-1', 'finished', 'vera'))
      .thenRefused('forbidden', { rule: 'ACL-1' });
    among()
      .when(start('run-2', {}, 'vera'))
      .thenRefused('forbidden', { rule: 'ACL-1' });
    among(bobs)
      .when(start('run-1', { tags: ['a'] }, 'eve'))
      .then(started('run-1', { tags: ['a'] }, true, 'eve'));
  });
});

describe('a log that creates no version (RUN-3)', () => {
  const animals = log('animals', { cat: '2MB' }, { run: 'night-1' });
  const again = log('animals', { cat: '2MB' }, { run: 'night-2' });

  test('adds the version to the outputs of the run, which starts; it still belongs to the one that created it', () => {
    const { store } = given(animals)
      .when(again)
      .then(reused('animals:v0'), lineageOf('night-2', 'output', 'animals:v0'));
    expect([...runIn(store, 'night-2').logged.keys()]).toEqual([versionId('animals:v0')]);
    expect(versionById(store, versionId('animals:v0')).loggedBy).toBe(runId('night-1'));
  });

  test('does so once for each run, and not for the run that created it', () => {
    given(animals, again).when(again).then(reused('animals:v0'));
    given(animals).when(animals).then(reused('animals:v0'));
  });

  test('also where no run created the version', () => {
    const { store } = given(log('animals', { cat: '2MB' }), again);
    expect(versionById(store, versionId('animals:v0')).loggedBy).toBeNull();
    given(log('animals', { cat: '2MB' }), again)
      .when(removeRun('night-2', { artifacts: true }))
      .then(runGone('night-2'));
  });
});
