import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MANAGED_BUCKET } from '../../src/bucket/policy.ts';
import type { StoreEvent } from '../../src/decider/event.ts';
import { parseScenario } from '../../src/scenario/language/parse.ts';
import { play } from '../../src/scenario/play/play.ts';
import { DEFAULT_SETTINGS } from '../../src/store/settings.ts';
import { INHERITED, parseTtl } from '../../src/store/time-to-live.ts';
import { type Seconds, seconds } from '../../src/values/units.ts';
import { tellableHistories } from './arbitraries.ts';
import { fileOf } from './arbitrary-parts.ts';
import { canonical, differences, summaryOf } from './canonical-summary.ts';
import { type Action, History, PLAIN_BEGINNING, type Step, type VersionPick } from './history.ts';
import { collectionNamed, projectNamed, runNamed } from './names.ts';
import { peopleOf } from './people.ts';
import { playHistory, simulatorFor } from './play-history.ts';
import { PATIENCE_MS, runs } from './property-runs.ts';
import { tellHistory } from './tell-history.ts';

const log: Action = {
  kind: 'log',
  committed: true,
  collection: collectionNamed('animals'),
  artifactType: null,
  entries: [fileOf('cat.jpg', 'cat', 2_000_000), fileOf('__proto__', 'dog', 1_000_000)],
  again: null,
  details: { aliases: ['best', '{"'], tags: [], run: null, ttl: INHERITED },
};
const version: VersionPick = { among: 'committed', at: 7, via: 0 };
const deletion: Action = { kind: 'delete', version, byId: true, deleteAliases: false };

function by(person: string | null, ...actions: readonly Action[]): readonly Step[] {
  return actions.map((action) => ({ ...action, by: person }));
}

describe('A counterexample', { timeout: PATIENCE_MS }, () => {
  test('is told as a scenario, each step on one line, what was refused with its code', () => {
    const story = new History(
      PLAIN_BEGINNING,
      by(
        null,
        log,
        deletion,
        { kind: 'wait', duration: seconds(90_000), withJobs: false },
        { kind: 'collect', whenDue: false, crashes: [2], meanwhile: null },
        { kind: 'unlink', at: 3 },
      ),
    );
    expect(tellHistory(story).split('\n').slice(2)).toEqual([
      'steps:',
      '  - { log: animals, files: { "__proto__": 1MB of dog, cat.jpg: 2MB of cat }, aliases: [best, "{\\""], id: s1 }',
      '  - { delete: s1, refused: has-aliases }',
      '  # the clock moves by 25h, without its jobs',
      '  - { crash: after 2 }',
      '  - { collect: now }',
      '  - { unlink: animals:v0, refused: not-a-link }',
      '',
    ]);
  });

  test('says who took each step, and where it began: on which server, among whom, with which faults', () => {
    const beginning = {
      settings: {
        ...DEFAULT_SETTINGS,
        deployment: 'self-managed',
        env: [{ name: 'A B', value: 'true' }],
        bucket: { ...MANAGED_BUCKET, provider: 'azure', softDelete: true },
      },
      people: peopleOf({
        team: [
          ['bob', 'viewer'],
          ['__proto__', 'member'],
        ],
        registries: { models: { rita: 'admin' } },
        ttlDefaultSeconds: seconds(3_600),
        membersMaySetTtl: false,
      }),
      bucketFaults: [{ call: 'put', fault: 'answers late', times: 2 }],
    } as const;
    const deleted: VersionPick = { ...version, among: 'deleted' };
    const project = projectNamed('rival/demo');
    const story = new History(beginning, [
      ...by('bob', deletion, log),
      ...by('__proto__', log, { ...deletion, deleteAliases: true }),
      ...by('rita', { kind: 'restore', version: deleted }),
      ...by(
        null,
        { kind: 'recover', version: deleted },
        { kind: 'ttl', version, ttl: parseTtl('5') },
        { kind: 'team ttl', ttl: parseTtl('none'), membersMaySetTtl: true },
        { kind: 'bucket delete', version, file: 1 },
        { kind: 'delete run', run: { name: runNamed('train-1') }, artifacts: true, byOwner: false },
        { kind: 'delete project', project },
        { kind: 'plan bucket faults', faults: [{ call: 'delete', fault: 'fails', times: 1 }] },
        { kind: 'change switches', changes: { bucket: { softDeleteDays: 3 } } },
      ),
      ...by('zoe', { kind: 'delete project', project }),
    ]);
    expect(tellHistory(story).split('\n')).toEqual([
      '',
      'server: { deployment: self-managed, env: { "A B": "true" }, bucket: { provider: azure, versioning: false, noncurrentCopies: 1, noncurrentDays: 30, softDelete: true, softDeleteDays: 7 }, retention: 7d, gcEvery: 6h, abandonAfter: 7d, sharing: collection, latestAfterDelete: absent, collector: reference-counting, bucket faults: [{ call: put, fault: answers late, times: 2 }] }',
      'team: { members: { "__proto__": member, bob: viewer }, ttlDefault: 1h, membersMaySetTtl: false }',
      'registries: { models: { rita: admin } }',
      'steps:',
      '  - { log: animals, files: { "__proto__": 1MB of dog, cat.jpg: 2MB of cat }, aliases: [best, "{\\""], id: s1, as: bob, refused: forbidden }',
      '  - { log: animals, files: { "__proto__": 1MB of dog, cat.jpg: 2MB of cat }, aliases: [best, "{\\""], id: s2, as: "__proto__" }',
      '  - { delete: s2, deleteAliases: true, as: "__proto__" }',
      '  - { restore: animals:v0, as: rita, refused: forbidden }',
      '  - { recover: animals:v0 }',
      '  - { ttl: animals:v0, is: "5", refused: bad-ttl }',
      '  - { team ttl: none, membersMaySetTtl: true }',
      '  - { bucket delete: animals:v0/cat.jpg }',
      '  - { delete run: train-1, artifacts: true, refused: not-found }',
      '  - { delete project: rival/demo, refused: not-found }',
      '  - { server: { bucket faults: [{ call: delete, fault: fails }] } }',
      '  - { server: { bucket: { softDeleteDays: 3 } } }',
      '  # by somebody unheard of: { delete project: rival/demo, as: zoe, refused: forbidden }',
      '',
    ]);
  });

  test('says what a step threw, and after which steps', () => {
    const noTime = Number.NaN as Seconds;
    const broken = new History(
      PLAIN_BEGINNING,
      by(null, log, { kind: 'wait', duration: noTime, withJobs: true }),
    );
    expect(tellHistory(broken)).toMatch(/log: animals.*\n {2}# and the next step throws: .*NaN\n$/);
  });

  test('can be pasted into a file, as long as it needs no comment, and there the very same happens', () => {
    let [pasted, commented] = [0, 0];
    const property = fc.property(tellableHistories(14), (history) => {
      const described = tellHistory(history);
      if (/^ {2}#|…/m.test(described)) {
        commented += 1;
        return;
      }
      const parsed = parseScenario('told.yaml', `title: As it was told\n${described}`);
      if (!parsed.ok) {
        // Of a content that claims two sizes no scenario can tell; nothing else may be in the way.
        for (const { message } of parsed.diagnostics) expect(message).toMatch(UNSAYABLE);
        commented += 1;
        return;
      }
      pasted += 1;
      const simulator = simulatorFor(history);
      const events = [...playHistory(history, simulator)].flatMap(({ outcome }) =>
        outcome.ok ? outcome.events : [],
      );
      const replayed: StoreEvent[] = [];
      const { failures, final } = play(parsed.scenario, undefined, (frame) => {
        replayed.push(...frame.events);
      });
      expect(failures).toEqual([]);
      expect(replayed.map(canonical)).toEqual(events.map(canonical));
      expect(differences(final, summaryOf(simulator.store), summaryOf(final))).toEqual([]);
    });
    fc.assert(property, runs(100));
    expect(pasted).toBeGreaterThan(commented);
  });
});

const UNSAYABLE = /the size of this content|needs another name|at least one/;
