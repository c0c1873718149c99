import type { StoreEvent } from '../../decider/event.ts';
import { pastOf } from '../../insight/recorded-events.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { EXIT, type ExitStatus } from '../input-error.ts';
import { type Ask, QUESTIONS, type Question, type QuestionOptions } from '../questions.ts';
import type { Terminal } from '../terminal.ts';
import { playToItsEnd } from './play-to-its-end.ts';
import { command, examples, FROM, type ProgramPart } from './program-part.ts';

/** Adds the commands that ask about a story's store or a snapshot. They change nothing. */
export function addQuestions({ program, terminal, end }: ProgramPart): void {
  for (const question of QUESTIONS) {
    const { name, description, operand } = question;
    const asked = command(program, name)
      .description(description)
      .argument('[file]', 'scenario file, - for standard input; with --from it may be left out')
      .option(...FROM);
    if (operand !== null) {
      const [operandName, meaning] = operand;
      asked.usage(`[options] [file] <${operandName}>`).argument(`[${operandName}]`, meaning);
    }
    const read = question.options(asked);
    asked
      .option('--json', 'print one JSON document')
      .addHelpText('after', examples(...question.examples))
      .action(async () => {
        const options = asked.opts<QuestionOptions>();
        const [first, second] = asked.args;
        const isOnlyOperand = operand !== null && second === undefined && options.from !== undefined;
        const [file, text] = isOnlyOperand ? [undefined, first] : [first, second];
        if (operand !== null && text === undefined) {
          return asked.error(`error: missing required argument '${operand[0]}'`);
        }
        end(await answer(question, read(text ?? '', options), file, options, terminal));
      });
  }
}

async function answer(
  { most }: Question,
  ask: Ask,
  file: string | undefined,
  { from, json = false, all = false }: QuestionOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const played: StoreEvent[] = [];
  const { scenario, final } = await playToItsEnd({ file, from }, terminal, ({ events }) => {
    for (const event of events) played.push(event);
  });
  const { isWell, ...forms } = ask({
    store: final,
    title: scenario.title.replace(/\s+/g, ' '),
    events: function* () {
      if (scenario.from !== null) yield* pastOf(scenario.from);
      yield* played;
    },
  });
  const { paint, width } = terminal;
  terminal.out(
    json
      ? jsonText(forms.json())
      : `${forms.text({ paint, width, most: all ? Number.POSITIVE_INFINITY : most })}\n`,
  );
  return isWell ? EXIT.ok : EXIT.failed;
}
