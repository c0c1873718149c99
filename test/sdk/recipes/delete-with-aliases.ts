import type { Api } from '../../../src/sdk/index.ts';

/**
 * Deletes every artifact that a run logged, aliases and all (DEL-2; basis: doc).
 *
 * ```python
 * run = api.run(path)
 * for artifact in run.logged_artifacts():
 *     artifact.delete(delete_aliases=True)
 * ```
 */
export async function deleteWithAliases(api: Api, path: string): Promise<void> {
  const run = await api.run(path);
  for await (const artifact of run.loggedArtifacts()) {
    await artifact.delete({ deleteAliases: true });
  }
}
