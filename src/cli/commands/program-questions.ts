import { Option } from 'commander';
import type { StoreEvent } from '../../decider/event.ts';
import { pastOf } from '../../insight/recorded-events.ts';
import { timelineOf } from '../../insight/timeline.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import type { Ask, Subject } from '../../service/questions.ts';
import { EXIT, type ExitStatus, InputError, quoted } from '../input-error.ts';
import { QUESTIONS, type Question, type QuestionOptions } from '../questions.ts';
import type { Terminal } from '../terminal.ts';
import { type Asked, playToItsEnd } from './play-to-its-end.ts';
import { command, examples, FROM, type ProgramPart } from './program-part.ts';
import { servedSubject } from './served-subject.ts';

/** Adds the commands that ask about the store of a story, a snapshot or a server. They change nothing. */
export function addQuestions({ program, terminal, end }: ProgramPart): void {
  for (const question of QUESTIONS) {
    const { name, description, operand } = question;
    const asked = command(program, name)
      .description(description)
      .argument('[file]', 'scenario file, - for standard input; with --from it may be left out')
      .option(...FROM)
      .addOption(new Option('--server <url>', 'ask about the store of a running server').conflicts('from'));
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
        const isOnlyOperand =
          operand !== null && second === undefined && (options.from ?? options.server) !== undefined;
        const [file, text] = isOnlyOperand ? [undefined, first] : [first, second];
        if (operand !== null && text === undefined) {
          return asked.error(`error: missing required argument '${operand[0]}'`);
        }
        end(await answer(question, read(text ?? '', options), file, options, terminal));
      });
  }
}

async function answer(
  { most, needs }: Question,
  ask: Ask,
  file: string | undefined,
  { from, server, json = false, all = false }: QuestionOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (file !== undefined && server !== undefined) {
    throw InputError.of(`${quoted(file)}: a file cannot be combined with --server`);
  }
  const { isWell, ...forms } = ask(
    await (server === undefined ? subjectAt({ file, from }, terminal) : servedSubject(server, needs)),
  );
  const { paint, width } = terminal;
  terminal.out(
    json
      ? jsonText(forms.json())
      : `${forms.text({ paint, width, most: all ? Number.POSITIVE_INFINITY : most })}\n`,
  );
  return isWell ? EXIT.ok : EXIT.failed;
}

async function subjectAt(asked: Asked, terminal: Terminal): Promise<Subject> {
  const played: StoreEvent[] = [];
  const { scenario, final } = await playToItsEnd(asked, terminal, ({ events }) => {
    for (const event of events) played.push(event);
  });
  const events = function* () {
    if (scenario.from !== null) yield* pastOf(scenario.from);
    yield* played;
  };
  return {
    store: final,
    title: scenario.title.replace(/\s+/g, ' '),
    timeline: () => timelineOf(events(), final),
  };
}
