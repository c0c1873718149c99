import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { JournalFile } from '../../../src/cli/files/journal-file.ts';
import { InputError } from '../../../src/cli/input-error.ts';
import { Shell } from '../../../src/cli/shell/shell.ts';
import { parseStepLine } from '../../../src/scenario/language/step-line.ts';
import { Session } from '../../../src/scenario/session/session.ts';
import { limbo } from '../../support/process/run-limbo.ts';
import { shell } from '../../support/process/shell.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { capturingTerminal } from '../../support/process/terminal.ts';
import { storyIn, storyText, storyWith } from '../../support/stores/story.ts';

const LOG = 'log: animals, files: { cat.jpg: 2MB, dog.jpg: 1MB }';
const DELETE = 'delete: animals:v0, deleteAliases: true';

describe('a line that is a step', () => {
  test('is played at once and narrated as in a story', async () => {
    const folder = temporaryFolder({ 'a.yaml': storyText(`{ ${LOG} }`, `{ ${DELETE} }`, 'collect') });
    const { out, status, err } = await shell([LOG, DELETE, '', '  # a comment', 'collect']);
    expect([status, err]).toEqual([0, '']);
    const described = (await limbo('run', `${folder}/a.yaml`)).out;
    expect(described).toContain(out);
    expect(out).toContain('  2  delete: animals:v0, deleteAliases: true\n');
  });

  test.each([
    ['log: animals, fiels: { cat.jpg: 2MB }', 'stdin:2:15: unknown key "fiels"; did you mean "files"?'],
    [
      'expect: { stored: 6 }',
      'stdin:2:19: expected a size such as 512B, 10KB, 2MB or 1GiB; a bare number has no unit',
    ],
    ['delete animals:v0', 'stdin:2:1: expected a colon behind the name of the step: "delete: animals:v0"'],
    ['wait:8d', 'stdin:2:1: expected a space behind the colon: "wait: 8d"'],
    ['colect', 'stdin:2:1: unknown command "colect"; did you mean "collect"?'],
    ['udno 2', 'stdin:2:1: unknown command "udno"; did you mean "undo"?'],
    ['wait: 8d, as: bob', 'stdin:2:15: unknown person "bob"; expected'],
    [
      'log: a, files: { from: ./nowhere/at-all }',
      'stdin:2:1: expected a folder that can be read: ./nowhere/at-all (ENOENT)',
    ],
    ['undo', 'stdin:2:1: there is nothing to undo'],
    ['undo 0', 'stdin:2:1: expected a number of steps, such as undo 2; found 0'],
    ['redo x', 'stdin:2:1: expected a number of steps, such as redo 2; found x'],
    ['save', 'stdin:2:1: expected a file: save story.yaml'],
    ['save x.yaml', 'stdin:2:1: there is nothing to save: no step is done'],
    ['why animals', 'stdin:2:1: animals: expected a path of a version'],
    ['history please', 'stdin:2:1: expected nothing behind history, found please'],
    ['usage \u001b[31m', 'stdin:2:1: expected project, collection, version or nothing, found \\u{1b}[31m'],
    ['timeline x', 'stdin:2:1: expected nothing after the word, found x'],
    ['plan', 'stdin:2:1: expected a step that deletes, such as plan delete: animals:v0'],
    ['plan wait: 1d', 'stdin:2:1: expected a step that deletes what it names'],
    ['plan delte: a:v0', 'stdin:2:1: unknown step "delte"; did you mean "delete"?'],
  ])('and cannot be read, %j, is told with its place, and ends a script with 2', async (line, message) => {
    const { status, out, err } = await shell(['', line, 'wait: 1d']);
    expect([status, out]).toEqual([2, '']);
    expect(err.startsWith(message)).toBe(true);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('that cannot be read does not end the shell for a person who types', async () => {
    const { status, out, err } = await shell(['wiat: 1d', 'undo 5', 'wait: 1d'], { typed: true });
    expect(status).toBe(0);
    expect(err.trimEnd().split('\n')).toHaveLength(2);
    expect(out).toContain('  1  wait: 1d\n');
  });

  test.each([
    ['a claim that is not so', 'expect: { stored: 5B }', '✗ line 1: expected stored 5B'],
    ['a refusal that it does not expect', 'delete: a:v0', '✗ line 1: expected "delete: a:v0" to go through'],
    ['a question that finds nothing', 'why a:v0/x', 'not-found: There is no version a:v0.'],
    ['a plan that would be refused', 'plan delete: a:v0', 'not-found'],
  ])('and is %s gives a script 1, which goes on all the same', async (_what, line, said) => {
    const { status, out } = await shell([line, 'wait: 1d']);
    expect(status).toBe(1);
    expect(out).toContain(said);
    expect(out).toContain('  wait: 1d\n');
  });

  test('that is refused is an answer for a person who types, printed once', async () => {
    const { out } = await shell(['delete: a:v0'], { typed: true });
    expect(out).toContain('refused: not-found');
    expect(out).not.toContain('✗');
  });

  test('takes files from a real folder, which is read once', async () => {
    const folder = temporaryFolder({ 'data/x': 'hello', 'story.yaml': storyText('wait: 1d') });
    const { out, status } = await shell(
      ['log: a, files: { from: ./data }', `save ${folder}/data/saved.yaml`],
      {
        file: `${folder}/story.yaml`,
        journal: `${folder}/j`,
      },
    );
    expect([status, out.includes('uploads x 5B')]).toEqual([0, true]);
    expect(readFileSync(`${folder}/data/saved.yaml`, 'utf8')).toContain('files: { from: ./ }');
    writeFileSync(`${folder}/data/x`, 'a longer text');
    const again = await shell(['usage'], { file: `${folder}/story.yaml`, journal: `${folder}/j` });
    expect(again.out).toMatch(/^total .* 5B /m);
  });
});

describe('a command', () => {
  test('undoes and redoes steps, and numbers the next step accordingly', async () => {
    const { out } = await shell([LOG, DELETE, 'wait: 1d', 'undo 2', 'redo', 'undo', 'wait: 2d', 'history']);
    expect(out).toContain(
      'undone   2  delete: animals:v0, deleteAliases: true\nundone   3  wait: 1d\nday 0 · logical 3MB',
    );
    expect(out).toContain('redone   2  delete: animals:v0, deleteAliases: true\nday 0 · logical 0B');
    expect(out).toContain('\n  2  wait: 2d\n     day 2\n');
    expect(out).toMatch(/\n {2}1 {2}log: animals, files: .*\n {2}2 {2}wait: 2d\n$/);
  });

  test('lists what was undone and what was refused', async () => {
    const { out } = await shell(['delete: a:v0, refused: not-found', 'wait: 1d', 'undo', 'history']);
    expect(out.endsWith('  1  delete: a:v0  refused: not-found\n  2  wait: 1d  (undone)\n')).toBe(true);
  });

  test('asks a question about the store without becoming a step', async () => {
    const { out, status } = await shell([
      LOG,
      'why animals:v0/cat.jpg',
      'plan delete: animals:v0, deleteAliases: true',
      'usage version',
      'verify',
      'timeline',
      'history',
    ]);
    expect(status).toBe(0);
    expect(out).toContain('animals:v0/cat.jpg, 2MB: stored since day 0.');
    expect(out).toContain('1 version would be deleted; 3MB would be freed on day 7');
    expect(out).toMatch(/^animals:v0 {2}COMMITTED /m);
    expect(out).not.toMatch(/^project /m);
    expect(out).toMatch(/\n {2}1 {2}log: animals, files: .*\n$/);
  });

  test('lists everything, within the width of the terminal', async () => {
    const { out } = await shell(['help']);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    for (const word of ['why', 'plan', 'usage', 'verify', 'timeline', 'history', 'undo', 'save', 'exit'])
      expect(out).toMatch(new RegExp(`\\n  ${word} `));
  });

  test('gives examples that can be typed', async () => {
    const { out } = await shell(['help']);
    const examples = [...out.matchAll(/^ {2}(\w+: .*)$/gm)].map(([, line = '']) => line);
    expect(examples.length).toBeGreaterThan(2);
    expect((await shell(examples)).status).toBe(0);
  });

  test.each(['exit', 'quit'])('ends it: %s', async (word) => {
    expect(await shell([word, 'wiat: 1d'])).toEqual({ status: 0, out: '', err: '' });
  });
});

describe('save', () => {
  test('writes a story that plays to the same end', async () => {
    const file = `${temporaryFolder()}/out.yaml`;
    const { status } = await shell([
      LOG,
      'delete: animals:v7, refused: not-found',
      DELETE,
      'wait: 8d',
      `save ${file}`,
    ]);
    expect(status).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^title: A session in the shell\nsteps:\n {2}- log: animals\n/,
    );
    expect((await limbo('run', '--quiet', file)).status).toBe(0);
  });

  test('replaces a file only on request, and leaves no other file behind', async () => {
    const folder = temporaryFolder({ 'mine.yaml': 'mine' });
    const { status, err } = await shell(['wait: 1d', `save ${folder}/mine.yaml`]);
    expect([status, err]).toEqual([
      2,
      `stdin:2:1: ${folder}/mine.yaml is there already; save! replaces it\n`,
    ]);
    expect(readFileSync(`${folder}/mine.yaml`, 'utf8')).toBe('mine');
    expect((await shell(['wait: 1d', `save! ${folder}/mine.yaml`])).status).toBe(0);
    expect(readFileSync(`${folder}/mine.yaml`, 'utf8')).toContain('- wait: 1d\n');
    expect(readdirSync(folder)).toEqual(['mine.yaml']);
  });

  test('does not write over the journal of the session', async () => {
    const journal = `${temporaryFolder()}/j`;
    const { err } = await shell(['wait: 1d', `save! ${journal}`], { journal });
    expect(err).toContain('is the journal of this session');
  });

  test('says that a file cannot be written', async () => {
    const { status, err } = await shell(['wait: 1d', `save ${temporaryFolder()}/no/such.yaml`]);
    expect([status, err.endsWith('such.yaml cannot be written (ENOENT)\n')]).toEqual([2, true]);
  });
});

describe('a story', () => {
  const STORY = `title: A story\nserver: { retention: 1d }\ngiven:\n  - log: a\n    files: { x: 1MB }\nsteps:\n  - delete: a:v0\n    deleteAliases: true\n`;

  test('is the start of the session and of the saved scenario', async () => {
    const folder = temporaryFolder({ 'a.yaml': STORY });
    const { out } = await shell(['wait: 2d', 'expect: { stored: 0B }', `save ${folder}/b.yaml`], {
      file: `${folder}/a.yaml`,
    });
    expect(out).toMatch(
      /^A story\n.*\n\n1 step so far; day 0 · logical 0B · stored 1MB · billed 1MB\n {2}2 {2}wait: 2d\n/,
    );
    expect(readFileSync(`${folder}/b.yaml`, 'utf8')).toBe(
      `${STORY}  - wait: 2d\n  - expect: { stored: 0B }\n`,
    );
  });

  test('that fails is a start too, and says where it fails', async () => {
    const folder = temporaryFolder({ 'a.yaml': storyText('expect: { stored: 1B }') });
    const { status, err } = await shell(['wait: 1d'], { file: `${folder}/a.yaml` });
    expect([status, err]).toEqual([
      1,
      `${folder}/a.yaml:3:1: the story fails here; the session begins where it ended all the same\n`,
    ]);
  });

  test('that cannot be used begins nothing', async () => {
    const folder = temporaryFolder({ 'a.yaml': 'titel: x\n' });
    await expect(shell([], { file: `${folder}/a.yaml` })).rejects.toThrow(InputError);
  });
});

describe('a journal', () => {
  const read = (file: string) => readFileSync(file, 'utf8');

  test('continues with its history, and every step can be undone', async () => {
    const journal = `${temporaryFolder()}/j`;
    await shell([LOG, 'wait: 1d', DELETE, 'undo 2'], { journal });
    const { out } = await shell(['history', 'redo 2', 'undo 3', 'usage'], { journal });
    expect(out).toContain('1 step so far, 2 undone; day 0 · logical 3MB');
    expect(out).toContain(
      '  2  wait: 1d  (undone)\n  3  delete: animals:v0, deleteAliases: true  (undone)\n',
    );
    expect(out).toContain('the store has no versions');
    expect(
      read(journal)
        .split('\n')
        .slice(1, -1)
        .map((line) => JSON.parse(line)),
    ).toEqual([{ step: LOG }, { step: 'wait: 1d' }, { step: DELETE }, { undo: 2 }, { redo: 2 }, { undo: 3 }]);
  });

  test('of a story that begins at a date waits until the same date again', async () => {
    const folder = temporaryFolder({ 'story.yaml': storyWith('begins: 2026-01-31T08:00:00Z', `{ ${LOG} }`) });
    const session = { file: `${folder}/story.yaml`, journal: `${folder}/j` };
    const until = 'wait: { until: 2026-03-01 }';
    const first = await shell([until, 'wait: { until: 2026-02-01 }'], session);
    expect(first.out).toContain('     2026-03-01\n');
    expect(read(session.journal).split('\n').slice(1)).toEqual([JSON.stringify({ step: until }), '']);
    const { out } = await shell(['history', 'undo 1'], session);
    expect(out).toContain('2 steps so far; 2026-03-01 · ');
    expect(out).toContain('2026-01-31 08:00 · ');
  });

  test('keeps refused steps, and no line that cannot be read', async () => {
    const journal = `${temporaryFolder()}/j`;
    await shell(['delete: a:v0', 'wiat: 1d', 'undo 7', 'commit: x', 'why', ''], { journal, typed: true });
    expect(read(journal).split('\n').slice(1)).toEqual(['{"step":"delete: a:v0"}', '']);
  });

  test('that is cut anywhere in its last line continues before that line', async () => {
    const folder = temporaryFolder();
    const journal = `${folder}/j`;
    await shell(['wait: 1d', 'log: "é", refused: bad-name'], { journal });
    const whole = readFileSync(journal);
    const before = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (let end = before; end < whole.length; end += 1) {
      writeFileSync(journal, whole.subarray(0, end));
      const { status, err } = await shell(['wait: 2d'], { journal });
      const torn = `${journal}:3:1: this line was not written to its end, and is left out\n`;
      expect([status, err]).toEqual([0, end > before ? torn : '']);
      expect(read(journal)).toBe(`${whole.subarray(0, before).toString()}{"step":"wait: 2d"}\n`);
    }
  });

  test.each([
    ['is none', 'the diary of a madman\n'],
    ['is none, without a newline', 'the diary'],
    ['is of a newer version', '{"format":"limbo journal","version":2,"story":null}\n'],
    ['has a damaged line', '{"format":"limbo journal","version":1,"story":null}\n{"st\n{"undo":1}\n'],
    ['says what cannot be done', '{"format":"limbo journal","version":1,"story":null}\n{"undo":1}\n'],
    ['began with a story', '{"format":"limbo journal","version":1,"story":{"file":"a.yaml","digest":"x"}}\n'],
  ])('that %s is refused, and stays as it was to the byte', async (_what, content) => {
    const folder = temporaryFolder({ j: content });
    const started = shell(['wait: 1d'], { journal: `${folder}/j` });
    await expect(started).rejects.toThrow(InputError);
    await expect(started).rejects.toThrow(/j:\d:1: (expected|this journal) /);
    expect([read(`${folder}/j`), readdirSync(folder)]).toEqual([content, ['j']]);
  });

  test('continues only with its own story', async () => {
    const folder = temporaryFolder({ 'a.yaml': storyText('wait: 1d'), 'b.yaml': storyText('wait: 2d') });
    const journal = `${folder}/j`;
    await shell(['undo', LOG], { file: `${folder}/a.yaml`, journal });
    const content = read(journal);
    for (const file of [`${folder}/b.yaml`, undefined]) {
      const started = shell([], file === undefined ? { journal } : { file, journal });
      await expect(started).rejects.toThrow(
        /this journal continues the story .*a\.yaml, unchanged since then/,
      );
    }
    expect(read(journal)).toBe(content);
    const { out } = await shell(['history'], { file: `${folder}/a.yaml`, journal });
    expect(/\n {2}1 {2}log: animals, .*\n$/.test(out)).toBe(true);
  });

  test('is for one shell at a time; the lock of a process that is gone does not count', async () => {
    const folder = temporaryFolder();
    const journal = `${folder}/j`;
    writeFileSync(`${journal}.lock`, `${process.pid}\n`);
    await expect(shell([], { journal })).rejects.toThrow(`process ${process.pid} is using this journal`);
    expect(existsSync(journal)).toBe(false);
    writeFileSync(`${journal}.lock`, '4194999\n');
    expect((await shell(['wait: 1d'], { journal })).status).toBe(0);
    expect(readdirSync(folder)).toEqual(['j']);
  });

  test('that cannot be written leaves the session as it was, its undone steps too', async () => {
    class FullDisk extends JournalFile {
      override append(): void {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      }
    }
    const session = new Session(storyIn(storyText('wait: 1d')), [], new Map());
    const first = parseStepLine('wait: 1h', 1);
    if (first.ok) session.take(first.placed);
    session.undo(1);
    const before = session.place;
    const { terminal, out, err } = capturingTerminal();
    const journal = new FullDisk(`${temporaryFolder()}/j`, 0, '{}', () => {});
    onTestFinished(() => journal.close());
    const taking = new Shell(session, { terminal, journal, base: '.', typed: true });
    for (const line of ['wait: 2d', 'redo']) expect(await taking.take(line, 1)).toBe('unusable');
    expect([session.place, out()]).toEqual([before, '']);
    expect(err()).toBe('the journal cannot be written (ENOSPC), and nothing was done\n'.repeat(2));
  });

  test('cannot be a folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(`${folder}/j`);
    await expect(shell([], { journal: `${folder}/j` })).rejects.toThrow('expected a file');
  });
});
