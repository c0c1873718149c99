import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { why } from '../../src/insight/why.ts';
import { Simulator } from '../../src/simulator/simulator.ts';
import { holdersOf } from '../../src/store/holders.ts';
import { LARGEST_EXACT, seconds } from '../../src/values/units.ts';
import {
  abandon,
  begin,
  clock,
  link,
  log,
  planCrash,
  reference,
  release,
  removeById,
  removeCollection,
  removeWithAliases,
  review,
  server,
  time,
} from '../support/stores/builders.ts';
import { collected, given, type History } from '../support/stores/given.ts';
import { fileNamed, objectId, versionId } from '../support/stores/names.ts';
import { plain } from '../support/stores/plain.ts';

const animals = [
  log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'] }),
  log('animals', { cat: '2MB', rat: '3MB' }),
];
const whyOf = (name: string, ...history: readonly History[]) => why(given(...history).store, fileNamed(name));
const live = (version: string, ...aliases: string[]) => ({
  version,
  state: 'COMMITTED',
  aliases,
  retainedUntil: null,
});

describe('a file that is stored', () => {
  test('is held by every version that shares it, live ones first of all reasons (GC-2)', () => {
    expect(whyOf('animals:v0/cat', ...animals)).toMatchObject({
      kind: 'stored',
      version: 'animals:v0',
      state: 'COMMITTED',
      since: 0,
      holders: [live('animals:v0', 'best'), live('animals:v1', 'latest')],
      rule: 'GC-2',
    });
  });

  test('of a soft-deleted version is held by the live one that shares it', () => {
    const history = [...animals, clock('1d'), removeWithAliases('animals:v0'), clock('1d')];
    expect(whyOf('animals:v0/cat', ...history)).toMatchObject({
      kind: 'stored',
      state: 'PENDING_DELETION',
      holders: [
        { version: 'animals:v0', state: 'PENDING_DELETION', aliases: [], retainedUntil: time('8d') },
        live('animals:v1', 'latest'),
      ],
      rule: 'GC-2',
      freedAt: time('9d'),
    });
  });

  test('and held by a soft-deleted version only is freed at the first run after its retention (DEL-1)', () => {
    expect(whyOf('animals:v0/dog', ...animals, clock('1h'), removeWithAliases('animals:v0'))).toMatchObject({
      kind: 'stored',
      holders: [{ version: 'animals:v0', retainedUntil: time('169h') }],
      rule: 'DEL-1',
      freedAt: time('174h'),
    });
  });

  test('and held by an unfinished upload is freed a retention from now at the earliest (LOG-5)', () => {
    expect(whyOf('animals#0/cat', begin('animals', { cat: '2MB' }), clock('1d'))).toMatchObject({
      kind: 'stored',
      state: 'PENDING',
      holders: [{ version: 'animals#0', state: 'PENDING', aliases: [], retainedUntil: null }],
      rule: 'LOG-5',
      freedAt: time('8d'),
    });
  });

  test('by nothing any more, after a crash between release and sweep, is freed at the next run (GC-8)', () => {
    const history = [
      ...animals,
      removeWithAliases('animals:v0'),
      clock('7d'),
      review,
      release(versionId('animals:v0')),
    ];
    expect(whyOf('animals:v0/dog', ...history)).toMatchObject({
      kind: 'stored',
      state: 'PENDING_DELETION',
      holders: [],
      rule: 'GC-8',
      freedAt: time('7.25d'),
    });
  });

  test('is asked for through a link, by an alias, or with the full name: the answer names its version', () => {
    const history = [...animals, link('animals:v0', 'prod', ['live'])];
    for (const name of ['prod:v0/cat', 'prod:live/cat', 'animals:best/cat', 'team/demo/animals:v0/cat']) {
      expect(whyOf(name, ...history)).toEqual(whyOf('animals:v0/cat', ...history));
    }
  });

  test('since its latest upload, which may be of another version (LOG-6)', () => {
    const history = [
      ...animals,
      removeCollection('animals'),
      clock('8d'),
      collected,
      log('animals', { cat: '2MB' }),
    ];
    expect(whyOf('animals:v0/cat', ...history)).toMatchObject({
      kind: 'stored',
      state: 'DELETED',
      since: time('8d'),
      holders: [live('animals:v2', 'latest')],
    });
  });
});

describe('when it is freed', () => {
  test('is exactly the run that frees it, if all its holders are deleted now', () => {
    const commands: readonly Command[] = [
      log('animals', { cat: '2MB', rat: '3MB' }),
      log('animals', { cat: '2MB', owl: '4MB' }),
      begin('animals', { cat: '2MB', bat: '1MB' }),
      removeWithAliases('animals:v0'),
      removeWithAliases('animals:v1'),
      clock('5h'),
      clock('3d'),
      review,
      server({ gcEverySeconds: time('7h') }),
      server({ retentionSeconds: time('1h') }),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 12 }), (list) => {
        const simulator = new Simulator();
        for (const command of [log('animals', { cat: '2MB' }), ...list]) simulator.apply(command);
        const answer = why(simulator.store, fileNamed('animals:v0/cat'));
        if (answer.kind !== 'stored' || answer.freedAt === null) throw new Error('nothing was collected');
        for (const { id, state } of holdersOf(simulator.store, objectId('animals', 'cat'))) {
          if (state.kind === 'COMMITTED') simulator.apply(removeById(id, true));
          if (state.kind === 'PENDING') simulator.apply(abandon(id));
        }
        simulator.apply({ type: 'wait', duration: seconds(answer.freedAt - simulator.store.now - 1) });
        expect(why(simulator.store, fileNamed('animals:v0/cat')).kind).toBe('stored');
        simulator.apply({ type: 'wait', duration: seconds(1) });
        expect(why(simulator.store, fileNamed('animals:v0/cat'))).toMatchObject({
          kind: 'gone',
          since: answer.freedAt,
        });
      }),
      { numRuns: 60 },
    );
  });

  test('is an exact number of seconds, or not said at all, however long the retention', () => {
    const answer = whyOf(
      'animals:v0/cat',
      server({ retentionSeconds: seconds(LARGEST_EXACT) }),
      ...animals,
      clock('1d'),
    );
    if (answer.kind !== 'stored') throw new Error('it is stored');
    expect([answer.freedAt].filter((at) => at !== null && !Number.isSafeInteger(at))).toEqual([]);
  });
});

describe('a file that is not stored', () => {
  test('is gone since its sweep; its version is a tombstone, found by its index (GC-2)', () => {
    const history = [...animals, removeWithAliases('animals:v0'), clock('8d'), collected];
    expect(whyOf('animals:v0/dog', ...history)).toMatchObject({
      kind: 'gone',
      version: 'animals:v0',
      state: 'DELETED',
      since: time('8d'),
      rule: 'GC-2',
    });
    expect(whyOf('animals:v0/cat', ...history)).toMatchObject({ kind: 'stored', state: 'DELETED' });
  });

  test('may be gone before its version is DELETED, where garbage collection crashed in between', () => {
    const simulator = new Simulator();
    for (const command of [...animals, removeWithAliases('animals:v0'), clock('8d'), planCrash(3)]) {
      simulator.apply(command);
    }
    simulator.apply({ type: 'collectGarbage' });
    expect(why(simulator.store, fileNamed('animals:v0/dog'))).toMatchObject({
      kind: 'gone',
      state: 'PENDING_DELETION',
    });
  });

  test('is a reference: nothing of it is stored here, and nothing is freed (GC-5)', () => {
    const entry = reference('cat', 's3://kennel/cat', '2MB');
    const history = [log('animals', [entry]), removeWithAliases('animals:v0'), clock('8d'), collected];
    expect(whyOf('animals:v0/cat', ...history)).toEqual({
      kind: 'reference',
      versionId: versionId('animals:v0'),
      version: 'animals:v0',
      now: time('8d'),
      begins: null,
      state: 'DELETED',
      entry,
      target: null,
      recovery: null,
      rule: 'GC-5',
    });
  });

  test('is a reference to a file of another version, which the reference does not hold (DEL-18)', () => {
    const index = log('index', [reference('first', 'wandb-artifact://animals:latest/cat')]);
    const history = [log('animals', { cat: '2MB' }), index];
    const target = { versionId: versionId('animals:v0'), version: 'animals:v0', path: 'cat' };
    expect(whyOf('index:v0/first', ...history)).toMatchObject({
      kind: 'reference',
      target: { ...target, state: 'COMMITTED' },
      recovery: null,
      rule: 'DEL-18',
    });
    const gone = [...history, removeWithAliases('animals:v0')];
    expect(whyOf('index:v0/first', ...gone)).toMatchObject({
      target: { ...target, state: 'PENDING_DELETION' },
      recovery: { type: 'restoreVersion' },
    });
    expect(whyOf('index:v0/first', ...gone, clock('8d'), collected)).toMatchObject({
      target: { ...target, state: 'DELETED' },
      recovery: null,
    });
  });

  test('has a path that its version never had, and the answer names the nearest that it has', () => {
    expect(whyOf('animals:v0/cap', ...animals)).toEqual({
      kind: 'no such path',
      versionId: versionId('animals:v0'),
      version: 'animals:v0',
      nearest: 'cat',
    });
    expect(whyOf('animals:v0/cat', log('animals'))).toEqual({
      kind: 'no such path',
      versionId: versionId('animals:v0'),
      version: 'animals:v0',
      nearest: null,
    });
    for (const path of ['', '__proto__', '😀\n', 'x'.repeat(10_000)]) {
      expect(whyOf(`animals:v0/${path}`, ...animals).kind).toBe('no such path');
    }
  });

  test('has a version that never existed, or that this name no longer finds (DEL-3)', () => {
    const refusal = { code: 'not-found', rule: 'DEL-3', sentence: 'There is no version animals:v9.' };
    expect(whyOf('animals:v9/cat', ...animals)).toMatchObject({ kind: 'not found', refusal });
    expect(whyOf('plants:v0/fern', ...animals).kind).toBe('not found');
    expect(whyOf('animals:latest/cat', ...animals, removeWithAliases('animals:v1')).kind).toBe('not found');
  });
});

test('the question changes nothing', () => {
  const { store } = given(...animals, removeWithAliases('animals:v0'));
  const before = plain(store);
  for (const name of ['animals:v0/cat', 'animals:v0/dog', 'animals:v1/nothing', 'plants:v0/fern']) {
    why(store, fileNamed(name));
  }
  expect(plain(store)).toEqual(before);
});
