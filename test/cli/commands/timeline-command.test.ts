import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program.ts';
import { shippedScenarios } from '../../../src/cli/shipped.ts';
import { columnsOf } from '../../../src/narration/layout/wrap.ts';
import { limbo } from '../../support/process/run-limbo.ts';
import { temporaryFolder } from '../../support/process/temporary-folder.ts';
import { capturingTerminal } from '../../support/process/terminal.ts';
import { storyText } from '../../support/stores/story.ts';

const STORY = storyText(
  'log: animals\nfiles: { cat: 2MB }',
  'wait: 2d',
  'delete: animals:v0\ndeleteAliases: true',
  'wait: 8d',
);
const MANY = storyText(
  ...Array.from({ length: 120 }, (_version, at) => `log: animals\nfiles: { x: 1MB of ${at} }`),
  'wait: 1d',
);

async function timeline(text: string, ...flags: readonly string[]) {
  const folder = temporaryFolder({ 'story.yaml': text });
  const { status, out, err } = await limbo('timeline', ...flags, `${folder}/story.yaml`);
  return { status, out, err: err.replaceAll(`${folder}/`, '') };
}

describe('timeline', () => {
  test('shows the title of the story, and what happened to each version', async () => {
    expect(await timeline(STORY)).toEqual({
      status: 0,
      err: '',
      out: `A story

            0s    1d     2d     3d     4d     5d    6d     7d     8d     9d  10d
            ├─────┬──────┬──────┬──────┬──────┬─────┬──────┬──────┬──────┬─────┤
animals:v0  █████████████╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱·······

░ PENDING   █ COMMITTED   ╱ PENDING_DELETION   · DELETED
`,
    });
  });

  test('shows a hundred versions, and all of them with --all', async () => {
    const rows = (out: string) => out.match(/^animals:v\d+ /gm)?.length;
    const { out } = await timeline(MANY);
    expect(rows(out)).toBe(100);
    expect(out).toContain('\n… and 20 more versions; --all shows them\n');
    const all = (await timeline(MANY, '--all')).out;
    expect(rows(all)).toBe(120);
    expect(all).not.toContain('more');
  });

  test('keeps a title of several lines on its own', async () => {
    const { out } = await timeline('title: "a\\nb\\e[31m"\nsteps:\n  - wait: 1d\n');
    expect(out).toBe('a b\\u{1b}[31m\n\nno versions\n');
  });

  test.each([80, 100])('of every story fits into %d columns', async (width) => {
    for (const file of await shippedScenarios()) {
      const { terminal, out } = capturingTerminal(width);
      expect(await runProgram(['timeline', file], terminal)).toBe(0);
      expect(
        out()
          .split('\n')
          .filter((line) => columnsOf(line) > width),
      ).toEqual([]);
    }
  });

  test('says that a story fails, and shows what happened until then', async () => {
    const { status, out, err } = await timeline(`${STORY}  - expect: { stored: 5B }\n`);
    expect(status).toBe(0);
    expect(err).toBe('story.yaml:9:1: the story fails here; the answer is about the store it ended in\n');
    expect(out).toContain('animals:v0  █');
  });

  test('of a file that cannot be used says why, and ends with 2', async () => {
    const { status, out, err } = await timeline('titel: t\n');
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('story.yaml:1:1: unknown key "titel"; did you mean "title"?');
    expect((await limbo('timeline')).status).toBe(2);
    expect((await timeline(STORY, '--json', '--mermaid')).status).toBe(2);
  });
});

describe('timeline --mermaid', () => {
  test('prints a Gantt diagram', async () => {
    const { status, out } = await timeline(STORY, '--mermaid');
    expect(status).toBe(0);
    expect(out).toContain('\ngantt\n    title A story\n');
    expect(out).toContain('    COMMITTED :active, 2001-01-01T00:00:00, 2001-01-03T00:00:00\n');
  });

  test('is cut like the chart', async () => {
    expect((await timeline(MANY, '--mermaid')).out).toMatch(/\n {4}%% and 20 more versions\n$/);
    expect((await timeline(MANY, '--mermaid', '--all')).out.match(/section /g)).toHaveLength(120);
  });
});

describe('timeline --json', () => {
  test('prints one document with every version, the same bytes each time', async () => {
    const { status, out } = await timeline(STORY, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      end: 'P10D',
      versions: [
        { name: 'team/demo/animals:v0', states: [{ state: 'PENDING' }, {}, {}, { to: null }], marks: [] },
      ],
    });
    expect((await timeline(STORY, '--json')).out).toBe(out);
    expect(JSON.parse((await timeline(MANY, '--json')).out).versions).toHaveLength(120);
  });
});
