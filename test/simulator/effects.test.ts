import { describe, expect, test } from 'vitest';
import { isCommand } from '../../src/simulator/action.ts';
import { closedVersions, freedBytes } from '../../src/simulator/effects.ts';
import { bytesOf, clock, log, removeWithAliases, server, time } from '../support/stores/builders.ts';
import { versionId } from '../support/stores/names.ts';
import { eventsOf, simulated } from './simulated.ts';

const trashed = [
  server({ retentionSeconds: time('0s') }),
  log('animals', { cat: '2MB', dog: '1MB' }),
  log('animals', { cat: '2MB' }),
  log('plants', { fern: '4MB' }),
  removeWithAliases('animals:v0'),
  removeWithAliases('plants:v0'),
];

describe('what events come to', () => {
  const events = eventsOf(simulated(trashed).apply({ type: 'collectGarbage' }));

  test('is the bytes of the objects that were deleted from the bucket, and of no others (GC-2)', () => {
    expect(freedBytes(events)).toBe(bytesOf('5MB'));
    expect(freedBytes(events.filter(({ type }) => type !== 'objectSwept'))).toBe(0);
  });

  test('is the versions that became DELETED, in order', () => {
    expect(closedVersions(events)).toEqual(['animals:v0', 'plants:v0'].map(versionId));
    expect(closedVersions(events.filter(({ type }) => type !== 'versionClosed'))).toEqual([]);
  });
});

describe('collecting a step', () => {
  test('plays the next step of garbage collection, until nothing is left to do', () => {
    const simulator = simulated(trashed);
    const step = () => eventsOf(simulator.apply({ type: 'collectStep' })).map(({ type }) => type);
    expect(Array.from({ length: 8 }, step)).toEqual([
      ['versionsReviewed'],
      ['holdsReleased'],
      ['holdsReleased'],
      ['objectSwept'],
      ['objectSwept'],
      ['versionClosed'],
      ['versionClosed'],
      [],
    ]);
  });

  test('is refused where garbage collection is not enabled (GC-6)', () => {
    const bucket = { provider: 'aws', versioning: true } as const;
    const simulator = simulated([...trashed, server({ deployment: 'self-managed', bucket })]);
    const { store } = simulator;
    expect(simulator.apply({ type: 'collectStep' })).toMatchObject({
      ok: false,
      refusal: { code: 'gc-not-enabled' },
    });
    expect(simulator.store).toBe(store);
  });
});

describe('an action', () => {
  test('is a command unless it is a job of several', () => {
    expect([clock('1d'), log('animals'), ...trashed].every(isCommand)).toBe(true);
    const jobs = [
      { type: 'wait', duration: time('1d') },
      { type: 'collectGarbage' },
      { type: 'collectStep' },
      { type: 'runExpiry' },
    ] as const;
    expect(jobs.filter(isCommand)).toEqual([]);
  });
});
