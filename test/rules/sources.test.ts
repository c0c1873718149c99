import { describe, expect, test } from 'vitest';
import { SOURCES, type Source, type SourceKind } from '../../src/rules/sources.ts';

const all: readonly (readonly [string, Source])[] = Object.entries(SOURCES);
const ADDRESS: Readonly<Record<SourceKind, RegExp>> = {
  doc: /^https:\/\/[a-z.]+\.[a-z]+\/\S+$/,
  sdk: /^https:\/\/github\.com\/wandb\/wandb\/blob\/v[\d.]+\/\S+$/,
  said: /^https:\/\/github\.com\/[\w-]+\/[\w-]+\/(issues|pull)\/\d+$/,
};

describe('the sources of the rules', () => {
  test.each(all)(
    '%s has a title, an address of its kind, and the day on which it was read',
    (_name, source) => {
      expect(source.title).toMatch(/^\S.*\S$/);
      expect(source.address).toMatch(ADDRESS[source.kind]);
      expect(URL.canParse(source.address)).toBe(true);
      expect(source.read).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(new Date(source.read).toISOString().slice(0, 10)).toBe(source.read);
    },
  );

  test('are listed once each', () => {
    expect(new Set(all.map(([, { address }]) => address)).size).toBe(all.length);
  });

  test('that are files of a repository say which version was read', () => {
    const files = all.map(([, { address }]) => address).filter((address) => address.includes('/blob/'));
    expect(files.filter((address) => !/\/blob\/(v[\d.]+|[0-9a-f]{40})\//.test(address))).toEqual([]);
  });
});
