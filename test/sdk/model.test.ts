import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as client from '../../src/sdk/index.ts';
import * as model from '../../src/sdk/model.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';

describe('the entries', () => {
  test.each(['index.ts', 'model.ts'])('%s only hands on what is elsewhere', (file) => {
    const text = readFileSync(new URL(`../../src/sdk/${file}`, import.meta.url), 'utf8');
    const rest = text.replace(/export (type )?\{[^}]*\} from '[^']+';\n/g, '');
    expect(rest).toBe('');
  });

  test('of the SDK client exports the names of the public API, and the simulator', () => {
    expect(Object.keys(client).sort()).toEqual([
      'Api',
      'ApiError',
      'Artifact',
      'ArtifactFinalizedError',
      'ArtifactNotLoggedError',
      'ArtifactStatusError',
      'ArtifactTTL',
      'CommError',
      'Simulator',
      'ValueError',
      'timedelta',
    ]);
  });

  test('of the model exports the core, and nothing that the SDK client exports', () => {
    const names = Object.keys(model).sort();
    expect(names).toEqual([
      'DEFAULT_SETTINGS',
      'EVENT_TYPES',
      'NOBODY',
      'PROPERTIES',
      'REFUSAL_CODES',
      'RULES',
      'StoreShell',
      'amendedManifest',
      'brokenInvariants',
      'bytes',
      'contentHasher',
      'decide',
      'describeFindings',
      'describePlan',
      'describeWhy',
      'digestOfName',
      'emptySortedTable',
      'emptyStore',
      'entryAt',
      'evolve',
      'explore',
      'figuresOf',
      'find',
      'formatDuration',
      'formatInstant',
      'formatSize',
      'fullNameOfVersion',
      'holdersOf',
      'manifestOf',
      'missingRequirements',
      'nameOfVersion',
      'nextStep',
      'parseCollectionName',
      'parseDuration',
      'parseFileName',
      'parseProjectName',
      'parseRunName',
      'parseSize',
      'parseTtl',
      'parseVersionName',
      'plainText',
      'plan',
      'printable',
      'ruleById',
      'seconds',
      'shortVersionName',
      'timelineOf',
      'usage',
      'verify',
      'versionAt',
      'why',
    ]);
    expect(names.filter((name) => name in client)).toEqual([]);
  });

  test('of the model is enough to decide, to evolve and to ask', () => {
    const collection = model.parseCollectionName('animals');
    if (!collection.ok) throw new Error(collection.expected);
    const sizeBytes = model.bytes(2_000_000);
    const entry = { kind: 'file', path: 'cat.jpg', digest: model.digestOfName('cat'), sizeBytes } as const;
    const command: model.Command = {
      type: 'logVersion',
      collection: collection.value,
      artifactType: 'dataset',
      manifest: model.manifestOf([entry]),
      aliases: [],
      tags: [],
      run: null,
      ttl: INHERITED,
    };
    const decision = model.decide(command, model.emptyStore());
    if (!decision.ok) throw new Error(decision.refusal.sentence);
    const store = model.evolve(model.emptyStore(), decision.events);
    const file = model.parseFileName('animals:v0/cat.jpg');
    if (!file.ok) throw new Error(file.expected);
    expect(model.why(store, file.value)).toMatchObject({ kind: 'stored', version: 'animals:v0' });
    expect(model.verify(store).findings).toEqual([]);
    expect(model.usage(store).total.storedBytes).toBe(2_000_000);
    expect(model.brokenInvariants(store)).toEqual([]);
  });
});
