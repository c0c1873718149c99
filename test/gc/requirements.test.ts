import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/decider/command.ts';
import { ENABLING_VARIABLE, missingRequirements, refusedByRequirements } from '../../src/gc/requirements.ts';
import { DEFAULT_SETTINGS, DEPLOYMENTS, type Deployment, type Settings } from '../../src/store/settings.ts';
import { EVERY_BUCKET, policyOf } from '../bucket/every-bucket.ts';
import {
  clock,
  close,
  log,
  release,
  removeWithAliases,
  review,
  server,
  sweep,
} from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';
import { objectId, versionId } from '../support/stores/names.ts';

const ENVIRONMENTS = [undefined, 'true', 'false', 'TRUE', ' true', '1', ''] as const;
const settings = (deployment: Deployment, value: string | undefined, bucket = policyOf({})): Settings => ({
  ...DEFAULT_SETTINGS,
  deployment,
  env: value === undefined ? [] : [{ name: ENABLING_VARIABLE, value }],
  bucket,
});
const blockers = (given: Settings) => missingRequirements(given).flatMap((refusal) => refusal.blockers);

const EVERY_SERVER = DEPLOYMENTS.flatMap((deployment) =>
  ENVIRONMENTS.flatMap((value) =>
    EVERY_BUCKET.map((bucket) => [deployment, value, bucket.name, bucket.policy] as const),
  ),
);

describe('a missing requirement of garbage collection (GC-6, GC-7)', () => {
  test.each(EVERY_SERVER)(
    '%s, with the variable %j, on a bucket of the flavor %s',
    (deployment, value, name, bucket) => {
      const missing: string[] = [];
      if (deployment === 'self-managed' && value !== 'true') missing.push(ENABLING_VARIABLE);
      if (deployment === 'self-managed' || deployment === 'bring-your-own-bucket') {
        if (['aws', 'gcp', 'gcp with soft delete', 'minio'].includes(name)) missing.push('versioning');
        if (name === 'azure') missing.push('softDelete');
      }
      const server = settings(deployment, value, bucket);
      expect(blockers(server)).toEqual(missing);
      const refused = refusedByRequirements(server);
      expect(refused?.refusal.blockers ?? []).toEqual(missing);
      expect(refused?.refusal.code).toBe(
        missing.length === 0
          ? undefined
          : missing[0] === ENABLING_VARIABLE
            ? 'gc-not-enabled'
            : 'bucket-not-protected',
      );
    },
  );

  test('is reported with the value of the variable', () => {
    const sentence = (value: string | undefined) =>
      refusedByRequirements(settings('self-managed', value))?.refusal.sentence;
    expect(sentence(undefined)).toMatch(/is not set, and must be "true"/);
    expect(sentence('TRUE')).toMatch(/is "TRUE", and must be "true"/);
    expect(sentence('')).toMatch(/is "", and must be "true"/);
    expect(sentence('two\nlines')).not.toContain('\n');
  });

  test('is reported all at once, each requirement by its name, the variable first', () => {
    const refused = refusedByRequirements(
      settings('self-managed', undefined, policyOf({ provider: 'minio' })),
    );
    expect(refused?.refusal).toMatchObject({
      code: 'gc-not-enabled',
      rule: 'GC-6',
      blockers: [ENABLING_VARIABLE, 'versioning'],
    });
    expect(refused?.refusal.sentence).toBe(
      'Garbage collection is not enabled: GORILLA_ARTIFACT_GC_ENABLED is not set, and must be "true". ' +
        'Garbage collection does not run: versioning is off for this MinIO bucket.',
    );
  });

  test('is the variable of that very name, among others', () => {
    const { env } = settings('self-managed', 'true');
    const others = [
      { name: ENABLING_VARIABLE.toLowerCase(), value: 'true' },
      { name: '__proto__', value: 'true' },
    ];
    expect(blockers({ ...settings('self-managed', 'true'), env: [...others, ...env] })).toEqual([]);
    expect(blockers({ ...settings('self-managed', 'true'), env: others })).toEqual([ENABLING_VARIABLE]);
  });
});

const due = [log('animals', { cat: '2MB' }), removeWithAliases('animals:v0'), clock('7d')] as const;
const [v0, cat] = [versionId('animals:v0'), objectId('animals', 'cat')];

describe('every step of garbage collection is refused without a requirement', () => {
  const without = server({ deployment: 'self-managed', bucket: { provider: 'aws' } });
  const steps: readonly (readonly [Command, readonly Command[]])[] = [
    [review, []],
    [release(v0), [review]],
    [sweep(cat), [review, release(v0)]],
    [close(v0), [review, release(v0), sweep(cat)]],
  ];

  test.each(steps.map(([step, before]) => [step.type, step, before] as const))(
    '%s',
    (_type, step, before) => {
      const history = [...due, ...before];
      expect(given(...history).when(step).events).not.toEqual([]);
      given(...history, without)
        .when(step)
        .thenRefused('gc-not-enabled', { blockers: [ENABLING_VARIABLE, 'versioning'] });
    },
  );

  test('even if it would change nothing', () => {
    given(without).when(review).thenRefused('gc-not-enabled');
  });
});

describe('the settings that a refusal names bring garbage collection about', () => {
  test('one after the other', () => {
    const enable = server({ env: [{ name: ENABLING_VARIABLE, value: 'true' }] });
    const without = [...due, server({ deployment: 'self-managed', bucket: { provider: 'gcp' } })];
    given(...without, enable)
      .when(review)
      .thenRefused('bucket-not-protected', {
        rule: 'GC-7',
        sentence: /versioning is off for this GCP bucket/,
      });
    given(...without, enable, server({ bucket: { versioning: true } }))
      .when(review)
      .thenTypes(['versionsReviewed']);
  });

  test('for a container on Azure too', () => {
    const without = [...due, server({ deployment: 'bring-your-own-bucket', bucket: { provider: 'azure' } })];
    given(...without)
      .when(review)
      .thenRefused('bucket-not-protected');
    given(...without, server({ bucket: { softDelete: true } }))
      .when(review)
      .thenTypes(['versionsReviewed']);
  });
});
