import type { Finding } from '../../insight/rehearsal/finding.ts';
import { printable } from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatSize } from '../../values/units.ts';
import { items, type Line } from '../block.ts';
import { counted, fileReference, type Part, ruleReference, sentence, versionReference } from '../sentence.ts';
import { type ActionText, actionName } from './advice.ts';

/** Describes a finding: what the script did and why it matters, then the evidence, at most `most` lines of it. */
export function describeFinding(finding: Finding, textOf: ActionText, most: number): readonly Line[] {
  const found = (head: Part, ...evidence: readonly Line[]): readonly Line[] => [
    { head: '✗ ', sentence: sentence`${head}`, style: 'bad' },
    ...evidence,
  ];
  switch (finding.kind) {
    case 'stopped at refusal': {
      const { refused, untouched } = finding;
      const what = actionName(refused.action, textOf);
      return found(
        sentence`It stopped at the first refusal (${what}: ${refused.refusal.code}); ${counted(untouched.length, 'other version')} that it had listed ${untouched.length === 1 ? 'is' : 'are'} untouched.`,
        ...items(untouched, most, versionReference),
      );
    }
    case 'refusals swallowed':
      return found(
        `It swallowed ${counted(finding.refused.length, 'refusal')}: its exit status is 0 and its output does not mention ${finding.refused.length === 1 ? 'it' : 'them'}.`,
        ...items(
          finding.refused,
          most,
          ({ action, refusal }) => `${actionName(action, textOf)}: ${refusal.code}`,
        ),
      );
    case 'deleted while paging':
      return found(
        `It deleted ${counted(finding.deleted, 'version')} of a list before it read the next page. A service that counts results would skip as many; read the whole list first.`,
        ...items(finding.skipped, most, versionReference),
      );
    case 'named version deleted':
      return found(
        'It deleted versions that had aliases other than latest.',
        ...items(
          finding.versions,
          most,
          (version) =>
            sentence`${versionReference(version)}  ${version.aliases.map((alias) => printable(alias)).join(', ')}`,
        ),
      );
    case 'used elsewhere':
      return found(
        sentence`It deleted what is used elsewhere (${ruleReference('DEL-12')}, ${ruleReference('DEL-18')}).`,
        ...items(
          finding.used,
          most,
          (version) =>
            sentence`${versionReference(version)} is used by the run ${printable(version.run, 400)}`,
        ),
        ...items(
          finding.referred,
          most,
          (one) => sentence`${fileReference(one)} refers to ${fileReference(one.target)}`,
        ),
      );
    case 'not found':
      return found(
        'It asked for what does not exist, and went on to delete. Any other error would have looked the same.',
        ...items(finding.names, most, (name) => printable(name, 400)),
      );
    case 'link deleted':
      return found(
        sentence`It deleted ${counted(finding.links.length, 'link')}, which frees nothing: the source versions stay (${ruleReference('DEL-5')}).`,
        ...items(
          finding.links,
          most,
          (link) => sentence`${printable(link.link, 400)} to ${versionReference(link)}`,
        ),
      );
    case 'freed little':
      return found(
        sentence`Of ${formatSize(finding.deletedBytes)} in the deleted versions only ${formatSize(finding.freedBytes)} would be freed: versions that stay hold the rest (${ruleReference('GC-2')}).`,
        ...items(finding.keepers, most, versionReference),
      );
    case 'latest kept all':
      return found(
        sentence`It deleted nothing: every version that it considered has the alias latest (${ruleReference('DEL-2')}).`,
        ...items(finding.versions, most, versionReference),
      );
    case 'collections left empty':
      return found(
        sentence`It left ${counted(finding.collections.length, 'empty artifact collection')} behind (${ruleReference('DEL-9')}).`,
        ...items(finding.collections, most, (name) => printable(name, 400)),
      );
    case 'system type touched':
      return found(
        sentence`It touched artifacts that the service makes itself (${ruleReference('DEL-17')}).`,
        ...items(
          finding.versions,
          most,
          (version) => sentence`${versionReference(version)}  ${printable(version.artifactType, 100)}`,
        ),
      );
    default:
      return unreachable(finding);
  }
}
