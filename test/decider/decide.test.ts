import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import type { StoreEventType } from '../../src/decider/event.ts';
import {
  abandon,
  addFiles,
  alias,
  begin,
  bucketDelete,
  bucketUndelete,
  changeType,
  clock,
  close,
  commit,
  describeCollection,
  describeRun,
  describeVersion,
  draft,
  finish,
  link,
  log,
  planCrash,
  recover,
  release,
  remove,
  removeAll,
  removeCollection,
  removeProject,
  removeRun,
  removeWithAliases,
  rename,
  restore,
  review,
  server,
  setTeamTtl,
  setTtl,
  start,
  sweep,
  unlink,
  use,
} from '../support/stores/builders.ts';
import { collected, given, givenAmong, type History } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';
import { peopleOf } from '../support/stores/people.ts';

const animals = log('animals', { cat: '2MB' });
const uploading = begin('animals', { cat: '2MB' });
const linked = [animals, link('animals:v0', 'models/prod')];
const v0 = versionId('animals:v0');
const cat = objectId('animals', 'cat');
const keeping = server({ bucket: { provider: 'aws', versioning: true } });
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
  addFiles: [addFiles(v0, { dog: '1MB' }), [uploading], ['filesAdded']],
  commitVersion: [commit(v0), [uploading], ['versionCommitted', 'aliasPut']],
  abandonVersion: [abandon(v0), [uploading], ['versionAbandoned']],
  editAliases: [
    alias('animals:v0', { add: ['a'], remove: ['latest'] }),
    [animals],
    ['aliasPut', 'aliasRemoved'],
  ],
  setFacts: [describeVersion('animals:v0'), [animals], ['factsSet']],
  describeCollection: [describeCollection('animals'), [animals], ['collectionDescribed']],
  renameCollection: [rename('animals', 'beasts'), [animals], ['collectionRenamed']],
  changeCollectionType: [changeType('animals', 'model'), [animals], ['collectionTypeChanged']],
  linkVersion: [
    link('animals:v0', 'models/prod'),
    [animals],
    ['collectionCreated', 'versionLinked', 'ttlSet', 'aliasPut'],
  ],
  unlinkVersion: [unlink('models/prod:v0'), linked, ['linkRemoved']],
  useVersion: [use('animals:v0', 'run-1'), [animals], ['lineageRecorded']],
  startRun: [start('run-1'), [], ['runStarted']],
  finishRun: [finish('run-1'), [start('run-1')], ['runFinished']],
  setRunFacts: [describeRun('run-1', { group: 'night' }), [start('run-1')], ['runFactsSet']],
  deleteVersion: [removeWithAliases('animals:v0'), linked, ['linkRemoved', 'versionDeleted']],
  deleteCollection: [removeCollection('animals'), [animals], ['versionDeleted', 'collectionDeleted']],
  deleteMatching: [removeAll('animals'), [animals, log('animals')], ['versionDeleted', 'deletionRefused']],
  deleteRun: [
    removeRun('run-1', { artifacts: true }),
    [log('animals', {}, { run: 'run-1' })],
    ['versionDeleted', 'runDeleted'],
  ],
  deleteProject: [removeProject('demo'), [animals], ['versionDeleted', 'collectionDeleted']],
  abandonStaleUploads: [{ type: 'abandonStaleUploads' }, [uploading, clock('7d')], ['versionAbandoned']],
  restoreVersion: [restore('animals:v0'), [animals, removeWithAliases('animals:v0')], ['versionRestored']],
  recoverVersion: [recover('animals:v0'), [keeping, ...due, collected], ['versionRecovered']],
  setTtl: [setTtl('animals:v0', '1d'), [animals], ['ttlSet']],
  setTeamTtl: [setTeamTtl('1d'), [], ['teamTtlSet']],
  expireVersions: [
    { type: 'expireVersions' },
    [...linked, setTtl('animals:v0', '1d'), clock('1d')],
    ['linkRemoved', 'versionExpired'],
  ],
  planBucketFaults: [
    { type: 'planBucketFaults', faults: [{ call: 'put', fault: 'fails', times: 1 }] },
    [],
    ['bucketFaultsPlanned'],
  ],
  deleteOutOfBand: [bucketDelete('animals:v0/cat'), [animals], ['deletedOutOfBand']],
  undeleteOutOfBand: [
    bucketUndelete('animals:v0/cat'),
    [keeping, animals, bucketDelete('animals:v0/cat')],
    ['undeletedOutOfBand'],
  ],
  dropCopies: [
    { type: 'dropCopies' },
    [keeping, animals, bucketDelete('animals:v0/cat'), clock('30d')],
    ['copiesDropped'],
  ],
  skipGarbageCollection: [
    { type: 'skipGarbageCollection', runs: 1 },
    [server({ deployment: 'self-managed', bucket: { provider: 'aws' } })],
    ['garbageCollectionSkipped'],
  ],
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

describe('a command of a person', () => {
  const among = givenAmong(peopleOf({ team: { bob: 'member', vera: 'viewer' } }));

  test('is refused without permission before the store is read, so that it reveals nothing', () => {
    among()
      .when({ ...remove('ghost:v0'), by: 'vera' })
      .thenRefused('forbidden', { rule: 'ACL-1' });
    among()
      .when({ ...remove('ghost:v0'), by: 'bob' })
      .thenRefused('not-found');
  });

  test('has the same effect as without a person, if they have permission', () => {
    const bare = among(animals).when(removeWithAliases('animals:v0')).events;
    among(animals)
      .when({ ...removeWithAliases('animals:v0'), by: 'bob' })
      .then(...bare);
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
    expect(Object.keys(refusal).sort()).toEqual(['blockers', 'code', 'rule', 'sentence']);
    expect(JSON.parse(JSON.stringify(refusal))).toEqual(refusal);
  });
});
