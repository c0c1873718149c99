import { describe, expect, test } from 'vitest';
import { refused } from '../../src/lifecycle/decision.ts';
import { errorOf, orThrow } from '../../src/sdk/errors.ts';
import {
  ApiError,
  ArtifactFinalizedError,
  ArtifactNotLoggedError,
  ArtifactStatusError,
  CommError,
  ValueError,
} from '../../src/sdk/index.ts';
import { remove } from '../support/stores/builders.ts';

describe('the error of a refusal', () => {
  test('says the sentence, what to call instead, the code and the rule', () => {
    const { refusal } = refused('notALink', { version: 'animals:v0', collection: 'animals' });
    const error = errorOf(refusal, [remove('animals:v0')]);
    expect(error).toBeInstanceOf(ValueError);
    expect(error.name).toBe('ValueError');
    expect(error.message).toBe(
      `${refusal.sentence} Try: await (await api.artifact("team/demo/animals:v0")).delete()`,
    );
    expect(error.refusal).toBe(refusal);
    expect(error.advice).toEqual([remove('animals:v0')]);
  });

  test('without advice, is only the sentence', () => {
    const { refusal } = refused('typeMismatch', {
      collection: 'animals',
      current: 'dataset',
      given: 'model',
    });
    expect(errorOf(refusal).message).toBe(refusal.sentence);
  });

  test('comes from the server, unless the SDK finds it out by itself', () => {
    expect(errorOf(refused('runNotFound', { run: 'train-1' }).refusal)).toBeInstanceOf(CommError);
    expect(errorOf(refused('badAlias', { alias: 'a/b' }).refusal)).toBeInstanceOf(ValueError);
    expect(errorOf(refused('runNotFound', { run: 'train-1' }).refusal).message).toBe(
      'There is no run train-1.',
    );
  });

  test('is thrown in the place of a value', () => {
    expect(orThrow({ ok: true, value: 'train-1' })).toBe('train-1');
    expect(() => orThrow(refused('runNotFound', { run: 'train-1' }))).toThrow(CommError);
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
