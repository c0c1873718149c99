import { jsonText } from '../../narration/layout/json-text.ts';
import { wrap } from '../../narration/layout/wrap.ts';
import { BASIS_MEANING, RULES, type Rule } from '../../rules/rules.ts';
import { unknownWord } from '../../scenario/yaml/nearest-word.ts';
import { readScenarios } from '../files/read-scenario.ts';
import { EXIT, type ExitStatus, InputError } from '../input-error.ts';
import { shippedName, shippedScenarios } from '../shipped.ts';
import type { Terminal } from '../terminal.ts';

/** A rule and the stories that show it, as `limbo rules --json` prints them. */
interface ShownRule extends Rule {
  readonly scenarios: readonly string[];
}

/**
 * Prints the rules, or those whose identifiers start as one of `asked` does, with the stories that show them. Rules that
 * are asked for also get their sources.
 */
export async function rulesCommand(
  asked: readonly string[],
  options: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  for (const prefix of asked) {
    if (!RULES.some((rule) => matches(rule.id, prefix))) {
      throw InputError.of(
        unknownWord(
          'rule',
          prefix,
          RULES.map((rule) => rule.id),
        ),
      );
    }
  }
  const stories = await readScenarios(await shippedScenarios(), terminal);
  const rules = RULES.filter(
    (rule) => asked.length === 0 || asked.some((prefix) => matches(rule.id, prefix)),
  );
  const shown = rules.map(
    (rule): ShownRule => ({
      ...rule,
      scenarios: stories
        .filter(({ scenario }) => scenario.rules.includes(rule.id))
        .map(({ scenario }) => shippedName(scenario.file)),
    }),
  );
  terminal.out(options.json === true ? jsonText(shown) : text(shown, asked.length > 0, terminal));
  return EXIT.ok;
}

// DEL-2 itself, or a whole chapter by its letters: DEL.
function matches(id: string, asked: string): boolean {
  const given = asked.toUpperCase();
  return id === given || id.startsWith(`${given}-`);
}

function text(rules: readonly ShownRule[], withSources: boolean, { paint, width }: Terminal): string {
  const lines = [paint.title('Basis')];
  for (const [basis, meaning] of Object.entries(BASIS_MEANING)) {
    const occurs = rules.some((rule) => rule.basis.some((one) => one === basis));
    if (occurs) lines.push(...indented(`${basis}: ${meaning}`, width));
  }
  let chapter = '';
  for (const rule of rules) {
    if (rule.chapter !== chapter) {
      chapter = rule.chapter;
      lines.push('', paint.title(chapter));
    }
    lines.push(`${rule.id.padEnd(7)} ${paint.quiet(rule.basis.join(', '))}`);
    lines.push(...indented(rule.sentence, width));
    const quiet = rule.basisNote === null ? [] : [...indented(rule.basisNote, width)];
    for (const { kind, title, address, read } of withSources ? rule.sources : []) {
      quiet.push(...indented(`${kind}: ${title} (read ${read})`, width), `          ${address}`);
    }
    for (const scenario of rule.scenarios) quiet.push(`        → ${scenario}`);
    lines.push(...quiet.map(paint.quiet));
  }
  return `${lines.join('\n')}\n`;
}

function indented(sentence: string, width: number): readonly string[] {
  return wrap(sentence, width - 8).map((line) => `        ${line}`);
}
