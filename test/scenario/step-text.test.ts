import { describe, expect, test } from 'vitest';
import { STEP_KINDS } from '../../src/scenario/schema-steps.ts';
import { stepText } from '../../src/scenario/step-text.ts';
import { storyIn, storyText } from '../support/story.ts';

function textOf(step: string): string {
  const begun = 'begin: other\nid: up';
  const last = storyIn(storyText(begun, step)).steps.at(-1);
  return last === undefined ? '' : stepText(last);
}

const STEPS: readonly (readonly [step: string, text: string])[] = [
  ['log: animals\nfiles: { x: 1MB }', 'log animals'],
  ['log: team/demo/animals', 'log animals'],
  ['log: pets/animals', 'log pets/animals'],
  ['log: zoo/pets/animals', 'log zoo/pets/animals'],
  ['begin: animals\nid: x', 'begin animals'],
  ['commit: up', 'commit up'],
  ['abandon: up', 'abandon up'],
  ['draft: demo/animals:v0\nadd: { x: 1MB }', 'draft animals:v0'],
  ['use: animals:best\nrun: train-1', 'use animals:best in run train-1'],
  ['alias: animals:v0', 'alias animals:v0'],
  ['alias: animals:v0\nadd: []\nremove: [best]', 'alias animals:v0 remove best'],
  ['alias: animals:v0\nadd: [best, good]\nremove: [old]', 'alias animals:v0 add best, good remove old'],
  ['link: animals:v0\nto: models/prod', 'link animals:v0 to models/prod'],
  ['unlink: models/prod:v0', 'unlink models/prod:v0'],
  ['delete: animals:v0', 'delete animals:v0'],
  ['delete: animals:v0\ndeleteAliases: true', 'delete animals:v0 with its aliases'],
  ['delete: up', 'delete up'],
  ['delete collection: animals', 'delete collection animals'],
  ['delete all: animals', 'delete all animals'],
  ['delete all: animals\nwhere: { without: aliases }', 'delete all animals without aliases'],
  [
    'delete all: animals\nwhere: { with: best, older than: 36h, keep last: 3 }\ndeleteAliases: true',
    'delete all animals with best, older than 1d 12h, keep last 3, with their aliases',
  ],
  ['wait: 36h', 'wait 1d 12h'],
  ['wait: 0s', 'wait 0s'],
  ['collect', 'collect'],
  ['collect: now', 'collect'],
  ['crash: after 2', 'crash after 2'],
  ['server: { retention: 1d, gcEvery: 90m }', 'server retention 1d, gcEvery 1h 30m'],
  [
    'server: { sharing: entity, latestAfterDelete: absent }',
    'server sharing entity, latestAfterDelete absent',
  ],
  ['server: {}', 'server'],
  ['expect: { stored: 0B }', 'expect'],
  ['show: usage', 'show usage'],
];

describe('a step', () => {
  test.each(STEPS)('%j is told as %j', (step, text) => {
    expect(textOf(step)).toBe(text);
  });

  test('is told here whatever its kind', () => {
    const told = STEPS.map(([step]) => /^[a-z ]+/.exec(step)?.[0]);
    expect(STEP_KINDS.filter((kind) => !told.includes(kind))).toEqual([]);
  });
});
