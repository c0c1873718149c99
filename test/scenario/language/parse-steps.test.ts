import { describe, expect, test } from 'vitest';
import { parseSteps } from '../../../src/scenario/language/parse.ts';
import { formatDiagnostic } from '../../../src/scenario/yaml/diagnostic.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { given, givenAmong } from '../../support/stores/given.ts';
import { peopleOf } from '../../support/stores/people.ts';

const empty = emptyStore();

function mistakesIn(text: string, store = empty): readonly string[] {
  const read = parseSteps(text, store);
  return read.ok ? [] : read.diagnostics.map((one) => formatDiagnostic('', one).slice(1));
}

describe('a list of steps', () => {
  test('is read as below the key "steps" of a scenario, with the line of each', () => {
    const read = parseSteps(
      '# two\n- log: animals\n  id: one\n\n- expect:\n    state: { one: COMMITTED }\n',
      empty,
    );
    expect(read).toMatchObject({
      ok: true,
      steps: [
        { kind: 'log', line: 2, text: 'log: animals' },
        { kind: 'expect', line: 5, claimLines: new Map([['state', 6]]) },
      ],
    });
  });

  test('can repeat steps, and can be written in brackets', () => {
    const read = parseSteps('[{ repeat: 3, steps: [{ log: "a{n}" }] }, verify]', empty);
    expect(read.ok && read.steps.map(({ kind }) => kind)).toEqual(['log', 'log', 'log', 'verify']);
  });

  test('knows the people and the time of the store', () => {
    const people = peopleOf({ team: { bob: 'member' } });
    expect(mistakesIn('- log: animals\n  as: bob', givenAmong(people)().store)).toEqual([]);
    expect(mistakesIn('- log: animals\n  as: bob', given().store)).toHaveLength(1);
    const dated = Object.freeze({ ...empty, begins: 1_769_846_400 as never });
    expect(mistakesIn('- wait: { until: 2026-03-01 }', dated)).toEqual([]);
  });

  test.each([
    ['', ['1:1: expected a list of steps, with at least one']],
    ['- a: [', ['1:7: this is not valid YAML']],
    ['[]', ['1:1: expected a list of steps, with at least one']],
    ['steps: [verify]', ['1:1: expected a list of steps, with at least one']],
    ['- verify\n- dleete: animals:v0', ['2:3: unknown step "dleete"; did you mean "delete"?']],
    ['- delete: animals:v0\n  fast: true', ['2:3: unknown key "fast"']],
    ['- commit: one', ['1:11: expected an id that a step gives']],
    ['- log: a\n  files: { x: 1MB of c }\n- log: b\n  files: { y: 2MB of c }', ['4:15: expected 1MB']],
    ['- log: a\n  files: { from: ./here }', ['2:18: expected files; these steps read no real folders']],
    ['- wait: { until: 2026-03-01 }', ['1:18: expected a duration such as 8d']],
    ['- wait: 8\n- collect: later', ['1:9: expected a duration', '2:12: expected now or step']],
  ])('reports every mistake of %j at its place', (text, expected) => {
    const mistakes = mistakesIn(text);
    expect(mistakes).toHaveLength(expected.length);
    for (const [at, part] of expected.entries()) expect(mistakes[at]).toContain(part);
  });
});
