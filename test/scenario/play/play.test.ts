import { describe, expect, test } from 'vitest';
import { play, sameText } from '../../../src/scenario/play/play.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import { bytes } from '../../../src/values/units.ts';
import { failuresOf, playSteps, playText, storyIn, storyText } from '../../support/stores/story.ts';

describe('a refusal', () => {
  test('that no step expects fails the story', () => {
    expect(failuresOf('delete: a:v0')).toEqual([
      'expected "delete: a:v0" to go through, actual refused: not-found. There is no version a:v0.',
    ]);
  });

  test('that is expected by its code passes', () => {
    const { frames, failures } = playSteps('delete: a:v0\nrefused: not-found');
    expect(failures).toEqual([]);
    expect(frames[0]).toMatchObject({ outcome: 'refused', refusal: { code: 'not-found' }, events: [] });
  });

  test('that is expected and does not come fails the story', () => {
    expect(failuresOf('wait: 1d\nrefused: not-found')).toEqual([
      'expected "wait: 1d" to be refused: not-found, actual it went through',
    ]);
  });

  test('of another code fails the story', () => {
    expect(failuresOf('delete: a:v0\nrefused: has-aliases')).toEqual([
      'expected "delete: a:v0" to be refused: has-aliases, actual refused: not-found. There is no version a:v0.',
    ]);
  });

  test('is reported at the line of its step, and the story continues', () => {
    const { failures, frames, final } = playSteps(
      'delete: a:v0',
      'log: a\nfiles: { x: 1MB }',
      'delete: a:v7',
    );
    expect(failures.map(({ line }) => line)).toEqual([3, 6]);
    expect(frames.map(({ outcome }) => outcome)).toEqual(['refused', 'done', 'refused']);
    expect(final.logicalBytes).toBe(1_000_000);
  });

  test('changes nothing', () => {
    const [frame] = playSteps('delete: a:v0').frames;
    expect(frame?.after).toBe(frame?.before);
  });

  test('of an alias, or of a name that no store takes, is a matter of the story', () => {
    expect(failuresOf('log: "a b"\nrefused: bad-name', 'log: a\naliases: [v1]\nrefused: bad-alias')).toEqual(
      [],
    );
  });
});

describe('an id', () => {
  test('means the version that its step made', () => {
    const { final, failures } = playSteps(
      'begin: a\nid: __proto__\nfiles: { x: 1MB }',
      'begin: a\nid: constructor\nfiles: { y: 2MB }',
      'commit: constructor',
      'abandon: __proto__',
      'expect: { state: { __proto__: PENDING_DELETION, constructor: COMMITTED, a:v0: COMMITTED } }',
    );
    expect(failures).toEqual([]);
    expect(final.logicalBytes).toBe(2_000_000);
  });

  test('can be given by any step that creates a version, and a deletion without a colon names one', () => {
    expect(
      failuresOf(
        'log: a\nid: first\nfiles: { x: 1MB }',
        'draft: a:v0\nid: second\nadd: { y: 1MB }',
        'delete: second\ndeleteAliases: true',
        'delete: first',
        'expect: { state: { a:v0: PENDING_DELETION, a:v1: PENDING_DELETION } }',
      ),
    ).toEqual([]);
  });

  test('names the version that its upload becomes, in any step and claim (LOG-5)', () => {
    expect(
      failuresOf(
        'log: a\nfiles: { w: 1MB }',
        'begin: a\nid: up\nfiles: { x: 1MB }',
        'use: up\nrun: r\nrefused: not-found',
        'draft: up\nrefused: not-found',
        'upload: up\nfiles: { y: 1MB }',
        'begin: a\nid: second',
        'commit: second',
        'expect: { state: { up: PENDING, second: COMMITTED }, holders: { up/y: [up] }, object: { up/y: stored } }',
        'commit: up',
        'use: up\nrun: r',
        'link: up\nto: p',
        'ttl: up\nis: 1d',
        'expect: { aliases: { a: { latest: v2 } }, links: { up: [p:v0] }, ttl: { up: 1d } }',
        'delete: up\ndeleteAliases: true',
        'restore: up',
        'bucket delete: up/y',
        'expect: { state: { up: COMMITTED }, expires in: { up: 1d }, object: { a:v2/y: gone } }',
      ),
    ).toEqual([]);
  });

  test('is not needed to name an upload: its number does, and finds it in any state (LOG-5)', () => {
    expect(
      failuresOf(
        'begin: a\nfiles: { x: 1MB }',
        'begin: a\nid: up\nfiles: { y: 1MB }',
        'use: a#0\nrun: r\nrefused: not-found',
        'restore: a#0\nrefused: not-restorable',
        'bucket delete: a#0/x',
        'bucket undelete: a#0/x\nrefused: objects-missing',
        'expect: { state: { a#0: PENDING }, holders: { a#0/x: [a#0] }, object: { a#0/x: gone }, not found: [a#0] }',
        'commit: up',
        'expect: { state: { a#1: COMMITTED, a:v0: COMMITTED }, holders: { a:v0/y: [a#1] } }',
        'use: a#1\nrun: r',
        'expect: { not found: [a#2] }',
      ),
    ).toEqual([]);
  });

  test('of a version that no step has made yet, or that was refused, is refused', () => {
    expect(
      failuresOf(
        'commit: x\nrefused: not-found',
        'begin: a b\nid: x\nrefused: bad-name',
        'commit: x\nrefused: not-found',
      ),
    ).toEqual([]);
  });

  test('of a log that made nothing means the version that is there already', () => {
    const files = 'files: { x: 1MB }';
    expect(
      failuresOf(
        `log: a\n${files}`,
        `log: a\n${files}\nid: again`,
        'delete: again\ndeleteAliases: true',
        'expect: { versions: { a: [] } }',
      ),
    ).toEqual([]);
  });
});

describe('what the last collection freed', () => {
  const past = ['log: a\nfiles: { x: 1MB, y: 2MB }', 'delete: a:v0\ndeleteAliases: true'];

  test('is nothing before the first one', () => {
    expect(failuresOf(...past, 'expect: { freed: 0B }')).toEqual([]);
  });

  test('is the amount of the last run, not the sum of several', () => {
    expect(
      failuresOf(
        ...past,
        'wait: 1d',
        'log: b\nfiles: { z: 5MB }',
        'delete: b:v0\ndeleteAliases: true',
        'wait: 30d',
        'expect: { freed: 5MB, stored: 0B }',
      ),
    ).toEqual([]);
  });

  test('stays while runs find nothing to do, but not when one is asked for', () => {
    expect(
      failuresOf(
        ...past,
        'wait: 8d',
        'wait: 8d',
        'expect: { freed: 3MB }',
        'collect',
        'expect: { freed: 0B }',
      ),
    ).toEqual([]);
  });

  test('counts a run that crashed', () => {
    const equal = ['log: a\nfiles: { x: 1MB, y: 1MB }', 'delete: a:v0\ndeleteAliases: true'];
    const runs = ['server: { retention: 0s }', 'crash: after 3', 'collect'];
    expect(failuresOf(...equal, ...runs, 'expect: { freed: 1MB, stored: 1MB }')).toEqual([]);
    expect(failuresOf(...equal, ...runs, 'collect', 'expect: { freed: 1MB, stored: 0B }')).toEqual([]);
  });
});

describe('a story', () => {
  test('is played with its settings, from the setup on', () => {
    const text = `title: t\nserver: { retention: 1d }\ngiven:\n  - log: a\n    files: { x: 1MB }\nsteps:\n  - delete: a:v0\n    deleteAliases: true\n  - wait: 30h\n  - expect: { stored: 0B }\n`;
    const { frames, failures } = playText(text);
    expect(failures).toEqual([]);
    expect(frames.map(({ given }) => given)).toEqual([true, false, false, false]);
  });

  test('fails at what its setup claims, too', () => {
    const text = 'title: t\ngiven:\n  - expect: { stored: 1B }\nsteps:\n  - wait: 1d\n';
    expect(playText(text).failures).toEqual([{ line: 3, expected: 'stored 1B', actual: '0B' }]);
  });

  test('takes files from the folders that were read', () => {
    const scenario = storyIn(storyText('log: a\nfiles: { from: ./data }'));
    const file = { kind: 'file', path: 'sub/x', digest: digestOfName('q'), sizeBytes: bytes(7) } as const;
    expect(play(scenario, new Map([['./data', [file]]])).final.logicalBytes).toBe(7);
    expect(() => play(scenario)).toThrow('was read before the story is played');
  });

  test('hands over each frame with the stores around it, which are one chain', () => {
    const { frames, final } = playSteps('log: a\nfiles: { x: 1MB }', 'expect: {}', 'show: usage', 'wait: 1d');
    for (const [at, frame] of frames.entries()) expect(frame.after).toBe(frames[at + 1]?.before ?? final);
    expect(frames.map(({ events }) => events.length > 0)).toEqual([true, false, false, true]);
  });
});

describe('two recordings are the same', () => {
  test.each([
    ['a\nb\n', 'a  \nb'],
    ['a\r\nb', 'a\nb'],
    ['a\n\n\n', 'a'],
    ['', '\n \n'],
  ])('where only white space at the ends of lines differs: %j and %j', (left, right) => {
    expect(sameText(left, right)).toBe(true);
  });

  test.each([
    ['a\nb', 'a b'],
    [' a', 'a'],
    ['a\n\nb', 'a\nb'],
    ['a', 'A'],
  ])('but not %j and %j', (left, right) => {
    expect(sameText(left, right)).toBe(false);
  });
});
