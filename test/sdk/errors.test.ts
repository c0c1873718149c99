import { describe, expect, test } from 'vitest';
import { refused } from '../../src/lifecycle/decision.ts';
import { REFUSALS } from '../../src/rules/refusals.ts';
import { errorOf, eventsOf, messageOf } from '../../src/sdk/errors.ts';
import {
  ApiError,
  ArtifactFinalizedError,
  ArtifactNotLoggedError,
  ArtifactStatusError,
  CommError,
  ValueError,
} from '../../src/sdk/index.ts';

describe('the error of a refusal', () => {
  test('says the sentence, what to call instead, the code and the rule', () => {
    const { refusal } = refused('notALink', {
      version: 'animals:v0',
      collection: 'animals',
      call: 'delete: x',
    });
    const error = errorOf(refusal);
    expect(error).toBeInstanceOf(ValueError);
    expect(error.name).toBe('ValueError');
    expect(error.message).toBe(`${refusal.sentence} Instead: artifact.delete()`);
    expect(error.refusal).toBe(refusal);
  });

  test('says no call of a story, and none that belongs to another situation of its code', () => {
    const { refusal } = refused('typeMismatch', { collection: 'animals', stands: 'dataset', given: 'model' });
    expect(refusal.instead).toBe('log: animals, type: dataset');
    expect(errorOf(refusal).message).toBe(refusal.sentence);
    const protecting = refused('protectingNoLink', { version: 'animals:v0' }).refusal;
    expect(errorOf(protecting).message).toBe(protecting.sentence);
  });

  test('names a call for one situation only, of all those that its code and rule tell apart', () => {
    const situations = Object.values(REFUSALS);
    const named = situations.filter(({ code, rule }) => {
      const refusal = { code, rule, sentence: '', blockers: [], instead: null };
      return messageOf(refusal) !== '';
    });
    expect(named).toEqual([REFUSALS.hasAliases, REFUSALS.notALink, REFUSALS.ttlOnLink]);
  });

  test('comes from the server, unless the SDK finds it out by itself', () => {
    expect(errorOf(refused('runNotFound', { run: 'train-1' }).refusal)).toBeInstanceOf(CommError);
    expect(errorOf(refused('badAlias', { alias: 'a/b' }).refusal)).toBeInstanceOf(ValueError);
    expect(errorOf(refused('runNotFound', { run: 'train-1' }).refusal).message).toBe(
      'There is no run train-1.',
    );
  });

  test('is thrown in the place of events', () => {
    expect(eventsOf({ ok: true, events: [1, 2] })).toEqual([1, 2]);
    expect(() => eventsOf(refused('runNotFound', { run: 'train-1' }))).toThrow(CommError);
  });
});

describe('every error', () => {
  test.each([
    new CommError(''),
    new ValueError(''),
    new ArtifactNotLoggedError('version'),
    new ArtifactFinalizedError('Artifact.addFile'),
  ])('is an ApiError, and knows its own name: %s', (error) => {
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(error.constructor.name);
    expect(error.refusal).toBeNull();
  });

  test('about the state of an artifact is an ArtifactStatusError', () => {
    expect(new ArtifactNotLoggedError('version')).toBeInstanceOf(ArtifactStatusError);
    expect(new ArtifactFinalizedError('Artifact.addFile')).toBeInstanceOf(ArtifactStatusError);
    expect(new CommError('')).not.toBeInstanceOf(ArtifactStatusError);
  });
});
