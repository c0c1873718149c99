import { isProtected, providerName } from '../bucket/policy.ts';
import { type Refusal, refused } from '../lifecycle/decision.ts';
import type { Settings } from '../store/settings.ts';

/** The variable of a self-managed server's environment that switches garbage collection on (GC-6; basis: doc). */
export const ENABLING_VARIABLE = 'GORILLA_ARTIFACT_GC_ENABLED';

const ENABLE = `server: { env: { ${ENABLING_VARIABLE}: "true" } }`;

/**
 * What is missing for garbage collection to run at all, or nothing (GC-6; basis: doc, said): on the shared and the
 * dedicated cloud it always runs; with a bucket of your own the bucket must be protected (GC-7; basis: doc), and a
 * self-managed server must have it enabled, too. Where both are missing, the variable is named first.
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

/** Refuses a run of garbage collection where a requirement is missing, naming all that are (GC-6; basis: doc, said). */
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
