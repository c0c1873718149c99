import { isProtected, providerName } from '../bucket/policy.ts';
import { type Refusal, refused } from '../lifecycle/decision.ts';
import type { ChangeSettings, SettingsChanges } from '../lifecycle/operation/operating.ts';
import type { Settings } from '../store/settings.ts';

/** The environment variable that enables garbage collection on a self-managed server (GC-6). */
export const ENABLING_VARIABLE = 'GORILLA_ARTIFACT_GC_ENABLED';

/** A requirement of garbage collection that is missing (GC-6, GC-7): why a run is refused, and what meets it. */
export interface MissingRequirement extends Refusal {
  readonly repair: ChangeSettings;
}

/**
 * The missing requirements of garbage collection (GC-6). The shared and the dedicated cloud have none; with your own
 * bucket, the bucket must be protected (GC-7); a self-managed server must also enable it. The variable comes first.
 */
export function missingRequirements(settings: Settings): readonly MissingRequirement[] {
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

function disabled({ env }: Settings): readonly MissingRequirement[] {
  const value = env.find(({ name }) => name === ENABLING_VARIABLE)?.value;
  if (value === 'true') return [];
  const has = value === undefined ? 'not set' : `"${value}"`;
  const { refusal } = refused('gcNotEnabled', { variable: ENABLING_VARIABLE, has }, [ENABLING_VARIABLE]);
  return [repairedBy(refusal, { env: [{ name: ENABLING_VARIABLE, value: 'true' }] })];
}

function unprotected({ bucket }: Settings): readonly MissingRequirement[] {
  if (isProtected(bucket)) return [];
  const provider = providerName(bucket.provider);
  return bucket.provider === 'azure'
    ? [repairedBy(refused('softDeleteOff', {}, ['softDelete']).refusal, { bucket: { softDelete: true } })]
    : [
        repairedBy(refused('versioningOff', { provider }, ['versioning']).refusal, {
          bucket: { versioning: true },
        }),
      ];
}

function repairedBy(refusal: Refusal, changes: SettingsChanges): MissingRequirement {
  return { ...refusal, repair: { type: 'changeSettings', changes } };
}

/** Refuses a garbage collection run, naming every missing requirement (GC-6). */
export function refusedByRequirements(
  settings: Settings,
): { readonly ok: false; readonly refusal: Refusal } | undefined {
  const missing = missingRequirements(settings);
  const [first] = missing;
  if (first === undefined) return undefined;
  const { code, rule } = first;
  return {
    ok: false,
    refusal: {
      ...{ code, rule },
      sentence: missing.map(({ sentence }) => sentence).join(' '),
      blockers: missing.flatMap(({ blockers }) => blockers),
    },
  };
}
