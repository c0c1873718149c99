import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Command } from '../../src/decider/command.ts';
import { decide } from '../../src/decider/decide.ts';
import { evolve } from '../../src/decider/evolve.ts';
import type { Refusal } from '../../src/lifecycle/decision.ts';
import type { SettingsChanges } from '../../src/lifecycle/operating.ts';
import {
  REFUSAL_CODES,
  REFUSALS,
  type RefusalSituation,
  type ScriptSituation,
} from '../../src/rules/refusals.ts';
import { ApiError, Simulator } from '../../src/sdk/index.ts';
import type { Store } from '../../src/store/store.ts';
import { logged } from '../sdk/scene.ts';
import {
  bucketDelete,
  draft,
  link,
  log,
  remove,
  server,
  setTeamTtl,
  setTtl,
} from '../support/stores/builders.ts';
import { givenAmong } from '../support/stores/given.ts';
import { animals, PEOPLE, SITUATIONS } from './situations.ts';

// A history can name people; everybody else is an admin.
const given = givenAmong(PEOPLE);
const WAITING: readonly RefusalSituation[] = ['gcNotEnabled', 'versioningOff', 'softDeleteOff'];
const CASES = Object.entries(SITUATIONS).flatMap(([situation, cases]) =>
  cases.map(([command, history]) => [situation as RefusalSituation, command, history] as const),
);

describe('every refusal in the catalogue occurs', () => {
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

describe('every refusal that only a script can cause occurs', () => {
  const cases: Readonly<Record<ScriptSituation, () => unknown>> = {
    badSetting: () => new Simulator({ settings: { sharing: 'foo' as never } }),
    noSuchSetting: () => new Simulator({ settings: { retension: 5 } as never }),
    filesUnreadable: async () => {
      const simulator = new Simulator();
      const artifact = await logged(simulator, 'animals', { cat: '1MB' });
      await simulator.dispatch(bucketDelete('animals:v0/cat'));
      await artifact.download();
    },
    otherTypeAsked: async () => {
      const simulator = new Simulator();
      await logged(simulator, 'animals');
      await simulator.api().artifact('animals', 'model');
    },
    noSuchType: async () => {
      const simulator = new Simulator();
      await logged(simulator, 'animals');
      await simulator.api().artifactType('model');
    },
    versionUndone: async () => {
      const simulator = new Simulator();
      const artifact = await logged(simulator, 'animals', { cat: '1MB' });
      while (simulator.undo());
      await logged(simulator, 'animals', { dog: '1MB' });
      await artifact.download();
    },
  };

  test.each(Object.entries(cases))('%s', async (situation, call) => {
    const { code, rule, sentence } = REFUSALS[situation as ScriptSituation];
    const refusal = await refusalOf(call);
    expect(refusal).toMatchObject({ code, sentence: expect.stringMatching(filled(sentence)) });
    // A bad setting is refused with the rule of that setting.
    if (situation !== 'badSetting') expect(refusal.rule).toBe(rule);
  });

  test('and asking for an artifact of another type does not cite LOG-4, which is about logging', async () => {
    const { rule } = await refusalOf(cases.otherTypeAsked);
    expect(rule).not.toBe('LOG-4');
  });
});

describe('the suggested call succeeds', () => {
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

  test('for more than twenty refusals whose suggestion is a call', () => {
    const calls = CASES.flatMap(
      ([, command, history]) => given(...history).when(command).refusal.instead ?? [],
    );
    expect(
      calls.filter((call) => /^(log|link|delete|ttl|team ttl|server): /.test(call)).length,
    ).toBeGreaterThan(20);
  });
});

describe('a call that needs a setting succeeds once it is set', () => {
  test.each(CASES.filter(([situation]) => WAITING.includes(situation)))(
    '%s',
    (_situation, command, history) => {
      const before = given(...history);
      const { instead } = before.when(command).refusal;
      expect(given(...history, ...callsOf(instead ?? '')).when(command).accepted).toBe(true);
    },
  );
});

describe('the texts', () => {
  test('insert names literally, even if they contain patterns or placeholders', () => {
    const nasty = '$& {version} $1';
    given(animals)
      .when(draft('animals:v0', { remove: [nasty] }))
      .thenRefused('not-found', { sentence: `animals:v0 has no path "${nasty}" to remove.` });
  });

  test('stay on one line and readable, whatever a user wrote', () => {
    for (const text of ['two\nlines', '\u001b[31m', 'x'.repeat(10_000), '\u202e']) {
      const { sentence } = given(animals).when(draft('animals:v0', { remove: [text] })).refusal;
      expect(sentence).toMatch(/^[^\p{Cc}\u202e]{1,300}$/u);
    }
  });
});

test('the codes are kebab-case words, each listed once, in alphabetical order', () => {
  expect(REFUSAL_CODES).toEqual([...new Set(Object.values(REFUSALS).map(({ code }) => code))].sort());
  for (const code of REFUSAL_CODES) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

async function refusalOf(call: () => unknown): Promise<Refusal> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ApiError && error.refusal !== null) return error.refusal;
    throw error;
  }
  throw new Error('it was not refused');
}

function filled(template: string): RegExp {
  const parts = template.split(/\{\w+\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su');
}

/** The calls in an `instead`, written as in a scenario; none if it is advice in words. */
function callsOf(instead: string): readonly Command[] {
  return instead.split(', then ').flatMap((text): readonly Command[] => {
    const [, verb, target = '', option, value = ''] = /^(\w+): ([^,]+)(?:, (\w+): (.+))?$/.exec(text) ?? [];
    if (verb === 'log') return [log(target, { new: '1B' }, option === 'type' ? { type: value } : {})];
    if (verb === 'delete') return [remove(target, { deleteAliases: value === 'true' })];
    if (verb === 'link' && option === 'to') return [link(target, value)];
    if (verb === 'ttl' && option === 'is') return [setTtl(target, value)];
    if (text.startsWith('team ttl: ')) return [setTeamTtl(text.slice('team ttl: '.length))];
    return text.startsWith('server: ') ? [server(settingsIn(text))] : [];
  });
}

function settingsIn(text: string): SettingsChanges {
  const { server: settings } = parse(text) as {
    readonly server: { readonly bucket?: SettingsChanges['bucket']; readonly env?: Record<string, string> };
  };
  const env = Object.entries(settings.env ?? {}).map(([name, value]) => ({ name, value }));
  return { env, ...(settings.bucket === undefined ? {} : { bucket: settings.bucket }) };
}
