import type { Api } from '../../../src/sdk/index.ts';

/**
 * Deletes every version of an artifact that has no alias. The index is none (ALI-3; basis: doc, chosen).
 *
 * ```python
 * for artifact in api.artifacts(type_name, name):
 *     if not artifact.aliases:
 *         artifact.delete()
 * ```
 */
export async function deleteWithoutAliases(api: Api, typeName: string, name: string): Promise<void> {
  for await (const artifact of api.artifacts(typeName, name)) {
    if (artifact.aliases.length === 0) {
      await artifact.delete();
    }
  }
}
