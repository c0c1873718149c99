import type { Usage } from '../../insight/usage.ts';
import type { Going } from '../../insight/usage-freeable.ts';
import type { UsageRow } from '../../insight/usage-rows.ts';
import { collectionById, nameOfCollection, nameOfVersion, versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { aliasesOf } from '../../store/version.ts';
import { type ProjectId, shortProjectName } from '../../values/names.ts';
import { formatInstant } from '../../values/units.ts';

/** By what usage can be told. */
export const USAGE_LEVELS = ['project', 'collection', 'version'] as const;
/** One of them. */
export type UsageLevel = (typeof USAGE_LEVELS)[number];

/** Usage for a document, of these levels: sizes in bytes, instants as ISO 8601 durations since the beginning. */
export function reportUsage(
  store: Store,
  usage: Usage,
  levels: readonly UsageLevel[],
): Readonly<Record<string, unknown>> {
  const { softDeleted, heldByNothing, copies, withoutAliases, missing } = usage.freeable;
  const rows = {
    project: { projects: usage.projects.map((row) => reportRow(nameOfProject(store, row.id), row)) },
    collection: {
      collections: usage.collections.map((row) => ({
        ...reportRow(nameOfCollection(store, row.id), row),
        exists: collectionById(store, row.id).exists,
      })),
    },
    version: {
      versions: usage.versions.map((row) => {
        const version = versionById(store, row.id);
        const { committedVersions: _one, ...figures } = reportRow(nameOfVersion(store, row.id), row);
        return { ...figures, state: version.state.kind, aliases: aliasesOf(version) };
      }),
    },
  };
  return {
    now: formatInstant(usage.now),
    total: usage.total,
    ...Object.assign({}, ...levels.map((level) => rows[level])),
    freeable: {
      softDeleted: softDeleted.map(reportGoing),
      heldByNothing: heldByNothing.map(reportGoing),
      copies: copies.map(reportGoing),
      withoutAliases,
      missing,
    },
  };
}

/** The name of a project that owns versions, in the shortest form. */
export function nameOfProject(store: Store, id: ProjectId): string {
  const project = store.projects.get(id);
  return project === undefined ? id : shortProjectName(project.name);
}

function reportRow(name: string, { id: _id, ...figures }: UsageRow<string>) {
  return { name, ...figures };
}

function reportGoing({ at, ...rest }: Going) {
  return { at: at === null ? null : formatInstant(at), ...rest };
}
