import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timelineOf } from '../../../src/insight/timeline.ts';
import { timelineMermaid } from '../../../src/narration/answers/timeline-mermaid.ts';
import { ODD_TEXTS, userText } from '../../support/arbitraries/texts.ts';
import { playSteps } from '../../support/stores/story.ts';

function mermaid(title: string, steps: readonly string[], most?: number): string {
  const { frames, final, failures } = playSteps(...steps);
  expect(failures).toEqual([]);
  const events = frames.flatMap((frame) => frame.events);
  return timelineMermaid(timelineOf(events, final), title, most);
}

/** A text as Mermaid takes it literally: nothing of its own grammar but entity codes, and no control characters. */
const LITERAL = String.raw`(?:[A-Za-z0-9_./,()+\- ]|[^\p{Cc}\p{Cs}!-~ ]|#\d+;)+`;
const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}`;
/** The lines of a Gantt diagram that `limbo` writes, narrower than what Mermaid reads. */
const LINES = [
  new RegExp(`^title ${LITERAL}$`, 'u'),
  /^dateFormat YYYY-MM-DDTHH:mm:ss$/,
  /^axisFormat [^#\n;]+$/,
  /^todayMarker off$/,
  new RegExp(`^section ${LITERAL}$`, 'u'),
  new RegExp(`^[A-Za-z_ ()]+ :(?:(?:active|done|crit|milestone), )*${DATE}, ${DATE}$`),
  /^%% [a-z0-9 ]+$/,
];

function wrongLines(diagram: string): readonly string[] {
  const [head = '', body = ''] = diagram.split('\ngantt\n');
  expect(head).toMatch(/^---\nconfig:\n {2}gantt:\n {4}leftPadding: \d+\n---$/);
  expect(body.endsWith('\n')).toBe(true);
  return body
    .slice(0, -1)
    .split('\n')
    .filter((line) => !line.startsWith('    ') || !LINES.some((pattern) => pattern.test(line.slice(4))));
}

describe('a timeline as a Gantt diagram', () => {
  test('has a section for each version, and a bar for each state', () => {
    const steps = [
      'log: animals\nttl: 1d\nfiles: { cat: 2MB }',
      'wait: 3d',
      'begin: animals\nid: up',
      'wait: 6d',
    ];
    expect(mermaid('A story', steps)).toBe(`---
config:
  gantt:
    leftPadding: 100
---
gantt
    title A story
    dateFormat YYYY-MM-DDTHH:mm:ss
    axisFormat day %j
    todayMarker off
    section animals#58;v0
    COMMITTED :active, 2001-01-01T00:00:00, 2001-01-02T00:00:00
    PENDING_DELETION (expired) :crit, 2001-01-02T00:00:00, 2001-01-09T00:00:00
    DELETED :done, 2001-01-09T00:00:00, 2001-01-10T00:00:00
    section animals#35;1
    PENDING :2001-01-04T00:00:00, 2001-01-10T00:00:00
`);
  });

  test('has a diamond for a state that took no time, and for a link', () => {
    const diagram = mermaid('t', [
      'log: a',
      'wait: 2d',
      'link: a:v0\nto: models/prod',
      'delete: a:v0\ndeleteAliases: true',
    ]);
    expect(diagram).toContain('    linked :milestone, 2001-01-03T00:00:00, 2001-01-03T00:00:00\n');
    expect(diagram).toContain(
      '    PENDING_DELETION :milestone, crit, 2001-01-03T00:00:00, 2001-01-03T00:00:00\n',
    );
  });

  test('shows the order where everything happens at one instant', () => {
    const diagram = mermaid('t', ['log: a', 'log: b', 'delete: a:v0\ndeleteAliases: true']);
    expect(diagram).toContain('    title t (everything on day 0, in this order)\n');
    expect(diagram).toContain('    COMMITTED :active, 2001-01-01T00:00:00, 2001-01-01T00:04:00\n');
    expect(diagram).toContain('    COMMITTED :active, 2001-01-01T00:02:00, 2001-01-01T00:05:00\n');
    expect(wrongLines(diagram)).toEqual([]);
  });

  test.each([
    ['59d', '2001-03-01T00:00:00'],
    ['365d', '2002-01-01T00:00:00'],
    ['1154d', '2004-02-29T00:00:00'],
    ['1d', '2001-01-02T00:00:00'],
    ['36159d', '2100-01-01T00:00:00'],
    ['36218d', '2100-03-01T00:00:00'],
    ['146096d', '2400-12-31T00:00:00'],
    ['146097d', '2401-01-01T00:00:00'],
    ['3723s', '2001-01-01T01:02:03'],
  ])('counts in the real calendar: after %s it is %s', (time, date) => {
    expect(mermaid('t', ['log: a', `wait: ${time}`])).toContain(`, ${date}\n`);
  });

  test('scales what lasts longer than its calendar', () => {
    const diagram = mermaid('t', ['log: a', 'wait: 100000000000d']);
    expect(wrongLines(diagram)).toEqual([]);
    expect(diagram).toContain(' (the axis is 100000000000d long)\n');
  });

  test('is cut as requested, and says so', () => {
    const steps = ['log: a', 'log: b', 'log: c'];
    expect(mermaid('t', steps, 1)).toMatch(/section a#58;v0\n.*\n {4}%% and 2 more versions\n$/);
    expect(mermaid('t', steps, 2)).toContain('%% and 1 more version\n');
    expect(mermaid('t', steps)).not.toContain('%%');
  });

  test('is valid without versions', () => {
    const diagram = mermaid('t', ['wait: 1d']);
    expect(wrongLines(diagram)).toEqual([]);
    expect(diagram).toContain('    %% no versions\n');
  });
});

describe('what users chose, in a Gantt diagram,', () => {
  test.each([
    ...ODD_TEXTS,
    '%%{init: {}}%%',
    'a;b#c:d',
    '---',
    'section x',
    'click a call b()',
    'style a:b#c;',
  ])('means nothing to Mermaid as a title: %j', (title) => {
    expect(wrongLines(mermaid(title, ['log: a', 'wait: 1d']))).toEqual([]);
  });

  test('means nothing to Mermaid, whatever it is', () => {
    fc.assert(
      fc.property(userText, (title) => {
        expect(
          wrongLines(
            timelineMermaid({ end: { at: 0 as never, order: 0 }, begins: null, versions: [] }, title),
          ),
        ).toEqual([]);
      }),
    );
  });

  test('means nothing to Mermaid as a name', () => {
    const diagram = mermaid('t', [
      'log: "🐈 ; \'é\'/x=y, (z)/__proto__"',
      'log: "title/section/gantt"',
      'wait: 1d',
    ]);
    expect(wrongLines(diagram)).toEqual([]);
    expect(diagram).toContain('    section title/section/gantt#58;v0\n');
    expect(diagram).toContain('    section 🐈 #59; #39;é#39;/x#61;y,');
  });
});
