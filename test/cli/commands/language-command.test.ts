import { describe, expect, test } from 'vitest';
import { expectations } from '../../../src/scenario/language/schema-expect.ts';
import { server } from '../../../src/scenario/language/schema-server.ts';
import { STEP_KINDS, STEP_SCHEMAS } from '../../../src/scenario/language/schema-steps.ts';
import { limbo } from '../../support/process/run-limbo.ts';

describe('language', () => {
  test('describes every step, claim, and setting', async () => {
    const { status, out } = await limbo('language');
    expect(status).toBe(0);
    const words = [...STEP_KINDS, ...Object.keys(expectations.shape), ...Object.keys(server.shape)];
    for (const word of words) expect(out).toMatch(new RegExp(`^ {2}${word} +\\S`, 'm'));
  });

  test.each(STEP_KINDS)('describes every key of the step %s', async (kind) => {
    const { status, out } = await limbo('language', kind);
    expect(status).toBe(0);
    const keys = Object.keys(STEP_SCHEMAS[kind].shape).filter((key) => key !== 'as' && key !== 'refused');
    for (const key of keys.filter((other) => other !== kind)) {
      expect(out).toMatch(new RegExp(`^ {2}${key} +\\S`, 'm'));
    }
  });

  test('fits 80 columns', async () => {
    const { out } = await limbo('language', ...STEP_KINDS);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect((await limbo('language')).out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('names the step that was meant', async () => {
    expect(await limbo('language', 'delte')).toMatchObject({
      status: 2,
      err: 'unknown step "delte"; did you mean "delete"?\n',
    });
  });
});
