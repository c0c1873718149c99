import type { Api } from '../../../src/sdk/index.ts';

/**
 * A mistake: in a registry, and in any other portfolio, what is listed are links, and to delete one takes the link away.
 * Its source stays, and so does every byte (DEL-5; basis: doc).
 *
 * ```python
 * for artifact in api.artifacts(type_name, portfolio):
 *     artifact.delete(delete_aliases=True)
 * ```
 */
export async function deleteThroughLinks(api: Api, typeName: string, portfolio: string): Promise<void> {
  for await (const artifact of api.artifacts(typeName, portfolio)) {
    await artifact.delete({ deleteAliases: true });
  }
}

/**
 * The same as it was meant: the version behind the link is deleted, and the links to it go with it (DEL-13; basis:
 * said). Python: `artifact.source_artifact.delete(delete_aliases=True)`.
 */
export async function deleteTheirSources(api: Api, typeName: string, portfolio: string): Promise<void> {
  for await (const artifact of api.artifacts(typeName, portfolio)) {
    const source = await artifact.sourceArtifact();
    await source.delete({ deleteAliases: true });
  }
}
