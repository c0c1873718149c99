import type { Api } from '../../../src/sdk/index.ts';

/**
 * Deletes what a run logged at these versions, aliases and all. It compares the whole version: the last two characters
 * of the name, which many scripts look at, are no more than the end of it from `v10` on.
 *
 * ```python
 * run = api.run(path)
 * for artifact in run.logged_artifacts():
 *     if artifact.version in versions:
 *         artifact.delete(delete_aliases=True)
 * ```
 */
export async function deleteAtVersions(api: Api, path: string, versions: readonly string[]): Promise<void> {
  const run = await api.run(path);
  for await (const artifact of run.loggedArtifacts()) {
    if (versions.includes(artifact.version)) {
      await artifact.delete({ deleteAliases: true });
    }
  }
}
