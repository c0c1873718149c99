import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/decider/command.ts';
import { REFUSAL_CODES, type RefusalCode } from '../../../src/rules/refusals.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import { isAlias, isCollectionName, isOwnerName } from '../../../src/values/names.ts';
import {
  alias,
  draft,
  file,
  link,
  log,
  recover,
  reference,
  removeAll,
  removeProject,
  removeRun,
  restore,
  server,
  setTeamTtl,
  setTtl,
  start,
  use,
} from '../../support/stores/builders.ts';
import { json } from '../../support/stores/json.ts';
import { collectionNamed, versionId, versionNamed } from '../../support/stores/names.ts';
import { plain } from '../../support/stores/plain.ts';

const TEXTS = [
  '__proto__',
  'constructor',
  '',
  'x'.repeat(10_000),
  '😀',
  '../../etc/passwd',
  'two\nlines',
  '\0',
  ' ',
  'v0',
  'a:b',
  '%00',
  '$& {name}',
];

const [entity, project, animals] = ['team', 'demo', collectionNamed('animals')];
const here = versionNamed('animals:v0');

/** Where a user may write any text: the command with it there, and the code of the refusal that it may get. */
const PLACES: Readonly<Record<string, (text: string) => readonly [Command, RefusalCode | null]>> = {
  'an alias of a log': (text) => [
    log('animals', {}, { aliases: [text] }),
    isAlias(text) ? null : 'bad-alias',
  ],
  'an alias added': (text) => [alias('animals:v0', { add: [text] }), isAlias(text) ? null : 'bad-alias'],
  'an alias removed': (text) => [alias('animals:v0', { remove: [text] }), text === 'v0' ? 'bad-alias' : null],
  'an alias of a link': (text) => [link('animals:v0', 'prod', [text]), isAlias(text) ? null : 'bad-alias'],
  'a tag': (text) => [log('animals', { new: '1B' }, { tags: [text] }), null],
  'the path of a file': (text) => [log('animals', [file(text, '1B')]), null],
  'the path of a reference': (text) => [log('animals', [reference(text, 's3://kennel')]), null],
  'the address of a reference': (text) => [log('animals', [reference('cat', text)]), null],
  'a path removed': (text) => [draft('animals:v0', { remove: [text] }), 'not-found'],
  'the type of a new collection': (text) => [log('plants', {}, { type: text }), null],
  'the type of one that stands': (text) => [log('animals', {}, { type: text }), 'type-mismatch'],
  'the run of a log': (text) => [
    { ...log('animals', { new: '1B' }), run: { entity, project, run: text } },
    isOwnerName(text) ? null : 'bad-name',
  ],
  'the run of a use': (text) => [
    { ...use('animals:v0', 'run-1'), run: { entity: text, project: text, run: text } },
    isOwnerName(text) ? null : 'bad-name',
  ],
  'the id of a run that starts': (text) => [
    { ...start('run-1'), run: { entity, project, run: text } },
    isOwnerName(text) ? null : 'bad-name',
  ],
  'the name of a run': (text) => [start('run-1', { displayName: text }), null],
  'a tag of a run': (text) => [start('run-1', { tags: [text, text] }), null],
  'a key and a value of a config': (text) => [
    start('run-1', { config: json(new Map([[text, new Map([[text, text]])]])) }),
    null,
  ],
  'a collection logged': (text) => [
    { ...log('animals'), collection: { entity, project, collection: text } },
    isCollectionName(text) ? null : 'bad-name',
  ],
  'a project logged': (text) => [
    { ...log('animals'), collection: { ...animals, project: text } },
    isOwnerName(text) ? null : 'bad-name',
  ],
  'an entity logged': (text) => [
    { ...log('animals'), collection: { ...animals, entity: text } },
    isOwnerName(text) ? null : 'bad-name',
  ],
  'a portfolio': (text) => [
    { ...link('animals:v0', 'prod'), to: { entity, project, collection: text } },
    isCollectionName(text) ? null : 'bad-name',
  ],
  'an alias looked up': (text) => [
    {
      ...alias('animals:v0', {}),
      version: { collection: animals, selector: { kind: 'alias', alias: text } },
    },
    'not-found',
  ],
  'a collection looked up': (text) => [
    { ...alias('animals:v0', {}), version: { ...here, collection: { ...animals, collection: text } } },
    'not-found',
  ],
  'an entity looked up': (text) => [
    { type: 'deleteCollection', collection: { ...animals, entity: text } },
    'not-found',
  ],
  'the person who asks': (text) => [log('animals', { new: '1B' }, { by: text }), 'forbidden'],
  'an alias protected': (text) => [
    alias('animals:v0', { protect: [text] }),
    isAlias(text) ? 'not-a-link' : 'bad-alias',
  ],
  'a TTL': (text) => [setTtl('animals:v0', text), 'bad-ttl'],
  'the TTL of a log': (text) => [log('animals', { new: '1B' }, { ttl: text }), 'bad-ttl'],
  'the TTL of the team': (text) => [setTeamTtl(text), 'bad-ttl'],
  'a variable of the environment': (text) => [server({ env: [{ name: text, value: text }] }), null],
  'a path in the bucket': (text) => [
    { type: 'deleteOutOfBand', file: { version: here, path: text } },
    'not-found',
  ],
  'a version restored': (text) => [
    { ...restore('animals:v0'), version: { ...here, collection: { ...animals, collection: text } } },
    'not-found',
  ],
  'a version recovered': (text) => [
    {
      ...recover('animals:v0'),
      version: { collection: animals, selector: { kind: 'alias', alias: text } },
    },
    'not-found',
  ],
  'a run deleted': (text) => [{ ...removeRun('run-1'), run: { entity, project, run: text } }, 'not-found'],
  'a project deleted': (text) => [
    { ...removeProject('zoo'), project: { entity, project: text } },
    'not-found',
  ],
  'the alias of a filter': (text) => [removeAll('animals', { withAlias: text }), null],
};

const started = () => {
  const simulator = new Simulator();
  expect(simulator.apply(log('animals', { cat: '2MB' })).ok).toBe(true);
  return simulator;
};

describe('a text that a user chose is taken as data, or refused with a code; it is never an exception', () => {
  describe.each(Object.entries(PLACES))('%s', (_place, commandOf) => {
    test.each(TEXTS.map((text) => [text.slice(0, 20), text]))('%j', (_shown, text) => {
      const simulator = started();
      const before = plain(simulator.store);
      const [command, code] = commandOf(text);
      const outcome = simulator.apply(command);
      expect(outcome.ok ? null : outcome.refusal.code).toBe(code);
      expect(brokenInvariants(simulator.store)).toEqual([]);
      if (!outcome.ok) expect(plain(simulator.store)).toEqual(before);
    });
  });
});

describe('what was taken as data is found again under it', () => {
  const kept = (command: Command) => {
    const simulator = started();
    expect(simulator.apply(command).ok).toBe(true);
    return simulator;
  };

  test.each(TEXTS.filter(isAlias).map((text) => [text.slice(0, 20), text]))(
    'the alias %j',
    (_shown, text) => {
      const simulator = kept(alias('animals:v0', { add: [text] }));
      const version = { collection: animals, selector: { kind: 'alias', alias: text } } as const;
      const outcome = simulator.apply({ ...alias('animals:v0', { remove: [text] }), version });
      expect(outcome).toMatchObject({ ok: true, events: [{ type: 'aliasRemoved', alias: text, index: 0 }] });
    },
  );

  test.each(TEXTS.map((text) => [text.slice(0, 20), text]))('the path %j', (_shown, text) => {
    const simulator = kept(log('animals', [file(text, '1B'), file('other', '2B')]));
    const outcome = simulator.apply(draft('animals:v1', { remove: [text] }));
    expect(outcome.ok).toBe(true);
    const paths = simulator.store.versions
      .get(versionId('animals:v2'))
      ?.manifest.entries.map(({ path }) => path);
    expect(paths).toEqual(['other']);
  });
});

describe('half an emoji, which UTF-8 cannot say', () => {
  test.each(Object.entries(PLACES))('as %s is taken as data, or refused with a code', (_place, commandOf) => {
    const simulator = started();
    const outcome = simulator.apply(commandOf('\ud83d')[0]);
    if (!outcome.ok) expect(REFUSAL_CODES).toContain(outcome.refusal.code);
    expect(brokenInvariants(simulator.store)).toEqual([]);
  });

  test('is never taken for another half, nor for a replacement character', () => {
    for (const other of ['\ud83c', '\ufffd']) {
      const simulator = new Simulator();
      const first = simulator.apply(log('animals', [file('\ud83d', '1B', 'cat')]));
      const second = simulator.apply(log('animals', [file(other, '1B', 'cat')]));
      const reused = second.ok && second.events.some(({ type }) => type === 'versionReused');
      expect(first.ok && reused).toBe(false);
    }
  });
});
