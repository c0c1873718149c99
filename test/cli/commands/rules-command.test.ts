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
  test('prints what the bases mean, and then every rule under its chapter', async () => {
    const { status, out, err } = await limbo('rules');
    expect([status, err]).toEqual([0, '']);
    expect(headings(out)).toEqual(ids);
    const chapters = [...new Set(RULES.map((rule) => rule.chapter))];
    expect(chapters.filter((chapter) => !out.includes(`${chapter}\n`))).toEqual([]);
    expect(out).toMatch(/^Basis\n {8}doc: [\s\S]* {8}ours: .*\n\nLogging\nLOG-1 /);
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

  test('prints the sources of the rules that are asked for, and only the bases that they have', async () => {
    const { out } = await limbo('rules', 'LOG-2', 'TTL-5');
    expect(out).toMatch(/^Basis\n {8}sdk: .*\n {8}said: .*\n\nLogging\n/);
    expect(out).toMatch(
      / {8}said: wandb\/wandb issues\/2828, [\s\S]*\(read\s+\d{4}-\d\d-\d\d\)\n {10}https:\/\/github\.com\/wandb\/wandb\/issues\/2828\n/,
    );
    expect(out.match(/https:/g)).toHaveLength(2);
    expect((await limbo('rules')).out).not.toContain('https:');
  });

  test.each([60, 80, 100])('keeps to %d columns', async (width) => {
    const { terminal, out } = capturingTerminal(width);
    await runProgram(['rules', ...ids], terminal);
    const wide = out()
      .split('\n')
      .filter((line) => stringWidth(line) > width);
    // The name of a file or an address is not broken, so that it can be opened with a click.
    expect(wide.filter((line) => !/^ +(→ scenarios\/|https:)\S+$/.test(line))).toEqual([]);
  });
});

describe('rules --json', () => {
  test('prints each rule with the stories that show it, which exist', async () => {
    const { status, out } = await limbo('rules', '--json');
    expect(status).toBe(0);
    const rules: readonly Record<string, unknown>[] = JSON.parse(out);
    expect(rules.map((rule) => rule['id'])).toEqual(ids);
    for (const rule of rules) {
      expect(Object.keys(rule)).toEqual([
        'id',
        'chapter',
        'sentence',
        'basis',
        'basisNote',
        'sources',
        'scenarios',
      ]);
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
      expect.objectContaining({
        id: 'DEL-2',
        chapter: 'Deleting',
        basis: ['doc'],
        sources: [
          {
            kind: 'doc',
            title: 'W&B documentation, "Delete an artifact"',
            address: 'https://docs.wandb.ai/models/artifacts/delete-artifacts',
            read: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
          },
        ],
      }),
    ]);
  });
});
