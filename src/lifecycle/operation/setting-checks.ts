import { BUCKET_CALLS, type BucketFault, FAULT_KINDS } from '../../bucket/faults.ts';
import { type BucketPolicy, PROVIDERS } from '../../bucket/policy.ts';
import type { RuleId } from '../../rules/rules.ts';
import {
  ARTIFACT_REFERENCES,
  COLLECTOR_NAMES,
  DEPLOYMENTS,
  LATEST_AFTER_DELETE,
  type Settings,
  SHARINGS,
} from '../../store/settings.ts';
import { LARGEST_EXACT } from '../../values/units.ts';
import { type Refused, refused } from '../decision.ts';

/**
 * Refuses with `bad-setting` unknown settings and invalid values, naming the rule. The schema of stories excludes them,
 * but a script can pass anything.
 */
export function wrongSettings(changes: unknown): Refused | undefined {
  if (!isGroup(changes)) return notAs('settings', changes, GROUP);
  return wrongAmong(changes, SETTINGS) ?? ('bucket' in changes ? wrongBucketPart(changes.bucket) : undefined);
}

/** Whether something is all the settings of a server, each with a valid value. */
export function isComplete(given: unknown): given is Settings {
  if (wrongSettings(given) !== undefined || !isGroup(given) || !hasAll(given, SETTINGS)) return false;
  return 'bucket' in given && isGroup(given.bucket) && hasAll(given.bucket, BUCKET);
}

/** Refuses with `bad-setting` what is not a list of bucket faults (BKT-7). */
export function wrongFaults(faults: unknown): Refused | undefined {
  if (!Array.isArray(faults)) return notAs('bucketFaults', faults, FAULTS);
  const wrong = faults.findIndex((fault: unknown) => !isFault(fault));
  return wrong < 0 ? undefined : notAs(`bucketFaults[${wrong}]`, faults[wrong], FAULT);
}

interface Check {
  readonly rule: RuleId;
  readonly expected: string;
  readonly fits: (given: unknown) => boolean;
}

const GROUP: Check = { rule: 'GC-6', expected: 'an object', fits: isGroup };
const FLAG = { expected: 'true or false', fits: (given: unknown) => typeof given === 'boolean' };
const FAULT: Check = {
  rule: 'BKT-7',
  expected: `{ call: ${BUCKET_CALLS.join(' or ')}, fault: ${FAULT_KINDS.join(' or ')}, times: 1 or more }`,
  fits: isFault,
};
const LIFECYCLE_RULE: Check = {
  rule: 'BKT-3',
  expected: 'a rule with noncurrentDays (1 to 36500), newerCopies (0 or more), or both',
  fits: isLifecycleRule,
};
const FAULTS: Check = { ...FAULT, expected: 'a list of faults' };

const SETTINGS: Readonly<Record<keyof Settings, Check>> = {
  deployment: oneOf(DEPLOYMENTS, 'GC-6'),
  env: { rule: 'GC-6', expected: 'a list of { name, value }, both strings', fits: isEnv },
  bucket: { ...GROUP, rule: 'GC-7' },
  retentionSeconds: whole('seconds', 0, LARGEST_EXACT, 'DEL-15'),
  gcEverySeconds: whole('seconds', 1, LARGEST_EXACT, 'GC-1'),
  abandonAfterSeconds: whole('seconds', 0, LARGEST_EXACT, 'LOG-8'),
  sharing: oneOf(SHARINGS, 'LOG-7'),
  latestAfterDelete: oneOf(LATEST_AFTER_DELETE, 'ALI-6'),
  runHistoryArtifacts: { ...FLAG, rule: 'DEL-17' },
  artifactReferences: oneOf(ARTIFACT_REFERENCES, 'DEL-18'),
  collector: {
    ...oneOf(COLLECTOR_NAMES, 'GC-2'),
    expected: 'reference-counting, mark-and-sweep, or a deliberately flawed collector',
  },
};

// The limits of days are those of the scenario language.
const BUCKET: Readonly<Record<keyof BucketPolicy, Check>> = {
  provider: oneOf(PROVIDERS, 'GC-7'),
  versioning: { ...FLAG, rule: 'BKT-2' },
  lifecycle: {
    rule: 'BKT-3',
    expected: 'a list of rules, each with noncurrentDays (1 to 36500), newerCopies (0 or more), or both',
    fits: (given) => Array.isArray(given) && given.every(isLifecycleRule),
  },
  softDelete: { ...FLAG, rule: 'BKT-4' },
  softDeleteDays: whole('days', 1, 365, 'BKT-4'),
};

const CONDITIONS = new Map([
  ['noncurrentDays', whole('days', 1, 36_500, 'BKT-3')],
  ['newerCopies', whole('copies', 0, LARGEST_EXACT, 'BKT-3')],
]);

function wrongBucketPart(bucket: unknown): Refused | undefined {
  if (!isGroup(bucket)) return undefined;
  const rules: unknown = 'lifecycle' in bucket ? bucket.lifecycle : undefined;
  const wrong = Array.isArray(rules) ? rules.findIndex((rule: unknown) => !isLifecycleRule(rule)) : -1;
  return wrong < 0 || !Array.isArray(rules)
    ? wrongAmong(bucket, BUCKET)
    : notAs(`lifecycle[${wrong}]`, rules[wrong], LIFECYCLE_RULE);
}

function wrongAmong(changes: object, checks: Readonly<Record<string, Check>>): Refused | undefined {
  const known = new Map(Object.entries(checks));
  for (const [setting, given] of Object.entries(changes)) {
    const check = known.get(setting);
    if (check === undefined) {
      return refused('noSuchSetting', { setting, known: [...known.keys()].join(', ') }, [setting]);
    }
    if (!check.fits(given)) return notAs(setting, given, check);
  }
  return undefined;
}

function isLifecycleRule(rule: unknown): boolean {
  if (!isGroup(rule)) return false;
  const conditions = Object.entries(rule);
  return conditions.length > 0 && conditions.every(([name, given]) => CONDITIONS.get(name)?.fits(given));
}

function hasAll(given: object, checks: object): boolean {
  return Object.keys(checks).every((key) => Object.hasOwn(given, key));
}

function notAs(setting: string, given: unknown, { expected, rule }: Check): Refused {
  const { refusal } = refused('badSetting', { setting, expected, given: said(given) }, [setting]);
  return { ok: false, refusal: { ...refusal, rule } };
}

function said(given: unknown): string {
  if (Array.isArray(given)) return 'a list';
  if (typeof given === 'object' && given !== null) return 'an object';
  return typeof given === 'string' ? `"${given}"` : String(given);
}

function oneOf(words: readonly string[], rule: RuleId): Check {
  const fits = (given: unknown) => words.some((word) => word === given);
  return { rule, expected: `one of ${words.join(', ')}`, fits };
}

function whole(unit: string, least: number, most: number, rule: RuleId): Check {
  const limits = most === LARGEST_EXACT ? `${least} or more` : `from ${least} to ${most}`;
  return {
    rule,
    expected: `a whole number of ${unit}, ${limits}`,
    fits: (given) => isWhole(given) && given >= least && given <= most,
  };
}

function isWhole(given: unknown): given is number {
  return Number.isSafeInteger(given);
}

function isGroup(given: unknown): given is object {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function isEnv(given: unknown): boolean {
  return Array.isArray(given) && given.every(isVariable);
}

function isVariable(given: unknown): boolean {
  if (!(isGroup(given) && 'name' in given && 'value' in given)) return false;
  return typeof given.name === 'string' && typeof given.value === 'string';
}

function isFault(given: unknown): given is BucketFault {
  if (!(isGroup(given) && 'call' in given && 'fault' in given && 'times' in given)) return false;
  const { call, fault, times } = given;
  const isKnown = (words: readonly string[], word: unknown) => words.some((one) => one === word);
  return isKnown(BUCKET_CALLS, call) && isKnown(FAULT_KINDS, fault) && isWhole(times) && times >= 1;
}
