import { createInterface } from 'node:readline';
import { InputError } from '../input-error.ts';

/** The prompt, its history and its completions. */
export interface Prompting {
  readonly prompt: () => string;
  /** What Tab offers, and the end of the line that an offer replaces. */
  readonly complete: (beforeCursor: string) => readonly [readonly string[], string];
  /** Lines of earlier sessions for the arrow keys, oldest first. */
  readonly earlier: readonly string[];
}

/** Where a shell reads its lines. */
export interface ShellInput {
  /** Whether a person types at a terminal: only then is there a prompt. */
  readonly interactive: boolean;
  /** The lines. Throws `InputError` at a line that is not valid text. */
  readonly lines: (prompting: Prompting) => AsyncIterable<string>;
}

/** The lines of standard input: typed at a terminal or piped in. */
export function processInput(): ShellInput {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return { interactive, lines: interactive ? typedLines : () => linesOf(process.stdin) };
}

/** Splits a byte stream into lines of text; the last line needs no newline. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 1;
  const decoded = (piece?: Uint8Array) => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw InputError.of(`stdin:${number}:1: invalid UTF-8 here or later in the input`);
    }
  };
  for await (const piece of pieces) {
    const lines = (rest + decoded(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield line.replace(/\r$/, '');
      number += 1;
    }
  }
  rest += decoded();
  if (rest !== '') yield rest.replace(/\r$/, '');
}

async function* typedLines({ prompt, complete, earlier }: Prompting): AsyncGenerator<string> {
  const typing = createInterface({
    input: process.stdin,
    output: process.stdout,
    completer: (line: string) => {
      const [offers, replaced] = complete(line);
      return [[...offers], replaced];
    },
    history: earlier.toReversed(),
    removeHistoryDuplicates: true,
  });
  typing.on('SIGINT', () => {
    typing.write(null, { ctrl: true, name: 'e' });
    typing.write(null, { ctrl: true, name: 'u' });
  });
  const ask = () => {
    typing.setPrompt(prompt());
    typing.prompt();
  };
  let left = false;
  typing.on('close', () => {
    left = true;
  });
  try {
    ask();
    for await (const line of typing) {
      yield line;
      if (!left) ask();
    }
    process.stdout.write('\n');
  } finally {
    typing.close();
  }
}
