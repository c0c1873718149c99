import type { Command } from '../../src/decider/command.ts';
import { collectionIdOf } from '../../src/store/artifact-collection.ts';
import { type ManifestEntry, manifestOf } from '../../src/store/manifest.ts';
import type { Store } from '../../src/store/store.ts';
import { scopeOf } from '../../src/store/stored-object.ts';
import { INHERITED } from '../../src/store/time-to-live.ts';
import { aliasesOf } from '../../src/store/version.ts';
import { digestOfName } from '../../src/values/digest.ts';
import {
  type CollectionId,
  type CollectionName,
  DEFAULT_ENTITY,
  type VersionId,
} from '../../src/values/names.ts';
import { seconds } from '../../src/values/units.ts';
import { CONTENTS } from './arbitrary-parts.ts';
import { timelessSummaryOf } from './canonical-summary.ts';
import { mapped } from './collected-by.ts';
import { committedIn } from './forks.ts';
import { type Action, History } from './history.ts';
import type { Call } from './play-history.ts';
import { factsOf } from './store-likeness.ts';

const OTHER_NAMES = new Map(
  [...CONTENTS.keys()].map((name) => [digestOfName(name) as string, digestOfName(`${name} by another name`)]),
);

/** The same call with every content under another name, one for one. */
export function renamedIn(call: Call): Call {
  if (call.kind !== 'command') return call;
  const { command } = call;
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion': {
      const manifest = manifestOf(command.manifest.entries.map(renamed));
      return { ...call, command: { ...command, manifest } };
    }
    case 'logDraft':
      return { ...call, command: { ...command, add: command.add.map(renamed) } };
    default:
      return call;
  }
}

function renamed(entry: ManifestEntry): ManifestEntry {
  if (entry.kind === 'reference') return entry;
  return { ...entry, digest: OTHER_NAMES.get(entry.digest) ?? entry.digest };
}

/** The facts of a store without the digests of its manifests. */
export function factsBesideDigests(store: Store): readonly string[] {
  return factsOf(store, () => true).map((line) => line.replace(/"digest":"[0-9a-f]{32}"/g, '"digest":"any"'));
}

/** The same, with every content under its other name. */
export function renamedFacts(store: Store): readonly string[] {
  return factsBesideDigests(store).map((line) =>
    [...OTHER_NAMES].reduce((text, [from, to]) => text.replaceAll(from, to), line),
  );
}

/** The same history without anything that is over at some time, but for what waits for garbage collection. */
export function withoutDeadlines({ beginning, steps }: History): History {
  const lasting = (action: Action): readonly Action[] => {
    if (action.kind === 'ttl' || action.kind === 'team ttl') return [];
    if (action.kind === 'log')
      return [{ ...action, committed: true, details: { ...action.details, ttl: INHERITED } }];
    return action.kind === 'draft'
      ? [{ ...action, details: { ...action.details, ttl: INHERITED } }]
      : [action];
  };
  const people = { ...beginning.people, ttlDefaultSeconds: null };
  return new History({ ...beginning, people }, steps.flatMap(mapped(lasting)));
}

/** The same history on a server whose scheduled job comes round so many times as often. */
export function oftener({ beginning, steps }: History, times: number): History {
  const { settings } = beginning;
  const gcEverySeconds = seconds(settings.gcEverySeconds / times);
  return new History({ ...beginning, settings: { ...settings, gcEverySeconds } }, steps);
}

/** The same call on such a server. */
export function oftenerIn(call: Call, times: number): Call {
  if (call.kind !== 'command' || call.command.type !== 'changeSettings') return call;
  const { changes } = call.command;
  if (changes.gcEverySeconds === undefined) return call;
  const gcEverySeconds = seconds(changes.gcEverySeconds / times);
  const command: Command = { ...call.command, changes: { ...changes, gcEverySeconds } };
  return { ...call, command };
}

/** The COMMITTED versions, each with its aliases. */
export function whatIsCommitted(store: Store): readonly string[] {
  return committedIn(store).map((version) => `${version.id} ${[...aliasesOf(version)].sort().join(' ')}`);
}

/** All that a store at rest holds, without the times at which that came about and how often the job comes round. */
export function factsAtRest(store: Store): readonly string[] {
  return timelessSummaryOf(store).filter((line) => !line.startsWith('settings.gcEverySeconds '));
}

const FIGURES = /^(logicalBytes|everBegunBytes|bucket\.storedBytes|bucket\.billedBytes) /;

/** The facts that have nothing to do with an artifact collection that is alone in its project; the figures have. */
export function factsBeside(name: CollectionName, store: Store): readonly string[] {
  const id = collectionIdOf(name);
  const own = [id, ...(name.entity === DEFAULT_ENTITY ? [] : [scopeOf('entity', id, name.entity)])];
  const facts = factsOf(store, (versionId) => !versionId.startsWith(id));
  return facts.filter((line) => !own.some((part) => line.includes(part)) && !FIGURES.test(line));
}

/**
 * The facts of a store at rest but for one version that nobody ever committed, for the index that it took, and for its
 * artifact collection where it founded that.
 */
export function factsAtRestBut(
  versionId: VersionId,
  created: CollectionId | null,
  store: Store,
): readonly string[] {
  const [collectionId = ''] = versionId.split(':');
  const own = [`versions ${versionId} `, 'everBegunBytes ', 'nextTrashNumber ', 'nextUploadNumber '];
  return factsAtRest(store)
    .filter((line) => !own.some((beginning) => line.startsWith(beginning)) && !isEmpty(line))
    .flatMap((line) => {
      if (line.startsWith(`collections ${collectionId} `)) {
        return created === null ? [line.replace(/"nextIndex":\d+/, '"nextIndex":0')] : [];
      }
      if (!line.startsWith('projects ') || created === null) return [line];
      const without = line.replace(`"${created}":true`, '').replace(/,(?=[,}])|(?<={),/, '');
      return /"collections":\{\},.*"runs":\{\}\}$/.test(without) ? [] : [without];
    });
}

// A key of the bucket under which nothing is left.
function isEmpty(line: string): boolean {
  return line.startsWith('bucket.blobs ') && line.includes('"copies":[],"current":false');
}
