import type { Checked, Finding, Verification } from '../../insight/verify.ts';
import { printable } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatDuration, formatSize } from '../../values/units.ts';

/** What `verify` found, a line each, for people; one line that says so where all is well; last, what it looked at. */
export function describeFindings({ findings, checked }: Verification): readonly string[] {
  const described = findings.length === 0 ? ['nothing is wrong'] : findings.map(describeFinding);
  return [...described, describeChecked(checked)];
}

function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'file missing': {
      const file = `${finding.version} lacks ${quotedPath(finding.path)}, ${formatSize(finding.sizeBytes)}`;
      return `${file}: object ${finding.digest} is ${finding.bucket}${keptText(finding)}; ${remedy(finding)}`;
    }
    case 'held by nothing': {
      const once = finding.once === null ? '' : `, once ${printable(finding.once, 120)}`;
      const object = `object ${finding.digest}${once}, ${formatSize(finding.sizeBytes)}`;
      return `${object}, is held by nothing: ${FATES[finding.fate]}`;
    }
    case 'miscounted':
      return `not so: ${finding.invariant}. ${printable(finding.what, 500)}`;
    default:
      return unreachable(finding);
  }
}

const FATES = {
  'waits for its sweep': 'the next garbage collection deletes it',
  'unknown to the store': 'the store does not know of it, and nothing will free it',
} as const;

type FileMissing = Extract<Finding, { readonly kind: 'file missing' }>;

function keptText({ keptUntil }: FileMissing): string {
  return keptUntil === null ? '' : `, until ${formatDuration(keptUntil)}`;
}

function remedy({ instead }: FileMissing): string {
  return instead === null ? 'it is lost' : `"${printable(instead, 500)}" brings it back`;
}

function quotedPath(path: string): string {
  return path === '' ? '""' : printable(path, 120);
}

function describeChecked({ committedVersions, files, references, objects, invariants }: Checked): string {
  const elsewhere = references === 0 ? '' : ` (${counted(references, 'reference')} not looked at)`;
  return `checked: ${counted(committedVersions, 'committed version')} with ${counted(files, 'file')}${elsewhere}, ${counted(objects, 'stored object')}, ${counted(invariants, 'recount')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
