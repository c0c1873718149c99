import type { Finding, RefusedAction } from '../../insight/rehearsal/finding.ts';
import type { Rehearsal } from '../../insight/rehearsal/rehearsal.ts';
import { formatInstant } from '../../values/units.ts';
import { type ActionText, actionTexts } from './advice.ts';
import { planJson, referenceJson } from './json.ts';

/** The document of `limbo rehearse`. */
export function rehearsalJson(rehearsal: Rehearsal, textOf: ActionText) {
  const { exitStatus, effects, refused, plan, without, findings } = rehearsal;
  return {
    exitStatus,
    effects: Object.fromEntries(effects),
    refused: refused.map(({ advice, isNoticed, ...one }) => ({
      ...refusedJson(one, textOf),
      advice: actionTexts(advice, textOf),
      isNoticed,
    })),
    findings: findings.map((finding) => findingJson(finding, textOf)),
    plan: planJson(plan, textOf),
    without: without.map((later) => ({ ...later, at: formatInstant(later.at) })),
  };
}

function refusedJson({ action, refusal }: RefusedAction, textOf: ActionText) {
  return { asked: textOf(action) ?? action.type, refusal };
}

// Names instead of internal keys, as in the other documents.
function findingJson(finding: Finding, textOf: ActionText): unknown {
  switch (finding.kind) {
    case 'stopped at refusal':
      return {
        kind: finding.kind,
        refused: refusedJson(finding.refused, textOf),
        untouched: finding.untouched.map(({ version }) => version),
      };
    case 'refusals swallowed':
      return { kind: finding.kind, refused: finding.refused.map((one) => refusedJson(one, textOf)) };
    case 'deleted while paging':
      return { ...finding, skipped: finding.skipped.map(({ version }) => version) };
    case 'used elsewhere':
      return {
        kind: finding.kind,
        used: finding.used.map(({ version, run }) => ({ version, run })),
        referred: finding.referred.map(referenceJson),
      };
    case 'freed little':
      return { ...finding, keepers: finding.keepers.map(({ version }) => version) };
    case 'latest kept all':
      return { ...finding, versions: finding.versions.map(({ version }) => version) };
    case 'named version deleted':
    case 'system type touched':
      return { ...finding, versions: finding.versions.map(({ versionId: _id, ...version }) => version) };
    case 'link deleted':
      return { ...finding, links: finding.links.map(({ link, version }) => ({ link, version })) };
    case 'not found':
    case 'collections left empty':
      return finding;
  }
}
