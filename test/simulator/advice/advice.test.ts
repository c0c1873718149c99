import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RefusalSituation } from '../../../src/rules/refusals.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { isDoing } from '../../../src/scenario/language/schema-steps.ts';
import { parseStepLine } from '../../../src/scenario/language/step-line.ts';
import { actionLine } from '../../../src/scenario/language/step-of.ts';
import { actionsOf } from '../../../src/scenario/play/perform.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { adviceFor } from '../../../src/simulator/advice/advice.ts';
import { playAction } from '../../../src/simulator/play-action.ts';
import type { Store } from '../../../src/store/store.ts';
import type { VersionId } from '../../../src/values/names.ts';
import { emptySortedTable } from '../../../src/values/sorted-table.ts';
import { PEOPLE, SITUATIONS } from '../../rules/situations.ts';
import { histories } from '../../support/arbitraries/histories.ts';
import { playHistory } from '../../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { clock, link, log, remove, removeAll, server, setTtl } from '../../support/stores/builders.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';
import { peopleOf } from '../../support/stores/people.ts';

const UPLOAD: ReadonlyMap<VersionId, string> = new Map([[versionId('animals:v0'), 'up']]);
const AGAIN = 'log: animals, files: { cat: 2MB, dog: 1MB }';
const UNPROTECT = 'alias: models/prod:v0, remove: [live]';
const LONG = 'x'.repeat(128);

/** The advice in each case of a situation, as a scenario writes it; none in the situations that are not listed. */
const ADVICE: Partial<Readonly<Record<RefusalSituation, readonly (readonly string[])[]>>> = {
  typeMismatch: [['log: animals, type: dataset'], ['link: net:v0, to: another-name']],
  collectionNameTaken: [['rename collection: animals, to: net-2']],
  notASequence: [['log: another-name', 'link: another-name:v0, to: prod']],
  notAPortfolio: [['link: animals:v0, to: another-name'], ['link: animals:v0, to: another-name']],
  notCommitted: [[], ['abandon: up']],
  referredTo: [
    ['delete: index:v0, deleteAliases: true', 'delete: animals:v0, deleteAliases: true'],
    ['delete: index:v0, deleteAliases: true', 'delete collection: animals'],
  ],
  hasAliases: [
    ['delete: animals:v0, deleteAliases: true'],
    [`delete: ${LONG}:v0, deleteAliases: true`],
    ['delete: wild/zoo/animals:latest, deleteAliases: true'],
  ],
  notALink: [['delete: animals:v0, deleteAliases: true'], ['delete: animals:v0']],
  notRestorable: [['recover: animals:v0'], [AGAIN]],
  neverCommitted: [['log: animals'], ['log: animals']],
  objectsMissing: [[AGAIN]],
  objectsLost: [[], [AGAIN]],
  stillUploading: [['commit: up'], ['commit: up']],
  registryTakesLinks: [
    ['log: another-name', 'link: another-name:v0, to: models/prod'],
    ['begin: another-name'],
  ],
  aliasProtected: [
    [UNPROTECT],
    ['alias: models/prod:v0, protect: [best]'],
    ['link: animals:v1, to: models/prod, aliases: [live]'],
  ],
  protectedAlias: [
    [UNPROTECT, 'delete: animals:v0, deleteAliases: true'],
    [UNPROTECT, 'delete collection: animals'],
    [UNPROTECT, 'delete project: demo'],
  ],
  protectedLink: [['unlink: models/prod:v0'], ['delete collection: models/prod']],
  badTtl: [['ttl: animals:v0, is: 30d'], ['log: animals, ttl: 30d']],
  badTeamTtl: [['team ttl: 30d']],
  ttlOfGenerated: [['log: jobs, type: job']],
  ttlOnLink: [['ttl: animals:v0, is: 1d'], []],
  teamViewer: [['log: animals']],
  noTeamRole: [['log: animals']],
  notOwnRun: [['delete run: run-1']],
  onlyTeamAdmin: [['team ttl: 1d'], ['delete project: demo']],
  onlyRegistryAdmin: [['delete project: models']],
  noRegistryRole: [['link: animals:v0, to: models/prod']],
  registryViewer: [['link: animals:v0, to: models/prod']],
  noVersioning: [
    ['server: { bucket: { versioning: true, provider: aws } }'],
    ['server: { bucket: { provider: aws, versioning: true } }'],
  ],
  noSoftDelete: [
    ['server: { bucket: { softDelete: true, provider: gcp } }'],
    ['server: { bucket: { provider: gcp, softDelete: true } }'],
  ],
  softDeleteDaysOnGcp: [
    ['server: { bucket: { provider: gcp, softDeleteDays: 7 } }'],
    ['server: { bucket: { softDeleteDays: 91, softDelete: false } }'],
  ],
  noManagedBucket: [
    ['server: { deployment: self-managed, bucket: { provider: aws } }'],
    ['server: { deployment: bring-your-own-bucket, bucket: { provider: aws } }'],
  ],
};
const WITHOUT_STEP: readonly string[] = ['gcNotEnabled', 'versioningOff', 'softDeleteOff'];
const CASES = Object.entries(SITUATIONS).flatMap(([situation, cases]) =>
  WITHOUT_STEP.includes(situation)
    ? []
    : cases.map(
        ([command, history], at) =>
          [situation, command, history, ADVICE[situation as RefusalSituation]?.[at] ?? []] as const,
      ),
);

describe('the advice on a refusal', { timeout: PATIENCE_MS }, () => {
  test.each(CASES)('in the situation %s', (_situation, command, history, lines) => {
    expect(adviceOn(givenAmong(PEOPLE)(...history).store, command)).toEqual(lines);
  });

  test('goes through as it is written, whatever the names are', () => {
    fc.assert(
      fc.property(histories(40), (history) => {
        for (const { call, outcome, before } of playHistory(history)) {
          if (outcome.ok) continue;
          const ids = idsOf(before);
          const actions = adviceFor(call, outcome.refusal, before);
          const end = actions.reduce((store, action) => {
            const line = actionLine(action, ids);
            return line === null ? playAction(store, action).store : playedAsWritten(store, line);
          }, before);
          if (actions.length > 0) expect(end).not.toBe(before);
        }
      }),
      runs(150),
    );
  });
});

describe('for a garbage collection run, it is every setting that is missing, and the run again,', () => {
  test.each([
    [
      { deployment: 'self-managed', bucket: { provider: 'aws' } },
      [
        'server: { env: { GORILLA_ARTIFACT_GC_ENABLED: "true" } }',
        'server: { bucket: { versioning: true } }',
      ],
    ],
    [
      { deployment: 'bring-your-own-bucket', bucket: { provider: 'azure' } },
      ['server: { bucket: { softDelete: true } }'],
    ],
  ] as const)('on %j', (changes, settings) => {
    const due = given(
      log('animals', { cat: '2MB' }),
      remove('animals:v0', { deleteAliases: true }),
      clock('7d'),
    );
    const { store } = due.when(server(changes));
    expect(adviceOn(store, { type: 'collectGarbage' })).toEqual([...settings, 'collect: now']);
  });
});

describe('advice', () => {
  const team = peopleOf({ team: { ann: 'admin', bob: 'member' }, registries: { models: { mel: 'admin' } } });

  test('names a person who is permitted, of the registry where it takes one', () => {
    const there = givenAmong(team)(log('animals'));
    expect(
      adviceOn(there.store, {
        type: 'setTeamTtl',
        ttl: { kind: 'none' },
        membersMaySetTtl: false,
        by: 'bob',
      }),
    ).toEqual(['team ttl: none, membersMaySetTtl: false, as: ann']);
    expect(adviceOn(there.store, link('animals:v0', 'models/prod', [], 'bob'))).toEqual([
      'link: animals:v0, to: models/prod, as: mel',
    ]);
  });

  test('takes a name that nothing has', () => {
    const there = given(
      log('animals'),
      log('net', {}, { type: 'model' }),
      link('animals:v0', 'another-name'),
    );
    expect(adviceOn(there.store, link('net:v0', 'another-name'))).toEqual([
      'link: net:v0, to: another-name-2',
    ]);
  });

  test('restores what a command needs, but not in order to delete it', () => {
    const { store } = given(log('animals', { cat: '2MB' }), remove('animals:v0', { deleteAliases: true }));
    expect(adviceOn(store, setTtl('animals:v0', '30d'))).toEqual([
      'restore: animals:v0',
      'ttl: animals:v0, is: 30d',
    ]);
    expect(adviceOn(store, remove('animals:v0'))).toEqual([]);
  });

  test('is empty if the same command would be refused for another reason', () => {
    const { store } = given(log('animals'));
    expect(adviceOn(store, log('animals', { 'half a \ud83d': '1MB' }, { type: 'model' }))).toEqual([]);
  });

  test('is empty for a bulk deletion that would refuse each of its versions', () => {
    const store = givenAmong(team)(log('animals')).store;
    expect(adviceOn(store, { ...removeAll('animals', {}), by: 'eve' })).toEqual([]);
  });
});

function adviceOn(store: Store, action: Action): readonly (string | null)[] {
  const { decision } = playAction(store, action);
  if (decision.ok) throw new Error(`${action.type} was accepted`);
  return adviceFor(action, decision.refusal, store).map((one) => actionLine(one, UPLOAD));
}

function idsOf(store: Store): ReadonlyMap<VersionId, string> {
  return new Map([...store.versions.unorderedRows()].map(({ id }, at) => [id, `id-${at}`]));
}

function playedAsWritten(store: Store, line: string): Store {
  const read = parseStepLine(line, 1);
  expect(read, line).toMatchObject({ ok: true });
  if (!read.ok || !('step' in read.placed)) throw new Error(line);
  const { step } = read.placed;
  if (!isDoing(step)) throw new Error(line);
  const names = [...idsOf(store)].reduce(
    (table, [versionId, id]) => table.insert(id, versionId),
    emptySortedTable<string, VersionId>(),
  );
  return (actionsOf(step, store, names, NO_FOLDERS) ?? []).reduce((current, action) => {
    const played = playAction(current, action);
    expect(played.decision, line).toMatchObject({ ok: true });
    return played.store;
  }, store);
}
