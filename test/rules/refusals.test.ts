import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import { REFUSAL_CODES, REFUSALS, type RefusalSituation } from '../../src/rules/refusals.ts';
import type { Store } from '../../src/store/store.ts';
import {
  abandon,
  alias,
  begin,
  clock,
  commit,
  draft,
  link,
  log,
  remove,
  removeById,
  removeCollection,
  removeWithAliases,
  unlink,
} from '../support/builders.ts';
import { given, type History } from '../support/given.ts';
import { versionId } from '../support/names.ts';

const v0 = versionId('animals:v0');
const animals = log('animals', { cat: '2MB', dog: '1MB' });
const prod = [animals, link('animals:v0', 'prod')];
const net = log('net', {}, { type: 'model' });
const LONG = 'x'.repeat(128);

// Every situation, at least once; the type says that none is missing.
const SITUATIONS: Readonly<Record<RefusalSituation, readonly (readonly [Command, readonly History[]])[]>> = {
  badCollectionName: [
    [log('no spaces'), []],
    [link('animals:v0', '😀'), [animals]],
  ],
  badOwnerName: [
    [log('a#/animals'), []],
    [log('animals', {}, { run: '' }), []],
  ],
  typeMismatch: [[log('animals', {}, { type: 'model' }), [animals]]],
  linkTypeMismatch: [[link('net:v0', 'prod'), [...prod, net]]],
  badPath: [[log('animals', { 'half a \ud83d': '1MB' }), []]],
  notASequence: [[log('prod'), prod]],
  notAPortfolio: [
    [link('animals:v0', 'net'), [animals, net]],
    [link('animals:v0', 'animals'), [animals]],
  ],
  contentConflict: [[log('animals', { cat: '3MB' }), [animals]]],
  tooLarge: [[log('animals', { whale: '9PB', krill: '8TB' }), []]],
  tooLate: [[clock('1s'), [clock('9007199254740991s')]]],
  badAlias: [
    [alias('animals:v0', { add: ['v1'] }), [animals]],
    [link('animals:v0', 'prod', ['']), [animals]],
  ],
  indexIsNoAlias: [[alias('animals:v0', { remove: ['v0'] }), [animals]]],
  versionNotFound: [
    [remove('animals:v1'), [animals]],
    [remove('plants:latest'), []],
  ],
  latestAbsent: [[remove('animals:latest'), [animals, removeWithAliases('animals:v0')]]],
  versionUploading: [[remove('animals:v0'), [begin('animals')]]],
  versionDeletedAlready: [[remove('animals:v0'), [animals, removeWithAliases('animals:v0')]]],
  collectionNotFound: [[removeCollection('animals'), []]],
  pathNotInBase: [[draft('animals:v0', { remove: ['owl'] }), [animals]]],
  notPending: [
    [abandon(v0), [animals]],
    [commit(v0), [begin('animals'), abandon(v0)]],
  ],
  notCommitted: [[removeById(v0), [animals, removeWithAliases('animals:v0')]]],
  deletingAnUpload: [[removeById(v0), [begin('animals')]]],
  hasAliases: [
    [remove('animals:v0'), [animals]],
    [remove(`${LONG}:v0`), [log(LONG)]],
    [remove('wild/zoo/animals:latest'), [log('wild/zoo/animals', {}, { aliases: ['best'] })]],
  ],
  notALink: [
    [unlink('animals:v0'), [animals]],
    [unlink('animals:v0'), [animals, log('animals')]],
  ],
};
const CASES = Object.entries(SITUATIONS).flatMap(([situation, cases]) =>
  cases.map(([command, history]) => [situation as RefusalSituation, command, history] as const),
);

describe('every refusal in the catalogue happens', () => {
  test.each(CASES)('%s', (situation, command, history) => {
    const { code, rule, sentence, instead } = REFUSALS[situation];
    const when = given(...history)
      .when(command)
      .thenRefused(code, { rule, sentence: filled(sentence) });
    if (instead === null) expect(when.refusal.instead).toBeNull();
    else expect(when.refusal.instead).toMatch(filled(instead));
    expect(`${when.refusal.sentence}${when.refusal.instead}`.replace(/\\u\{\w+\}/g, '')).not.toMatch(
      /\{\w+\}/,
    );
  });
});

describe('the call that is named instead goes through', () => {
  test.each(CASES)('after %s', (_situation, command, history) => {
    const before = given(...history);
    const { instead } = before.when(command).refusal;
    const calls = instead === null ? [] : callsOf(instead);
    calls.reduce<Store>((store, call) => {
      const decision = decide(call, store);
      expect(decision, `${instead}`).toMatchObject({ ok: true });
      return decision.ok ? evolve(store, decision.events) : store;
    }, before.store);
  });

  test('of those that are calls and not advice', () => {
    const calls = CASES.flatMap(
      ([, command, history]) => given(...history).when(command).refusal.instead ?? [],
    );
    expect(calls.filter((call) => /^(log|link|delete): /.test(call)).length).toBeGreaterThan(10);
  });
});

describe('the texts', () => {
  test('are filled in as they are: no pattern or fact in a name is filled in again', () => {
    const nasty = '$& {version} $1';
    given(animals)
      .when(draft('animals:v0', { remove: [nasty] }))
      .thenRefused('not-found', { sentence: `animals:v0 has no path "${nasty}" to remove.` });
  });

  test('stay on one line, and of a readable length, whatever a user wrote', () => {
    for (const text of ['two\nlines', '\u001b[31m', 'x'.repeat(10_000), '\u202e']) {
      const { sentence } = given(animals).when(draft('animals:v0', { remove: [text] })).refusal;
      expect(sentence).toMatch(/^[^\p{Cc}\u202e]{1,300}$/u);
    }
  });
});

test('the codes are short, and listed once each in alphabetical order', () => {
  expect(REFUSAL_CODES).toEqual([...new Set(Object.values(REFUSALS).map(({ code }) => code))].sort());
  for (const code of REFUSAL_CODES) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

function filled(template: string): RegExp {
  const parts = template.split(/\{\w+\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su');
}

/** The calls of an `instead`, as a scenario writes them; none where it is advice in words. */
function callsOf(instead: string): readonly Command[] {
  return instead.split(', then ').flatMap((text): readonly Command[] => {
    const [, verb, target = '', option, value = ''] = /^(\w+): ([^,]+)(?:, (\w+): (.+))?$/.exec(text) ?? [];
    if (verb === 'log') return [log(target, { new: '1B' }, option === 'type' ? { type: value } : {})];
    if (verb === 'delete') return [remove(target, { deleteAliases: value === 'true' })];
    if (verb === 'link' && option === 'to') return [link(target, value)];
    return [];
  });
}
