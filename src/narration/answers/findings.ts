import type { Finding, Verification } from '../../insight/verify.ts';
import { printable } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatDay, formatSize } from '../../values/units.ts';
import { type Block, type Line, line, paragraph } from '../block.ts';
import { counted, fileReference, type Sentence, sentence, versionReference } from '../sentence.ts';
import type { ActionText } from './advice.ts';

/** Describes what `verify` found, one line each; the last line says what was checked. */
export function describeFindings(
  { findings, checked, begins }: Verification,
  textOf: ActionText,
): readonly Block[] {
  const { committedVersions, files, artifactReferences, references, objects, invariants } = checked;
  const pointing =
    artifactReferences === 0 ? '' : ` and ${counted(artifactReferences, 'artifact reference')}`;
  const skipped = references === 0 ? '' : ` (${counted(references, 'reference')} skipped)`;
  const described: readonly Line[] =
    findings.length === 0
      ? [{ head: '✓ ', sentence: ['no problems found'], style: 'good' }]
      : findings.map((finding) => ({
          head: '✗ ',
          sentence: describeFinding(finding, begins, textOf),
          style: 'bad',
        }));
  return [
    paragraph(
      ...described,
      line(
        `checked: ${counted(committedVersions, 'committed version')} with ${counted(files, 'file')}${pointing}${skipped}, ${counted(objects, 'stored object')}, ${counted(invariants, 'invariant')}`,
        'quiet',
      ),
    ),
  ];
}

type FindingOf<Kind> = Extract<Finding, { readonly kind: Kind }>;

function describeFinding(finding: Finding, begins: Verification['begins'], textOf: ActionText): Sentence {
  switch (finding.kind) {
    case 'file missing':
      return describeMissing(finding, begins, textOf);
    case 'reference dangles':
      return describeDangling(finding, textOf);
    case 'held by nothing':
      return describeUnreferenced(finding);
    case 'miscounted':
      return [`violated: ${finding.invariant}. ${printable(finding.what, 500)}`];
    default:
      return unreachable(finding);
  }
}

function describeMissing(
  finding: FindingOf<'file missing'>,
  begins: Verification['begins'],
  textOf: ActionText,
): Sentence {
  const { path, sizeBytes, digest, bucket, keptUntil, recovery } = finding;
  const file = sentence`${versionReference(finding)} lacks ${path === '' ? '""' : printable(path)}`;
  const until = keptUntil === null ? '' : ` until ${formatDay(keptUntil, begins)}`;
  const text = recovery && textOf(recovery);
  const remedy = text === null ? 'it cannot be restored' : `"${text}" restores it`;
  return sentence`${file}, ${formatSize(sizeBytes)}: object ${digest} is ${bucket}${until}; ${remedy}`;
}

function describeDangling(finding: FindingOf<'reference dangles'>, textOf: ActionText): Sentence {
  const { target, recovery } = finding;
  const text = recovery && textOf(recovery);
  const remedy = text === null ? 'it cannot be restored' : `"${text}" restores it`;
  return sentence`${fileReference(finding)} refers to ${fileReference(target)}, but ${versionReference(target)} is ${target.state}; ${remedy}`;
}

function describeUnreferenced(finding: FindingOf<'held by nothing'>): Sentence {
  const { objectId, digest, once, sizeBytes, fate } = finding;
  const was = once === null ? '' : sentence`, formerly ${fileReference(once)}`;
  const object = sentence`object ${{ kind: 'object', id: objectId, text: digest }}${was}, ${formatSize(sizeBytes)}`;
  return sentence`${object}, is unreferenced: ${FATES[fate]}`;
}

const FATES = {
  'waits for its sweep': 'the next garbage collection deletes it',
  'unknown to the store': 'the store does not know it, so nothing will free it',
} as const;
