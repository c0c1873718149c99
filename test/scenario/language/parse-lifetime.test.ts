import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../../src/decider/event.ts';
import { storyIn, storyText } from '../../support/stores/story.ts';
import { testMistakes } from './mistake-rows.ts';

const TEXT = 'expected text; a number, true or null needs quotes around it';
const DURATION = 'a duration such as 90s, 15m, 6h, 8d or 2w';

describe('the steps of a lifetime', () => {
  const ID = 'expected an id that a step gives; a version is written a:v0';
  const PATH = 'expected a path of a version such as animals:v0/cat.jpg';
  testMistakes([
    [
      'name versions',
      storyText('restore: a', 'recover: a', 'ttl: a\nis: 1d', 'alias: a\nprotect: [b]'),
      [`3:14: ${ID}`, `4:14: ${ID}`, `5:10: ${ID}`, `7:12: ${ID}`],
    ],
    [
      'name paths in the bucket',
      storyText('bucket delete: a:v0', 'bucket undelete: a/x'),
      [`3:20: ${PATH}`, `4:22: ${ID}`],
    ],
    [
      'name runs and projects',
      storyText('delete run: a:b', 'delete project: a/b/c'),
      [
        '3:17: expected the name of a run such as train-1, project/train-1 or entity/project/train-1',
        '4:21: expected the name of a project such as demo or team/demo',
      ],
    ],
    ['say what a TTL is', storyText('ttl: a:v0'), ['3:5: missing "is": expected text']],
    [
      'write a TTL as a text, whatever it says',
      storyText('ttl: a:v0\nis: 30', 'team ttl: 30', 'log: a\nttl: 30'),
      [`4:9: ${TEXT}`, `5:15: ${TEXT}`, `7:10: ${TEXT}`],
    ],
    [
      'have truth values where they have them',
      storyText('team ttl: 1d\nmembersMaySetTtl: maybe', 'delete run: r\nartifacts: "yes"'),
      ['4:23: expected true or false', '6:16: expected true or false'],
    ],
    ['protect a list of aliases', storyText('alias: a:v0\nprotect: prod'), ['4:14: expected a list']],
    ['protect aliases of text', storyText('alias: a:v0\nprotect: [5]'), [`4:15: ${TEXT}`]],
    [
      'verify now, and may have a recording of text',
      storyText('verify: later', 'verify: now\nis: 5'),
      ['3:13: expected now', `5:9: ${TEXT}`],
    ],
    [
      'do one thing each',
      storyText(
        'restore: a:v0\nrecover: a:v0',
        'ttl: a:v0\nteam ttl: 1d',
        'delete: a:v0\ndelete run: r',
        'verify: now\nshow: usage',
      ),
      [
        '3:5: expected a step to do one thing; this one names restore and recover',
        '5:5: expected a step to do one thing; this one names ttl and team ttl',
        '7:5: expected a step to do one thing; this one names delete and delete run',
        '9:5: expected a step to do one thing; this one names verify and show',
      ],
    ],
    [
      'have names in which the space counts',
      storyText('teamttl: 1d', 'bucket-undelete: a:v0/x', 'delete_run: r', 'verfy'),
      [
        '3:5: unknown step "teamttl"; did you mean "team ttl"?',
        '4:5: unknown step "bucket-undelete"; did you mean "bucket undelete"?',
        '5:5: unknown step "delete_run"; did you mean "delete run"?',
        '6:5: unknown step "verfy"; did you mean "verify"?',
      ],
    ],
    [
      'are refused with codes that exist',
      storyText('restore: a:v0\nrefused: not-restoreable'),
      [/^4:14: expected the code of a refusal: .*; did you mean "not-restorable"\?$/],
    ],
  ]);

  test('can give a version its TTL when it is logged', () => {
    const steps = ['log: a\nttl: 30d', 'begin: a\nttl: none', 'draft: a:v0\nttl: inherit'];
    expect(
      storyIn(storyText(...steps)).steps.map(({ kind, body }) => [kind, Reflect.get(body, 'ttl')]),
    ).toEqual([
      ['log', { kind: 'lasting', seconds: 30 * 86_400 }],
      ['begin', { kind: 'none' }],
      ['draft', { kind: 'inherit' }],
    ]);
  });

  test('may verify by the word alone, which is the same as now', () => {
    const { steps } = storyIn(storyText('verify', 'verify: now'));
    expect(steps.map(({ kind, body }) => [kind, body])).toEqual([
      ['verify', { verify: 'now' }],
      ['verify', { verify: 'now' }],
    ]);
  });
});

describe('the claims of a lifetime', () => {
  testMistakes([
    [
      'say what a TTL is',
      storyText('expect: { ttl: { a:v0: forever, a:v1: 5 } }', 'expect: { ttl: { b: 1d } }'),
      [
        '3:28: expected inherit, none or a duration such as 30d',
        '3:43: expected inherit, none or a duration such as 30d; a bare number has no unit',
        '4:22: expected an id that a step gives; a version is written b:v0',
      ],
    ],
    [
      'say when a version expires, or null',
      storyText('expect:\n  expires in: { a:v0: never, a:v1: 5 }'),
      [
        `4:27: expected null for never, or ${DURATION}`,
        '4:40: expected a duration such as 8d, or null for never; a bare number has no unit',
      ],
    ],
    [
      'have keys in which the space counts',
      storyText('expect: { expires_in: {} }', 'expect: { ttls: {} }'),
      [
        '3:15: unknown key "expires_in"; did you mean "expires in"?',
        '4:15: unknown key "ttls"; did you mean "ttl"?',
      ],
    ],
    [
      'name kinds of events, each by its own name',
      storyText('expect: { events: [versionExpird] }'),
      [/^3:24: expected a kind of event: collectionCreated, .*; did you mean "versionExpired"\?$/],
    ],
  ]);

  test('may name every kind of event', () => {
    expect(storyIn(storyText(`expect: { events: [${EVENT_TYPES.join(', ')}] }`)).steps[0]?.body).toEqual({
      expect: { events: EVENT_TYPES },
    });
  });
});
