import { why } from '../../insight/why.ts';
import { reportWhy } from '../../narration/answers/report-why.ts';
import { explainWhy } from '../../narration/answers/why.ts';
import { hanging } from '../../narration/layout/hanging-lines.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { parseFileName } from '../../values/names.ts';
import { EXIT, type ExitStatus, InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { playToItsEnd } from './play-to-its-end.ts';

/** Answers why a file's object is stored, or is not, where a story ends. */
export async function whyCommand(
  file: string | undefined,
  name: string,
  { json = false, from }: { readonly json?: boolean; readonly from?: string },
  terminal: Terminal,
): Promise<ExitStatus> {
  const asked = parseFileName(name);
  if (!asked.ok) throw InputError.of(`${quoted(name)}: expected ${asked.expected}`);
  const { final } = await playToItsEnd({ file, from }, terminal);
  const answer = why(final, asked.value);
  if (json) terminal.out(jsonText(reportWhy(answer)));
  else {
    const paragraphs = explainWhy(final, answer).map((lines) =>
      lines.flatMap((line) => hanging(line, terminal.width)).join('\n'),
    );
    terminal.out(`${paragraphs.join('\n\n')}\n`);
  }
  return answer.kind === 'not found' || answer.kind === 'no such path' ? EXIT.failed : EXIT.ok;
}
