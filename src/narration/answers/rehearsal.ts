import { EFFECT_KINDS } from '../../insight/rehearsal/effects.ts';
import type { Rehearsal } from '../../insight/rehearsal/rehearsal.ts';
import { printable } from '../../values/names.ts';
import { formatDay, formatSize } from '../../values/units.ts';
import { type Block, item, type Line, line, more, paragraph, tableBlock } from '../block.ts';
import { counted, ruleReference, sentence } from '../sentence.ts';
import { type ActionText, actionName, actionTexts, adviceLines } from './advice.ts';
import { describePlan, figureColumns } from './plan.ts';
import { describeFinding } from './rehearsal-findings.ts';

/** Describes a rehearsal, with lists of at most `most` lines: what the script did, what follows, and the findings. */
export function describeRehearsal(
  rehearsal: Rehearsal,
  textOf: ActionText,
  most = Number.POSITIVE_INFINITY,
): readonly Block[] {
  const { findings, plan, exitStatus } = rehearsal;
  return [
    paragraph(
      line(`The command ended with exit status ${exitStatus}. What it did:`, 'title'),
      ...effects(rehearsal, most),
    ),
    ...refusals(rehearsal, textOf, most),
    ...(plan.versions.length + plan.links.length === 0
      ? []
      : [paragraph(line('What would follow:', 'title')), ...describePlan(plan, textOf, most)]),
    ...comparison(rehearsal, most),
    paragraph(
      line(
        findings.length === 0
          ? 'No well-known mistake was found.'
          : `${counted(findings.length, 'finding')}:`,
        'title',
      ),
      ...findings.flatMap((finding) => describeFinding(finding, textOf, most)),
    ),
  ];
}

function effects({ effects: made }: Rehearsal, most: number): readonly Line[] {
  const lines = EFFECT_KINDS.flatMap((kind) => {
    const names = made.get(kind);
    return names === undefined ? [] : [item(`${kind} (${names.length}): ${shownNames(names, most)}`)];
  });
  return lines.length === 0 ? [item('nothing that changes the store')] : lines;
}

function shownNames(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => printable(name, 400));
  return [...shown, ...(names.length > most ? [`and ${names.length - most} more`] : [])].join(', ');
}

function refusals({ refused }: Rehearsal, textOf: ActionText, most: number): readonly Block[] {
  if (refused.length === 0) return [];
  const lines = refused
    .slice(0, most)
    .flatMap(({ action, refusal, advice, isNoticed }) => [
      line(actionName(action, textOf)),
      item(sentence`refused: ${refusal.code} (${ruleReference(refusal.rule)}). ${refusal.sentence}`),
      ...adviceLines(actionTexts(advice, textOf)).map((text) => item(text)),
      item(isNoticed ? 'The script noticed.' : 'The script did not notice.', isNoticed ? null : 'bad'),
    ]);
  return [
    paragraph(
      line(`${counted(refused.length, 'request')} refused:`, 'title'),
      ...lines,
      ...more(refused.length - most, ' refusals'),
    ),
  ];
}

function comparison({ plan, without }: Rehearsal, most: number): readonly Block[] {
  const { later } = plan.figures;
  if (later.length === 0) return [];
  const rows = later
    .slice(0, most)
    .map(({ at, storedBytes, billedBytes }, index) => [
      `on ${formatDay(at, plan.begins)}`,
      formatSize(storedBytes),
      formatSize(without[index]?.storedBytes ?? storedBytes),
      formatSize(billedBytes),
      formatSize(without[index]?.billedBytes ?? billedBytes),
    ]);
  const columns = figureColumns('stored', 'without the script', 'billed', 'without it');
  return [tableBlock([{ heading: 'whole store' }, ...columns], rows, more(later.length - most, ' instants'))];
}
