import { describe, test } from 'vitest';
import {
  abandon,
  alias,
  begin,
  link,
  log,
  reference,
  remove,
  removeAll,
  removeById,
  removeCollection,
  removeProject,
  removeRun,
  removeWithAliases,
  server,
} from '../../support/stores/builders.ts';
import { deleted } from '../../support/stores/events.ts';
import { given } from '../../support/stores/given.ts';
import { versionId } from '../../support/stores/names.ts';

const hold = server({ artifactReferences: 'hold' });
const animals = log('animals', { cat: '2MB' }, { run: 'train' });
const index = log('index', [reference('first', 'wandb-artifact://animals:v0/cat')]);
const refusal = (what: string) =>
  ({
    rule: 'DEL-18',
    sentence: `Nobody can delete ${what}: index:v0/first refers to animals:v0/cat.`,
    blockers: ['index:v0/first'],
  }) as const;

describe('with artifactReferences hold, what another version refers to (DEL-18)', () => {
  test('is not deleted, by name or by id, with or without its aliases', () => {
    const commands = [
      remove('animals:v0'),
      removeWithAliases('animals:v0'),
      removeById(versionId('animals:v0'), true),
    ];
    for (const command of commands) {
      given(hold, animals, index).when(command).thenRefused('referred-to', refusal('animals:v0'));
    }
  });

  test('is not deleted with its collection, its run or its project, which do not have what refers', () => {
    const elsewhere = log('lab/index', [reference('first', 'wandb-artifact://animals:v0/cat')]);
    given(hold, animals, index)
      .when(removeCollection('animals'))
      .thenRefused('referred-to', refusal('animals'));
    given(hold, animals, index)
      .when(removeRun('train', { artifacts: true }))
      .thenRefused('referred-to', refusal('the run train with its artifacts'));
    given(hold, animals, elsewhere)
      .when(removeProject('demo'))
      .thenRefused('referred-to', { blockers: ['lab/index:v0/first'] });
  });

  test('is deleted with what refers to it', () => {
    const both = log('index', [reference('first', 'wandb-artifact://animals:v0/cat')], { run: 'train' });
    given(hold, animals, both)
      .when(removeRun('train', { artifacts: true }))
      .thenTypes(['versionDeleted', 'versionDeleted', 'runDeleted']);
    given(hold, animals, index)
      .when(removeProject('demo'))
      .thenTypes([
        'versionDeleted',
        'collectionDeleted',
        'versionDeleted',
        'collectionDeleted',
        'runDeleted',
      ]);
  });

  test('is one refusal of a bulk deletion, which deletes the others', () => {
    given(hold, animals, log('animals', { dog: '1MB' }), index)
      .when(removeAll('animals', {}, { deleteAliases: true }))
      .thenTypes(['deletionRefused', 'versionDeleted']);
  });

  test('is deleted in bulk with what refers to it, unless that stays', () => {
    const refers = (to: string, more = {}) =>
      log('animals', [reference('first', `wandb-artifact://animals:${to}/cat`)], more);
    const chain = [hold, animals, refers('v0'), log('animals', { owl: '4MB' })];
    given(...chain)
      .when(removeAll('animals', { withoutAliases: true }))
      .then(deleted('animals:v0'), deleted('animals:v1'));
    given(...chain, alias('animals:v1', { add: ['best'] }))
      .when(removeAll('animals', { withoutAliases: true }))
      .thenTypes(['deletionRefused']);
    const both = log('animals', [
      reference('first', 'wandb-artifact://animals:v0/cat'),
      reference('second', 'wandb-artifact://animals:v1/owl'),
    ]);
    const held = [hold, animals, log('animals', { owl: '4MB' }), both, log('animals', { bat: '1MB' })];
    given(...held, log('index', [reference('third', 'wandb-artifact://animals:v2/second')]))
      .when(removeAll('animals', { withoutAliases: true }))
      .thenTypes(['versionDeleted', 'deletionRefused', 'versionDeleted']);
  });

  test('is deleted once what refers is gone, or the setting is dangle', () => {
    given(hold, animals, index, removeWithAliases('index:v0'))
      .when(removeWithAliases('animals:v0'))
      .then(deleted('animals:v0', 'latest'));
    given(hold, animals, index, server({ artifactReferences: 'dangle' }))
      .when(removeWithAliases('animals:v0'))
      .then(deleted('animals:v0', 'latest'));
  });

  test('is held by an upload until it is abandoned', () => {
    const upload = begin('more', [reference('first', 'wandb-artifact://animals:v0/cat')]);
    given(hold, animals, upload)
      .when(removeWithAliases('animals:v0'))
      .thenRefused('referred-to', { blockers: ['more#0/first'] });
    given(hold, animals, upload, abandon(versionId('more:v0')))
      .when(removeWithAliases('animals:v0'))
      .then(deleted('animals:v0', 'latest'));
  });

  test('names at most ten of what refers, and a protected alias before that', () => {
    const many = Array.from({ length: 12 }, (_none, at) =>
      reference(`path-${10 + at}`, 'wandb-artifact://animals:v0/cat'),
    );
    given(hold, animals, log('index', many))
      .when(removeWithAliases('animals:v0'))
      .thenRefused('referred-to', { blockers: many.slice(0, 10).map(({ path }) => `index:v0/${path}`) });
    const guarded = [link('animals:v0', 'models/prod'), alias('models/prod:v0', { protect: ['live'] })];
    given(hold, animals, index, ...guarded)
      .when(removeWithAliases('animals:v0'))
      .thenRefused('protected-alias');
  });
});
