import { describe, expect, test } from 'vitest';
import { timelineOf } from '../../../src/insight/timeline.ts';
import { timelineChart } from '../../../src/narration/answers/timeline-chart.ts';
import { PLAIN } from '../../../src/narration/layout/paint.ts';
import type { Look } from '../../../src/narration/layout/render.ts';
import { columnsOf } from '../../../src/narration/layout/wrap.ts';
import { playSteps } from '../../support/stores/story.ts';

type ChartLook = Look & { readonly most: number };

const PLAIN_LOOK: ChartLook = { paint: PLAIN, width: 40, most: 100 };

function chart(steps: readonly string[], look: Partial<ChartLook> = {}): readonly string[] {
  const { frames, final, failures } = playSteps(...steps);
  expect(failures).toEqual([]);
  const events = frames.flatMap((frame) => frame.events);
  return timelineChart(timelineOf(events, final), { ...PLAIN_LOOK, ...look });
}

/** The bar of the first version. */
function bar(...steps: readonly string[]): string {
  return chart(steps)[2]?.replace(/^\S+ {2}/, '') ?? '';
}

describe('the chart of a timeline', () => {
  test('has an axis, a row for each version, and a legend', () => {
    const steps = [
      'log: animals\nttl: 2d',
      'begin: animals\nid: up\nfiles: { x: 1MB }',
      'wait: 4d',
      'commit: up',
      'wait: 6d',
    ];
    expect(chart(steps)).toEqual([
      '            0s   2d    4d   6d       10d',
      '            ├────┬─────┬────┬─────┬────┤',
      'animals:v0  █████E╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱╱···',
      'animals:v1  ░░░░░░░░░░░█████████████████',
      '',
      '░ PENDING   █ COMMITTED',
      '╱ PENDING_DELETION   · DELETED',
      'E expired',
    ]);
  });

  test('shows every state in a column at least, however short it was', () => {
    expect(bar('log: a', 'delete: a:v0\ndeleteAliases: true', 'wait: 7d', 'wait: 100d')).toMatch(/^█╱+·+$/);
    expect(bar('log: a', 'wait: 5d', 'delete: a:v0\ndeleteAliases: true')).toMatch(/^█+╱$/);
    expect(bar('log: a', 'wait: 5d', 'delete: a:v0\ndeleteAliases: true', 'restore: a:v0')).toMatch(/^█+╱R$/);
  });

  test('fits even if there are more states than columns', () => {
    const cycle = ['delete: a:v0\ndeleteAliases: true', 'restore: a:v0'];
    const steps = ['log: a', ...Array.from({ length: 40 }, () => cycle).flat(), 'wait: 1d'];
    expect(bar(...steps)).toMatch(/^[╱R]{34}$/);
  });

  test('shows the order where everything happens at one instant', () => {
    expect(chart(['log: a', 'log: b', 'delete: a:v0\ndeleteAliases: true']).slice(0, 4)).toEqual([
      '      everything on day 0, in this order',
      '      ├────────────────────────────────┤',
      'a:v0  ███████████████████████████╱╱╱╱╱╱╱',
      'b:v0               █████████████████████',
    ]);
  });

  test.each([
    ['a link', ['log: a', 'wait: 1d', 'link: a:v0\nto: models/prod', 'wait: 1d'], /^█+L█+$/],
    [
      'links that follow each other at once',
      ['log: a', 'link: a:v0\nto: models/p', 'link: a:v0\nto: models/q', 'unlink: models/p:v0', 'wait: 1d'],
      /^LLU█+$/,
    ],
    [
      'a link that goes with its source',
      ['log: a', 'link: a:v0\nto: models/p', 'wait: 1d', 'delete: a:v0\ndeleteAliases: true', 'wait: 1d'],
      /^L█+U╱+$/,
    ],
    ['an upload that was given up', ['begin: a\nid: up', 'wait: 1d', 'abandon: up', 'wait: 1d'], /^░+A╱+$/],
    ['an expiry', ['log: a\nttl: 1d', 'wait: 2d'], /^█+E╱+$/],
    [
      'a restore',
      ['log: a', 'wait: 1d', 'delete: a:v0\ndeleteAliases: true', 'wait: 1d', 'restore: a:v0', 'wait: 1d'],
      /^█+╱+R█+$/,
    ],
  ])('marks %s, and never hides a state by it', (_what, steps, pattern) => {
    expect(bar(...steps)).toMatch(pattern);
  });

  test('leaves out a mark that would hide the state', () => {
    expect(
      bar('log: a', 'link: a:v0\nto: models/p', 'delete: a:v0\ndeleteAliases: true', 'wait: 1d'),
    ).toMatch(/^█╱+$/);
  });

  test('explains the marks that it has, and no others', () => {
    expect(chart(['log: a', 'link: a:v0\nto: models/prod', 'wait: 1d']).at(-1)).toBe('L linked');
    expect(chart(['log: a', 'wait: 1d']).at(-1)).toBe('╱ PENDING_DELETION   · DELETED');
  });

  test('is cut, and says how many more there are', () => {
    const steps = ['log: a', 'log: b', 'log: c', 'wait: 1d'];
    expect(chart(steps, { most: 1 }).slice(2, 5)).toEqual([
      expect.stringMatching(/^a:v0 /),
      '… and 2 more versions; --all shows them',
      '',
    ]);
    expect(chart(steps, { most: 2 })[4]).toBe('… and 1 more version; --all shows them');
    expect(chart(steps, { most: 3 }).join('\n')).not.toContain('more');
  });

  test('says that there are no versions', () => {
    expect(chart(['wait: 1d'])).toEqual(['no versions']);
  });

  test.each([40, 80, 100])('fits into %d columns, whatever the names', (width) => {
    const steps = [
      `log: ${'long-'.repeat(25)}`,
      'log: "🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈/👨‍👩‍👧/__proto__"',
      'log: "漢字漢字漢字漢字漢字漢字漢字漢字/p/x"',
      'wait: 1d',
    ];
    const lines = chart(steps, { width });
    expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
    expect(columnsOf(lines[1] ?? '')).toBe(width);
    const bars = lines.slice(2, 5).map((line) => /█+$/.exec(line)?.[0].length);
    expect(new Set(bars).size).toBe(1);
  });

  test('keeps the end of a long name, which has the index', () => {
    expect(chart([`log: ${'x'.repeat(60)}`, 'wait: 1d'])[2]).toMatch(/^…x+:v0 {2}█+$/);
  });

  test('colors its states where the terminal paints, and nothing else changes', () => {
    const paint = {
      title: (text: string) => `<t>${text}</>`,
      step: (text: string) => `<p>${text}</>`,
      quiet: (text: string) => `<q>${text}</>`,
      good: (text: string) => `<g>${text}</>`,
      bad: (text: string) => `<b>${text}</>`,
    };
    const steps = ['log: a\nttl: 1d', 'begin: b\nid: up', 'wait: 20d'];
    const painted = chart(steps, { paint });
    expect(painted[2]).toMatch(/^a:v0 {2}<g>█+<\/><t>E<\/><b>╱+<\/><q>·+<\/>$/);
    expect(painted[3]).toMatch(/^b#0 {3}<p>░+<\/><t>A<\/><b>╱+<\/>/);
    expect(painted.map((line) => line.replace(/<\/?\w?>/g, ''))).toEqual(chart(steps));
  });
});
