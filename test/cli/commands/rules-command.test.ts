import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program.ts';
import { RULES } from '../../../src/rules/rules.ts';
import { limbo } from '../../support/process/run-limbo.ts';
import { capturingTerminal } from '../../support/process/terminal.ts';

const headings = (out: string) => [...out.matchAll(/^([A-Z]+-\d+) /gm)].map(([, id]) => id);
const ids = RULES.map((rule) => rule.id);

describe('rules', () => {
  test('prints every rule under its chapter, and what the bases mean', async () => {
    const { status, out, err } = await limbo('rules');
    expect([status, err]).toEqual([0, '']);
    expect(headings(out)).toEqual(ids);
    const chapters = [...new Set(RULES.map((rule) => rule.chapter))];
    expect(chapters.filter((chapter) => !out.includes(`${chapter}\n`))).toEqual([]);
    expect(out).toMatch(/\nBasis\n {8}doc: /);
  });

  test.each([
    [['DEL-2'], ['DEL-2']],
    [['del-2'], ['DEL-2']],
    [
      ['GC-1', 'DEL-2', 'GC-1'],
      ['DEL-2', 'GC-1'],
    ],
    [['ALI'], ids.filter((id) => id.startsWith('ALI-'))],
    [['DEL-1'], ['DEL-1']],
  ])('%j prints %j, in the order of the catalogue', async (asked, expected) => {
    expect(headings((await limbo('rules', ...asked)).out)).toEqual(expected);
  });

  test.each([
    ['DEL2', 'unknown rule "DEL2"; did you mean "DEL-2"?\n'],
    ['DEL-999', /^unknown rule "DEL-999"; did you mean "DEL-\d+"\?\n$/],
    ['__proto__', /^unknown rule "__proto__"; expected one of: LOG-1, /],
    ['', /^unknown rule ""; expected one of: LOG-1, /],
    ['D', /^unknown rule "D"; /],
    ['\u001b[31m', /^unknown rule "\\u\{1b\}\[31m"; /],
  ])('%j is no rule, which ends with 2', async (asked, message) => {
    const { status, out, err } = await limbo('rules', 'DEL-2', asked);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  test('says of each rule what it rests on', async () => {
    const { out } = await limbo('rules');
    for (const rule of RULES) {
      const line = out.split('\n').find((text) => text.startsWith(`${rule.id} `));
      expect(line).toBe(`${rule.id.padEnd(7)} ${rule.basis.join(', ')}`);
    }
  });

  test('names for each rule the stories that show it', async () => {
    const { out } = await limbo('rules', 'TTL-4');
    expect(out).toContain('→ scenarios/6-time-to-live/06-linking-removes-the-ttl.yaml\n');
  });

  test.each([60, 80, 100])('keeps to %d columns', async (width) => {
    const { terminal, out } = capturingTerminal(width);
    await runProgram(['rules'], terminal);
    const wide = out()
      .split('\n')
      .filter((line) => stringWidth(line) > width);
    // The name of a file is not broken, so that it can be opened with a click.
    expect(wide.filter((line) => !/^ {8}(→ )?scenarios\/\S+$/.test(line))).toEqual([]);
  });
});

describe('rules --json', () => {
  test('prints each rule with the stories that show it, which exist', async () => {
    const { status, out } = await limbo('rules', '--json');
    expect(status).toBe(0);
    const rules: readonly Record<string, unknown>[] = JSON.parse(out);
    expect(rules.map((rule) => rule['id'])).toEqual(ids);
    for (const rule of rules) {
      expect(Object.keys(rule)).toEqual(['id', 'chapter', 'sentence', 'basis', 'basisNote', 'scenarios']);
      const scenarios = Array.isArray(rule['scenarios']) ? rule['scenarios'] : [];
      const missing = scenarios.filter(
        (file) => !existsSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url))),
      );
      expect(missing).toEqual([]);
    }
    expect((await limbo('rules', '--json')).out).toBe(out);
  });

  test('prints only what is asked for', async () => {
    const { out } = await limbo('rules', '--json', 'DEL-2');
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({ id: 'DEL-2', chapter: 'Deleting', basis: ['doc'] }),
    ]);
  });
});
