import type { Checked, Finding, Verification } from '../../insight/verify.ts';
import { formatInstant } from '../../values/units.ts';

/** What `verify` found, for a document: sizes in bytes, instants as ISO 8601 durations since the beginning. */
export interface FindingsReport {
  readonly verdict: 'nothing is wrong' | 'something is wrong';
  readonly findings: readonly Readonly<Record<string, unknown>>[];
  readonly checked: Checked;
}

/** Writes a verification for a document; the same store gives the same bytes. */
export function reportFindings({ findings, checked }: Verification): FindingsReport {
  return {
    verdict: findings.length === 0 ? 'nothing is wrong' : 'something is wrong',
    findings: findings.map(reportFinding),
    checked,
  };
}

function reportFinding(finding: Finding): Readonly<Record<string, unknown>> {
  if (finding.kind !== 'file missing') return { ...finding };
  return { ...finding, keptUntil: finding.keptUntil === null ? null : formatInstant(finding.keptUntil) };
}
