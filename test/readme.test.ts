import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { runProgram } from '../src/cli/program.ts';
import { capturingTerminal } from './support/process/terminal.ts';

const states = mkdtempSync(join(tmpdir(), 'limbo-readme-'));
afterAll(() => rmSync(states, { recursive: true, force: true }));

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${ROOT}/README.md`, 'utf8');
const scripts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(`${ROOT}/package.json`, 'utf8'),
).scripts;

interface Block {
  /** What stands behind the opening fence: the language, and what it is compared with. */
  readonly info: string;
  readonly text: string;
  /** Where the text begins and ends in the file. */
  readonly from: number;
  readonly to: number;
}

const blocks: readonly Block[] = [...readme.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => {
  const [, info = '', text = ''] = match;
  const from = match.index + '```'.length + info.length + 1;
  return { info, text, from, to: from + text.length };
});

/** What a block must say: the file that it shows, or the command that it begins with and its real output. */
async function shouldSay({ info, text }: Block): Promise<string> {
  const [, file] = /file=(\S+)/.exec(info) ?? [];
  if (file !== undefined) return readFileSync(`${ROOT}/${file}`, 'utf8');
  const [first = ''] = text.split('\n');
  const [, args = ''] = /^\$ npm run -s limbo -- (.*)$/.exec(first) ?? [];
  const { terminal, out, err } = capturingTerminal();
  await runProgram(wordsOf(args), terminal);
  return `${first}\n${`${out()}${err()}`.replaceAll(`${states}/`, '').trimEnd()}\n`;
}

// As a shell takes them apart. States are saved in a folder of their own, where the next command finds them.
function wordsOf(args: string): readonly string[] {
  const words = Array.from(args.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '');
  return words.map((word) => (word.endsWith('.limbo') ? join(states, word) : word));
}

// A rehearsal needs Python and the SDK: the tests of those compare it.
const needsPython = ({ text }: Block) => /^\$ .* -- python /.test(text);
const checked = blocks.filter(
  (block) => (block.info === 'console' && !needsPython(block)) || block.info.includes('file='),
);
const commands = blocks.filter(({ info }) => info === 'sh').map(({ text }) => text.trim());

describe('the README', () => {
  test.each(checked.map((block) => [block.text.split('\n')[0] || block.info, block] as const))(
    'shows what is really so: %s',
    async (_name, block) => {
      expect(block.text).toBe(await shouldSay(block));
    },
  );

  test('runs only commands that there are', () => {
    expect(commands).toEqual(['npm ci && npm start', 'npm ci && npm test']);
    const named = [...readme.matchAll(/npm (?:run (?:-s )?)?(start|test(?::\w+)?|limbo|check|bench)\b/g)];
    expect(named.map(([, script = '']) => script).filter((script) => scripts[script] === undefined)).toEqual(
      [],
    );
  });

  test('gives the same test command as the checks of every change', () => {
    expect(readFileSync(`${ROOT}/.ci/run`, 'utf8')).toContain('\nnpm ci && npm test || exit\n');
  });

  test('has a schema that can be printed', async () => {
    const { terminal, out } = capturingTerminal();
    expect(await runProgram(['schema'], terminal)).toBe(0);
    expect(JSON.parse(out()).title).toBe('limbo scenario');
  });
});

// Writes the real outputs into the README: LIMBO_REWRITE_README=1 npx vitest run --dir test test/readme.test.ts
if (process.env['LIMBO_REWRITE_README'] === '1') {
  let text = '';
  let from = 0;
  for (const block of checked) {
    text += readme.slice(from, block.from) + (await shouldSay(block));
    from = block.to;
  }
  text += readme.slice(from);
  writeFileSync(`${ROOT}/README.md`, text);
}
