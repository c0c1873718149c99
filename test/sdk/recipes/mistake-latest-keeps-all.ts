import type { Api } from '../../../src/sdk/index.ts';

/**
 * A mistake: it is to delete what nobody has named. But `latest` is an alias, which nobody has to give (ALI-1; basis:
 * doc), so that an artifact collection of one version is kept whole, and a project of such ones too.
 *
 * ```python
 * for collection in api.artifact_type(type_name).collections():
 *     for artifact in collection.artifacts():
 *         if not artifact.aliases:
 *             artifact.delete()
 * ```
 */
export async function deleteWhatHasNoAlias(api: Api, typeName: string): Promise<void> {
  const type = await api.artifactType(typeName);
  for await (const collection of type.collections()) {
    for await (const artifact of collection.artifacts()) {
      if (artifact.aliases.length === 0) {
        await artifact.delete();
      }
    }
  }
}

/** The same as it was meant. Python: `if set(artifact.aliases) <= {"latest"}:`, and `delete_aliases=True`. */
export async function deleteWhatNobodyNamed(api: Api, typeName: string): Promise<void> {
  const type = await api.artifactType(typeName);
  for await (const collection of type.collections()) {
    for await (const artifact of collection.artifacts()) {
      if (artifact.aliases.every((alias) => alias === 'latest')) {
        await artifact.delete({ deleteAliases: true });
      }
    }
  }
}
