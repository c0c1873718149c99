import { isProtected, providerName } from '../bucket/policy.ts';
import { type Refusal, refused } from '../lifecycle/decision.ts';
import type { Settings } from '../store/settings.ts';

/** The environment variable that enables garbage collection on a self-managed server (GC-6). */
export const ENABLING_VARIABLE = 'GORILLA_ARTIFACT_GC_ENABLED';

const ENABLE = `server: { env: { ${ENABLING_VARIABLE}: "true" } }`;

/**
 * The missing requirements of garbage collection (GC-6). The shared and the dedicated cloud have none; with your own
 * bucket, the bucket must be protected (GC-7); a self-managed server must also enable it. The variable comes first.
 */
export function missingRequirements(settings: Settings): readonly Refusal[] {
  switch (settings.deployment) {
    case 'shared-cloud':
    case 'dedicated-cloud':
      return [];
    case 'bring-your-own-bucket':
      return unprotected(settings);
    case 'self-managed':
      return [...disabled(settings), ...unprotected(settings)];
  }
}

function disabled({ env }: Settings): readonly Refusal[] {
  const value = env.find(({ name }) => name === ENABLING_VARIABLE)?.value;
  if (value === 'true') return [];
  const has = value === undefined ? 'not set' : `"${value}"`;
  return [
    refused('gcNotEnabled', { variable: ENABLING_VARIABLE, has, call: ENABLE }, [ENABLING_VARIABLE]).refusal,
  ];
}

function unprotected({ bucket }: Settings): readonly Refusal[] {
  if (isProtected(bucket)) return [];
  const provider = providerName(bucket.provider);
  return bucket.provider === 'azure'
    ? [refused('softDeleteOff', { call: 'server: { bucket: { softDelete: true } }' }, ['softDelete']).refusal]
    : [
        refused('versioningOff', { provider, call: 'server: { bucket: { versioning: true } }' }, [
          'versioning',
        ]).refusal,
      ];
}

/** Refuses a garbage collection run, naming every missing requirement (GC-6). */
export function refusedByRequirements(
  settings: Settings,
): { readonly ok: false; readonly refusal: Refusal } | undefined {
  const missing = missingRequirements(settings);
  const [first] = missing;
  if (first === undefined) return undefined;
  return {
    ok: false,
    refusal: {
      ...first,
      sentence: missing.map(({ sentence }) => sentence).join(' '),
      blockers: missing.flatMap(({ blockers }) => blockers),
    },
  };
}
