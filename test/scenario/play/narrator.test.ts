import { describe, expect, test } from 'vitest';
import { describeText, storyText, storyWith } from '../../support/stores/story.ts';

const STORY = `title: Deleting the second version frees only what it added
rules: [DEL-1, GC-2]
about: |
  v1 shares cat with v0 and adds rat. This paragraph is long enough to be broken,
  and its own lines do not matter.

  A second one.
given:
  - log: animals
    files: { cat: 2MB }
steps:
  - log: animals
    files: { cat: 2MB, rat: 3MB }
    aliases: [best]
  - delete: animals:v1
    refused: has-aliases
  - delete: animals:v1
    deleteAliases: true
  - alias: animals:v0
    remove: [gone]
  - wait: 8d
  - show: holders
  - expect: { stored: 2MB, freed: 3MB }
  - expect:
      logical: 5MB
`;

const DESCRIBED = `Deleting the second version frees only what it added
story.yaml · DEL-1, GC-2

  v1 shares cat with v0 and adds rat. This paragraph is long enough to be
  broken, and its own lines do not matter.

  A second one.

     after 1 setup step: logical 2MB, stored 2MB, billed 2MB
  1  log: animals, files: { cat: 2MB, rat: 3MB }, aliases: [best]
     animals:v1 is PENDING: uploads rat 3MB; already stored: cat 2MB       LOG-6
     animals:v1 is COMMITTED                                               LOG-5
     latest points to animals:v1, no longer to animals:v0                  ALI-2
     best points to animals:v1                                             ALI-1
     logical 2MB → 7MB · stored 2MB → 5MB · billed 2MB → 5MB
  2  delete: animals:v1
     refused: has-aliases, as expected                                     DEL-2
     animals:v1 has the aliases best, latest.
     Try: delete: animals:v1, deleteAliases: true
  3  delete: animals:v1, deleteAliases: true
     animals:v1 is PENDING_DELETION and loses its aliases best, latest;
     its files stay in the bucket                                          DEL-1
     logical 7MB → 2MB
  4  alias: animals:v0, remove: [gone]
     nothing changes
  5  wait: 8d
     day 7
     garbage collection reviews animals:v1                                  GC-1
     animals:v1 releases its files; others still hold cat 2MB               GC-2
     animals:v1/rat 3MB is deleted from the bucket: 3MB freed              BKT-1
     animals:v1 is DELETED                                                  GC-2
     day 8
     stored 5MB → 2MB · billed 5MB → 2MB
  6  show: holders
     object          held by
     animals:v0/cat  animals:v0
     animals:v1/rat  nothing
  7  expect
     ✓ stored 2MB · freed 3MB
  8  expect
     ✗ line 25: expected logical 5MB
       actual: 2MB

✗ failed: 1 expectation not met
`;

describe('a story is narrated', () => {
  test('step by step, with the events of each, their rules, and the changes of the figures', () => {
    expect(describeText(STORY).split('\n')).toEqual(DESCRIBED.split('\n'));
  });

  test('to its good end', () => {
    expect(describeText(storyText('expect: { stored: 0B }'))).toBe(
      'A story\nstory.yaml\n\n  1  expect\n     ✓ stored 0B\n\n✓ passed\n',
    );
  });

  test('with an unexpected refusal, and an expected one that did not come', () => {
    const described = describeText(storyText('delete: a:v0', 'wait: 1d\nrefused: not-found'));
    expect(described.split('\n').slice(3)).toEqual([
      '  1  delete: a:v0',
      '     refused: not-found                                                    DEL-3',
      '     There is no version a:v0.',
      '     ✗ line 3: expected "delete: a:v0" to go through',
      '       actual: refused: not-found. There is no version a:v0.',
      '  2  wait: 1d',
      '     day 1',
      '     ✗ line 4: expected "wait: 1d" to be refused: not-found',
      '       actual: it went through',
      '',
      '✗ failed: 2 expectations not met',
      '',
    ]);
  });

  test('without every one of many like events', () => {
    const files = Array.from({ length: 30 }, (_, at) => `f${at}: 1MB`).join(', ');
    const described = describeText(
      storyText(`log: a\nfiles: { ${files} }`, 'delete: a:v0\ndeleteAliases: true', 'wait: 8d'),
    );
    expect(described.match(/is deleted from the bucket/g)).toHaveLength(8);
    expect(described).toMatch(/… and 22 more like it +BKT-1/);
  });

  test('the same way each time', () => {
    expect(describeText(STORY)).toBe(describeText(STORY));
  });
});

describe('a story of the whole lifecycle is narrated', () => {
  test('with who does what, what is protected, and what the bucket keeps', () => {
    const text = storyWith(
      'team: { members: { bob: member } }\nregistries: { models: { robin: admin } }\nserver: { deployment: self-managed, bucket: { versioning: true } }',
      'log: animals\nfiles: { cat: 2MB }\nttl: 30d\nas: bob',
      'link: animals:v0\nto: models/prod\nas: robin',
      'alias: models/prod:v0\nprotect: [production]\nas: robin',
      'delete: animals:v0\ndeleteAliases: true\nas: bob\nrefused: protected-alias',
      'bucket delete: animals:v0/cat',
      'verify',
      'collect: now\nrefused: gc-not-enabled',
    );
    expect(describeText(text).split('\n').slice(3)).toEqual([
      '  1  log: animals, files: { cat: 2MB }, ttl: 30d, as: bob',
      '     animals is a new sequence of type dataset                             LOG-1',
      '     animals:v0 is PENDING: uploads cat 2MB                                LOG-6',
      '     animals:v0 is COMMITTED                                               LOG-5',
      '     latest points to animals:v0                                           ALI-1',
      '     logical 0B → 2MB · stored 0B → 2MB · billed 0B → 2MB',
      '  2  link: animals:v0, to: models/prod, as: robin',
      '     models/prod is a new portfolio of type dataset                        LOG-1',
      '     models/prod:v0 links to animals:v0',
      '     animals:v0 no longer has a TTL, because it was linked                 TTL-4',
      '     latest points to models/prod:v0                                       ALI-2',
      '  3  alias: models/prod:v0, protect: [production], as: robin',
      '     production points to models/prod:v0                                   ALI-2',
      '     production is protected in models/prod: neither its link nor the',
      '     source can be deleted                                                 ALI-7',
      '  4  delete: animals:v0, deleteAliases: true, as: bob',
      '     refused: protected-alias, as expected                                 ALI-7',
      '     Nobody can delete animals:v0: the alias production of models/prod:v0 is',
      '     protected.',
      '     Try: alias: models/prod:v0, remove: [production]',
      '     then: delete: animals:v0, deleteAliases: true, as: bob',
      '  5  bucket delete: animals:v0/cat',
      '     animals:v0/cat 2MB is deleted directly in the bucket; the store does',
      '     not know                                                              BKT-6',
      '     stored 2MB → 0B',
      '  6  verify',
      '     ✗ animals:v0 lacks cat, 2MB: object 0HfyRN74pw5ep1i9g1L82A== is noncurrent',
      '     until day 30; "recover: animals:v0" restores it',
      expect.stringMatching(
        /^ {5}checked: 1 committed version with 1 file, 0 stored objects, \d+ invariants$/,
      ),
      '  7  collect',
      '     refused: gc-not-enabled, as expected                                   GC-6',
      '     Garbage collection is not enabled: GORILLA_ARTIFACT_GC_ENABLED is not set,',
      '     and must be "true".',
      '     Try: server: { env: { GORILLA_ARTIFACT_GC_ENABLED: "true" } }',
      '     then: collect: now',
      '',
      '✓ passed',
      '',
    ]);
  });

  test('without figures if a step does not change them', () => {
    expect(describeText(storyText('log: a', 'restore: a:v0', 'ttl: a:v0\nis: inherit'))).toMatch(
      /restore: a:v0\n {5}nothing changes\n {2}3 {2}ttl: a:v0, is: inherit\n {5}nothing changes\n/,
    );
  });
});
