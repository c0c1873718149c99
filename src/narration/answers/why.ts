import type { ReferenceTarget } from '../../insight/references.ts';
import type { Holder, Why } from '../../insight/why.ts';
import { type RuleId, ruleById } from '../../rules/rules.ts';
import type { Action } from '../../simulator/action.ts';
import { type Alias, printable } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatDay, formatDuration, formatSize } from '../../values/units.ts';
import { type Block, item, type Line, line, paragraph } from '../block.ts';
import { fileReference, ruleReference, type Sentence, sentence, versionReference } from '../sentence.ts';
import { type ActionText, actionTexts } from './advice.ts';

type Reference = Extract<Why, { readonly kind: 'reference' }>;
type Stored = Extract<Why, { readonly kind: 'stored' }>;

/** Says why a file is stored or not, what holds it, and what would free it. */
export function describeWhy(answer: Why, textOf: ActionText): readonly Block[] {
  switch (answer.kind) {
    case 'not found':
      return [
        paragraph(line(`${answer.refusal.code}: ${answer.refusal.sentence}`), ruleLine(answer.refusal.rule)),
      ];
    case 'no such path': {
      const nearest = answer.nearest === null ? '' : ` The nearest is "${printable(answer.nearest)}".`;
      return [paragraph(line(sentence`${versionReference(answer)} has no such path.${nearest}`))];
    }
    case 'reference':
      return describeReference(answer, textOf);
    case 'gone': {
      const since = answer.since === null ? '' : ` since ${formatDay(answer.since, answer.begins)}`;
      const cause =
        answer.rule === 'BKT-6'
          ? ': somebody deleted the object directly in the bucket, and no copy was kept.'
          : ', and no other version held the object.';
      return [
        paragraph(line(sentence`${fileAndSize(answer)}: gone${since}.`)),
        paragraph(line(sentence`${versionReference(answer)} is ${answer.state}${cause}`)),
        paragraph(ruleLine(answer.rule)),
      ];
    }
    case 'copy': {
      const { status, since, keptUntil, now, begins } = answer;
      const version = versionReference(answer);
      return [
        paragraph(
          line(
            sentence`${fileAndSize(answer)}: ${status} since ${formatDay(since, begins)}. It cannot be read, but is billed.`,
          ),
          line(
            keptUntil === null
              ? 'No lifecycle rule removes its last copy, so the bucket keeps it forever.'
              : `The bucket drops its last copy on ${formatDay(keptUntil, begins)}, ${formatDuration(keptUntil - now)} from now.`,
          ),
        ),
        paragraph(
          line(
            sentence`${version} is ${answer.state}. ${keptUntil === null ? '' : 'Until then, '}"${textOf(answer.recovery) ?? 'recovering it'}" restores it, unless another of its files is lost.`,
          ),
        ),
        paragraph(ruleLine(answer.rule)),
      ];
    }
    case 'stored':
      return [
        paragraph(
          line(sentence`${fileAndSize(answer)}: stored since ${formatDay(answer.since, answer.begins)}.`),
        ),
        answer.holders.length === 0
          ? paragraph(line('Nothing holds it; garbage collection has yet to delete it.'))
          : paragraph(
              line('Held by'),
              ...answer.holders.map((holder) => item(describeHolder(holder, answer))),
            ),
        paragraph(ruleLine(answer.rule)),
        paragraph(...untilFreed(answer, textOf)),
      ];
    default:
      return unreachable(answer);
  }
}

/** `, aliases best, latest`; empty without aliases. */
export function aliasesText(aliases: readonly Alias[]): string {
  if (aliases.length === 0) return '';
  const names = aliases.map((alias) => printable(alias, 40)).join(', ');
  return `, ${aliases.length === 1 ? 'alias' : 'aliases'} ${names}`;
}

type Found = Extract<Why, { readonly kind: 'reference' | 'stored' | 'copy' | 'gone' }>;

function fileOf({ versionId, version, entry }: Found): Sentence {
  return [fileReference({ versionId, version, path: entry.path })];
}

function describeReference(answer: Reference, textOf: ActionText): readonly Block[] {
  const { target, entry, rule } = answer;
  const named = target === null ? printable(entry.address) : fileReference(target);
  return [
    paragraph(line(sentence`${fileOf(answer)} is a reference to ${named}.`)),
    paragraph(line(target === null ? OUTSIDE : describeTarget(target, answer.recovery, textOf))),
    paragraph(ruleLine(rule)),
  ];
}

const OUTSIDE =
  'Its content is not stored here and cannot be freed; only the entry is deleted with its version.';

function describeTarget(target: ReferenceTarget, recovery: Action | null, textOf: ActionText): Sentence {
  const version = versionReference(target);
  if (target.state === 'COMMITTED')
    return sentence`${version} is COMMITTED, so the reference can be followed.`;
  const text = recovery && textOf(recovery);
  const remedy = text === null ? 'It cannot be restored.' : `"${text}" restores it.`;
  return sentence`The reference dangles: ${version} is ${target.state}. ${remedy}`;
}

function fileAndSize(answer: Exclude<Found, { readonly kind: 'reference' }>): Sentence {
  return sentence`${fileOf(answer)}, ${formatSize(answer.entry.sizeBytes)}`;
}

function ruleLine(id: RuleId): Line {
  return line(sentence`rule ${ruleReference(id)}: ${ruleById(id).sentence}`);
}

function describeHolder(holder: Holder, { now, begins }: Stored): Sentence {
  const { state, aliases, retainedUntil, expiresAt, protectedBy } = holder;
  const until =
    retainedUntil === null
      ? ''
      : retainedUntil > now
        ? `, kept until ${formatDay(retainedUntil, begins)}`
        : `, due for collection since ${formatDay(retainedUntil, begins)}`;
  const expires = expiresAt === null ? '' : `, expires on ${formatDay(expiresAt, begins)}`;
  const held = protectedBy === null ? '' : `, protected by ${protectedAlias(protectedBy)}`;
  return sentence`${versionReference(holder)}  ${state}${aliasesText(aliases)}${until}${expires}${held}`;
}

function protectedAlias(protectedBy: Holder['protectedBy']): string {
  return protectedBy === null ? '' : `alias ${printable(protectedBy.alias, 40)} of ${protectedBy.link}`;
}

function untilFreed(answer: Stored, textOf: ActionText): readonly Line[] {
  const { missing, freedAt, now, begins, retentionSeconds } = answer;
  const kept = staying(answer.holders, textOf);
  if (kept !== undefined) return [line(cannotBeFreed(kept))];
  const repairs = missing.flatMap(({ repair }) => textOf(repair) ?? []);
  const calls = answer.holders.flatMap((holder) => callsToRelease(holder, textOf));
  const frees =
    freedAt === null
      ? 'garbage collection frees it on a date too far in the future to compute'
      : `garbage collection frees it on ${formatDay(freedAt, begins)}`;
  if (calls.length + repairs.length === 0) {
    return [line(`Nothing needs to be done: ${frees}, unless another version references it first.`)];
  }
  const passes = calls.length === 0 ? '' : `the retention of ${formatDuration(retentionSeconds)} passes and `;
  return [
    ...(missing.length === 0
      ? []
      : [line(`Garbage collection cannot run. ${missing.map(({ sentence: text }) => text).join(' ')}`)]),
    line('To free it:'),
    ...[...repairs, ...calls].map((call, at) => item(`${at + 1}. ${call}`)),
    line(`It is ${formatDay(now, begins)}. If you do this now, ${passes}${frees}.`),
  ];
}

/** The first holder that would stay after its advice, or whose advice has no words though somebody would have to delete it. */
export function staying(holders: readonly Holder[], textOf: ActionText): Holder | undefined {
  return holders.find(
    ({ stays, state, advice }) =>
      stays || (state === 'COMMITTED' && advice.length > 0 && actionTexts(advice, textOf).length === 0),
  );
}

function cannotBeFreed(holder: Holder): Sentence {
  const { systemManaged, protectedBy, referredToBy } = holder;
  const version = versionReference(holder);
  if (systemManaged || (protectedBy === null && referredToBy === null))
    return sentence`It cannot be freed: nobody can delete ${version} (${ruleReference('DEL-17')}).`;
  if (referredToBy === null)
    return sentence`It cannot be freed as long as ${protectedAlias(protectedBy)} protects ${version} (${ruleReference('ALI-7')}).`;
  const { count, first } = referredToBy;
  const refers =
    count === 1
      ? sentence`${fileReference(first)} refers to ${version}`
      : sentence`${count} versions refer to ${version}, such as ${fileReference(first)}`;
  return sentence`It cannot be freed as long as ${refers} (${ruleReference('DEL-18')}).`;
}

function callsToRelease({ version, state, advice }: Holder, textOf: ActionText): readonly string[] {
  const texts = actionTexts(advice, textOf);
  // Without the id that its begin step gave it, an upload cannot be named.
  return state === 'PENDING' && texts.length === 0
    ? [`abandon the upload of ${version}, or commit and delete it`]
    : texts;
}
