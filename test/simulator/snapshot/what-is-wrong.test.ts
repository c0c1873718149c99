import { describe, expect, test } from 'vitest';
import { packed } from '../../../src/simulator/snapshot/bytes.ts';
import { snapshotHeader } from '../../../src/simulator/snapshot/format.ts';
import { readSnapshot } from '../../../src/simulator/snapshot/read.ts';
import { begin, link, log } from '../../support/stores/builders.ts';
import { linesIn } from '../../support/stores/snapshots.ts';
import { simulated } from '../simulated.ts';

const { store } = simulated([
  log('animals', { 'cat.jpg': '2MB', 'dog.jpg': '1MB' }, { run: 'train' }),
  log('animals', { 'cat.jpg': '2MB' }),
  begin('plants', { fern: '1MB' }),
  link('animals:v0', 'models/prod'),
  link('animals:v1', 'models/prod'),
]);
const lines = linesIn(store);
const COUNTS = { collections: 3, versions: 3, objects: 3 };
const header = snapshotHeader(COUNTS);

/** What is said of a snapshot with this body. */
function said(body: readonly string[], first = header): string {
  const pieces = [...packed(first, body)];
  const read = readSnapshot(() => pieces);
  return read.ok ? 'nothing' : `${read.reason}: ${read.message}`;
}

/** What is said of the row at a place in a section: the number of its line is taken off. */
function saidOfRow(section: string, at: number, row: string): string {
  const line = lines.indexOf(`"${section}"`) + 1 + at;
  const text = said(lines.toSpliced(line, 1, row));
  const where = `nonsense: line ${line + 1} of this snapshot is invalid`;
  return text.startsWith(where) ? text.slice(where.length) : text;
}

describe('of a snapshot of nonsense it is said which line makes none, and why', () => {
  test.each([
    ['versions', 0, '{', ''],
    ['versions', 0, '{"index":0}', ': a version without an artifact collection'],
    ['versions', 0, '{"in":7}', ': nothing before it has number 7'],
    ['versions', 0, '{"in":0,"index":2}', ': a version with the index 2'],
    ['versions', 0, '{"in":0,"index":9}', ': a version with the index 9'],
    ['versions', 1, '{"index":0}', ': two versions with the index 0'],
    ['versions', 0, '{"in":0,"same":7}', ': nothing before it has number 7'],
    ['versions', 0, '{"in":0,"add":[7,"x",1]}', ': nothing before it has number 7'],
    ['versions', 0, '{"in":0,"add":["cat.jpg",7]}', ': nothing before it has number 7'],
    ['versions', 0, '{"in":0,"add":[true,"x",1]}', ': expected a path'],
    ['versions', 0, '{"in":0,"add":["cat.jpg","x",-1]}', ': expected a size'],
    ['versions', 0, '{"in":0,"add":["cat.jpg","x",1.5]}', ': expected a size'],
    ['versions', 0, '{"in":0,"add":["cat.jpg","x","1"]}', ': expected a size'],
    ['versions', 0, '{"in":0,"add":["cat.jpg","x"]}', ': expected a size'],
    ['versions', 1, '{"remove":[5]}', ': nothing before it has number 5'],
    ['versions', 1, '{"loggedBy":3}', ': nothing before it has number 3'],
    ['names', 0, `["${'0'.repeat(32)}",7]`, ': nothing before it has number 7'],
    ['links', 1, '[2,0,0,1,[],0]', ': two links with the index 0'],
    ['uploads', 0, '[0,1,1]', /^: there is no version /],
    ['end', 0, '"more"', ': there is more after the end'],
  ] as const)('in %s, row %i: %s', (section, at, row, reason) => {
    const found = saidOfRow(section, at, row);
    if (typeof reason === 'string') expect(found).toBe(reason);
    else expect(found).toMatch(reason);
  });

  test('in a version with the index of a deleted one', () => {
    const at = lines.indexOf('"versions"') + 1;
    const rows = ['{"in":0,"softDeletedNow":[0,0,"waiting",0]}', '{"index":0}'];
    expect(said(lines.toSpliced(at, 2, ...rows))).toMatch(/: two versions with the index 0$/);
  });

  test('in a version with an index that its sequence has not given yet', () => {
    const at = lines.indexOf('"collections"') + 1;
    const row = lines[at] ?? '';
    expect(row).toContain('"nextIndex":2');
    expect(said(lines.with(at, row.replace('"nextIndex":2', '"nextIndex":1')))).toMatch(
      /^nonsense: line \d+ of this snapshot is invalid: a version with the index 1$/,
    );
  });

  test('or that it has no end, ends in the middle of a line, or has other counts than it says', () => {
    expect(said(lines)).toBe('nothing');
    expect(said(lines.slice(0, -1))).toBe('nonsense: this snapshot has no end');
    expect(said([])).toBe('nonsense: this snapshot has no end');
    expect(said(lines, snapshotHeader({ ...COUNTS, versions: 4 }))).toBe(
      'nonsense: this snapshot has fewer or more rows than its header says',
    );
    expect(said(lines, '{"format":"limbo snapshot","version":2,"size":3}\n')).toBe(
      'nonsense: the header of this snapshot is invalid',
    );
  });
});

describe('of what is no snapshot that can be read', () => {
  const beginning = '{"format":"limbo snapshot","version":';

  test.each([
    ['{"format":"limbo snapshots","version":1}\n', 'no snapshot: this is not a snapshot'],
    [`${beginning}x,"collections":0,"versions":0,"objects":0}\n`, 'no snapshot: this is not a snapshot'],
    [`${beginning}x1,"collections":0,"versions":0,"objects":0}\n`, 'no snapshot: this is not a snapshot'],
    [
      `${beginning}12,"collections":0,"versions":0,"objects":0}\n`,
      'newer: this snapshot has format version 12, but the newest supported version is 2',
    ],
    [
      `${beginning}2,"collections":0,"versions":0,"objects":0} \n`,
      'nonsense: the header of this snapshot is invalid',
    ],
    [
      `${beginning}1,"collections":0,"versions":0,"objects":0}\n`,
      'older: this snapshot has the former format version 1, but only version 2 is supported: run its story again to write a new one',
    ],
    [
      `${beginning}2,"collections":0,"versions":0,"objects":00}\n`,
      'nonsense: the header of this snapshot is invalid',
    ],
    [header.trimEnd(), 'nonsense: the header of this snapshot is invalid'],
  ])('%j', (first, reason) => {
    expect(said(lines, first)).toBe(reason);
  });
});
