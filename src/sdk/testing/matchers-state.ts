import { missingRequirements } from '../../gc/requirements.ts';
import { retainedUntil } from '../../gc/review.ts';
import { firstRunAfter } from '../../gc/schedule.ts';
import type { RuleId } from '../../rules/rules.ts';
import { mayExpire } from '../../store/expiry.ts';
import { nameOfLink, nameOfVersion } from '../../store/look-up.ts';
import { protectionOf } from '../../store/protection.ts';
import type { Store } from '../../store/store.ts';
import { expiryOf } from '../../store/time-to-live.ts';
import { aliasesOf, VERSION_STATES, type Version, type VersionStateName } from '../../store/version.ts';
import { printable } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatDay, type Instant } from '../../values/units.ts';
import { messageOf } from '../errors.ts';
import { versionIn } from '../input/arguments.ts';
import {
  type Paragraph,
  ruleLine,
  simulatorIn,
  type Verdict,
  verdictOf,
  versionKnown,
} from './matchers-verdict.ts';

/** Checks the state of a version. Finds tombstones and uploads by index; throws `CommError` for a name that never existed. */
export function haveState(given: unknown, name: string, state: VersionStateName): Verdict {
  const simulator = simulatorIn(given);
  if (!VERSION_STATES.includes(state)) {
    throw new TypeError(
      `a state must be one of ${VERSION_STATES.join(', ')}, not ${printable(String(state))}`,
    );
  }
  const { store } = simulator;
  const version = versionKnown(store, versionIn(name, simulator.place));
  const actual = version.state.kind;
  return verdictOf({
    pass: actual === state,
    expected: state,
    actual,
    subject: printable(name),
    says: `to be ${state}`,
    but: actual === state ? 'it is' : `it is ${actual}`,
    why: () => [existingOf(store, version), [ruleLine(ruleOf(store, version))]],
  });
}

/** The state of a version, since when, and what happens next. */
export function existingOf(store: Store, version: Version): Paragraph {
  const { state, id, createdAt } = version;
  const name = printable(nameOfVersion(store, id));
  const now = `It is ${formatDay(store.now, store.begins)}.`;
  switch (state.kind) {
    case 'PENDING':
      return [
        `The upload of ${name} began on ${formatDay(createdAt, store.begins)} and is not finished. ${now}`,
      ];
    case 'COMMITTED': {
      const since = `live since ${formatDay(state.committedAt, store.begins)}`;
      return [
        `${name} is ${since}${aliasesText(version)}${leaves(store, version)}. ${now}`,
        ...held(store, version),
      ];
    }
    case 'PENDING_DELETION': {
      const deleted = `${name} was soft-deleted on ${formatDay(state.deletedAt, store.begins)}`;
      if (state.stage === 'released') {
        return [`${deleted}. Garbage collection released its files and was interrupted. ${now}`];
      }
      const until = retainedUntil(store, id);
      return [
        `${deleted}, and is kept until ${formatDay(until, store.begins)}. ${now}`,
        ...collected(store, until),
      ];
    }
    case 'DELETED':
      return [`Garbage collection deleted ${name} on ${formatDay(state.closedAt, store.begins)}. ${now}`];
    default:
      return unreachable(state);
  }
}

function ruleOf(store: Store, version: Version): RuleId {
  switch (version.state.kind) {
    case 'PENDING':
      return 'LOG-5';
    case 'COMMITTED':
      if (protectionOf(store, version) !== undefined) return 'ALI-7';
      // A live version was not deleted, whatever its aliases: they prevent a call, not the passing of time.
      return 'DEL-1';
    case 'PENDING_DELETION':
      if (version.state.stage === 'released') return 'GC-8';
      return missingRequirements(store.settings).length > 0 ? 'GC-6' : 'GC-1';
    case 'DELETED':
      return 'GC-2';
    default:
      return unreachable(version.state);
  }
}

/** When garbage collection frees what is retained until then, or what it needs in order to run. */
export function collected(store: Store, until: Instant): readonly string[] {
  const missing = missingRequirements(store.settings);
  if (missing.length > 0) {
    return missing.map((requirement) => messageOf(requirement, [requirement.repair]));
  }
  const run = firstRunAfter(store, until);
  return [
    Number.isSafeInteger(run)
      ? `Garbage collection frees it on ${formatDay(run, store.begins)}.`
      : 'Garbage collection frees it on a date too far in the future to compute.',
  ];
}

function aliasesText(version: Version): string {
  const aliases = aliasesOf(version);
  return aliases.length === 0
    ? ', without aliases'
    : `, with ${aliases.map((alias) => printable(alias, 40)).join(', ')}`;
}

function leaves(store: Store, version: Version): string {
  const expiry = mayExpire(store, version) ? expiryOf(version, store.people.ttlDefaultSeconds) : null;
  return expiry === null
    ? ', and nothing has deleted it'
    : `, and expires on ${formatDay(expiry, store.begins)}`;
}

function held(store: Store, version: Version): readonly string[] {
  const protection = protectionOf(store, version);
  if (protection === undefined) return [];
  const link = printable(nameOfLink(store, protection.link));
  return [
    `The protected alias ${printable(protection.alias, 40)} of ${link} keeps it from being deleted (ALI-7).`,
  ];
}
