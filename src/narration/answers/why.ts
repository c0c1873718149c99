import type { Holder, Why } from '../../insight/why.ts';
import { deleteCall } from '../../lifecycle/targeting.ts';
import { type RuleId, ruleById } from '../../rules/rules.ts';
import type { Store } from '../../store/store.ts';
import { printable } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatDuration, formatSize, type Instant } from '../../values/units.ts';

/** The answer of `why` for people, as a list of paragraphs, each a list of lines. */
export function explainWhy(store: Store, answer: Why): readonly (readonly string[])[] {
  switch (answer.kind) {
    case 'not found':
      return [
        [`${answer.refusal.code}: ${answer.refusal.sentence}`, `rule ${ruleText(answer.refusal.rule)}`],
      ];
    case 'no such path': {
      const nearest = answer.nearest === null ? '' : ` The nearest is "${printable(answer.nearest)}".`;
      return [[`${answer.version} never had such a path.${nearest}`]];
    }
    case 'reference': {
      const { entry } = answer;
      return [
        [`${answer.version}/${printable(entry.path)} is a reference to ${printable(entry.address)}.`],
        ['Nothing of it is stored here, and nothing can be freed: only its record goes with its version.'],
        [`rule ${ruleText(answer.rule)}`],
      ];
    }
    case 'gone': {
      const since = answer.since === null ? '' : ` since ${formatDuration(answer.since)}`;
      return [
        [`${nameOf(answer)}, is gone${since}.`],
        [
          answer.rule === 'BKT-6'
            ? `${answer.version} is ${answer.state}: somebody deleted the object in the bucket itself, and no copy was kept.`
            : `${answer.version} is ${answer.state}, and no other version held the object any more.`,
        ],
        [`rule ${ruleText(answer.rule)}`],
      ];
    }
    case 'copy': {
      const { status, keptUntil, version, state } = answer;
      return [
        [
          `${nameOf(answer)}, is ${status} since ${formatDuration(answer.since)}: it cannot be read, and is billed.`,
          `The bucket drops its last copy at ${formatDuration(keptUntil)}, ${formatDuration(keptUntil - store.now)} from now.`,
        ],
        [
          `${version} is ${state}. Until then "recover: ${version}" brings it back, if nothing else of it is lost.`,
        ],
        [`rule ${ruleText(answer.rule)}`],
      ];
    }
    case 'stored':
      return [
        [`${nameOf(answer)}, is stored since ${formatDuration(answer.since)}.`],
        answer.holders.length === 0
          ? ['Nothing holds it any more; its sweep is still to come.']
          : ['It is held by', ...answer.holders.map((holder) => `  ${holderText(holder, store.now)}`)],
        [`rule ${ruleText(answer.rule)}`],
        untilFreed(store, answer),
      ];
    default:
      return unreachable(answer);
  }
}

function nameOf({ version, entry }: Extract<Why, { readonly kind: 'stored' | 'copy' | 'gone' }>): string {
  return `${version}/${printable(entry.path)}, ${formatSize(entry.sizeBytes)}`;
}

function ruleText(rule: RuleId): string {
  return `${rule}: ${ruleById(rule).sentence}`;
}

function holderText(
  { version, state, aliases, retainedUntil, expiresAt, protectedBy }: Holder,
  now: Instant,
): string {
  const bears =
    aliases.length === 0 ? '' : `, with ${aliases.map((alias) => printable(alias, 40)).join(', ')}`;
  const until = retainedUntil === null ? '' : keptText(retainedUntil, now);
  const expires = expiresAt === null ? '' : `, expires at ${formatDuration(expiresAt)}`;
  const held =
    protectedBy === null
      ? ''
      : `, held by the protected ${printable(protectedBy.alias, 40)} of ${protectedBy.link}`;
  return `${version}  ${state}${bears}${until}${expires}${held}`;
}

function untilFreed(store: Store, answer: Extract<Why, { readonly kind: 'stored' }>): readonly string[] {
  const repairs = answer.missing.map(({ instead, sentence }) => instead ?? sentence);
  const calls = answer.holders.flatMap(({ version, state, aliases, protectedBy }): readonly string[] => {
    switch (state) {
      case 'COMMITTED':
        return [
          ...(protectedBy === null
            ? []
            : [
                `alias: ${protectedBy.link}, remove: [${printable(protectedBy.alias, 40)}], as an admin of the registry`,
              ]),
          deleteCall(version, aliases),
        ];
      case 'PENDING':
        return [`abandon the upload of ${version}, or commit and delete it`];
      case 'PENDING_DELETION':
      case 'DELETED':
        return [];
      default:
        return unreachable(state);
    }
  });
  const runs =
    answer.freedAt === null
      ? 'garbage collection frees it later than can be said'
      : `garbage collection frees it at ${formatDuration(answer.freedAt)}`;
  if (calls.length + repairs.length === 0) {
    return [`Nothing more needs to be done: ${runs}, if nothing takes it up again before.`];
  }
  const retention = formatDuration(store.settings.retentionSeconds);
  const passes = calls.length === 0 ? '' : `the retention of ${retention} passes, and `;
  return [
    ...(answer.missing.length === 0
      ? []
      : [`Nothing is freed here as it is. ${answer.missing.map(({ sentence }) => sentence).join(' ')}`]),
    'To free it',
    ...[...repairs, ...calls].map((call, at) => `  ${at + 1}. ${call}`),
    `It is ${formatDuration(store.now)} now. If all this is done now, ${passes}${runs}.`,
  ];
}

function keptText(retainedUntil: Instant, now: Instant): string {
  return retainedUntil > now
    ? `, kept until ${formatDuration(retainedUntil)}`
    : `, to be collected since ${formatDuration(retainedUntil)}`;
}
