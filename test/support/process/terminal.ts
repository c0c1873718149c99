import { SILENT, type Terminal, UNCOUNTED } from '../../../src/cli/terminal.ts';
import { PLAIN } from '../../../src/narration/layout/paint.ts';

/** A terminal without colors that keeps what was written to it. */
export interface CapturingTerminal {
  readonly terminal: Terminal;
  /** Everything written to the output so far. */
  readonly out: () => string;
  /** Everything written to the errors so far. */
  readonly err: () => string;
}

/** Makes a terminal of this many columns that keeps what was written to it, with this text or these bytes piped in. */
export function capturingTerminal(width = 80, input: string | Uint8Array = ''): CapturingTerminal {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    input: (async function* () {
      yield Buffer.from(input);
    })(),
    out: (text) => out.push(Buffer.from(text).toString('utf8')),
    err: (text) => err.push(text),
    paint: PLAIN,
    width,
    progress: () => SILENT,
    counter: () => UNCOUNTED,
  };
  return { terminal, out: () => out.join(''), err: () => err.join('') };
}
