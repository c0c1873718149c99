import { describe, expect, test } from 'vitest';
import { BASIS_MEANING, type Chapter, isRuleId, RULES, type Rule, ruleById } from '../../src/rules/rules.ts';

const all: readonly Rule[] = RULES;
const CHAPTERS: Readonly<Record<string, { readonly chapter: Chapter; readonly rules: number }>> = {
  LOG: { chapter: 'Logging', rules: 11 },
  ALI: { chapter: 'Aliases', rules: 8 },
  DEL: { chapter: 'Deleting', rules: 18 },
  COL: { chapter: 'Collections', rules: 3 },
  RUN: { chapter: 'Runs', rules: 3 },
  TTL: { chapter: 'Time to live', rules: 8 },
  GC: { chapter: 'Garbage collection', rules: 10 },
  BKT: { chapter: 'Bucket', rules: 8 },
  ACL: { chapter: 'People', rules: 4 },
};

describe('the catalogue of rules', () => {
  test('lists every rule once, by chapter and number, without a gap', () => {
    const expected = Object.entries(CHAPTERS).flatMap(([letters, { rules }]) =>
      Array.from({ length: rules }, (_none, at) => `${letters}-${at + 1}`),
    );
    expect(all.map(({ id }) => id)).toEqual(expected);
  });

  test.each(all)('$id is in the chapter of its prefix and has one to three sentences', (rule) => {
    expect(rule.chapter).toBe(CHAPTERS[rule.id.split('-')[0] ?? '']?.chapter);
    expect(rule.sentence).toMatch(/^[^\n]{20,600}[.)]$/);
    expect(rule.sentence.split('`').length % 2, 'backticks come in pairs').toBe(1);
  });

  test.each(all)(
    '$id lists each basis once, and explains which part has which if there are several',
    (rule) => {
      expect(rule.basis.length).toBeGreaterThan(0);
      expect(new Set(rule.basis).size).toBe(rule.basis.length);
      for (const basis of rule.basis) expect(BASIS_MEANING[basis]).toMatch(/\.$/);
      expect(rule.basisNote !== null).toBe(rule.basis.length > 1);
    },
  );

  test.each(all)('$id names a source of each kind that its basis names, and of no other kind', (rule) => {
    const kinds = rule.basis.filter((basis) => basis !== 'chosen' && basis !== 'ours');
    expect([...new Set(rule.sources.map(({ kind }) => kind))].sort()).toEqual([...kinds].sort());
    expect(new Set(rule.sources).size).toBe(rule.sources.length);
  });

  test('never mixes a promise of the simulator with a claim about the service', () => {
    for (const { basis } of all) expect(basis.includes('ours') && basis.length > 1).toBe(false);
  });

  test('gives the check values of the digest (LOG-9)', () => {
    expect(ruleById('LOG-9').sentence).toContain('64e7c61456b10382e2f3b571ac24b659');
    expect(ruleById('LOG-9').sentence).toContain('541f289bb3c6ae786d51e7288e523543');
  });
});

describe('finding a rule by its identifier', () => {
  test('returns that rule', () => {
    for (const rule of all) expect(isRuleId(rule.id) && ruleById(rule.id)).toBe(rule);
  });

  test.each(['', 'LOG-0', 'LOG-12', 'log-1', 'LOG-1 ', 'LOG-01', '__proto__', 'constructor', 'toString'])(
    '%j is not the identifier of a rule',
    (text) => {
      expect(isRuleId(text)).toBe(false);
    },
  );
});
