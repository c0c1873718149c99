import { describe, expect, test } from 'vitest';
import type { Command, CommandType } from '../../src/decider/command.ts';
import { forbidden } from '../../src/decider/decide.ts';
import type { RuleId } from '../../src/rules/rules.ts';
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
  removeById,
  removeCollection,
  removeProject,
  removeRun,
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
import { givenAmong } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';
import { peopleOf } from '../support/stores/people.ts';

/** The admin, member and viewer of the team; those of the registry, who have no role in the team; and a stranger. */
const PEOPLE = ['ann', 'bob', 'vera', 'rob', 'mel', 'vic', 'stranger'] as const;
type Person = (typeof PEOPLE)[number];

const among = givenAmong(
  peopleOf({
    team: { ann: 'admin', bob: 'member', vera: 'viewer' },
    registries: { models: { rob: 'admin', mel: 'member', vic: 'viewer' } },
  }),
);
const history = [
  log('animals', { cat: '2MB' }, { run: 'run-of-bob', by: 'bob' }),
  log('animals', { dog: '1MB' }, { run: 'run-of-ann', by: 'ann' }),
  log('animals', { rat: '3MB' }, { run: 'run-of-nobody' }),
  begin('animals', { owl: '4MB' }),
  link('animals:v0', 'models/prod'),
] as const;
const { store } = among(...history);
const [v0, v3] = [versionId('animals:v0'), versionId('animals:v3')];

type Need = 'a member' | 'an admin' | 'nobody';
interface Row {
  /** The command where the team's own roles count, and who may ask for it. */
  readonly inTeam: readonly [Need, ...Command[]];
  /** The same where a registry's roles count, if it can be asked for there. */
  readonly inRegistry?: readonly [Need, ...Command[]];
}

// Every kind of command; the type says that none is missing.
const TABLE: Readonly<Record<CommandType, Row>> = {
  logVersion: { inTeam: ['a member', log('animals')], inRegistry: ['a member', log('models/prod')] },
  beginVersion: { inTeam: ['a member', begin('animals')], inRegistry: ['a member', begin('models/prod')] },
  // A version is born in the sequence of its base, though the base be named by a link in a registry.
  logDraft: { inTeam: ['a member', draft('animals:v0'), draft('models/prod:v0'), draft('ghosts:v0')] },
  addFiles: { inTeam: ['a member', addFiles(v3, { owl: '1MB' })] },
  commitVersion: { inTeam: ['a member', commit(v3)] },
  abandonVersion: { inTeam: ['a member', abandon(v3)] },
  abandonStaleUploads: { inTeam: ['nobody', { type: 'abandonStaleUploads' }] },
  editAliases: {
    inTeam: ['a member', alias('animals:v0', { add: ['a'] })],
    inRegistry: ['a member', alias('models/prod:v0', { add: ['a'] })],
  },
  // A link has none of its own: what changes is its source.
  setFacts: { inTeam: ['a member', describeVersion('animals:v0'), describeVersion('models/prod:v0')] },
  describeCollection: {
    inTeam: ['a member', describeCollection('animals')],
    inRegistry: ['a member', describeCollection('models/prod')],
  },
  renameCollection: {
    inTeam: ['a member', rename('animals', 'beasts')],
    inRegistry: ['a member', rename('models/prod', 'live')],
  },
  changeCollectionType: {
    inTeam: ['a member', changeType('animals', 'model')],
    inRegistry: ['a member', changeType('models/prod', 'model')],
  },
  linkVersion: {
    inTeam: ['a member', link('animals:v0', 'prod')],
    inRegistry: ['a member', link('animals:v0', 'models/prod')],
  },
  unlinkVersion: {
    inTeam: ['a member', unlink('prod:v0')],
    inRegistry: ['a member', unlink('models/prod:v0')],
  },
  useVersion: { inTeam: ['a member', use('animals:v0', 'run-9'), use('models/prod:v0', 'run-9')] },
  startRun: { inTeam: ['a member', start('run-9')] },
  // Everybody who may start runs may say more of any.
  setRunFacts: { inTeam: ['a member', describeRun('run-of-bob', { notes: 'mine' })] },
  finishRun: { inTeam: ['a member', finish('run-of-bob')] },
  deleteVersion: {
    inTeam: ['a member', remove('animals:v0'), removeById(v0)],
    inRegistry: ['a member', remove('models/prod:v0')],
  },
  deleteMatching: {
    inTeam: ['a member', removeAll('animals')],
    inRegistry: ['a member', removeAll('models/prod')],
  },
  deleteCollection: {
    inTeam: ['a member', removeCollection('animals')],
    inRegistry: ['a member', removeCollection('models/prod')],
  },
  deleteRun: { inTeam: ['a member', removeRun('run-of-bob'), removeRun('run-of-bob', { artifacts: true })] },
  deleteProject: {
    inTeam: ['an admin', removeProject('demo')],
    inRegistry: ['an admin', removeProject('models')],
  },
  restoreVersion: { inTeam: ['a member', restore('animals:v0')] },
  recoverVersion: { inTeam: ['an admin', recover('animals:v0'), recover('models/prod:v0')] },
  setTtl: {
    inTeam: ['a member', setTtl('animals:v0', '1d')],
    inRegistry: ['a member', setTtl('models/prod:v0', '1d')],
  },
  setTeamTtl: { inTeam: ['an admin', setTeamTtl('1d')] },
  expireVersions: { inTeam: ['nobody', { type: 'expireVersions' }] },
  changeSettings: { inTeam: ['an admin', server({ sharing: 'entity' })] },
  planBucketFaults: { inTeam: ['an admin', { type: 'planBucketFaults', faults: [] }] },
  moveClock: { inTeam: ['nobody', clock('1d')] },
  deleteOutOfBand: { inTeam: ['an admin', bucketDelete('animals:v0/cat')] },
  undeleteOutOfBand: { inTeam: ['an admin', bucketUndelete('animals:v0/cat')] },
  dropCopies: { inTeam: ['nobody', { type: 'dropCopies' }] },
  reviewVersions: { inTeam: ['nobody', review] },
  releaseHolds: { inTeam: ['nobody', release(v0)] },
  sweepObject: { inTeam: ['nobody', sweep(objectId('animals', 'cat'))] },
  closeVersion: { inTeam: ['nobody', close(v0)] },
  skipGarbageCollection: { inTeam: ['nobody', { type: 'skipGarbageCollection', runs: 1 }] },
  planCrash: { inTeam: ['nobody', planCrash(1)] },
  crashGarbageCollection: { inTeam: ['nobody', { type: 'crashGarbageCollection', afterSteps: 1 }] },
  forgetCrash: { inTeam: ['nobody', { type: 'forgetCrash' }] },
};

/** By which rule each is refused, or null; in the order of `PEOPLE`. */
const IN_TEAM: Readonly<Record<Need, readonly (RuleId | null)[]>> = {
  nobody: [null, null, null, null, null, null, null],
  'a member': [null, null, 'ACL-1', 'ACL-1', 'ACL-1', 'ACL-1', 'ACL-1'],
  'an admin': [null, 'ACL-3', 'ACL-1', 'ACL-1', 'ACL-1', 'ACL-1', 'ACL-1'],
};
const IN_REGISTRY: Readonly<Record<Need, readonly (RuleId | null)[]>> = {
  nobody: IN_TEAM.nobody,
  'a member': ['ACL-4', 'ACL-4', 'ACL-4', null, null, 'ACL-4', 'ACL-4'],
  'an admin': ['ACL-4', 'ACL-4', 'ACL-4', null, 'ACL-4', 'ACL-4', 'ACL-4'],
};

const asked = (command: Command, by: Person | null) => forbidden({ ...command, by }, store)?.refusal;
// A run is its beginner's: what the table says of a member holds for bob alone, who has no other rows than his own.
const rows = Object.entries(TABLE).flatMap(([type, { inTeam, inRegistry }]) => {
  const [need, ...commands] = inTeam;
  const [registryNeed = need, ...others] = inRegistry ?? [];
  return [
    ...commands.map((command) => [type, 'the team', need, command, IN_TEAM[need]] as const),
    ...others.map(
      (command) => [type, 'a registry', registryNeed, command, IN_REGISTRY[registryNeed]] as const,
    ),
  ];
});

describe('permissions (ACL-1 to ACL-4)', () => {
  test.each(rows)('%s, in %s, takes %s', (_type, _where, _need, command, rules) => {
    const refusals = PEOPLE.map((person) => asked(command, person));
    expect(refusals.map((refusal) => refusal?.rule ?? null)).toEqual(rules);
    for (const [at, refusal] of refusals.entries()) {
      if (refusal === undefined) continue;
      expect(refusal.code).toBe('forbidden');
      expect(refusal.sentence).toContain(PEOPLE[at]);
    }
  });

  test.each(rows)('%s, in %s, is allowed to whoever is not named', (_type, _where, _need, command) => {
    expect(asked(command, null)).toBeUndefined();
    expect(forbidden(command, store)).toBeUndefined();
  });
});

describe('a refusal says what the person is, and what they asked for (ACL-1 to ACL-4)', () => {
  test.each<[Person, Command, string]>([
    ['vera', log('animals'), 'is a viewer in the team and cannot change anything.'],
    ['rob', log('animals'), 'is not in the team and cannot change anything in it.'],
    ['vera', removeProject('demo'), 'is a viewer in the team and cannot change anything.'],
    ['stranger', removeProject('demo'), 'is not in the team and cannot change anything in it.'],
    ['bob', removeProject('demo'), 'is not an admin of the team and cannot delete the project demo.'],
    ['bob', setTeamTtl('1d'), 'is not an admin of the team and cannot set the default TTL of the team.'],
    ['bob', recover('animals:v0'), 'is not an admin of the team and cannot work on the bucket.'],
    ['bob', server({}), 'is not an admin of the team and cannot change the settings of the server.'],
    ['vic', log('models/prod'), 'is a viewer in the registry models and cannot change anything there.'],
    [
      'bob',
      removeProject('models'),
      'has no role in the registry models; a role in the team does not count there.',
    ],
    [
      'mel',
      removeProject('models'),
      'is not an admin of the registry models and cannot delete the project models.',
    ],
  ])('%s, asking for %o, %s', (person, command, what) => {
    expect(asked(command, person)?.sentence).toBe(`${person} ${what}`);
  });
});

describe('ending or deleting a run (ACL-2)', () => {
  test.each([
    ['run-of-bob', ['an admin', 'its owner']],
    ['run-of-ann', ['an admin']],
    ['run-of-nobody', ['an admin']],
  ])('%s goes through by %j', (run, may) => {
    for (const command of [removeRun(run), finish(run)]) {
      expect(asked(command, 'ann')).toBeUndefined();
      const refusal = asked(command, 'bob');
      if (may.includes('its owner')) expect(refusal).toBeUndefined();
      else expect(refusal).toMatchObject({ code: 'forbidden', rule: 'ACL-2' });
      expect(asked(command, null)).toBeUndefined();
    }
  });

  test('says whose it is', () => {
    expect(asked(removeRun('run-of-ann'), 'bob')?.sentence).toMatch(/run-of-ann belongs to ann\.$/);
    expect(asked(removeRun('run-of-nobody'), 'bob')?.sentence).toMatch(/belongs to an admin\.$/);
  });

  test('that was deleted, or never was, is not refused by whose it is: it is not found', () => {
    among(...history, removeRun('run-of-ann'))
      .when({ ...removeRun('run-of-ann'), by: 'bob' })
      .thenRefused('not-found');
    among()
      .when({ ...removeRun('run-9'), by: 'bob' })
      .thenRefused('not-found');
  });

  test('that was deleted cannot be started again, by anybody, so that it stays deleted (RUN-2)', () => {
    const gone = among(...history, removeRun('run-of-bob'));
    for (const by of ['bob', 'ann']) {
      gone.when(use('animals:v0', 'run-of-bob', by)).thenRefused('run-deleted');
      gone.when({ ...removeRun('run-of-bob'), by }).thenRefused('not-found');
    }
  });

  test('is up to the person who used it first, even after another person uses it', () => {
    const shared = among(...history, use('animals:v1', 'run-of-bob', 'ann'));
    expect(shared.when({ ...removeRun('run-of-bob'), by: 'bob' }).accepted).toBe(true);
  });
});
