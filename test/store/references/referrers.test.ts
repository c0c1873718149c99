import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/decider/decide.ts';
import type { DeletionCommand } from '../../../src/insight/plan/deletions.ts';
import { referencesFrom, referencesTo } from '../../../src/store/references/referrers.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  abandon,
  begin,
  log,
  reference,
  removeWithAliases,
  restore,
  server,
} from '../../support/stores/builders.ts';
import { countedStore } from '../../support/stores/counted-store.ts';
import { given, type History } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';

const animals = log('animals', { cat: '2MB', dog: '1MB' });
const [v0, index] = [versionId('animals:v0'), versionId('index:v0')];
const cat = reference('first', 'wandb-artifact://animals:v0/cat');
const dog = reference('second', 'wandb-artifact://animals:latest/dog');
const to = (store: Store) => [...referencesTo(store, v0)];

describe('the references to a version', () => {
  test('come from uploads and committed versions, path by path', () => {
    const { store } = given(animals, log('index', [cat, dog]), begin('more', [dog]));
    expect(to(store)).toEqual(
      expect.arrayContaining([
        { referrerId: index, path: 'first', versionId: v0, targetPath: 'cat' },
        { referrerId: index, path: 'second', versionId: v0, targetPath: 'dog' },
        { referrerId: versionId('more:v0'), path: 'second', versionId: v0, targetPath: 'dog' },
      ]),
    );
    expect(to(store)).toHaveLength(3);
  });

  test('end with the deletion of what refers, and with the end of its upload, and come back with it', () => {
    const history = [animals, log('index', [cat]), begin('more', [dog]), removeWithAliases('index:v0')];
    expect(to(given(...history).store).map(({ path }) => path)).toEqual(['second']);
    expect(to(given(...history, abandon(versionId('more:v0'))).store)).toEqual([]);
    expect(to(given(...history, restore('index:v0')).store)).toHaveLength(2);
  });

  test('outlive the version itself, and are those of the version that refers', () => {
    const { store } = given(animals, log('index', [cat]), removeWithAliases('animals:v0'));
    expect(to(store)).toHaveLength(1);
    const manifest = store.versions.get(index)?.manifest;
    expect(manifest && [...referencesFrom(index, manifest)]).toEqual(to(store));
  });
});

describe('a deletion', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_none, at) => log(`other-${at}`, [reference('r', `s3://x/${at}`)]));
  const cost = (command: DeletionCommand, ...history: readonly History[]): number => {
    const tally = { operations: 0 };
    decide(command, countedStore(given(...history).store, tally));
    return tally.operations;
  };

  test('asks for nothing more where references can hold, but none is to another artifact', () => {
    const hold = server({ artifactReferences: 'hold' });
    const command = removeWithAliases('animals:v0');
    expect(cost(command, hold, animals, ...others(20))).toBe(cost(command, animals));
  });

  test('costs what refers to it, not what refers to others', () => {
    const hold = server({ artifactReferences: 'hold' });
    const command = removeWithAliases('animals:v0');
    const plants = log('plants', { fern: '1MB' });
    const crowd = (count: number) =>
      Array.from({ length: count }, (_none, at) =>
        log(`index-${at}`, [reference('r', 'wandb-artifact://plants:v0/fern')]),
      );
    expect(cost(command, hold, animals, plants, ...crowd(30))).toBe(
      cost(command, hold, animals, plants, ...crowd(1)),
    );
  });
});
