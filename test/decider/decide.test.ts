import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import type { StoreEventType } from '../../src/decider/event.ts';
import {
  abandon,
  alias,
  begin,
  clock,
  close,
  commit,
  draft,
  link,
  log,
  planCrash,
  release,
  remove,
  removeAll,
  removeCollection,
  removeWithAliases,
  review,
  server,
  sweep,
  unlink,
  use,
} from '../support/builders.ts';
import { given, type History } from '../support/given.ts';
import { objectId, versionId } from '../support/names.ts';

const animals = log('animals', { cat: '2MB' });
const uploading = begin('animals', { cat: '2MB' });
const linked = [animals, link('animals:v0', 'prod')];
const v0 = versionId('animals:v0');
const cat = objectId('animals', 'cat');
const due = [animals, removeWithAliases('animals:v0'), clock('7d')];

// One of each kind; the type says that none is missing.
const ONE_OF_EACH: Readonly<
  Record<Command['type'], readonly [Command, readonly History[], readonly StoreEventType[]]>
> = {
  logVersion: [animals, [], ['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut']],
  beginVersion: [uploading, [], ['collectionCreated', 'versionBegun']],
  logDraft: [
    draft('animals:v0', { remove: ['cat'] }),
    [animals],
    ['versionBegun', 'versionCommitted', 'aliasPut'],
  ],
  commitVersion: [commit(v0), [uploading], ['versionCommitted', 'aliasPut']],
  abandonVersion: [abandon(v0), [uploading], ['versionAbandoned']],
  editAliases: [
    alias('animals:v0', { add: ['a'], remove: ['latest'] }),
    [animals],
    ['aliasPut', 'aliasRemoved'],
  ],
  linkVersion: [link('animals:v0', 'prod'), [animals], ['collectionCreated', 'versionLinked', 'aliasPut']],
  unlinkVersion: [unlink('prod:v0'), linked, ['linkRemoved']],
  useVersion: [use('animals:v0', 'run-1'), [animals], ['lineageNoted']],
  deleteVersion: [removeWithAliases('animals:v0'), linked, ['linkRemoved', 'versionDeleted']],
  deleteCollection: [removeCollection('animals'), [animals], ['versionDeleted', 'collectionDeleted']],
  deleteMatching: [removeAll('animals'), [animals, log('animals')], ['versionDeleted', 'deletionRefused']],
  changeSettings: [server({ sharing: 'entity' }), [], ['settingsChanged']],
  moveClock: [clock('1s'), [], ['clockMoved']],
  reviewVersions: [review, due, ['versionsReviewed']],
  releaseHolds: [release(v0), [...due, review], ['holdsReleased']],
  sweepObject: [sweep(cat), [...due, review, release(v0)], ['objectSwept']],
  closeVersion: [close(v0), [...due, review, release(v0), sweep(cat)], ['versionClosed']],
  planCrash: [planCrash(1), [], ['crashPlanned']],
  crashGarbageCollection: [
    { type: 'crashGarbageCollection', afterSteps: 1 },
    [planCrash(1)],
    ['garbageCollectionCrashed'],
  ],
  forgetCrash: [{ type: 'forgetCrash' }, [planCrash(1)], ['crashForgotten']],
};

describe('every kind of command is decided by its chapter', () => {
  test.each(
    Object.values(ONE_OF_EACH).map(([command, ...rest]) => [command.type, command, ...rest] as const),
  )('%s', (_type, command, history, types) => {
    given(...history)
      .when(command)
      .thenTypes(types);
  });
});

describe('a decision', () => {
  test('is plain data: commands and events survive being written as JSON', () => {
    for (const [command, history] of Object.values(ONE_OF_EACH)) {
      const { events } = given(...history).when(command);
      expect(JSON.parse(JSON.stringify(command))).toEqual(command);
      expect(JSON.parse(JSON.stringify(events))).toEqual(events);
    }
  });

  test('that is a refusal is a value, not an exception, and says code, rule, sentence, blockers and the way out', () => {
    const { refusal } = given(animals).when(remove('animals:v0'));
    expect(Object.keys(refusal).sort()).toEqual(['blockers', 'code', 'instead', 'rule', 'sentence']);
    expect(JSON.parse(JSON.stringify(refusal))).toEqual(refusal);
  });
});
