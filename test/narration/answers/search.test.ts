import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { explore, type SearchOptions } from '../../../src/explore/explore.ts';
import { follow } from '../../../src/explore/transitions.ts';
import { describeSearch, labelOf, sizeText } from '../../../src/narration/answers/search.ts';
import { PLAIN } from '../../../src/narration/layout/paint.ts';
import { renderBlocks } from '../../../src/narration/layout/render.ts';
import { COLLECTOR_NAMES, type CollectorName } from '../../../src/store/settings.ts';
import { explorationIn } from './searched.ts';

const CRASH = `title: A crash
server: { retention: 0s }
steps: [{ log: m, files: { a: 1MB } }, { delete: "m:v0", deleteAliases: true }]
together:
  uploader: [{ log: m, files: { a: 1MB, b: 1KB } }]
  collector: [collect]
crashes: 1
`;

function described(text: string, collector?: CollectorName, options: SearchOptions = {}, width = 80) {
  const exploration = explorationIn(text, collector);
  const blocks = describeSearch(exploration, explore(exploration, options));
  return renderBlocks(blocks, { width, paint: PLAIN }).split('\n');
}

describe('a search in words', () => {
  test('says how large it was, with figures that can be read', () => {
    const result = explore(explorationIn(CRASH));
    const large = { ...result, states: 1_234_567, transitions: 1_000, orders: 12_345_678_901_234_567_890n };
    expect(sizeText('mark-and-sweep', large)).toBe(
      'mark-and-sweep: 1,234,567 states, 1,000 steps between them, 12,345,678,901,234,567,890 orders; search complete',
    );
    expect(sizeText('mark-and-sweep', { ...result, bound: 'states' })).toContain('limit of states');
    expect(sizeText('mark-and-sweep', { ...result, bound: 'seconds' })).toContain('limit of time');
  });

  test('names every property once, below its kind', () => {
    const lines = described(CRASH);
    const headings = ['always', 'finally', 'reachable'].map((heading) => lines.indexOf(heading));
    expect([...headings].sort((left, right) => left - right)).toEqual(headings);
    const { verdicts } = explore(explorationIn(CRASH));
    for (const { property } of verdicts) {
      expect(
        lines.filter((line) => line.endsWith(` ${property.name}`) || line.endsWith(`: ${property.name}`)),
      ).toHaveLength(1);
    }
  });

  test('says that a final property was checked after the collector had its turn', () => {
    const leak = CRASH.replace('{ a: 1MB, b: 1KB }', '{ b: 1KB }');
    const lines = described(leak, 'not-resumable');
    const at = lines.indexOf('✗ broken: no unreferenced object is left');
    expect(at).toBeGreaterThan(0);
    expect(lines.slice(at)).toContain('  then garbage collection runs to completion');
    expect(lines.slice(at).some((line) => /^ +\d {2}collector {2}crashes$/.test(line))).toBe(true);
    expect(described(leak)).not.toContain('  then garbage collection runs to completion');
  });

  test.each(COLLECTOR_NAMES)('keeps to its columns, whatever it tells: %s', (collector) => {
    for (const width of [60, 80, 100]) {
      for (const options of [{}, { mostStates: 3 }]) {
        const lines = described(CRASH, collector, options, width);
        expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
        expect(lines.join('\n')).not.toMatch(/ \n|\n\n\n/);
      }
    }
  });

  test('gives the steps their own column, however wide the names of the actors are', () => {
    const wide = CRASH.replace('uploader:', '猫猫🐈:');
    const steps = described(wide, 'not-resumable').filter((line) => /^ +\d+ {2}/.test(line));
    const places = steps.map((line) => stringWidth(line.slice(0, line.search(/(log|collect:|crashes)/))));
    expect(new Set(places).size).toBe(1);
    expect(steps.length).toBeGreaterThan(2);
  });
});

describe('a step of a way', () => {
  test('names its actor, and a collection is shown step by step', () => {
    const exploration = explorationIn(CRASH);
    const way = follow(exploration, [
      { actor: 1, kind: 'step' },
      { actor: 0, kind: 'move' },
      { actor: 1, kind: 'crash' },
    ]);
    expect(way.map((transition) => labelOf(exploration, transition))).toEqual([
      { name: 'collector', text: 'collect: step' },
      { name: 'uploader', text: 'log: m, files: { a: 1MB, b: 1KB }' },
      { name: 'collector', text: 'crashes' },
    ]);
  });
});
