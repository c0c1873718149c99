import fc from 'fast-check';
import type { Command } from '../../src/decider/command.ts';
import { ApiError, type Artifact, ArtifactTTL, type Simulator, timedelta } from '../../src/sdk/index.ts';
import type { Simulator as Shell } from '../../src/simulator/simulator.ts';
import { allVersions } from '../../src/store/holders.ts';
import { fullNameOfVersion, nameOfLink } from '../../src/store/look-up.ts';
import type { Store } from '../../src/store/store.ts';
import { byCodePoint } from '../../src/values/order.ts';
import {
  alias,
  begin,
  commit,
  type Files,
  link,
  remove,
  removeById,
  removeCollection,
  removeRun,
  setTtl,
  time,
  unlink,
  use,
} from '../support/builders.ts';
import { collectionId, versionId } from '../support/names.ts';
import { draftOf, type Files as GivenFiles } from './scene.ts';

/** Something that a script does; a number picks one of what there is then. */
export type Step =
  | {
      readonly kind: 'log';
      readonly name: string;
      readonly contents: readonly string[];
      readonly aliases: readonly string[];
      readonly run: string;
    }
  | { readonly kind: 'delete'; readonly at: number; readonly deleteAliases: boolean }
  | { readonly kind: 'alias'; readonly at: number; readonly add: string; readonly removeAll: boolean }
  | { readonly kind: 'ttl'; readonly at: number; readonly ttl: number | null | 'inherit' }
  | { readonly kind: 'link'; readonly at: number; readonly to: string }
  | { readonly kind: 'unlink'; readonly at: number }
  | { readonly kind: 'use'; readonly at: number; readonly run: string }
  | { readonly kind: 'delete collection'; readonly name: string }
  | { readonly kind: 'delete run'; readonly run: string; readonly artifacts: boolean }
  | { readonly kind: 'wait'; readonly duration: string }
  | { readonly kind: 'collect' };

const at = fc.nat({ max: 20 });
const run = fc.constantFrom('train-1', 'train-2');
const name = fc.constantFrom('cats', 'dogs', 'best');
const portfolio = fc.constantFrom('best', 'models/best', 'dogs');
const aliasName = fc.constantFrom('prod', 'old', '__proto__', 'v7', 'a/b');

/** Any step. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('log' as const),
      name,
      contents: fc.uniqueArray(fc.constantFrom('cat', 'dog', 'rat', 'bat'), { maxLength: 3 }),
      aliases: fc.uniqueArray(aliasName, { maxLength: 1 }),
      run,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('delete' as const), at, deleteAliases: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('alias' as const),
      at,
      add: aliasName,
      removeAll: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ttl' as const),
      at,
      ttl: fc.constantFrom(null, 'inherit' as const, 86_400, 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('link' as const), at, to: portfolio }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unlink' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('use' as const), at, run }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete collection' as const), name: portfolio }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('delete run' as const), run, artifacts: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), duration: fc.constantFrom('1h', '2d', '8d') }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'collect' as const }) },
);

/** The full names of what can be fetched: the COMMITTED versions, and the links to them. */
function fetchable(store: Store): readonly string[] {
  const versions = allVersions(store).filter(({ state }) => state.kind === 'COMMITTED');
  const links = versions
    .flatMap(({ links }) => links)
    .flatMap((id) => store.links.get(id) ?? [])
    .map((found) => nameOfLink(store, found));
  return [...versions.map(({ id }) => fullNameOfVersion(store, id)), ...links].sort(byCodePoint);
}

function pick(store: Store, picked: number): string | undefined {
  const names = fetchable(store);
  return names[picked % Math.max(1, names.length)];
}

/** What a script does with the face. Undefined where it went through, otherwise the code of the refusal. */
export async function byFace(simulator: Simulator, done: Step): Promise<string | undefined> {
  try {
    await takeByFace(simulator, done);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError && error.refusal !== null) return error.refusal.code;
    throw error;
  }
}

async function takeByFace(simulator: Simulator, done: Step): Promise<void> {
  const api = simulator.api();
  const fetched = async (picked: number, take: (artifact: Artifact) => Promise<unknown>) => {
    const chosen = pick(simulator.store, picked);
    if (chosen !== undefined) await take(await api.artifact(chosen));
  };
  switch (done.kind) {
    case 'log': {
      const files: GivenFiles = Object.fromEntries(done.contents.map((content) => [content, '1MB']));
      const artifact = draftOf(done.name, files);
      await simulator.init({ name: done.run }).logArtifact(artifact, { aliases: done.aliases });
      await artifact.wait();
      return;
    }
    case 'delete':
      return fetched(done.at, (artifact) => artifact.delete({ deleteAliases: done.deleteAliases }));
    case 'alias':
      return fetched(done.at, (artifact) => {
        if (done.removeAll) artifact.aliases.splice(0);
        if (!artifact.aliases.includes(done.add)) artifact.aliases.push(done.add);
        return artifact.save();
      });
    case 'ttl':
      return fetched(done.at, (artifact) => {
        const { ttl } = done;
        artifact.ttl =
          ttl === null ? null : ttl === 'inherit' ? ArtifactTTL.INHERIT : timedelta({ seconds: ttl });
        return artifact.save();
      });
    case 'link':
      return fetched(done.at, (artifact) => artifact.link(done.to, ['prod']));
    case 'unlink':
      return fetched(done.at, (artifact) => artifact.unlink());
    case 'use':
      return fetched(done.at, (artifact) => simulator.init({ name: done.run }).useArtifact(artifact));
    case 'delete collection':
      return (await api.artifactCollection('dataset', done.name)).delete();
    case 'delete run':
      return (await api.run(done.run)).delete({ deleteArtifacts: done.artifacts });
    case 'wait':
      await simulator.advance(done.duration);
      return;
    case 'collect':
      await simulator.collect();
      return;
  }
}

/** The same with the commands of the model, on the simulator below the face. */
export function byCommands(shell: Shell, done: Step): string | undefined {
  if (done.kind === 'wait' || done.kind === 'collect') {
    const outcome = done.kind === 'wait' ? shell.wait(time(done.duration)) : shell.collectGarbage();
    return outcome.ok ? undefined : outcome.refusal.code;
  }
  for (const command of commandsOf(shell.store, done)) {
    const outcome = shell.dispatch(command);
    if (!outcome.ok) return outcome.refusal.code;
    const begun = outcome.events.find((event) => event.type === 'versionBegun');
    if (begun !== undefined) shell.dispatch(commit(begun.versionId));
  }
  return undefined;
}

function commandsOf(
  store: Store,
  done: Exclude<Step, { readonly kind: 'wait' | 'collect' }>,
): readonly Command[] {
  const chosen = 'at' in done ? pick(store, done.at) : undefined;
  if ('at' in done && chosen === undefined) return [];
  const target = chosen ?? 'none:v0';
  const id = versionId(target);
  const isLink = store.versions.get(id) === undefined;
  switch (done.kind) {
    case 'log': {
      const files: Files = Object.fromEntries(done.contents.map((content) => [content, '1MB']));
      return [begin(done.name, files, { type: 'dataset', aliases: done.aliases, run: done.run })];
    }
    case 'delete':
      return [isLink ? remove(target) : removeById(id, done.deleteAliases)];
    case 'alias': {
      const collection = store.collections.get(collectionId(target.split(':v')[0] ?? ''));
      const index = Number(target.split(':v')[1]);
      const names = collection?.aliases.sortedIds(byCodePoint) ?? [];
      const borne = names.filter((text) => collection?.aliases.get(text)?.index === index);
      const gone = done.removeAll ? borne.filter((text) => text !== done.add) : [];
      return [
        alias(target, { add: borne.some((text) => text === done.add) ? [] : [done.add], remove: gone }),
      ];
    }
    case 'ttl':
      return [
        setTtl(target, done.ttl === null ? 'none' : done.ttl === 'inherit' ? 'inherit' : `${done.ttl}s`),
      ];
    case 'link':
      return [link(target, done.to, ['prod'])];
    case 'unlink':
      return [unlink(target)];
    case 'use':
      return [use(target, done.run)];
    case 'delete collection':
      return [removeCollection(done.name)];
    case 'delete run':
      return [removeRun(done.run, { artifacts: done.artifacts })];
  }
}
