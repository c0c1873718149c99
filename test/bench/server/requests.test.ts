import { describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../../src/server/server.ts';
import { measureRequests, REQUESTS, servedStore } from './requests.ts';

describe('The benchmark of a server', () => {
  test('asks everything, gets an answer each time, and compares it with a bare server', async () => {
    const server = await startServer({ store: servedStore(200) });
    onTestFinished(() => server.close());
    const figures = await measureRequests(server, { rounds: 2, times: 3 }, 'wall', () => {});
    expect(figures.map(({ request }) => request)).toEqual(REQUESTS);
    for (const { micros, bareMicros, ratio } of figures) {
      expect(Math.min(micros, bareMicros)).toBeGreaterThan(0);
      expect(ratio).toBe(micros / bareMicros);
    }
    const states = Array.from(server.host.store.versions.unorderedRows(), ({ state }) => state.kind);
    expect(states.filter((state) => state === 'PENDING_DELETION')).toHaveLength(6);
    expect(states).toHaveLength(206);
  });
});
