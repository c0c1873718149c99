import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { EVENT_TYPES } from '../../../src/decider/event.ts';
import { play } from '../../../src/scenario/play/play.ts';
import { reportRun, reportScenario, reportStep, type StepReport } from '../../../src/scenario/play/report.ts';
import { SHIPPED_TEXTS } from '../../support/arbitraries/damaged-stories.ts';
import { storyIn, storyText } from '../../support/stores/story.ts';

// The document of the specification: exactly these keys.
const refusal = z.strictObject({
  code: z.string().regex(/^[a-z-]+$/),
  rule: z.string().regex(/^[A-Z]+-\d+$/),
  sentence: z.string(),
  blockers: z.array(z.string()),
});
const versionName = z.string().regex(/^[^/:#]+\/[^/:#]+\/[^/:#]+(?::v|#)\d+$/);
const size = z.int().min(0);
const document = z.strictObject({
  passed: z.int(),
  failed: z.int(),
  scenarios: z.array(
    z.strictObject({
      file: z.string(),
      title: z.string(),
      begins: z.iso.datetime().optional(),
      rules: z.array(z.string()),
      verdict: z.enum(['passed', 'failed']),
      steps: z.array(
        z.strictObject({
          step: z.string(),
          line: z.int().min(1),
          outcome: z.enum(['done', 'refused', 'failed']),
          events: z.array(z.looseObject({ type: z.enum(EVENT_TYPES) })),
          refusal: refusal.nullable(),
          advice: z.array(z.string()),
        }),
      ),
      failures: z.array(z.strictObject({ line: z.int().min(1), expected: z.string(), actual: z.string() })),
      final: z.strictObject({
        now: z.string().regex(/^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/),
        versions: z.array(
          z.strictObject({
            name: versionName,
            state: z.enum(['PENDING', 'COMMITTED', 'PENDING_DELETION', 'DELETED']),
            aliases: z.array(z.string()),
            size,
          }),
        ),
        objects: z.array(
          z.strictObject({
            digest: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
            size,
            holders: z.array(versionName),
            bucket: z.enum(['stored', 'noncurrent', 'soft-deleted', 'gone']),
          }),
        ),
        bytes: z.strictObject({ logical: size, stored: size, billed: size }),
      }),
    }),
  ),
});

function report(...texts: readonly string[]) {
  const scenarios = texts.map((text) => {
    const steps: StepReport[] = [];
    const playback = play(storyIn(text), undefined, (frame) => steps.push(reportStep(frame)));
    return reportScenario(playback, steps);
  });
  return document.parse(JSON.parse(JSON.stringify(reportRun(scenarios))));
}

const shipped = SHIPPED_TEXTS.filter(({ text }) => !/\bfrom:/.test(text));
const md5 = (text: string) => createHash('md5').update(text).digest('base64');

const STORY = storyText(
  'log: animals\nfiles: { cat: 2MB, map: { ref: s3://maps/1, size: 5GB } }\naliases: [best, __proto__]',
  'log: zoo/pets/animals\nfiles: { dog: 2MB }',
  'delete: animals:v0',
  'delete: animals:v0\ndeleteAliases: true',
  'wait: 36h',
  'expect: { stored: 0B }',
  'show: usage',
);

describe('the report', () => {
  test.each(shipped)('of $name has exactly the keys of the specification', ({ text }) => {
    const { passed, scenarios } = report(text);
    expect(passed).toBe(1);
    expect(scenarios[0]?.verdict).toBe('passed');
  });

  test('has the result of each step', () => {
    const steps = report(STORY).scenarios[0]?.steps ?? [];
    expect(steps.map(({ step, line, outcome }) => [line, step, outcome])).toEqual([
      [
        3,
        'log: animals, files: { cat: 2MB, map: { ref: s3://maps/1, size: 5GB } }, aliases: [best, __proto__]',
        'done',
      ],
      [6, 'log: zoo/pets/animals, files: { dog: 2MB }', 'done'],
      [8, 'delete: animals:v0', 'refused'],
      [9, 'delete: animals:v0, deleteAliases: true', 'done'],
      [11, 'wait: 36h', 'done'],
      [12, 'expect', 'failed'],
      [13, 'show: usage', 'done'],
    ]);
    expect(steps[2]?.refusal).toMatchObject({ code: 'has-aliases', rule: 'DEL-2' });
    expect(steps[2]?.events).toEqual([]);
    expect(steps[3]?.events).toEqual([
      { type: 'versionDeleted', version: 'team/demo/animals:v0', aliases: ['__proto__', 'best', 'latest'] },
    ]);
    expect(steps[4]?.events).toEqual([{ type: 'clockMoved', to: 'P1DT12H' }]);
  });

  test('says what failed, and where', () => {
    const { passed, failed, scenarios } = report(STORY);
    expect({ passed, failed }).toEqual({ passed: 0, failed: 1 });
    expect(scenarios[0]).toMatchObject({
      file: 'story.yaml',
      title: 'A story',
      rules: [],
      verdict: 'failed',
    });
    expect(scenarios[0]?.failures.map(({ line }) => line)).toEqual([8, 12]);
    expect(scenarios[0]?.failures[1]).toEqual({ line: 12, expected: 'stored 0B', actual: '4MB' });
  });

  test('says in what store the story ended, in full names, bytes and MD5', () => {
    expect(report(STORY).scenarios[0]?.final).toEqual({
      now: 'P1DT12H',
      versions: [
        { name: 'team/demo/animals:v0', state: 'PENDING_DELETION', aliases: [], size: 2_000_000 },
        { name: 'zoo/pets/animals:v0', state: 'COMMITTED', aliases: ['latest'], size: 2_000_000 },
      ],
      objects: [
        { digest: md5('cat'), size: 2_000_000, holders: ['team/demo/animals:v0'], bucket: 'stored' },
        { digest: md5('dog'), size: 2_000_000, holders: ['zoo/pets/animals:v0'], bucket: 'stored' },
      ],
      bytes: { logical: 2_000_000, stored: 4_000_000, billed: 4_000_000 },
    });
  });

  test('of several stories counts them, in their order', () => {
    const { passed, failed, scenarios } = report(STORY, storyText('wait: 1d'), STORY);
    expect([passed, failed, scenarios.map(({ verdict }) => verdict)]).toEqual([
      1,
      2,
      ['failed', 'passed', 'failed'],
    ]);
  });

  test('of no story is empty', () => {
    expect(report()).toEqual({ passed: 0, failed: 0, scenarios: [] });
  });

  test('has the same bytes each time', () => {
    const bytes = () => JSON.stringify(report(STORY, ...shipped.slice(0, 10).map(({ text }) => text)));
    expect(bytes()).toBe(bytes());
  });

  test('names the kind of every event that the stories cause, and none of the keys of the store', () => {
    const events = report(...shipped.map(({ text }) => text)).scenarios.flatMap(({ steps }) =>
      steps.flatMap(({ events }) => events),
    );
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThan(15);
    expect(JSON.stringify(events)).not.toMatch(/"[a-z]+Ids?":/i);
  });
});
