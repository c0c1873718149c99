import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseScenario } from '../../src/scenario/parse.ts';
import { scenarioJsonSchema } from '../../src/scenario/schema.ts';
import { STEP_KINDS } from '../../src/scenario/schema-steps.ts';
import { SHIPPED_TEXTS, strangeStory } from '../support/arbitrary-stories.ts';
import { PATIENCE_MS, runs } from '../support/property-runs.ts';
import { storyText } from '../support/story.ts';

const schema = scenarioJsonSchema();
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
const read = (text: string): unknown => parse(text, { merge: true });

describe('the JSON Schema', () => {
  test.each(SHIPPED_TEXTS)('accepts $name', ({ text }) => {
    validate(read(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['a title', 'steps:\n  - wait: 1d\n'],
    ['steps', 'title: t\n'],
    ['at least one step', 'title: t\nsteps: []\n'],
    ['known keys', `titel: t\n${storyText('wait: 1d')}`],
    ['known steps', storyText('wiat: 1d')],
    ['one thing a step', storyText('wait: 1d\ncommit: x')],
    ['known options', storyText('delete: a:v0\ndeleteAlias: true')],
    ['units of time', storyText('wait: 1')],
    ['units that exist', storyText('wait: 1y')],
    ['units of size', storyText('expect: { stored: 5 }')],
    ['sizes of files with units', storyText('log: a\nfiles: { x: 5 }')],
    ['lists of aliases', storyText('log: a\naliases: best')],
    ['truth values', storyText('delete: a:v0\ndeleteAliases: "yes"')],
    ['known codes', storyText('delete: a:v0\nrefused: nope')],
    ['known states', storyText('expect: { state: { a:v0: GONE } }')],
    ['indexes', storyText('expect: { aliases: { a: { latest: 5 } } }')],
    ['known questions', storyText('show: everything')],
    ['identifiers of rules', `rules: [del]\n${storyText('wait: 1d')}`],
    ['crash points', storyText('crash: 2')],
    ['whole numbers', storyText('delete all: a\nwhere: { keep last: 1.5 }')],
  ])('demands %s', (_what, text) => {
    expect(validate(read(text))).toBe(false);
    expect(parseScenario('', text).ok).toBe(false);
  });

  test(
    'accepts whatever the parser accepts',
    () => {
      fc.assert(
        fc.property(strangeStory, (text) => {
          if (!parseScenario('', text).ok) return;
          validate(read(text));
          expect(validate.errors ?? []).toEqual([]);
        }),
        runs(400),
      );
    },
    PATIENCE_MS,
  );

  test('knows every kind of step', () => {
    const text = JSON.stringify(schema);
    expect(STEP_KINDS.filter((kind) => !text.includes(`"required":["${kind}"`))).toEqual([]);
  });

  test('is of the version that it says, and tells editors what things are for', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'limbo scenario',
    });
    expect(JSON.stringify(schema).match(/"description":/g)?.length).toBeGreaterThan(20);
  });
});
