import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { runProgram } from '../../../src/cli/program.ts';
import { or } from '../arbitraries/hostile-stories.ts';
import { capturingTerminal } from './terminal.ts';

const version = fc
  .tuple(or('a', 'animals', 'models/prod'), or('v0', 'v1', 'latest'))
  .map((parts) => parts.join(':'));

/** What is asked of a story, with the place of its file left open. */
export type Question = (file: string) => readonly string[];

const asked =
  (...args: readonly (string | null)[]): Question =>
  (file) =>
    args.map((arg) => arg ?? file);

/** Every question that the command line answers about a story, in text and as JSON. */
export const question: fc.Arbitrary<Question> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      asked('run', null),
      asked('run', '--quiet', null),
      asked('run', '--json', null),
    ),
  },
  fc.tuple(version, or('x', 'cat.jpg')).map(([of, at]) => asked('why', null, '--', `${of}/${at}`)),
  fc.tuple(version, or('x', 'cat.jpg')).map(([of, at]) => asked('why', '--json', null, '--', `${of}/${at}`)),
  fc
    .tuple(version, or('ann'))
    .map(([of, who]) => asked('plan', null, `--delete=${of}`, '--delete-aliases', '--all', `--as=${who}`)),
  version.map((of) => asked('plan', '--json', null, `--delete=${of}`)),
  fc
    .tuple(or('a'), or('keep last 1', 'with best', 'older than 1d'))
    .map(([of, where]) => asked('plan', null, `--delete-all=${of}`, `--where=${where}`)),
  fc
    .tuple(or('r1'), or('demo'))
    .map(([run, project]) =>
      asked('plan', null, `--delete-run=${run}`, '--artifacts', `--delete-project=${project}`),
    ),
  fc.constantFrom(asked('usage', null), asked('usage', '--all', null), asked('usage', '--json', null)),
  fc.constantFrom(asked('verify', null), asked('verify', '--json', null)),
  fc.constantFrom(
    asked('timeline', null),
    asked('timeline', '--all', null),
    asked('timeline', '--mermaid', null),
    asked('timeline', '--json', null),
  ),
  fc.constantFrom(
    asked('explore', '--states', '60', null),
    asked('explore', '--json', '--states', '60', null),
    asked('explore', '--states', '60', '--collector', 'counts-at-review', null),
  ),
);

/** A real folder with one story after another in it, and with the folder that the stories which are shipped read. */
export class StoryFolder {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'limbo-hostile-'));

  constructor() {
    const hello = fileURLToPath(new URL('../../../scenarios/1-logging/hello', import.meta.url));
    cpSync(hello, path.join(this.#folder, 'hello'), { recursive: true });
  }

  /** What is wrong with the answer to a question about this story; it is written to a file first. */
  async violations(story: string | Uint8Array, about: Question): Promise<readonly string[]> {
    const file = path.join(this.#folder, 'story.yaml');
    writeFileSync(file, story);
    const { terminal, out, err } = capturingTerminal();
    const args = about(file);
    const status = await runProgram(args, terminal);
    const json = args.includes('--json') && status !== 2;
    return [
      ...(json ? violationsInJson(out()) : violationsInText('output', out())),
      ...violationsInText('errors', err()),
      ...(status === 2 && err() === '' ? ['unusable input, and not a word about it'] : []),
      ...(status === 2 && out() !== '' ? ['unusable input, and an answer to it'] : []),
    ].map((violation) => `${JSON.stringify(args)}: ${violation}`);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What a text has no place for on a terminal: control characters, unseen ones, half ones, and the entrails of the program. */
export function violationsInText(what: string, text: string): readonly string[] {
  const odd = /[^\P{Cc}\n]|(?![\u200c\u200d])\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u.exec(text);
  const entrails = /^\s+at .+:\d+:\d+|TypeError|RangeError|AssertionError|\[object |\bundefined\b/m.exec(
    text,
  );
  return [odd, entrails].flatMap((found) => {
    if (found === null) return [];
    const around = text.slice(Math.max(0, found.index - 60), found.index + 60);
    return [`the ${what} have ${JSON.stringify(found[0])} in them: ${JSON.stringify(around)}`];
  });
}

// What is no JSON has control characters of ASCII in it, too; all others JSON leaves as they are.
function violationsInJson(text: string): readonly string[] {
  try {
    JSON.parse(text);
    return /[^\P{Cc}\n]/u.test(text) ? ['a control character in a JSON document'] : [];
  } catch {
    return [`no JSON document: ${text.slice(0, 80)}`];
  }
}
