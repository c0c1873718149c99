import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Host } from '../../../src/server/host.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import {
  type Client,
  collect,
  digestOfTexts,
  manifestFileOf,
  served,
  type Texts,
} from '../../support/server/wire.ts';
import { clock } from '../../support/stores/builders.ts';

const OLD = { 'cat.txt': 'meow', 'dog.txt': 'woof' };
const PARTS: readonly Texts[] = [
  { 'cat.txt': 'meow', 'new.txt': 'tweet' },
  { 'dog.txt': 'woof', 'cat.txt': 'meow' },
];

/** What one writer of a distributed artifact sends, a request at a time. */
function* writer(client: Client, files: Texts, run: string): Generator<Promise<unknown>> {
  let id = '';
  yield client
    .begin('animals', digestOfTexts(files), { distributedID: 'group', run, clientID: run })
    .then((begun) => {
      id = begun.id;
    });
  yield client.upload(id, files);
  let url = '';
  yield client.manifestUrl(id, { manifest: 'PATCH' }).then((answered) => {
    url = answered;
  });
  yield client.mustPut(url, manifestFileOf(files, id));
}

/** Garbage collection, a step at a time. */
function* collector(host: Host): Generator<Promise<unknown>> {
  for (;;) yield play(host, { type: 'collectStep' });
}

test(
  'two writers of one version lose no file, however their requests and the steps of garbage collection alternate (GC-9)',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 2 }), { maxLength: 24 }), async (turns) => {
        const { wire, host, client } = served();
        await client.delete(await client.log('animals', OLD), true);
        // Waiting would collect everything.
        await play(host, clock('8d'));
        const actors = [
          writer(client, PARTS[0] ?? {}, 'one'),
          writer(client, PARTS[1] ?? {}, 'two'),
          collector(host),
        ];
        for (const at of turns) await actors[at]?.next().value;
        for (const unfinished of actors.slice(0, 2)) for (const request of unfinished) await request;
        await collect(wire);
        const { id } = await client.begin('animals', digestOfTexts({}), { distributedID: 'group' });
        await client.commit(id);
        await collect(wire);
        expect(await client.texts('animals:latest')).toEqual({ ...PARTS[0], ...PARTS[1] });
        expect(brokenInvariants(host.store)).toEqual([]);
      }),
      runs(60),
    );
  },
  PATIENCE_MS,
);

async function play(host: Host, action: Action): Promise<void> {
  await host.turn(action.type, (turn) => turn.apply(action));
}
