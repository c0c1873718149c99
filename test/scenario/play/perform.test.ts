import { describe, expect, test } from 'vitest';
import type { StoreEvent } from '../../../src/decider/event.ts';
import type { Decision } from '../../../src/lifecycle/decision.ts';
import { isDoing, STEP_KINDS } from '../../../src/scenario/language/schema-steps.ts';
import { Performer } from '../../../src/scenario/play/perform.ts';
import { type Action, isCommand } from '../../../src/simulator/action.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import { type FileEntry, manifestOf, withExtra } from '../../../src/store/manifest.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import { EMPTY_OBJECT } from '../../../src/values/json.ts';
import {
  addFiles,
  alias,
  begin,
  bucketDelete,
  bucketUndelete,
  bytesOf,
  changeType,
  describeCollection,
  describeRun,
  describeVersion,
  draft,
  file,
  finish,
  link,
  log,
  planCrash,
  recover,
  reference,
  remove,
  removeAll,
  removeCollection,
  removeProject,
  removeRun,
  rename,
  restore,
  server,
  setTeamTtl,
  setTtl,
  start,
  time,
  unlink,
  use,
} from '../../support/stores/builders.ts';
import { json } from '../../support/stores/json.ts';
import { versionId } from '../../support/stores/names.ts';
import { storyIn, storyWith } from '../../support/stores/story.ts';

/** A simulator that records the actions that it is asked to play, and plays only commands. */
class Recorder extends Simulator {
  readonly asked: Action[] = [];

  override apply(action: Action): Decision<StoreEvent> {
    this.asked.push(action);
    return isCommand(action) ? super.apply(action) : { ok: true, events: [] };
  }
}

/** What the last of these steps asks of the simulator. */
function askedBy(...texts: readonly string[]): readonly Action[] {
  const { steps, settings, people } = storyIn(storyWith('team: { members: { bob: member } }', ...texts));
  const simulator = new Recorder(emptyStore(settings, people));
  const performer = new Performer(simulator, new Map([['./data', [FILE]]]));
  for (const step of steps.slice(0, -1)) if (isDoing(step)) performer.perform(step);
  simulator.asked.length = 0;
  const last = steps.at(-1);
  if (last !== undefined && isDoing(last)) performer.perform(last);
  return simulator.asked;
}

const FILE: FileEntry = { kind: 'file', path: 'sub/x', digest: digestOfName('x'), sizeBytes: bytesOf('7B') };
const UP = versionId('other:v0');

/** A step of an upload that `up` names, and what it asks for when nobody in particular takes it. */
const ROWS: readonly (readonly [step: string, asked: Action])[] = [
  ['log: animals', log('animals')],
  [
    'log: lab/animals\nfiles: { cat: 2MB }\ntype: model\naliases: [best]\ntags: [a]\nrun: train\nttl: 30d',
    log(
      'lab/animals',
      { cat: '2MB' },
      { type: 'model', aliases: ['best'], tags: ['a'], run: 'train', ttl: '30d' },
    ),
  ],
  ['log: animals\nfiles: { from: ./data }', { ...log('animals'), manifest: manifestOf([FILE]) }],
  ['log: animals\nttl: ""\nrefused: bad-ttl', log('animals', {}, { ttl: '' })],
  [
    'log: animals\nfiles: { cat: { size: 2MB, extra: { etag: x } }, kitten: { size: 2MB of cat, extra: {} } }',
    log('animals', [withExtra(file('cat', '2MB'), json({ etag: 'x' })), file('kitten', '2MB', 'cat')]),
  ],
  [
    'log: animals\nfiles: { dog: { ref: s3://dogs/1, size: 1MB, extra: { etag: x } } }',
    log('animals', [withExtra(reference('dog', 's3://dogs/1', '1MB'), json({ etag: 'x' }))]),
  ],
  ['begin: animals\nfiles: { cat: 2MB }\nttl: none', begin('animals', { cat: '2MB' }, { ttl: 'none' })],
  [
    'draft: animals:v0\nadd: { cat: 2MB }\nremove: [dog]\nrun: train\nttl: inherit',
    draft('animals:v0', { add: { cat: '2MB' }, remove: ['dog'] }, { run: 'train', ttl: 'inherit' }),
  ],
  ['upload: up\nfiles: { cat: 2MB }\nrun: train', addFiles(UP, { cat: '2MB' }, 'train')],
  ['commit: up', { type: 'commitVersion', versionId: UP }],
  ['abandon: up', { type: 'abandonVersion', versionId: UP }],
  ['use: animals:v0\nrun: train', use('animals:v0', 'train')],
  ['start run: train', start('train')],
  [
    'start run: lab/train\nname: night\ntags: [a]\nconfig: { rate: 1 }\nsummary: {}\nstate: running',
    start('lab/train', {
      displayName: 'night',
      tags: ['a'],
      config: json({ rate: 1 }),
      summary: EMPTY_OBJECT,
    }),
  ],
  [
    'describe run: train\ngroup: night\njob type: eval\nnotes: null\nprogress: { lines: 2 }\nfiles: { a.log: 1KB }',
    describeRun('train', {
      ...{ group: 'night', jobType: 'eval', notes: null, progress: json({ lines: 2 }) },
      files: [file('a.log', '1KB')].filter((entry) => entry.kind === 'file'),
    }),
  ],
  ['finish run: train', finish('train')],
  ['finish run: train\nstate: crashed', finish('train', 'crashed')],
  ['alias: animals:v0', alias('animals:v0', {})],
  [
    'alias: animals:v0\nadd: [a]\nremove: [b]\nprotect: [c]',
    alias('animals:v0', { add: ['a'], remove: ['b'], protect: ['c'] }),
  ],
  ['link: animals:v0\nto: models/prod\naliases: [a]', link('animals:v0', 'models/prod', ['a'])],
  ['unlink: models/prod:v0', unlink('models/prod:v0')],
  [
    'describe: animals:v0\ndescription: mine\nmetadata: { rate: 1 }',
    describeVersion('animals:v0', { metadata: json({ rate: 1 }) }),
  ],
  [
    'describe collection: lab/animals\ndescription: ours\ntags: [EU west]',
    describeCollection('lab/animals', { tags: ['EU west'] }),
  ],
  ['describe collection: animals\ndescription: null', describeCollection('animals', { description: null })],
  ['rename collection: lab/animals\nto: beasts', rename('lab/animals', 'beasts')],
  ['collection type: animals\nis: model', changeType('animals', 'model')],
  ['ttl: animals:v0\nis: 30d', setTtl('animals:v0', '30d')],
  ['ttl: animals:v0\nis: nonsense\nrefused: bad-ttl', setTtl('animals:v0', 'nonsense')],
  ['team ttl: 90d', setTeamTtl('90d')],
  ['team ttl: none\nmembersMaySetTtl: false', setTeamTtl('none', false)],
  ['restore: animals:v0', restore('animals:v0')],
  ['recover: animals:v0', recover('animals:v0')],
  ['delete: animals:v0', remove('animals:v0')],
  ['delete: animals:best\ndeleteAliases: true', remove('animals:best', { deleteAliases: true })],
  ['delete: up', { type: 'deleteVersion', target: { by: 'id', versionId: UP }, deleteAliases: false }],
  ['delete collection: animals', removeCollection('animals')],
  ['delete run: train', removeRun('train')],
  ['delete run: lab/train\nartifacts: true', removeRun('lab/train', { artifacts: true })],
  ['delete project: demo', removeProject('demo')],
  ['delete all: animals', removeAll('animals')],
  [
    'delete all: animals\nwhere: { without: aliases, with: best, older than: 1d, keep last: 2 }\ndeleteAliases: true',
    removeAll(
      'animals',
      { withoutAliases: true, withAlias: 'best', olderThanSeconds: time('1d'), keepLast: 2 },
      { deleteAliases: true },
    ),
  ],
  ['bucket delete: animals:v0/cat', bucketDelete('animals:v0/cat')],
  ['bucket undelete: animals:v0/cat', bucketUndelete('animals:v0/cat')],
  ['crash: after 2', planCrash(2)],
  ['crash: now', { type: 'crashGarbageCollection', afterSteps: null }],
  ['server: { retention: 1d }', server({ retentionSeconds: time('1d') })],
  ['server: { bucket: { provider: azure } }', server({ bucket: { provider: 'azure' } })],
  ['wait: 8d', { type: 'wait', duration: time('8d') }],
  ['collect: now', { type: 'collectGarbage' }],
  ['collect: step', { type: 'collectStep' }],
];

const BEGUN = 'begin: other\nid: up';

describe('a step plays', () => {
  test.each(ROWS)('%j exactly, as an admin of everything', (step, asked) => {
    expect(askedBy(BEGUN, step)).toStrictEqual([asAction(asked, null)]);
  });

  test('what it says here, whatever its kind', () => {
    const kinds = ROWS.map(([step]) => /^[a-z ]+/.exec(step)?.[0]);
    const looking = ['verify', 'expect', 'show'];
    const others = STEP_KINDS.filter((kind) => !kinds.includes(kind) && !looking.includes(kind));
    expect(others).toEqual(['expire']);
  });

  test('the expiry job, for any person', () => {
    const jobs = [{ type: 'runExpiry' }];
    expect(askedBy('expire')).toStrictEqual(jobs);
    expect(askedBy('expire: now\nas: bob')).toStrictEqual(jobs);
  });
});

describe('a step by a person', () => {
  test.each(ROWS)('asks for %j in their name', (step, asked) => {
    expect(askedBy(BEGUN, `${step}\nas: bob`)).toStrictEqual([asAction(asked, 'bob')]);
  });

  test('plans bucket faults after the settings, as a separate command', () => {
    const faults = [{ call: 'put', fault: 'fails', times: 1 }] as const;
    const step = 'server: { retention: 1d, bucket faults: [{ call: put, fault: fails }] }';
    expect(askedBy(step)).toStrictEqual([
      asAction(server({ retentionSeconds: time('1d') }), null),
      asAction({ type: 'planBucketFaults', faults }, null),
    ]);
  });

  test('plans no faults without permission to change the server', () => {
    const step = 'server: { retention: 1d, bucket faults: [{ call: put, fault: fails }] }\nas: bob';
    expect(askedBy(step).map(({ type }) => type)).toEqual(['changeSettings']);
  });
});

describe('a wait that several actors share', () => {
  test('moves only the clock', () => {
    const { steps } = storyIn(storyWith('', 'wait: 8d'));
    const simulator = new Recorder();
    for (const step of steps) if (isDoing(step)) new Performer(simulator, new Map()).perform(step, false);
    expect(simulator.asked).toStrictEqual([{ type: 'moveClock', bySeconds: time('8d') }]);
  });
});

describe('an id', () => {
  test('that no version has is not looked up', () => {
    expect(askedBy('commit: x\nrefused: not-found', 'begin: a b\nid: x', 'commit: x')).toEqual([]);
  });
});

// The clock, the collector and its crashes are nobody's.
function asAction(command: Action, by: string | null): object {
  const jobs = ['wait', 'collectGarbage', 'collectStep', 'planCrash', 'crashGarbageCollection'];
  const nobodys = jobs.includes(command.type);
  return nobodys ? command : { ...command, by };
}
