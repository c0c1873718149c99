import { describe, expect, test } from 'vitest';
import { STEP_KINDS } from '../../../src/scenario/language/schema-steps.ts';
import { stepText } from '../../../src/scenario/language/step-text.ts';
import { storyIn, storyWith } from '../../support/stores/story.ts';

function textOf(step: string): string {
  const begun = 'begin: other\nid: up';
  const team = 'team: { members: { bob: member, "": viewer, "a\\nb": admin } }';
  const last = storyIn(storyWith(team, begun, step)).steps.at(-1);
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
  ['alias: models/prod:v0\nprotect: [production, ""]', 'alias models/prod:v0 protect production, ""'],
  [
    'alias: models/prod:v0\nprotect: [production]\nadd: [new]\nremove: [old]',
    'alias models/prod:v0 add new remove old protect production',
  ],
  ['link: animals:v0\nto: models/prod', 'link animals:v0 to models/prod'],
  ['unlink: models/prod:v0', 'unlink models/prod:v0'],
  ['delete: animals:v0', 'delete animals:v0'],
  ['delete: animals:v0\ndeleteAliases: true', 'delete animals:v0 with its aliases'],
  ['delete: up', 'delete up'],
  ['delete collection: animals', 'delete collection animals'],
  ['delete run: train-1', 'delete run train-1'],
  ['delete run: lab/train-1\nartifacts: true', 'delete run lab/train-1 with its artifacts'],
  ['delete run: train-1\nartifacts: false', 'delete run train-1'],
  ['delete project: demo', 'delete project demo'],
  ['delete project: team/lab', 'delete project lab'],
  ['delete project: rival/lab', 'delete project rival/lab'],
  ['delete all: animals', 'delete all animals'],
  ['delete all: animals\nwhere: { without: aliases }', 'delete all animals without aliases'],
  [
    'delete all: animals\nwhere: { with: best, older than: 36h, keep last: 3 }\ndeleteAliases: true',
    'delete all animals with best, older than 1d 12h, keep last 3, with their aliases',
  ],
  ['delete all: animals\nwhere: { with: "" }', 'delete all animals with ""'],
  ['restore: animals:v0', 'restore animals:v0'],
  ['recover: zoo/pets/animals:v0', 'recover zoo/pets/animals:v0'],
  ['ttl: animals:v0\nis: 30d', 'ttl animals:v0 is 30d'],
  ['ttl: animals:v0\nis: ""', 'ttl animals:v0 is ""'],
  ['team ttl: none', 'team ttl none'],
  ['team ttl: 90d\nmembersMaySetTtl: true', 'team ttl 90d, and members may set one'],
  ['team ttl: ""\nmembersMaySetTtl: false', 'team ttl "", and members may not set one'],
  ['bucket delete: animals:v0/a/b.jpg', 'bucket delete animals:v0/a/b.jpg'],
  ['bucket undelete: animals:best/cat', 'bucket undelete animals:best/cat'],
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
  ['server: { env: {}, bucket: {}, bucket faults: [] }', 'server'],
  [
    'server: { deployment: self-managed, env: { B: "true", A: "x y" }, abandonAfter: 1d }',
    'server deployment self-managed, B="true", A="x y", abandonAfter 1d',
  ],
  [
    'server: { bucket: { provider: azure, softDelete: true, softDeleteDays: 14 } }',
    'server provider azure, softDelete true, softDeleteDays 14',
  ],
  [
    'server: { bucket faults: [{ call: put, fault: fails }, { call: delete, fault: answers late, times: 3 }] }',
    'server bucket fault: put fails, bucket fault: delete answers late, 3 times',
  ],
  ['verify', 'verify'],
  ['verify: now\nis: |\n  nothing is wrong', 'verify'],
  ['log: animals\nas: bob', 'log animals as bob'],
  ['server: { retention: 1d }\nas: bob', 'server retention 1d as bob'],
  ['restore: animals:v0\nas: ""', 'restore animals:v0 as ""'],
  ['collect: now\nas: "a\\nb"', 'collect as a\\u{a}b'],
  ['collect: step', 'collect, one step'],
  ['expire: now', 'expire'],
  ['crash: now', 'crash'],
  ['expect: { stored: 0B }', 'expect'],
  ['show: usage', 'show usage'],
];

describe('a step', () => {
  test.each(STEPS)('%j is told as %j', (step, text) => {
    expect(textOf(step)).toBe(text);
  });

  test('has text here, whatever its kind', () => {
    const described = STEPS.map(([step]) => /^[a-z ]+/.exec(step)?.[0]);
    expect(STEP_KINDS.filter((kind) => !described.includes(kind))).toEqual([]);
  });
});
