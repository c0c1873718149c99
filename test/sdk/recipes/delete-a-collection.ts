import type { Api } from '../../../src/sdk/index.ts';

/**
 * Deletes a whole artifact collection. Nobody is asked about aliases (DEL-7; basis: doc).
 *
 * ```python
 * collection = api.artifact_collection(type_name, name)
 * collection.delete()
 * ```
 */
export async function deleteACollection(api: Api, typeName: string, name: string): Promise<void> {
  const collection = await api.artifactCollection(typeName, name);
  await collection.delete();
}
