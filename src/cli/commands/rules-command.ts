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

/** Prints the rules, or those whose identifiers start as one of `asked` does, with the stories that show them. */
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
  terminal.out(options.json === true ? jsonText(shown) : text(shown, terminal));
  return EXIT.ok;
}

// DEL-2 itself, or a whole chapter by its letters: DEL.
function matches(id: string, asked: string): boolean {
  const given = asked.toUpperCase();
  return id === given || id.startsWith(`${given}-`);
}

function text(rules: readonly ShownRule[], { paint, width }: Terminal): string {
  const lines: string[] = [];
  let chapter = '';
  for (const rule of rules) {
    if (rule.chapter !== chapter) {
      chapter = rule.chapter;
      lines.push(...(lines.length === 0 ? [] : ['']), paint.title(chapter));
    }
    lines.push(`${rule.id.padEnd(7)} ${paint.quiet(rule.basis.join(', '))}`);
    lines.push(...indented(rule.sentence, width));
    if (rule.basisNote !== null) lines.push(...indented(rule.basisNote, width).map(paint.quiet));
    for (const scenario of rule.scenarios) lines.push(paint.quiet(`        → ${scenario}`));
  }
  const bases = Object.entries(BASIS_MEANING).flatMap(([basis, meaning]) =>
    indented(`${basis}: ${meaning}`, width),
  );
  return `${[...lines, '', paint.title('Basis'), ...bases].join('\n')}\n`;
}

function indented(sentence: string, width: number): readonly string[] {
  return wrap(sentence, width - 8).map((line) => `        ${line}`);
}
