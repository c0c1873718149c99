import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderNamedBy, parseStepLine } from '../../../src/scenario/language/step-line.ts';
import { nearlyYaml } from '../../support/arbitraries/damaged-stories.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';

function textOf(line: string): string {
  const read = parseStepLine(line, 7);
  return read.ok
    ? `${read.placed.step.line}: ${read.placed.step.text}`
    : read.diagnostics.map(({ line: at, column, message }) => `${at}:${column} ${message}`).join('\n');
}

describe('a line', { timeout: PATIENCE_MS }, () => {
  test.each([
    ['delete: animals:v0, deleteAliases: true', '7: delete: animals:v0, deleteAliases: true'],
    ['  wait: 8d  # a comment', '7: wait: 8d'],
    ['{ wait: 8d }', '7: wait: 8d'],
    ['- { wait: 8d }', '7: wait: 8d'],
    ['- wait: 8d', '7: wait: 8d'],
    ['collect', '7: collect'],
    ['- collect # now', '7: collect'],
    ['as: bob, log: a', '7: as: bob, log: a'],
    ['delete all: a, where: { keep last: 1 }', '7: delete all: a, where: { keep last: 1 }'],
    ['"log": "a b"', '7: log: a b'],
  ])('%j is a step', (line, expected) => {
    expect(textOf(line)).toBe(expected);
  });

  test.each([
    ['wait: 8', '7:7 expected a duration such as 90s, 15m, 6h, 8d or 2w; a bare number has no unit'],
    ['  - { wait: 8 }', '7:13 expected a duration'],
    ['log: a, files: { x: 1MB', '7:24 this is not valid YAML: flow map must end with a }'],
    ['log: a, log: b', '7:9 expected each key once'],
    [
      'log: a, fiels: {}, typ: x',
      '7:9 unknown key "fiels"; did you mean "files"?\n7:20 unknown key "typ"; did you mean "type"?',
    ],
    ['delete: a:v0, wait: 8d', '7:1 expected a step to do one thing; this one names delete and wait'],
    [
      'delete collection animals',
      '7:1 expected a colon behind the name of the step: "delete collection: animals"',
    ],
    ['wait: 1d\nwait: 2d', '7:1 expected one line'],
    ['wait: 8d }, { collect: now', '7:1 expected text as a key'],
    ['[]', '7:1 '],
    ['', '7:1 expected a step'],
  ])('%j is none, and says where and why', (line, expected) => {
    expect(textOf(line).startsWith(expected)).toBe(true);
  });

  test('can be any text, and its mistakes are within it', () => {
    fc.assert(
      fc.property(nearlyYaml, (line) => {
        const read = parseStepLine(line, 3);
        if (read.ok) return;
        expect(read.diagnostics.length).toBeGreaterThan(0);
        for (const { line: at, column } of read.diagnostics) {
          expect(at).toBe(3);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual(line.length + 1);
        }
      }),
      runs(300),
    );
  });

  test('names the real folder that it takes its files from', () => {
    const folderOf = (line: string) => {
      const read = parseStepLine(line, 1);
      return read.ok ? folderNamedBy(read.placed.step) : undefined;
    };
    expect(
      ['log: a, files: { from: ./x }', 'log: a, files: { from: 2MB, y: 1MB }', 'wait: 1d'].map(folderOf),
    ).toEqual(['./x', null, null]);
  });
});

describe('the text of a step', () => {
  test.each([
    ['delete: animals:v0, refused: not-found', 'delete: animals:v0'],
    ['log: animals, id: one', 'log: animals'],
    ['begin: animals, id: up', 'begin: animals, id: up'],
    ['ttl: animals:v0, is: 30d', 'ttl: animals:v0, is: 30d'],
    ['show: usage, is: "a\\nb"', 'show: usage'],
    ['verify: now', 'verify'],
    ['expect: { stored: 0B }', 'expect'],
    ['collect: now, as: bob', 'collect: now, as: bob'],
    ['alias: a:v0, add: ["EU, west", "two\\nlines"]', 'alias: a:v0, add: ["EU, west", "two\\nlines"]'],
    ['log: a, files: { __proto__: 1MB }', 'log: a, files: { __proto__: 1MB }'],
  ])('of %s is what it does, and not what it claims', (line, text) => {
    expect(textOf(line)).toBe(`7: ${text}`);
  });

  test('can be typed again, and is cut if it is long', () => {
    const names = Array.from({ length: 100 }, (_, at) => `alias-${at}`).join(', ');
    expect(textOf(`alias: a:v0, add: [${names}]`)).toMatch(
      /^7: alias: a:v0, add: .{300,400}… \(\d+ characters\)$/,
    );
  });
});
