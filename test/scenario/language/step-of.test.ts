import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/decider/command.ts';
import { NO_FOLDERS } from '../../../src/scenario/language/scenario.ts';
import { parseStepLine } from '../../../src/scenario/language/step-line.ts';
import { stepLine, stepOf } from '../../../src/scenario/language/step-of.ts';
import { commandsOf } from '../../../src/scenario/play/commands-of.ts';
import { isCommand } from '../../../src/simulator/action.ts';
import { withExtra } from '../../../src/store/manifest.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import type { VersionId } from '../../../src/values/names.ts';
import { emptySortedTable } from '../../../src/values/sorted-table.ts';
import { histories } from '../../support/arbitraries/histories.ts';
import { History } from '../../support/histories/history.ts';
import { playHistory } from '../../support/histories/play-history.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import {
  alias,
  changeType,
  describeCollection,
  describeRun,
  file,
  finish,
  log,
  reference,
  remove,
  rename,
  start,
} from '../../support/stores/builders.ts';
import { canonical } from '../../support/stores/canonical-summary.ts';
import { json } from '../../support/stores/json.ts';

describe('a command as a step', { timeout: PATIENCE_MS }, () => {
  test('is read back as the same command, whatever its names are', () => {
    fc.assert(
      fc.property(histories(30), ({ head, steps }) => {
        const history = new History(
          head,
          steps.filter((step) => !('command' in step)),
        );
        for (const { call: command, outcome } of playHistory(history)) {
          if (!isCommand(command)) continue;
          // A name that only a refused command has may be none that a scenario says.
          if (!outcome.ok && outcome.refusal.code === 'bad-name') continue;
          const ids = idsIn(command);
          const step = stepOf(command, ids);
          if (step === null) continue;
          const line = stepLine(step);
          expect(line).not.toMatch(/[\n\r]/);
          const read = parseStepLine(line, 1);
          expect(read, line).toMatchObject({ ok: true });
          if (read.ok)
            expect(plain(commandIn(read.placed.step, ids, command.type)), line).toBe(plain(command));
        }
      }),
      runs(150),
    );
  });

  test.each([
    [alias('animals:v0', { remove: ['1.0'] }), 'alias: animals:v0, remove: ["1.0"]'],
    [alias('animals:v0', { remove: ['EU, west'] }), 'alias: animals:v0, remove: ["EU, west"]'],
    [remove('Q1, 2025/m:v0'), 'delete: "Q1, 2025/m:v0"'],
    [remove('@scope/m:v0'), 'delete: "@scope/m:v0"'],
    [remove('animals:v0', { deleteAliases: true }), 'delete: animals:v0, deleteAliases: true'],
    [log('animals', { cat: '2MB' }), 'log: animals, files: { cat: 2MB }'],
    [
      log('animals', [
        withExtra(file('cat', '2MB'), json({ etag: 'yes' })),
        withExtra(reference('dog', 's3://dogs/1'), json(new Map([['__proto__', { 1: null }]]))),
        withExtra(file('rat', '1B', 'march'), json({ a: 1 })),
      ]),
      `log: animals, files: { cat: { size: 2MB, extra: { etag: "yes" } }, dog: { ref: s3://dogs/1, extra: { __proto__: { "1": null } } }, rat: { size: 1B, md5: "${digestOfName('march')}", extra: { a: 1 } } }`,
    ],
    [start('train'), 'start run: train'],
    [
      start('lab/train', {
        displayName: '',
        tags: ['yes'],
        config: json(new Map([['__proto__', [1, null]]])),
      }),
      'start run: lab/train, name: "", tags: ["yes"], config: { __proto__: [1, null] }',
    ],
    [
      describeCollection('animals', { description: '', tags: ['EU, west', 'yes'] }),
      'describe collection: animals, description: "", tags: ["EU, west", "yes"]',
    ],
    [rename('lab/animals', '2026'), 'rename collection: lab/animals, to: "2026"'],
    [changeType('animals', ''), 'collection type: animals, is: ""'],
    [describeRun('train', { group: null, notes: 'a: b' }), 'describe run: train, group: null, notes: "a: b"'],
    [finish('train', 'failed'), 'finish run: train, state: failed'],
  ] as const)('%j is quoted so that it can be pasted', (command, line) => {
    const step = stepOf(command);
    expect(step && stepLine(step)).toBe(line);
  });

  test('is null if the version has no id', () => {
    expect(stepOf({ type: 'commitVersion', versionId: 'x' as VersionId })).toBeNull();
  });
});

function idsIn(command: Command): ReadonlyMap<VersionId, string> {
  if (command.type === 'deleteVersion' && command.target.by === 'id') {
    return new Map([[command.target.versionId, 'the id']]);
  }
  return 'versionId' in command ? new Map([[command.versionId, 'the id']]) : new Map();
}

function commandIn(
  step: Parameters<typeof commandsOf>[0] | unknown,
  ids: ReadonlyMap<VersionId, string>,
  type: Command['type'],
): Command | undefined {
  const names = [...ids].reduce(
    (all, [versionId, id]) => all.insert(id, versionId),
    emptySortedTable<string, VersionId>(),
  );
  return commandsOf(step as Parameters<typeof commandsOf>[0], emptyStore(), names, NO_FOLDERS)?.find(
    (read) => read.type === type,
  );
}

// Of two entries of one path the later one counts, a person who is not named is an admin, and nobody makes a crash.
function plain(command: Command | undefined): string {
  if (command === undefined) return 'nothing';
  const by = command.type === 'planCrash' ? null : (command.by ?? null);
  if (command.type !== 'logDraft') return canonical({ ...command, by });
  const add = [...new Map(command.add.map((entry) => [entry.path, entry])).values()];
  return canonical({ ...command, add, by });
}
