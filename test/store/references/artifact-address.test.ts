import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  artifactAddress,
  isArtifactAddress,
  parseArtifactAddress,
  targetOf,
} from '../../../src/store/references/artifact-address.ts';
import { fileNamed, versionId } from '../../support/stores/names.ts';

describe('the address of a path of a version', () => {
  test('names the version by its id, in hexadecimal digits, and leads back to it', () => {
    const target = { versionId: versionId('animals:v0'), path: 'photos/cat.jpg' };
    const address = artifactAddress(target);
    expect(address).toMatch(/^wandb-artifact:\/\/[0-9a-f]+\/photos\/cat\.jpg$/);
    expect(targetOf(address)).toEqual(target);
    expect(parseArtifactAddress(address)).toEqual({ ok: true, value: { by: 'id', ...target } });
  });

  test('is not taken for that of a project with a name of hexadecimal digits, nor for one of any length', () => {
    const project = 'ab'.repeat(20);
    expect(parseArtifactAddress(`wandb-artifact://${project}/animals:v0/cat`)).toMatchObject({
      ok: true,
      value: { by: 'name' },
    });
    expect(targetOf(`wandb-artifact://${'ab'.repeat(200_000)}/cat`)).toBeUndefined();
  });

  test('leads back to any path, colons and newlines included', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), fc.nat(), (path, index) => {
      const target = { versionId: versionId(`animals:v${index}`), path };
      expect(targetOf(artifactAddress(target))).toEqual(target);
    });
    fc.assert(property);
  });

  test.each([
    'animals:v0/cat',
    'lab/animals:best/cat',
    'rival/lab/animals:latest/photos/a:b',
    // A project with a name of hexadecimal digits.
    'abcd/animals:v0/cat',
  ])('may name it as %s, which is not yet a target', (name) => {
    const address = `wandb-artifact://${name}`;
    expect(parseArtifactAddress(address)).toEqual({ ok: true, value: { by: 'name', file: fileNamed(name) } });
    expect(targetOf(address)).toBeUndefined();
  });

  test.each(['', 'animals', 'animals:v0', 'animals/cat', '616263/cat', 'a/b/c/d:v0/cat'])(
    'is not wandb-artifact://%s',
    (name) => {
      expect(parseArtifactAddress(`wandb-artifact://${name}`)).toMatchObject({ ok: false });
    },
  );

  test.each(['s3://animals:v0/cat', 'wandb-artifacts://animals:v0/cat', 'animals:v0/cat'])(
    'is not %s, which points out of the store',
    (address) => {
      expect(isArtifactAddress(address)).toBe(false);
      expect(targetOf(address)).toBeUndefined();
      expect(parseArtifactAddress(address)).toMatchObject({ ok: false });
    },
  );
});
