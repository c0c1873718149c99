import { describe, expect, test } from 'vitest';
import type { Checked, Finding } from '../../../src/insight/verify.ts';
import { describeFindings } from '../../../src/narration/answers/findings.ts';
import { findingsJson } from '../../../src/narration/answers/json.ts';
import { plainText } from '../../../src/narration/layout/plain-text.ts';
import { actionLine } from '../../../src/scenario/language/step-of.ts';
import type { ObjectId } from '../../../src/values/names.ts';
import type { Instant } from '../../../src/values/units.ts';
import { ODD_TEXTS } from '../../support/arbitraries/texts.ts';
import { bucketUndelete, bytesOf, recover } from '../../support/stores/builders.ts';
import { versionId } from '../../support/stores/names.ts';

const CHECKED: Checked = {
  committedVersions: 2,
  files: 3,
  artifactReferences: 0,
  references: 0,
  objects: 1,
  invariants: 9,
};
const MISSING: Extract<Finding, { readonly kind: 'file missing' }> = {
  kind: 'file missing',
  versionId: versionId('animals:v0'),
  version: 'animals:v0',
  path: 'cat.jpg',
  digest: 'Zm9v',
  sizeBytes: bytesOf('2MB'),
  bucket: 'gone',
  keptUntil: null,
  recovery: null,
};
const UNREFERENCED: Extract<Finding, { readonly kind: 'held by nothing' }> = {
  kind: 'held by nothing',
  objectId: 'animals/Zm9v' as ObjectId,
  digest: 'Zm9v',
  sizeBytes: bytesOf('2MB'),
  once: { versionId: versionId('animals:v0'), version: 'animals:v0', path: 'cat.jpg' },
  fate: 'waits for its sweep',
};

function tell(...findings: readonly Finding[]): readonly string[] {
  return plainText(describeFindings({ findings, checked: CHECKED, begins: null }, actionLine)).split('\n');
}

describe('findings for people', () => {
  test('say that there are no problems, and what was checked', () => {
    expect(tell()).toEqual([
      '✓ no problems found',
      'checked: 2 committed versions with 3 files, 1 stored object, 9 invariants',
    ]);
  });

  test('say how many references were skipped', () => {
    const checked = { ...CHECKED, committedVersions: 1, references: 2, objects: 0 };
    expect(
      plainText(describeFindings({ findings: [], checked, begins: null }, actionLine)).split('\n')[1],
    ).toBe(
      'checked: 1 committed version with 3 files (2 references skipped), 0 stored objects, 9 invariants',
    );
  });

  test('name the references that dangle, and say how many were checked (DEL-18)', () => {
    const dangling: Finding = {
      kind: 'reference dangles',
      versionId: versionId('index:v0'),
      version: 'index:v0',
      path: 'first',
      target: {
        versionId: versionId('animals:v0'),
        version: 'animals:v0',
        path: 'cat.jpg',
        state: 'PENDING_DELETION',
      },
      recovery: recover('animals:v0'),
    };
    const checked = { ...CHECKED, artifactReferences: 1 };
    const findings = [dangling, { ...dangling, recovery: null }];
    expect(plainText(describeFindings({ findings, checked, begins: null }, actionLine)).split('\n')).toEqual([
      '✗ index:v0/first refers to animals:v0/cat.jpg, but animals:v0 is PENDING_DELETION; "recover: animals:v0" restores it',
      '✗ index:v0/first refers to animals:v0/cat.jpg, but animals:v0 is PENDING_DELETION; it cannot be restored',
      'checked: 2 committed versions with 3 files and 1 artifact reference, 1 stored object, 9 invariants',
    ]);
    expect(findingsJson({ findings: [dangling], checked, begins: null }, actionLine).findings).toEqual([
      {
        kind: 'reference dangles',
        version: 'index:v0',
        path: 'first',
        target: { version: 'animals:v0', path: 'cat.jpg', state: 'PENDING_DELETION' },
        recovery: 'recover: animals:v0',
      },
    ]);
  });

  test('say what was checked behind the findings too', () => {
    expect(tell(MISSING, UNREFERENCED)).toHaveLength(3);
    expect(tell(MISSING).at(-1)).toBe(tell().at(-1));
  });

  test.each<[string, Finding, string]>([
    [
      'a file that is lost',
      MISSING,
      '✗ animals:v0 lacks cat.jpg, 2MB: object Zm9v is gone; it cannot be restored',
    ],
    [
      'a file that can be brought back',
      {
        ...MISSING,
        bucket: 'noncurrent',
        keptUntil: 2_678_400 as Instant,
        recovery: recover('animals:v0'),
      },
      '✗ animals:v0 lacks cat.jpg, 2MB: object Zm9v is noncurrent until day 31; "recover: animals:v0" restores it',
    ],
    [
      'a file without a name',
      { ...MISSING, path: '' },
      '✗ animals:v0 lacks "", 2MB: object Zm9v is gone; it cannot be restored',
    ],
    [
      'an object that waits for its sweep',
      UNREFERENCED,
      '✗ object Zm9v, formerly animals:v0/cat.jpg, 2MB, is unreferenced: the next garbage collection deletes it',
    ],
    [
      'an object that the store does not know',
      { ...UNREFERENCED, once: null, fate: 'unknown to the store' },
      '✗ object Zm9v, 2MB, is unreferenced: the store does not know it, so nothing will free it',
    ],
    [
      'a count that is off',
      {
        kind: 'miscounted',
        invariant: 'byte totals match a recount',
        what: 'logical is 1 bytes, but should be 2',
      },
      '✗ violated: byte totals match a recount. logical is 1 bytes, but should be 2',
    ],
  ])('tell of %s', (_what, finding, line) => {
    expect(tell(finding)[0]).toBe(line);
  });

  test.each(ODD_TEXTS)('are safe to print of a path called %j', (path) => {
    const [line = ''] = tell({ ...MISSING, path, recovery: bucketUndelete(`animals:v0/${path}`) });
    expect(line).toMatch(/^[^\p{Cc}\p{Cs}\u202e]+$/u);
  });
});

describe('findings for documents', () => {
  test('have a verdict, and what was checked', () => {
    expect(findingsJson({ findings: [], checked: CHECKED, begins: null }, actionLine)).toEqual({
      verdict: 'nothing is wrong',
      findings: [],
      checked: CHECKED,
    });
    expect(
      findingsJson({ findings: [UNREFERENCED], checked: CHECKED, begins: null }, actionLine),
    ).toMatchObject({
      verdict: 'something is wrong',
      findings: [{ digest: 'Zm9v', once: 'animals:v0/cat.jpg' }],
    });
  });

  test('have instants as the reports of run have them', () => {
    const kept: Finding = { ...MISSING, bucket: 'noncurrent', keptUntil: 86_400 as Instant };
    const { findings } = findingsJson(
      { findings: [kept, MISSING], checked: CHECKED, begins: null },
      actionLine,
    );
    expect(findings.map((finding) => finding['keptUntil'])).toEqual(['P1D', null]);
  });
});
