import { printable } from '../values/names.ts';
import { unreachable } from '../values/result.ts';
import { formatSize } from '../values/units.ts';
import type { Finding } from './verify.ts';

/** What `verify` found, a line each, for people; one line that says so where all is well. */
export function tellFindings(findings: readonly Finding[]): readonly string[] {
  return findings.length === 0
    ? ['every committed version has all its files, and every count is right']
    : findings.map(tellFinding);
}

function tellFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'file missing':
      return `${finding.version} lacks ${printable(finding.path, 60)}, ${formatSize(finding.sizeBytes)}: object ${finding.digest} is ${finding.bucket}`;
    case 'held by nothing': {
      const once = finding.once === null ? '' : `, once ${printable(finding.once, 60)},`;
      const next = finding.waitsForSweep
        ? 'and waits for its sweep'
        : 'and garbage collection does not know of it';
      return `object ${finding.digest}${once} ${formatSize(finding.sizeBytes)}, is held by nothing, ${next}`;
    }
    case 'miscounted':
      return `miscounted: ${finding.what}`;
    default:
      return unreachable(finding);
  }
}
