import { describe, expect, test } from 'vitest';
import type { Checked, Finding } from '../../../src/insight/verify.ts';
import { describeFindings } from '../../../src/narration/answers/findings.ts';
import { reportFindings } from '../../../src/narration/answers/report-findings.ts';
import type { Instant } from '../../../src/values/units.ts';
import { ODD_TEXTS } from '../../support/arbitraries/texts.ts';
import { bytesOf } from '../../support/stores/builders.ts';

const CHECKED: Checked = { committedVersions: 2, files: 3, references: 0, objects: 1, invariants: 9 };
const MISSING: Finding = {
  kind: 'file missing',
  version: 'animals:v0',
  path: 'cat.jpg',
  digest: 'Zm9v',
  sizeBytes: bytesOf('2MB'),
  bucket: 'gone',
  keptUntil: null,
  instead: null,
};
const UNREFERENCED: Finding = {
  kind: 'held by nothing',
  digest: 'Zm9v',
  sizeBytes: bytesOf('2MB'),
  once: 'animals:v0/cat.jpg',
  fate: 'waits for its sweep',
};

function tell(...findings: readonly Finding[]): readonly string[] {
  return describeFindings({ findings, checked: CHECKED });
}

describe('findings for people', () => {
  test('say that nothing is wrong, and over how much', () => {
    expect(tell()).toEqual([
      'nothing is wrong',
      'checked: 2 committed versions with 3 files, 1 stored object, 9 recounts',
    ]);
  });

  test('say how many references were not looked at', () => {
    const checked = { ...CHECKED, committedVersions: 1, references: 2, objects: 0 };
    expect(describeFindings({ findings: [], checked })[1]).toBe(
      'checked: 1 committed version with 3 files (2 references not looked at), 0 stored objects, 9 recounts',
    );
  });

  test('say what was checked behind the findings too', () => {
    expect(tell(MISSING, UNREFERENCED)).toHaveLength(3);
    expect(tell(MISSING).at(-1)).toBe(tell().at(-1));
  });

  test.each<[string, Finding, string]>([
    ['a file that is lost', MISSING, 'animals:v0 lacks cat.jpg, 2MB: object Zm9v is gone; it is lost'],
    [
      'a file that can be brought back',
      {
        ...MISSING,
        bucket: 'noncurrent',
        keptUntil: 2_678_400 as Instant,
        instead: 'recover: animals:v0',
      },
      'animals:v0 lacks cat.jpg, 2MB: object Zm9v is noncurrent, until 31d; "recover: animals:v0" brings it back',
    ],
    [
      'a file without a name',
      { ...MISSING, path: '' },
      'animals:v0 lacks "", 2MB: object Zm9v is gone; it is lost',
    ],
    [
      'an object that waits for its sweep',
      UNREFERENCED,
      'object Zm9v, once animals:v0/cat.jpg, 2MB, is held by nothing: the next garbage collection deletes it',
    ],
    [
      'an object that the store does not know',
      { ...UNREFERENCED, once: null, fate: 'unknown to the store' },
      'object Zm9v, 2MB, is held by nothing: the store does not know of it, and nothing will free it',
    ],
    [
      'a count that is off',
      {
        kind: 'miscounted',
        invariant: 'the figures equal a recount',
        what: 'logical says 1 bytes, and is 2',
      },
      'not so: the figures equal a recount. logical says 1 bytes, and is 2',
    ],
  ])('tell of %s', (_what, finding, line) => {
    expect(tell(finding)[0]).toBe(line);
  });

  test.each(ODD_TEXTS)('are safe to print of a path called %j', (path) => {
    const [line = ''] = tell({ ...MISSING, path, instead: `bucket undelete: animals:v0/${path}` });
    expect(line).toMatch(/^[^\p{Cc}\p{Cs}\u202e]+$/u);
  });
});

describe('findings for documents', () => {
  test('have a verdict, and what was checked', () => {
    expect(reportFindings({ findings: [], checked: CHECKED })).toEqual({
      verdict: 'nothing is wrong',
      findings: [],
      checked: CHECKED,
    });
    expect(reportFindings({ findings: [UNREFERENCED], checked: CHECKED })).toMatchObject({
      verdict: 'something is wrong',
      findings: [UNREFERENCED],
    });
  });

  test('have instants as the reports of run have them', () => {
    const kept: Finding = { ...MISSING, bucket: 'noncurrent', keptUntil: 86_400 as Instant };
    const { findings } = reportFindings({ findings: [kept, MISSING], checked: CHECKED });
    expect(findings.map((finding) => finding['keptUntil'])).toEqual(['P1D', null]);
  });
});
