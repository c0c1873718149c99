import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byCodePoint } from '../../src/values/order.ts';
import { parseDuration } from '../../src/values/units.ts';
import { ODD_TEXTS, userText } from '../support/arbitraries/texts.ts';
import { log, server, setTtl } from '../support/stores/builders.ts';
import { given } from '../support/stores/given.ts';

test('a TTL is, of all texts, what is inherit, none or a duration longer than none (TTL-1)', () => {
  fc.assert(
    fc.property(userText, (ttl) => {
      const duration = parseDuration(ttl);
      const right = ttl === 'none' || ttl === 'inherit' || (duration.ok && duration.value > 0);
      expect(given(log('animals')).when(setTtl('animals:v0', ttl)).accepted).toBe(right);
    }),
    { numRuns: 60 },
  );
});

test("the variables of the server's environment may have names that an object has already", () => {
  const strange = ODD_TEXTS.map((name) => ({ name, value: name }));
  const { env } = given(server({ env: strange })).store.settings;
  expect(new Map(env.map(({ name, value }) => [name, value]))).toEqual(
    new Map(strange.map(({ name, value }) => [name, value])),
  );
  expect(env.map(({ name }) => name)).toEqual([...ODD_TEXTS].sort(byCodePoint));
});
