import { columnsOf, hanging, wrap } from '../../narration/layout/wrap.ts';
import { STEP_KINDS } from '../../scenario/language/schema-steps.ts';
import { QUESTIONS } from '../questions.ts';

/** The commands of the shell besides steps and questions. */
const OWN_WORDS: readonly (readonly [usage: string, summary: string])[] = [
  ['history', 'the steps so far, by number'],
  ['undo [N], redo [N]', 'undo the last steps, or redo them'],
  ['save FILE', 'write the steps as a scenario; save! replaces a file'],
  ['help', 'print this'],
  ['exit', 'leave, like Ctrl-D'],
];

/** Every word that a line of the shell can begin with, besides the steps. */
export const SHELL_WORDS: readonly string[] = [
  ...['help', 'history', 'undo', 'redo', 'save', 'save!', 'exit', 'quit'],
  ...QUESTIONS.map(({ name }) => name),
];

/** The help of the shell, with examples, wrapped at this many columns. */
export function shellHelp(width: number): string {
  const words = [...QUESTIONS.map(({ usage, summary }) => [usage, summary] as const), ...OWN_WORDS];
  const left = Math.max(...words.map(([usage]) => columnsOf(usage))) + 2;
  return [
    'Type a step, as in a scenario file:',
    '  log: animals, files: { cat.jpg: 2MB, dog.jpg: 1MB }',
    '  delete: animals:v0, deleteAliases: true',
    '  wait: 8d',
    '  expect: { stored: 0B }',
    ...hanging('Steps: ', STEP_KINDS.join(', '), width),
    '',
    'Or a command:',
    ...words.flatMap(([usage, summary]) => hanging(`  ${usage.padEnd(left)}`, summary, width)),
    '',
    'Tab completes, Ctrl-C clears the line, and # starts a comment.',
    ...wrap(
      'A real folder, as in "log: data, files: { from: ./data }", is read once, when you first name it.',
      width,
    ),
  ].join('\n');
}

/** What `limbo shell --help` adds below the options. */
export const SHELL_STATUS_HELP = `
Lines may be piped in; the first one that cannot be read ends the shell. The
exit status is then 0 for success; 1 if a check failed, a question found a
problem, or a step was refused that is not marked refused: CODE; 2 for invalid
input.
`;
