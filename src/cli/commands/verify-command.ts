import { verify } from '../../insight/verify.ts';
import { describeFindings } from '../../narration/answers/findings.ts';
import { reportFindings } from '../../narration/answers/report-findings.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { wrap } from '../../narration/layout/wrap.ts';
import { EXIT, type ExitStatus } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { playToItsEnd } from './play-to-its-end.ts';

/** Recounts everything where a story ends; the exit status is 1 where something is wrong. */
export async function verifyCommand(
  file: string | undefined,
  { json = false, from }: { readonly json?: boolean; readonly from?: string },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { final } = await playToItsEnd({ file, from }, terminal);
  const verification = verify(final);
  const isWell = verification.findings.length === 0;
  if (json) terminal.out(jsonText(reportFindings(verification)));
  else {
    const paint = isWell ? terminal.paint.good : terminal.paint.bad;
    const described = describeFindings(verification);
    const lines = described.flatMap((text, at) =>
      wrap(text, terminal.width - 2).map((line, row) => {
        const indented = row === 0 ? line : `  ${line}`;
        return at === described.length - 1 ? terminal.paint.quiet(indented) : paint(indented);
      }),
    );
    terminal.out(`${lines.join('\n')}\n`);
  }
  return isWell ? EXIT.ok : EXIT.failed;
}
