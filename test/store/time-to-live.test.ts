import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayExpire } from '../../src/store/expiry.ts';
import { versionById } from '../../src/store/look-up.ts';
import { expiryOf, INHERITED, isGenerated, NO_TTL, type TimeToLive } from '../../src/store/time-to-live.ts';
import { type Instant, seconds } from '../../src/values/units.ts';
import { runs } from '../support/property-runs.ts';
import { alias, begin, clock, link, log, removeWithAliases, setTtl } from '../support/stores/builders.ts';
import { collected, given, type History } from '../support/stores/given.ts';
import { versionId } from '../support/stores/names.ts';

const lasting = (count: number): TimeToLive => ({ kind: 'lasting', seconds: seconds(count) });
const expiry = (ttl: TimeToLive, createdAt: number, teamDefault: number | null) =>
  expiryOf({ ttl, createdAt: createdAt as Instant }, teamDefault === null ? null : seconds(teamDefault));

describe('a type that the service generates (DEL-17)', () => {
  test.each(['run_table', 'code', 'job', 'wandb-history', 'wandb-', 'wandb-anything-else'])('%s', (type) => {
    expect(isGenerated(type)).toBe(true);
  });

  test.each(['dataset', 'model', 'codes', 'Code', 'run-table', 'wandb', 'my-wandb-history', '', '__proto__'])(
    'is not %j',
    (type) => {
      expect(isGenerated(type)).toBe(false);
    },
  );
});

describe('the end of a TTL (TTL-2, TTL-3)', () => {
  test('is the creation plus the TTL of its own, whatever the default of the team', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.option(fc.nat()), (own, createdAt, teamDefault) => {
        expect(expiry(lasting(own), createdAt, teamDefault)).toBe(createdAt + own);
      }),
      runs(100),
    );
  });

  test('is the creation plus the team default for a version that inherits, and never without a default', () => {
    expect(expiry(INHERITED, 5, 60)).toBe(65);
    expect(expiry(INHERITED, 5, null)).toBeNull();
  });

  test('is never for an exempt version', () => {
    expect([expiry(NO_TTL, 5, 60), expiry(NO_TTL, 5, null)]).toEqual([null, null]);
  });
});

describe('when its TTL is over, a version expires (TTL-6, TTL-8)', () => {
  const may = (name: string, ...history: readonly History[]) => {
    const { store } = given(...history);
    return mayExpire(store, versionById(store, versionId(name)));
  };
  const animals = log('animals', { cat: '2MB' }, { ttl: '1d' });
  const guarded = [
    animals,
    link('animals:v0', 'models/prod'),
    alias('models/prod:v0', { protect: ['live'] }),
  ] as const;

  test('that is COMMITTED', () => {
    expect(may('animals:v0', animals)).toBe(true);
  });

  test.each<readonly [string, readonly History[]]>([
    ['that is being uploaded', [begin('animals')]],
    ['that is soft-deleted', [animals, removeWithAliases('animals:v0')]],
    ['that is a tombstone', [animals, removeWithAliases('animals:v0'), clock('7d'), collected]],
    ['of a generated type', [log('animals', {}, { type: 'job' })]],
    ['that a protected alias holds', guarded],
  ])('but none %s', (_what, history) => {
    expect(may('animals:v0', ...history)).toBe(false);
  });

  test('that a protected alias held, once it no longer does', () => {
    expect(may('animals:v0', ...guarded, alias('models/prod:v0', { remove: ['live'] }))).toBe(true);
  });
});

test('what is given no TTL inherits, and what is linked has none (TTL-1, TTL-4)', () => {
  const of = (...history: readonly History[]) =>
    versionById(given(...history).store, versionId('animals:v0')).ttl;
  expect(of(log('animals'))).toEqual(INHERITED);
  expect(of(log('animals'), setTtl('animals:v0', '90s'))).toEqual(lasting(90));
  expect(of(log('animals', {}, { ttl: '1d' }), link('animals:v0', 'models/prod'))).toEqual(NO_TTL);
});
