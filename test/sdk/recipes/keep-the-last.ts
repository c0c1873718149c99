import type { Api } from '../../../src/sdk/index.ts';

/**
 * Deletes all but the newest so many versions, whatever aliases the older ones have. The newest come first in the list,
 * all of which is fetched before anything is deleted.
 *
 * ```python
 * artifacts = list(api.artifacts(type_name, name))
 * for artifact in artifacts[count:]:
 *     artifact.delete(delete_aliases=True)
 * ```
 */
export async function keepTheLast(api: Api, typeName: string, name: string, count: number): Promise<void> {
  const artifacts = await api.artifacts(typeName, name).all();
  for (const artifact of artifacts.slice(count)) {
    await artifact.delete({ deleteAliases: true });
  }
}
