import { statusOf } from '../../bucket/blob.ts';
import { textTable } from '../../narration/layout/table.ts';
import { allVersions, holdersOfAll, versionsOf } from '../../store/holders.ts';
import { nameOfCollection, nameOfVersion } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { objectIdOf } from '../../store/stored-object.ts';
import { aliasesOf, type Version } from '../../store/version.ts';
import { type CollectionId, type ObjectId, shortCollectionName } from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { unreachable } from '../../values/result.ts';
import { DAY_ZERO, formatDay, formatSize } from '../../values/units.ts';
import type { QUESTIONS } from '../language/schema-steps.ts';

/** What a `show` step can ask. */
export type Question = (typeof QUESTIONS)[number];

/** The answer to a `show` step: a table of plain text, the same on every machine. */
export function show(store: Store, question: Question): string {
  switch (question) {
    case 'versions':
      return versionsTable(store);
    case 'objects':
      return objectsTable(store);
    case 'holders':
      return holdersTable(store);
    case 'aliases':
      return aliasesTable(store);
    case 'usage':
      return usageTable(store);
    default:
      return unreachable(question);
  }
}

function versionsTable(store: Store): string {
  return textTable(
    [
      { heading: 'version' },
      { heading: 'state' },
      { heading: 'size', figures: true },
      { heading: 'created', figures: true },
      { heading: 'aliases' },
      { heading: 'tags' },
    ],
    allVersions(store).map((version) => [
      nameOfVersion(store, version.id),
      version.state.kind,
      formatSize(version.manifest.sizeBytes),
      formatDay(version.createdAt, store.begins),
      aliasesOf(version).join(', '),
      version.tags.join(', '),
    ]),
  );
}

/** An object of the store with the first path that lists it, in the order of the versions. */
interface ListedObject {
  readonly objectId: ObjectId;
  readonly path: string;
  readonly version: Version;
}

function listedObjects(store: Store): readonly ListedObject[] {
  const seen = new Map<ObjectId, ListedObject>();
  for (const version of allVersions(store)) {
    for (const entry of version.manifest.entries) {
      if (entry.kind !== 'file') continue;
      const objectId = objectIdOf(version.scope, entry.digest);
      if (!seen.has(objectId)) seen.set(objectId, { objectId, path: entry.path, version });
    }
  }
  return [...seen.values()];
}

function objectsTable(store: Store): string {
  return textTable(
    [
      { heading: 'object' },
      { heading: 'size', figures: true },
      { heading: 'holders', figures: true },
      { heading: 'bucket' },
      { heading: 'since', figures: true },
    ],
    listedObjects(store).map(({ objectId, path, version }) => {
      const blob = store.bucket.blobs.get(objectId);
      return [
        `${nameOfVersion(store, version.id)}/${path}`,
        formatSize(blob?.sizeBytes ?? 0),
        String(store.objects.get(objectId)?.holders ?? 0),
        statusOf(blob),
        formatDay(blob?.since ?? DAY_ZERO, store.begins),
      ];
    }),
  );
}

function holdersTable(store: Store): string {
  const holders = holdersOfAll(store);
  return textTable(
    [{ heading: 'object' }, { heading: 'held by' }],
    listedObjects(store).map(({ objectId, path, version }) => [
      `${nameOfVersion(store, version.id)}/${path}`,
      (holders.get(objectId) ?? []).map((holder) => nameOfVersion(store, holder.id)).join(', ') || 'nothing',
    ]),
  );
}

function aliasesTable(store: Store): string {
  return textTable(
    [{ heading: 'artifact collection' }, { heading: 'alias' }, { heading: 'version' }],
    existingIds(store).flatMap((collectionId) => {
      const aliases = store.collections.get(collectionId)?.aliases;
      const sorted = aliases?.sortedIds(byCodePoint) ?? [];
      return sorted.map((alias) => [
        nameOfCollection(store, collectionId),
        alias,
        `v${aliases?.get(alias)?.index}`,
      ]);
    }),
  );
}

function usageTable(store: Store): string {
  const rows = existingIds(store).map((collectionId) => {
    const committed = versionsOf(store, collectionId).filter((version) => version.state.kind === 'COMMITTED');
    const logical = committed.reduce((sum, version) => sum + version.manifest.sizeBytes, 0);
    return [nameOfCollection(store, collectionId), String(committed.length), formatSize(logical)];
  });
  const { storedBytes, billedBytes } = store.bucket;
  const table = textTable(
    [
      { heading: 'artifact collection' },
      { heading: 'versions', figures: true },
      { heading: 'logical', figures: true },
    ],
    rows,
  );
  const figures = [
    `logical ${formatSize(store.logicalBytes)}`,
    `stored ${formatSize(storedBytes)}`,
    `billed ${formatSize(billedBytes)}`,
  ];
  return `${table}\n${figures.join('   ')}`;
}

/** The artifact collections that exist, by name. */
export function existingIds(store: Store): readonly CollectionId[] {
  const exists = [...store.collections.unorderedRows()].filter((collection) => collection.exists);
  return exists
    .sort((left, right) => byCodePoint(shortCollectionName(left.name), shortCollectionName(right.name)))
    .map((collection) => collection.id);
}
