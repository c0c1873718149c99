import { describe, expect, test } from 'vitest';
import { refused } from '../../src/lifecycle/decision.ts';

const sentenceOf = (path: string) => refused('badPath', { path }).refusal.sentence;
const described = (path: string) =>
  `The path, address, or checksum of "${path}" contains half a surrogate pair, which UTF-8 cannot encode.`;

describe('a refusal', () => {
  test('has the code, the rule and the texts of its situation, with the facts filled in', () => {
    expect(refused('hasAliases', { version: 'animals:v1', aliases: 'the alias best' }, ['best'])).toEqual({
      ok: false,
      refusal: {
        code: 'has-aliases',
        rule: 'DEL-2',
        sentence: 'animals:v1 has the alias best.',
        blockers: ['best'],
      },
    });
  });

  test('names no blockers if there are none', () => {
    expect(refused('badPath', { path: 'a' }).refusal).toMatchObject({ blockers: [] });
  });

  test.each(['$1', '$&', '$`', '{path}', '{version}', '__proto__', '{constructor}'])(
    'takes the fact %j for what it is, and not for a part of the text',
    (fact) => {
      expect(sentenceOf(fact)).toBe(described(fact));
    },
  );

  test('fits on one line, whatever the facts', () => {
    expect(sentenceOf('two\nlines')).not.toContain('\n');
  });

  test('shows a person without a name by quotes, and any other fact that is empty as it is', () => {
    const { sentence } = refused('noTeamRole', { person: '' }).refusal;
    expect(sentence).toBe('"" is not in the team and cannot change anything in it.');
    expect(refused('noTeamRole', { person: 'eve' }).refusal.sentence).toMatch(/^eve is not/);
    expect(sentenceOf('')).toBe(described(''));
  });

  test('cuts a long fact, since it is to be read', () => {
    const version = `animals:${'x'.repeat(500)}`;
    const { sentence } = refused('hasAliases', { version, aliases: 'the alias best' }).refusal;
    expect(sentence.length).toBeLessThan(200);
  });
});
