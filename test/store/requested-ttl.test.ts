import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkedTtl } from '../../src/lifecycle/expiry/time-to-live.ts';
import { formatTtl, INHERITED, isSameTtl, NO_TTL, parseTtl } from '../../src/store/time-to-live.ts';
import { seconds } from '../../src/values/units.ts';

const lasting = (count: number) => ({ kind: 'lasting', seconds: seconds(count) }) as const;
const given = fc.oneof(
  fc.constantFrom(INHERITED, NO_TTL),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(lasting),
  fc.integer({ min: 1, max: 1_000 }).map((days) => lasting(days * 86_400)),
  fc.string().map((text) => parseTtl(text)),
);

describe('a TTL as text', () => {
  test('is parsed as the same TTL again', () => {
    fc.assert(
      fc.property(given, (ttl) => {
        expect(parseTtl(formatTtl(ttl))).toEqual(ttl);
        expect(isSameTtl(ttl, parseTtl(formatTtl(ttl)))).toBe(true);
      }),
    );
  });

  test.each([
    ['30d', lasting(30 * 86_400), '30d'],
    ['36h', lasting(36 * 3_600), '36h'],
    ['1.5h', lasting(5_400), '90m'],
    ['90s', lasting(90), '90s'],
    ['0d', { kind: 'invalid', given: '0d' }, '0d'],
    ['soon', { kind: 'invalid', given: 'soon' }, 'soon'],
    ['', { kind: 'invalid', given: '' }, ''],
  ])('%j is %j, and written %j', (text, ttl, written) => {
    expect(parseTtl(text)).toEqual(ttl);
    expect(formatTtl(parseTtl(text))).toBe(written);
  });

  test('differs from another of its kind', () => {
    expect(isSameTtl(lasting(60), lasting(61))).toBe(false);
    expect(isSameTtl(INHERITED, NO_TTL)).toBe(false);
    expect(isSameTtl(INHERITED, { kind: 'invalid', given: 'inherit' })).toBe(false);
  });
});

// A script can build a TTL without parsing a text.
test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('a TTL of %d seconds is refused', (count) => {
  const checked = checkedTtl({ kind: 'lasting', seconds: count as ReturnType<typeof seconds> }, null);
  expect(checked).toMatchObject({ ok: false, refusal: { code: 'bad-ttl', rule: 'TTL-1' } });
});
