import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { artifactId, nodeId } from '../../../src/server/graphql/ids.ts';
import type { Action } from '../../../src/simulator/action.ts';
import { Simulator } from '../../../src/simulator/simulator.ts';
import { collectionIdOf } from '../../../src/store/artifact-collection.ts';
import { brokenInvariants } from '../../../src/store/invariants/invariants.ts';
import {
  collectionById,
  fullNameOfVersion,
  linkById,
  nameOfLink,
  versionById,
} from '../../../src/store/look-up.ts';
import type { ManifestEntry } from '../../../src/store/manifest.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import { byCodePoint } from '../../../src/values/order.ts';
import { bytes } from '../../../src/values/units.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { digestOfText } from '../../support/server/digest-of-text.ts';
import { type Client, type Texts, Wire } from '../../support/server/wire.ts';
import {
  alias,
  link,
  log,
  removeById,
  removeCollection,
  setTtl,
  time,
  unlink,
  use,
} from '../../support/stores/builders.ts';
import { unlike } from '../../support/stores/equal-stores.ts';
import { collectionNamed } from '../../support/stores/names.ts';

/** A request, and the action that it means. */
interface Meant {
  readonly action: Action;
  readonly send: (client: Client) => Promise<unknown>;
}

type Step = (store: Store) => Meant;
type VersionStep = (version: Version, store: Store) => Meant;

const FILES: readonly Texts[] = [
  {},
  { cat: 'meow' },
  { cat: 'meow', dog: 'woof' },
  { cat: 'purr', 'deep/er': 'woof', é: 'é' },
];
const sequence = fc.constantFrom('animals', 'plants');
const portfolio = fc.constantFrom('prod', 'stage');

const logging = fc
  .tuple(sequence, fc.constantFrom(...FILES), fc.subarray(['best', 'live', 'a/b']))
  .map(([name, files, aliases]): Step => {
    const action = log(name, entriesOf(files), { type: 'dataset', run: 'run-1', aliases });
    return () => ({ action, send: (client) => client.log(name, files, { aliases }) });
  });

const removal = fc.oneof(sequence, portfolio).map((name): Step => {
  const kind = /prod|stage/.test(name) ? 'Portfolio' : 'Sequence';
  const input = { [`artifact${kind}ID`]: idOfCollection(name) };
  return () => ({
    action: removeCollection(name),
    send: (client) =>
      client.change(
        `deleteArtifact${kind}`,
        `DeleteArtifact${kind}Input`,
        input,
        '{ artifactCollection { id } }',
      ),
  });
});

const onVersion = fc.oneof(
  fc.boolean().map(
    (deleteAliases): VersionStep =>
      ({ id }) => ({
        action: removeById(id, deleteAliases),
        send: (client) => client.delete(artifactId(id), deleteAliases),
      }),
  ),
  fc.tuple(portfolio, fc.subarray(['best', 'v1'])).map(
    ([to, aliases]): VersionStep =>
      ({ id }, store) => ({
        action: link(fullNameOfVersion(store, id), to, aliases),
        send: (client) => client.link(artifactId(id), to, { aliases }),
      }),
  ),
  portfolio.map(
    (from): VersionStep =>
      ({ id, links }, store) => {
        const found = links.map((linkId) => linkById(store, linkId)).find(isIn(from));
        const input = { artifactID: artifactId(id), artifactPortfolioID: idOfCollection(from) };
        return {
          action: unlink(found === undefined ? `${from}:v99` : nameOfLink(store, found)),
          send: (client) => client.change('unlinkArtifact', 'UnlinkArtifactInput', input, '{ success }'),
        };
      },
  ),
  fc.tuple(fc.constantFrom('best', 'live', 'latest', 'v1'), fc.boolean()).map(
    ([name, isAdded]): VersionStep =>
      ({ id, collectionId }, store) => {
        const { collection } = collectionById(store, collectionId).name;
        return {
          action: alias(fullNameOfVersion(store, id), isAdded ? { add: [name] } : { remove: [name] }),
          send: (client) =>
            client.alias(isAdded ? 'addAliases' : 'deleteAliases', artifactId(id), collection, [name]),
        };
      },
  ),
  fc.constantFrom<[number, string]>([-2, 'none'], [-1, 'inherit'], [0, '0s'], [86_400, '1d']).map(
    ([seconds, ttl]): VersionStep =>
      ({ id }, store) => {
        const input = { artifactID: artifactId(id), ttlDurationSeconds: seconds };
        return {
          action: setTtl(fullNameOfVersion(store, id), ttl),
          send: (client) =>
            client.change('updateArtifact', 'UpdateArtifactInput', input, '{ artifact { id } }'),
        };
      },
  ),
  fc.constantFrom('run-1', 'run-2').map(
    (runName): VersionStep =>
      ({ id }, store) => {
        const input = { artifactID: artifactId(id), entityName: 'team', projectName: 'demo', runName };
        return {
          action: use(fullNameOfVersion(store, id), runName),
          send: (client) => client.change('useArtifact', 'UseArtifactInput', input, '{ artifact { id } }'),
        };
      },
  ),
);

const passing = fc.constantFrom<Action>({ type: 'wait', duration: time('5d') }, { type: 'collectGarbage' });

const step = fc.oneof(
  { arbitrary: logging, weight: 4 },
  { arbitrary: fc.tuple(onVersion, fc.nat({ max: 6 })), weight: 6 },
  removal,
  passing,
);

test(
  'a history of requests ends in the store of the actions that they mean, and the same are refused',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const wire = new Wire();
        const client = wire.member();
        const simulator = new Simulator();
        for (const next of steps) {
          const { store } = simulator;
          if ('type' in next) {
            await wire.host.turn(next.type, (turn) => turn.apply(next));
            simulator.apply(next);
            continue;
          }
          const meant = meaningOf(next, store);
          if (meant === undefined) continue;
          const problem = await meant.send(client).then(
            () => null,
            (error: Error) => error.message,
          );
          const decision = simulator.apply(meant.action);
          expect({ problem, ok: problem === null }).toMatchObject({ ok: decision.ok });
        }
        expect(unlike(wire.host.store, simulator.store)).toEqual([]);
        expect(brokenInvariants(wire.host.store)).toEqual([]);
      }),
      runs(60),
    );
  },
  PATIENCE_MS,
);

function meaningOf(next: Step | [VersionStep, number], store: Store): Meant | undefined {
  if (typeof next === 'function') return next(store);
  const [onOne, number] = next;
  const ids = store.versions.sortedIds(byCodePoint);
  const id = ids[number % ids.length];
  return id === undefined ? undefined : onOne(versionById(store, id), store);
}

function entriesOf(files: Texts): readonly ManifestEntry[] {
  return Object.entries(files).map(([path, text]) => {
    return { kind: 'file', path, digest: digestOfText(text), sizeBytes: bytes(Buffer.byteLength(text)) };
  });
}

function isIn(name: string) {
  return ({ portfolioId }: { readonly portfolioId: string }) =>
    portfolioId === collectionIdOf(collectionNamed(name));
}

function idOfCollection(name: string): string {
  return nodeId('ArtifactCollection', collectionIdOf(collectionNamed(name)));
}
