import { describe, expect, test } from 'vitest';
import { refused } from '../../../src/lifecycle/decision.ts';
import { CommError, ValueError } from '../../../src/sdk/index.ts';
import { removeRun } from '../stores/builders.ts';
import { agrees } from './calls.ts';

const call = removeRun('run-1');
const outcome = refused('runNotFound', { run: 'run-1' });
const badAlias = refused('badAlias', { alias: 'a/b' }).refusal;
const unreadable = refused('filesUnreadable', { version: 'animals:v0', paths: 'cat' }).refusal;

describe('an error of the SDK client agrees with a refusal of the model', () => {
  test.each([
    ['of the same code', new CommError('', outcome.refusal), true],
    ['where the SDK finds the mistake first', new ValueError('', badAlias), true],
    ['where no rule is about the mistake', new ValueError(''), true],
    ['but not of another code that the server finds', new CommError('', unreadable), false],
    [
      'nor as a ValueError of a code that the SDK does not find by itself',
      new ValueError('', unreadable),
      false,
    ],
  ])('%s', (_when, error, expected) => {
    expect(agrees(call, outcome, { expressed: true, error })).toBe(expected);
  });
});
