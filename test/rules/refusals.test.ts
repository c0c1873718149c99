import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../src/lifecycle/decision.ts';
import {
  REFUSAL_CODES,
  REFUSALS,
  type RefusalSituation,
  type ScriptSituation,
} from '../../src/rules/refusals.ts';
import { orThrow } from '../../src/sdk/errors.ts';
import { ApiError, Artifact, Simulator } from '../../src/sdk/index.ts';
import { acceptManifest } from '../../src/server/files/manifest-file.ts';
import { manifestIdOf } from '../../src/server/files/manifest-id.ts';
import { versionIdIn } from '../../src/server/graphql/ids.ts';
import { addressIn } from '../../src/service/memberships.ts';
import { versionById } from '../../src/store/look-up.ts';
import { logged } from '../sdk/scene.ts';
import { digestOfTexts, manifestFileOf, served } from '../support/server/wire.ts';
import { bucketDelete, draft, link, log } from '../support/stores/builders.ts';
import { givenAmong } from '../support/stores/given.ts';
import { collectionNamed } from '../support/stores/names.ts';
import { animals, PEOPLE, SITUATIONS } from './situations.ts';

// A history can name people; everybody else is an admin.
const given = givenAmong(PEOPLE);
const CASES = Object.entries(SITUATIONS).flatMap(([situation, cases]) =>
  cases.map(([command, history]) => [situation as RefusalSituation, command, history] as const),
);

describe('every refusal in the catalogue occurs', () => {
  test.each(CASES)('%s', (situation, command, history) => {
    const { code, rule, sentence } = REFUSALS[situation];
    const when = given(...history)
      .when(command)
      .thenRefused(code, { rule, sentence: filled(sentence) });
    expect(when.refusal.sentence.replace(/\\u\{\w+\}/g, '')).not.toMatch(/\{\w+\}/);
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
    referenceDangles: async () => {
      const simulator = new Simulator();
      const animals = await logged(simulator, 'animals', { cat: '1MB' });
      const index = new Artifact('index', 'dataset');
      index.addReference(animals.refUrl('cat'));
      await simulator.init().logArtifact(index);
      await index.wait();
      await animals.delete({ deleteAliases: true });
      await index.download();
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
    kindChanged: async () => {
      const simulator = new Simulator();
      const artifact = await logged(simulator, 'animals');
      const collection = await artifact.collection();
      await collection.delete();
      await simulator.dispatch(log('plants'));
      await simulator.dispatch(link('plants:v0', 'animals'));
      await collection.artifacts().all();
    },
    versionUndone: async () => {
      const simulator = new Simulator();
      const artifact = await logged(simulator, 'animals', { cat: '1MB' });
      while (simulator.undo());
      await logged(simulator, 'animals', { dog: '1MB' });
      await artifact.download();
    },
    notInCollection: async () => {
      const { wire, client } = served();
      const id = versionIdIn(await client.log('animals', { cat: 'meow' }));
      await client.log('plants', { oak: '…' });
      const { store } = wire.host;
      orThrow(addressIn(store, versionById(store, id), collectionNamed('plants')));
    },
    badManifest: async () => orThrow(await acceptedAfter('no manifest')),
    neverUploaded: async () => orThrow(await acceptedAfter(manifestFileOf({ ghost: 'boo' }))),
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

// What is answered to the manifest file of an upload.
async function acceptedAfter(manifestFile: string) {
  const { host, client } = served();
  const { id } = await client.begin('animals', digestOfTexts({}));
  const manifestId = manifestIdOf({ versionId: versionIdIn(id), type: 'FULL', baseId: null });
  return acceptManifest(host, manifestId, Buffer.from(manifestFile));
}

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
