import { columnsOf, wrap } from '../../narration/layout/wrap.ts';
import { STEP_KINDS } from '../../scenario/language/schema-steps.ts';
import { SHELL_QUESTIONS } from './questions.ts';

/** The words that are no questions, as the help shows them. */
const OWN_WORDS: readonly (readonly [usage: string, summary: string])[] = [
  ['history', 'the steps so far, by number'],
  ['undo [N], redo [N]', 'take the last steps back, and do them again'],
  ['save FILE', 'write the steps as a scenario; save! replaces a file'],
  ['help', 'print this'],
  ['exit', 'leave, as Ctrl-D does'],
];

/** Every word that a line of the shell may begin with, beside the steps. */
export const SHELL_WORDS: readonly string[] = [
  ...['help', 'history', 'undo', 'redo', 'save', 'save!', 'exit', 'quit'],
  ...SHELL_QUESTIONS.keys(),
];

/** What can be done in the shell, with examples, in lines of at most so many columns. */
export function shellHelp(width: number): string {
  const questions = [...SHELL_QUESTIONS.values()].map(({ usage, summary }) => [usage, summary] as const);
  const words = [...questions, ...OWN_WORDS];
  const left = Math.max(...words.map(([usage]) => columnsOf(usage))) + 2;
  return [
    'A line is one step of a story, as a scenario file writes it:',
    '  log: animals, files: { cat.jpg: 2MB, dog.jpg: 1MB }',
    '  delete: animals:v0, deleteAliases: true',
    '  wait: 8d',
    '  expect: { stored: 0B }',
    ...hanging('Steps: ', STEP_KINDS.join(', '), width),
    '',
    'Or it is a word:',
    ...words.flatMap(([usage, summary]) => hanging(`  ${usage.padEnd(left)}`, summary, width)),
    '',
    'Tab completes, and Ctrl-C clears the line. Behind # stands a comment.',
    ...wrap(
      'A real folder, as in "log: data, files: { from: ./data }", is read once, when it is first named.',
      width,
    ),
  ].join('\n');
}

/** What `limbo shell --help` says beyond the options. */
export const SHELL_STATUS_HELP = `
Lines may be piped in. The first that cannot be read ends the shell. Then the
exit status is 0 where all is well; 1 where a claim failed, a question found
something wrong, or a step was refused without saying so (refused: CODE); 2 for
unusable input.
`;

function hanging(left: string, text: string, width: number): readonly string[] {
  const indent = ' '.repeat(columnsOf(left));
  return wrap(text, width - indent.length).map((line, at) => `${at === 0 ? left : indent}${line}`);
}
