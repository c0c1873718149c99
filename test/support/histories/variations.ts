import type { CollectionCreated } from '../../../src/lifecycle/logging/collection-creation.ts';
import { collectionIdOf } from '../../../src/store/artifact-collection.ts';
import type { Store } from '../../../src/store/store.ts';
import { scopeOf } from '../../../src/store/stored-object.ts';
import { aliasesOf } from '../../../src/store/version.ts';
import { digestOfName } from '../../../src/values/digest.ts';
import { type CollectionName, DEFAULT_ENTITY, type VersionId } from '../../../src/values/names.ts';
import { parseDuration } from '../../../src/values/units.ts';
import { CONTENTS } from '../arbitraries/parts.ts';
import { timelessSummaryOf } from '../stores/canonical-summary.ts';
import { factsOf } from '../stores/equal-stores.ts';
import type { History } from './history.ts';
import { committedIn } from './same-past.ts';
import type { ServerBlock, StoryFiles, StoryStep } from './story-step.ts';

const OTHER_NAMES = new Map(
  [...CONTENTS.keys()].map((name) => [digestOfName(name) as string, digestOfName(`${name} by another name`)]),
);

/** The same history with every content under another name, one for one. */
export function renamed(history: History): History {
  return history.mapped(({ files, add, ...step }) => [
    {
      ...step,
      // The files of a run are facts that nothing compares.
      ...(files === undefined ? {} : { files: 'describe run' in step ? files : renamedFiles(files) }),
      ...(add === undefined ? {} : { add: isList(add) ? add : renamedFiles(add) }),
    },
  ]);
}

function renamedFiles(files: StoryFiles): StoryFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [
      path,
      typeof file === 'string' ? `${file} by another name` : file,
    ]),
  );
}

function isList(add: NonNullable<StoryStep['add']>): add is readonly string[] {
  return Array.isArray(add);
}

/** The facts of a store without the digests of its manifests. */
export function factsBesideDigests(store: Store): readonly string[] {
  return factsOf(store, () => true).map((line) =>
    line.replace(/"(digest|announced)":"[0-9a-f]{32}"/g, '"$1":"any"'),
  );
}

/** The same, with every content under its other name. */
export function renamedFacts(store: Store): readonly string[] {
  return factsBesideDigests(store).map((line) =>
    [...OTHER_NAMES].reduce((text, [from, to]) => text.replaceAll(from, to), line),
  );
}

/** The same history without anything that is over at some time, but for what waits for garbage collection. */
export function withoutDeadlines(history: History): History {
  const lasting = (step: StoryStep): readonly StoryStep[] => {
    const { ttl: _ttl, begin, 'client ids': _ids, announced: _digest, ...rest } = step;
    if ((step.ttl !== undefined && step.is !== undefined) || step['team ttl'] !== undefined) return [];
    return [begin === undefined ? rest : { log: begin, ...rest }];
  };
  const { team: { ttlDefault: _default, ...team } = {}, ...head } = history.head;
  return history.mapped(lasting, { ...head, team });
}

/** The same history on a server whose scheduled job runs so many times as often. */
export function oftener(history: History, times: number): History {
  const { server = {}, ...head } = history.head;
  const scaled = ({ gcEvery = '6h', ...others }: ServerBlock): ServerBlock => {
    const usually = parseDuration(gcEvery);
    return { ...others, gcEvery: usually.ok ? `${usually.value / times}s` : gcEvery };
  };
  const change = (step: StoryStep): StoryStep =>
    step.server?.gcEvery === undefined ? step : { ...step, server: scaled(step.server) };
  return history.mapped((step) => [change(step)], { ...head, server: scaled(server) });
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
 * The facts of a store at rest but for one version that nobody ever committed, for its serial, and for its artifact
 * collection if it created that.
 */
export function factsAtRestBut(
  versionId: VersionId,
  created: CollectionCreated | null,
  store: Store,
): readonly string[] {
  const [collectionId = ''] = versionId.split('#');
  const own = [`versions ${versionId} `, 'everBegunBytes ', 'nextTrashNumber ', 'nextUploadNumber '];
  return factsAtRest(store)
    .filter((line) => !own.some((beginning) => line.startsWith(beginning)) && !isEmpty(line))
    .flatMap((line) => {
      if (line.startsWith(`collections ${collectionId} `)) {
        return created === null ? [line.replace(/"nextSerial":\d+/, '"nextSerial":0')] : [];
      }
      if (created === null) return [line];
      if (line.startsWith(`names ${collectionIdOf(created.name)} `)) return [];
      if (!line.startsWith('projects ')) return [line];
      const without = line.replace(`"${created.collectionId}":true`, '').replace(/,(?=[,}])|(?<={),/, '');
      return /"collections":\{\},.*"runs":\{\}\}$/.test(without) ? [] : [without];
    });
}

// A key of the bucket under which nothing is left.
function isEmpty(line: string): boolean {
  return line.startsWith('bucket.blobs ') && line.includes('"copies":[],"current":false');
}
