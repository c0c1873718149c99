import { describe, expect, test } from 'vitest';
import { refused } from '../../src/lifecycle/decision.ts';
import { errorOf, eventsOf } from '../../src/sdk/errors.ts';
import {
  ApiError,
  ArtifactFinalizedError,
  ArtifactNotLoggedError,
  ArtifactStatusError,
  CommError,
  ValueError,
} from '../../src/sdk/index.ts';

describe('the error of a refusal', () => {
  test('says the sentence, what to do instead, the code and the rule', () => {
    const { refusal } = refused('typeMismatch', { collection: 'animals', stands: 'dataset', given: 'model' });
    const error = errorOf(refusal);
    expect(error).toBeInstanceOf(ValueError);
    expect(error.name).toBe('ValueError');
    expect(error.message).toBe(`${refusal.sentence} Instead: ${refusal.instead}`);
    expect(error.refusal).toBe(refusal);
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
